import { z } from 'zod';
import { closeAlerts, openAlertStates, raiseAlerts, type NewAlert } from '../../platform/alerts.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { chunks, toDate, type Knex } from '../../platform/directus.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { JobResult } from '../../platform/jobs/types.ts';
import { tell, type Notice } from '../../platform/notices.ts';
import { counted } from '../../platform/text.ts';
import { frenchDate, fromParis, isoOf, toParis } from '../../platform/time/paris.ts';
import { isWorkingDay } from '../../platform/time/working-time.ts';
import { directionOf, namesOf } from '../../pipeline/health/recipients.ts';
import { dateOf, readMilestones, type Milestone } from '../plan.ts';
import { flows } from '../flows.ts';
import { slackOf } from '../rules/critical-path.ts';
import { workingDaysBetween } from '../rules/days.ts';
import { readOnboardingSettings, type OnboardingSettings } from '../settings.ts';

type Project = { id: string; name: string; manager: string | null; team: string | null };

const over = ['done', 'cancelled'];
const partSize = 100;

/** Projects that run and have a milestone behind. */
const lateProjects = (trx: Knex, today: number): Promise<Project[]> =>
	trx('projects')
		.whereIn('id', trx('milestones').whereNotIn('status', over).where('due_on', '<', dateOf(today)).select('project'))
		.whereIn('status', ['planned', 'active'])
		.where((one) => void one.whereNull('archived').orWhere('archived', false))
		.orderBy('id')
		.select('id', 'name', 'manager', 'team') as unknown as Promise<Project[]>;

function alertOf(one: Milestone, project: Project, slack: number | undefined, today: number, { calendar }: OnboardingSettings): NewAlert {
	const due = one.due ?? today;
	const days = counted(workingDaysBetween(due, today, calendar), 'jour ouvré', 'jours ouvrés');
	const critical = (slack ?? 1) <= 0;
	const waiting = one.status === 'waiting_client';
	return {
		// The date is the episode: a milestone that is planned anew and late again is a new one.
		key: `milestone_late:${one.id}:${isoOf(due)}`,
		kind: 'milestone_late',
		severity: critical ? 'critical' : 'warning',
		title: `Jalon en retard : ${one.name} – ${project.name}`,
		reason: `Prévu le ${frenchDate(fromParis(due, 0))}, ${days} de retard.${critical ? ' Il est sur le chemin critique : chaque jour repousse la fin du projet.' : ''}${waiting ? ' Il attend le client.' : ''}`,
		action: waiting ? 'Relancez le client et convenez d’une nouvelle date.' : 'Terminez le jalon, ou convenez d’une nouvelle date et changez l’échéance.',
		assignee: one.owner ?? project.manager,
		team: one.team ?? project.team,
		subject: { milestone: one.id },
	};
}

/** Alerts whose milestone is not late any more for reasons that no write of the milestone told: the project is over, or it was held. */
async function closeStale(trx: Knex, late: ReadonlySet<string>): Promise<number> {
	const open = (await trx('alerts').where({ kind: 'milestone_late' }).whereIn('state', [...openAlertStates]).whereNotNull('milestone').distinct('milestone').pluck('milestone')) as string[]; // prettier-ignore
	return closeAlerts(trx, ['milestone_late'], 'milestone', open.filter((id) => !late.has(id)), 'Le jalon n’est plus en retard, ou son projet n’est plus en cours.'); // prettier-ignore
}

type AlertRow = {
	id: string;
	title: string;
	reason: string | null;
	milestone: string;
	assignee: string | null;
	escalation_level: number | null;
	date_created: Date | number | string;
};

/** Without reaction: the project's manager after one term, Direction after two; each once. */
async function escalate(trx: Knex, projects: ReadonlyMap<string, Project>, today: number, { calendar, escalationDays }: OnboardingSettings): Promise<number> {
	const rows = (await trx('alerts').where({ kind: 'milestone_late', state: 'open' }).where((one) => void one.whereNull('escalation_level').orWhere('escalation_level', '<', 2)).orderBy('id').select('id', 'title', 'reason', 'milestone', 'assignee', 'escalation_level', 'date_created')) as AlertRow[]; // prettier-ignore
	const due = rows.flatMap((row) => {
		const age = workingDaysBetween(toParis(toDate(row.date_created)).day, today, calendar);
		const level = age >= escalationDays * 2 ? 2 : age >= escalationDays ? 1 : 0;
		return level > (row.escalation_level ?? 0) ? [{ row, level }] : [];
	});
	if (due.length === 0) return 0;
	const direction = due.some(({ level }) => level === 2) ? await directionOf(trx) : [];
	const nameOf = await namesOf(trx, due.map(({ row }) => row.assignee)); // prettier-ignore
	const notices = due.map(({ row, level }): Notice => {
		const manager = projects.get(row.milestone)?.manager ?? null;
		return {
			recipients: [manager, ...(level === 2 ? direction : [])].filter((user) => user !== null && user !== row.assignee) as string[],
			collection: 'milestones',
			item: row.milestone,
			subject: `Toujours sans suite · ${row.title}`,
			message: `Responsable : ${nameOf(row.assignee)}.\n\n${row.reason ?? ''}`,
		};
	});
	await tell(trx, notices);
	for (const level of [1, 2]) for (const part of chunks(due.filter((one) => one.level === level).map(({ row }) => row.id), 500)) await trx('alerts').whereIn('id', part).update({ escalation_level: level }); // prettier-ignore
	return due.length;
}

/** Every working morning: each milestone that is behind has its alert, once; who does not react is asked again over their head. */
defineJob({
	kind: 'onboarding.late',
	flow: flows.late,
	mode: 'transaction',
	payload: z.object({ anyDay: z.boolean().default(false) }).loose(),
	run: async ({ trx, payload }): Promise<JobResult> => {
		const settings = await readOnboardingSettings(trx);
		const now = clockNow();
		if (!payload.anyDay && !isWorkingDay(now, settings.calendar)) return { skipped: 'Ce n’est pas un jour ouvré.' };
		const today = toParis(now).day;
		const projects = new Map<string, Project>();
		let raised = 0;
		for (const part of chunks(await lateProjects(trx, today), partSize)) {
			const milestones = await readMilestones(trx, part.map(({ id }) => id)); // prettier-ignore
			const alerts = part.flatMap((project) => {
				const own = milestones.filter((one) => one.project === project.id);
				const slack = slackOf(own, settings.calendar);
				const late = own.filter(({ status, due }) => !over.includes(status) && due !== null && due < today);
				for (const { id } of late) projects.set(id, project);
				return late.map((one) => alertOf(one, project, slack.get(one.id), today, settings));
			});
			raised += (await raiseAlerts(trx, alerts)).size;
		}
		const closed = await closeStale(trx, new Set(projects.keys()));
		return { late: projects.size, raised, closed, escalated: await escalate(trx, projects, today, settings) };
	},
});
