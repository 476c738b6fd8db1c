import type { Calendar } from './calendar.ts';
import { daysBetween, isoDate, plusDays, toWeekday } from './calendar.ts';
import type { Client } from './clients.ts';
import { demoId } from './ids.ts';
import type { Deal } from './opportunities.ts';
import { clamp, randomOf } from './random.ts';
import type { Random } from './random.ts';
import type { Row } from './rows.ts';
import { traces } from './rows.ts';
import { member, teamId } from './team.ts';
import type { Member } from './team.ts';
import { templateDependencies, templateMilestones, templateOf, templateTasks } from './templates.ts';
import type { Template } from './templates.ts';

export const projectTarget = 60;

/** A project with its milestones as they went. Planned task dates follow from the milestone's due date. */
export type Project = {
	id: string;
	name: string;
	client: Client | null;
	deal: Deal | null;
	template: Template | null;
	starts: Date;
	ends: Date;
	/** Days late at the end. */
	slip: number;
	budget: number;
	minutes: number;
	manager: Member;
	milestones: {
		id: string;
		templateId: string | null;
		name: string;
		role: string;
		due: Date;
		doneOn: Date | null;
		tasks: { title: string; kind: string; priority: string; due: Date; owner: Member }[];
		metric: string;
		evidence: string;
		goLive: boolean;
		asks: boolean;
	}[];
	doneOn: Date | null;
};

/** Who plays which part in a project of the demo company. */
export const roleHolders: Record<string, Member> = {
	project_manager: member('operations'),
	tech: member('operations'),
	success: member('success'),
	executive: member('direction'),
	sales: member('manager-north'),
	support: member('success'),
	finance: member('finance'),
};
export const roleHolder = (role: string): Member => roleHolders[role] ?? member('operations');

const templateFor = (deal: Deal): Template => {
	if (deal.kind !== 'new') return templateOf('delivery_extension');
	if (deal.amount > 5_000_000) return templateOf('onboarding_premium');
	return templateOf(deal.company.org.industry === 'tech' ? 'onboarding_tech' : 'onboarding_standard');
};

function milestonesOf(random: Random, key: string, template: Template, starts: Date, slip: number, calendar: Calendar): Project['milestones'] {
	const plan = templateMilestones.filter((milestone) => milestone.template === template.id);
	return plan.map((milestone, index) => {
		const due = toWeekday(plusDays(starts, milestone.offset_days));
		const done = toWeekday(plusDays(due, Math.round((slip * (index + 1)) / plan.length) + random.int(-2, 1)));
		return {
			id: demoId('milestones', `${key} ${index}`),
			templateId: milestone.id,
			name: milestone.name,
			role: milestone.role,
			due,
			doneOn: done <= calendar.end ? done : null,
			metric: milestone.success_metric,
			evidence: milestone.evidence,
			goLive: milestone.is_go_live,
			asks: milestone.asks_satisfaction,
			tasks: templateTasks
				.filter((task) => task.milestone === milestone.id)
				.map((task) => ({ title: task.title, kind: task.kind, priority: task.priority, due: plusDays(due, task.offset_days), owner: roleHolder(task.role) })),
		};
	});
}

const internal: { name: string; from: number; days: number; milestones: string[] }[] = [
	{ name: 'Refonte du site web', from: -520, days: 90, milestones: ['Maquettes', 'Contenus', 'Mise en ligne'] },
	{ name: 'Certification sécurité de l’information', from: -400, days: 210, milestones: ['Analyse des risques', 'Plan d’action', 'Audit blanc', 'Audit'] },
	{ name: 'Préparer la facturation électronique', from: -260, days: 240, milestones: ['Choix de la plateforme', 'Paramétrage', 'Pilote', 'Généralisation'] },
	{ name: 'Nouvelle version mobile', from: -150, days: 200, milestones: ['Cahier des charges', 'Version pilote', 'Publication'] },
	{ name: 'Réorganiser le support', from: -70, days: 120, milestones: ['État des lieux', 'Niveaux de service', 'Bascule'] },
];

/** The newest and largest deals won become projects, up to the target, beside the company's own. */
export function tellProjects(calendar: Calendar, clients: readonly Client[]): Project[] {
	const random = randomOf('projects');
	const won = clients.flatMap((client) =>
		client.deals
			.filter((deal) => deal.outcome === 'won' && deal.kind !== 'renewal' && deal.closedAt)
			.map((deal) => ({ client, deal, closed: deal.closedAt ?? calendar.end })),
	);
	const chosen = won.toSorted((a, b) => score(b.deal, b.closed, calendar) - score(a.deal, a.closed, calendar)).slice(0, projectTarget - internal.length);
	const delivered = chosen.map(({ client, deal, closed }): Project => {
		const template = templateFor(deal);
		const starts = toWeekday(plusDays(closed, random.int(6, 18)));
		const slip = Math.max(0, Math.round(random.normal(6, 11)));
		const milestones = milestonesOf(random, deal.key, template, starts, slip, calendar);
		const services = deal.lines.filter(({ product }) => product.kind === 'service');
		const doneOn = milestones.at(-1)?.doneOn ?? null;
		if (!doneOn && deal.kind === 'new') client.company.onboarding = true;
		return {
			id: demoId('projects', deal.key),
			name: `${template.kind === 'onboarding' ? 'Intégration' : 'Déploiement'} – ${client.company.org.name}`,
			client,
			deal,
			template,
			starts,
			ends: plusDays(starts, template.duration_days),
			slip,
			milestones,
			doneOn,
			manager: member('operations'),
			budget: services.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0),
			minutes: services.reduce((sum, { product, quantity }) => sum + (product.unit === 'day' ? quantity * 420 : 840), 0) || 840,
		};
	});
	return [...delivered, ...internal.map((plan, index) => internalProject(random, plan, index, calendar))];
}

const score = (deal: Deal, closed: Date, calendar: Calendar): number =>
	deal.amount / 100_000 + (deal.kind === 'new' ? 200 : 0) + (closed > calendar.at(-120) ? 400 : 0);

function internalProject(random: Random, plan: (typeof internal)[number], index: number, calendar: Calendar): Project {
	const starts = toWeekday(calendar.at(plan.from));
	const milestones = plan.milestones.map((name, step): Project['milestones'][number] => {
		const due = toWeekday(plusDays(starts, (plan.days * (step + 1)) / plan.milestones.length));
		const done = plusDays(due, random.int(-3, 14));
		return {
			id: demoId('milestones', `internal-${index} ${step}`),
			templateId: null,
			name,
			role: 'project_manager',
			due,
			doneOn: done <= calendar.end ? done : null,
			metric: '',
			evidence: '',
			goLive: false,
			asks: false,
			tasks: [
				{
					title: `Préparer : ${name.toLowerCase()}`,
					kind: 'todo',
					priority: 'normal',
					due: plusDays(due, -7),
					owner: random.pick([member('operations'), member('success'), member('manager-north')]),
				},
			],
		};
	});
	return {
		id: demoId('projects', `internal-${index}`),
		name: plan.name,
		client: null,
		deal: null,
		template: null,
		starts,
		ends: plusDays(starts, plan.days),
		slip: 0,
		budget: random.int(6, 30) * 100_000,
		minutes: random.int(20, 60) * 420,
		manager: member('operations'),
		milestones,
		doneOn: milestones.at(-1)?.doneOn ?? null,
	};
}

export function projectRows(
	projects: readonly Project[],
	contracts: ReadonlyMap<string, string>,
	calendar: Calendar,
): { projects: Row[]; milestones: Row[]; dependencies: Row[] } {
	const milestones: Row[] = [];
	const dependencies: Row[] = [];
	/** A milestone begins the working day after all that it waits for is due, or with the project. */
	const startOf = (project: Project, milestone: Project['milestones'][number]): Date => {
		const before = templateDependencies.filter((dependency) => dependency.milestone === milestone.templateId).map(({ requires }) => requires);
		const due = project.milestones.filter(({ templateId }) => before.includes(templateId ?? '')).map((other) => other.due.getTime());
		return due.length > 0 ? toWeekday(plusDays(new Date(Math.max(...due)), 1)) : project.starts;
	};
	const rows = projects.map((project): Row => {
		const { client, deal, manager, starts, doneOn } = project;
		const progress = project.milestones.filter((milestone) => milestone.doneOn).length / project.milestones.length;
		const late = project.milestones.some((milestone) => !milestone.doneOn && milestone.due < calendar.today);
		const created = new Date(Math.min(plusDays(starts, -4).getTime(), calendar.end.getTime()));
		const waiting = project.milestones.find((milestone) => !milestone.doneOn);
		for (const [index, milestone] of project.milestones.entries()) {
			const owner = roleHolder(milestone.role);
			milestones.push({
				id: milestone.id,
				sort: index + 1,
				name: milestone.name,
				project: project.id,
				status: milestone.doneOn ? 'done' : milestone === waiting && starts <= calendar.end ? (late ? 'waiting_client' : 'in_progress') : 'todo',
				starts_on: isoDate(project.template ? startOf(project, milestone) : plusDays(milestone.due, -10)),
				due_on: isoDate(milestone.due),
				done_on: milestone.doneOn ? isoDate(milestone.doneOn) : null,
				owner: owner.id,
				team: teamId(owner.team),
				success_metric: milestone.metric || null,
				success_result: milestone.doneOn && milestone.metric ? 'Atteint.' : null,
				evidence_expected: milestone.evidence || null,
				evidence: milestone.doneOn && milestone.evidence ? `${milestone.evidence} : partagé avec le client.` : null,
				is_go_live: milestone.goLive,
				asks_satisfaction: milestone.asks,
				template_milestone: milestone.templateId,
				...traces(created, manager.id, milestone.doneOn ?? created),
			});
			for (const { milestone: from, requires } of templateDependencies.filter((dependency) => dependency.milestone === milestone.templateId)) {
				const other = project.milestones.find(({ templateId }) => templateId === requires);
				if (other)
					dependencies.push({ id: demoId('milestone_dependencies', `${project.id} ${from} ${requires}`), milestone: milestone.id, requires: other.id });
			}
		}
		const account = client?.company.owner ?? manager;
		const live = project.milestones.find((milestone) => milestone.goLive)?.doneOn ?? null;
		return {
			id: project.id,
			name: project.name,
			status: doneOn ? 'done' : starts > calendar.end ? 'planned' : 'active',
			kind: project.template?.kind ?? 'internal',
			company: client?.company.id ?? null,
			manager: manager.id,
			owner: account.id,
			team: teamId(manager.team),
			description: deal ? `Suite de l’affaire « ${deal.name} ».` : 'Projet interne.',
			starts_on: isoDate(starts),
			ends_on: isoDate(project.ends),
			done_on: doneOn ? isoDate(doneOn) : null,
			progress: Math.round(clamp(progress, 0, 1) * 10_000),
			health: doneOn ? null : late ? (project.slip > 15 ? 'off_track' : 'at_risk') : 'on_track',
			budget_cents: project.budget,
			budget_minutes: project.minutes,
			contract: (client && contracts.get(client.company.id)) ?? null,
			opportunity: deal?.id ?? null,
			template: project.template?.id ?? null,
			time_to_value_days: live && deal?.closedAt ? Math.max(0, Math.round(daysBetween(deal.closedAt, live))) : null,
			...traces(created, manager.id, doneOn ?? created),
		};
	});
	return { projects: rows, milestones, dependencies };
}

/** What clients say of their project once a milestone that asks for it is reached. */
export function projectSurveyRows(projects: readonly Project[], calendar: Calendar): Row[] {
	const random = randomOf('project surveys');
	return projects.flatMap(({ id, client, milestones, slip }): Row[] => {
		if (!client) return [];
		const asked = milestones.flatMap((milestone) => (milestone.asks && milestone.doneOn ? [{ milestone, at: plusDays(milestone.doneOn, 0.4) }] : []));
		return asked.map(({ milestone, at }, index): Row => {
			const answered = random.chance(0.7) ? plusDays(at, random.int(0, 5) + 0.3) : null;
			const known = answered !== null && answered <= calendar.end;
			const given = clamp(Math.round(random.normal(4.5 - slip / 12, 0.6)), 1, 5);
			const owner = client.company.owner ?? roleHolder('success');
			return {
				id: demoId('survey_answers', `${id} ${index}`),
				company: client.company.id,
				person: client.company.contacts[0]?.id ?? null,
				owner: owner.id,
				team: teamId(owner.team),
				kind: 'csat',
				project: id,
				milestone: milestone.id,
				score: known ? given : null,
				comment: known ? (opinions[given] ?? null) : null,
				sentiment: known ? (given >= 4 ? 'positive' : given === 3 ? 'neutral' : 'negative') : null,
				asked_at: at.toISOString(),
				answered_at: known ? answered.toISOString() : null,
				expires_at: plusDays(at, 30).toISOString(),
				...traces(at, owner.id),
			};
		});
	});
}

/** By score. */
const opinions: Readonly<Record<number, string>> = {
	5: 'Équipe disponible et claire, merci.',
	4: 'Bonne mise en place, la formation nous a bien aidés.',
	3: 'Correct, mais le calendrier a glissé.',
	2: 'Trop de retards, nous avons dû relancer.',
	1: 'Déçus : le retard nous a coûté cher.',
};
