import { orchestreUserId } from '../../extensions/orchestre/src/platform/directus.ts';
import type { Calendar } from './calendar.ts';
import { officeMoment, plusDays, plusMinutes } from './calendar.ts';
import type { Invoice } from './invoices.ts';
import { demoId } from './ids.ts';
import type { LeadStory } from './lead-story.ts';
import type { Deal } from './opportunities.ts';
import type { Settlement } from './payments.ts';
import type { Project } from './projects.ts';
import { randomOf } from './random.ts';
import type { Random } from './random.ts';
import type { Row } from './rows.ts';
import { moment, traces } from './rows.ts';
import { member, teamOf } from './team.ts';
import type { Member } from './team.ts';
import type { Ticket } from './tickets.ts';

/** The automatic follow-up of leads was switched on this many days ago: older leads have no such tasks. */
export const followUpSince = 150;

type Task = {
	key: string;
	title: string;
	kind: string;
	priority: string;
	due: Date;
	created: Date;
	owner: Member;
	doneAt: Date | null;
	cancelledAt?: Date | null;
	outcome?: string | null;
	creator?: string | null;
	/** What it is about, and where it comes from. */
	subject: Row;
};

function row({ key, title, kind, priority, due, created, owner, doneAt, cancelledAt = null, outcome = null, creator = null, subject }: Task): Row {
	return {
		id: demoId('tasks', key),
		title: title.slice(0, 255),
		status: doneAt ? 'done' : cancelledAt ? 'cancelled' : 'todo',
		priority,
		kind,
		due_at: due.toISOString(),
		assignee: owner.id,
		team: teamOf(owner),
		outcome,
		done_at: moment(doneAt),
		origin: 'manual',
		origin_key: null,
		...traces(created, creator ?? owner.id, doneAt ?? cancelledAt ?? created),
		...subject,
	};
}

/** The tasks that the product's rules planned for each lead, done or dropped as the lead went on. */
export function leadTasks(stories: readonly LeadStory[], calendar: Calendar): Row[] {
	const random = randomOf('lead tasks');
	const since = calendar.at(-followUpSince);
	return stories.flatMap(({ row: lead, tasks, owner }) => {
		if (!owner || lead.date_created < since) return [];
		const { closed_at: closed, first_contact_at: first } = lead;
		return tasks.map((task, index) => {
			// The first is done with the first contact; later ones when they are due, unless the lead was closed before.
			const meant = index === 0 && first ? plusMinutes(first, 12) : first ? plusMinutes(task.dueAt, random.int(-400, 900)) : null;
			const doneAt = meant && meant <= calendar.end && (!closed || meant < closed) && random.chance(0.9) ? meant : null;
			const cancelledAt = !doneAt && closed ? closed : null;
			return row({
				key: task.originKey,
				title: task.title,
				kind: task.kind,
				priority: task.priority,
				due: task.dueAt,
				created: lead.date_created,
				owner,
				doneAt,
				cancelledAt,
				outcome: cancelledAt ? (lead.status === 'converted' ? 'Lead converti.' : 'Lead perdu.') : null,
				creator: orchestreUserId,
				subject: { lead: lead.id, origin: 'leads.follow_up', origin_key: task.originKey },
			});
		});
	});
}

const dealTitles: Record<string, string[]> = {
	qualification: ['Rappeler pour préciser le besoin', 'Identifier les décideurs'],
	discovery: ['Préparer l’atelier d’analyse', 'Demander les volumes'],
	demonstration: ['Préparer la démonstration', 'Envoyer le compte rendu de démonstration'],
	proposal: ['Chiffrer l’offre', 'Relancer la proposition', 'Faire valider la remise'],
	negotiation: ['Envoyer le contrat', 'Relancer pour la signature', 'Répondre aux remarques du service juridique'],
};

/** What the salespeople note for themselves; deals without a next step have none open. */
export function dealTasks(deals: readonly Deal[], calendar: Calendar): Row[] {
	const random = randomOf('deal tasks');
	return deals.flatMap((deal) =>
		deal.steps.flatMap((step, index) => {
			const titles = dealTitles[step.stage.key];
			if (!titles || step.at < calendar.at(-420) || !random.chance(0.62)) return [];
			const until = deal.steps[index + 1]?.at ?? null;
			const due = officeMoment(random, plusDays(step.at, random.int(2, 12)));
			const current = !until && !deal.closedAt;
			if (current && !deal.nextStep) return [];
			const open = current ? officeMoment(random, plusDays(calendar.today, random.int(-6, 9))) : due;
			const late = plusMinutes(due, random.int(-300, 1500));
			return [
				row({
					key: `deal ${deal.key} ${index}`,
					title: `${random.pick(titles)} – ${deal.company.org.name}`,
					kind: random.pick(['call', 'email', 'todo', 'meeting']),
					priority: deal.amount > 5_000_000 ? 'high' : 'normal',
					due: current ? open : due,
					created: step.at,
					owner: deal.owner,
					doneAt: current || late > calendar.end ? null : late,
					subject: { opportunity: deal.id },
				}),
			];
		}),
	);
}

export function projectTasks(projects: readonly Project[], calendar: Calendar): Row[] {
	const random = randomOf('project tasks');
	return projects.flatMap((project) =>
		project.milestones.flatMap((milestone, step) =>
			milestone.tasks.map((task, index) => {
				const created = plusMinutes(project.starts, -60) < calendar.end ? plusMinutes(project.starts, -60) : calendar.end;
				const doneAt = milestone.doneOn ? plusMinutes(milestone.doneOn, random.int(-2000, 600)) : null;
				return row({
					key: `project ${project.id} ${step} ${index}`,
					title: task.title,
					kind: task.kind,
					priority: task.priority,
					due: officeMoment(random, task.due),
					created,
					owner: task.owner,
					doneAt: doneAt && doneAt > created && doneAt <= calendar.end ? doneAt : null,
					subject: { project: project.id },
				});
			}),
		),
	);
}

export const ticketTasks = (tickets: readonly Ticket[]): Row[] =>
	tickets
		.filter(({ priority }) => priority === 'urgent' || priority === 'high')
		.map(({ id, at, subject, resolvedAt, priority, client }) =>
			row({
				key: `ticket ${id}`,
				title: `Traiter : ${subject} – ${client.company.org.name}`,
				kind: 'review',
				priority,
				due: plusDays(at, 1),
				created: at,
				owner: member('operations'),
				doneAt: resolvedAt,
				subject: { ticket: id },
			}),
		);

/** A call about each invoice that is well past its date. */
export const dunningTasks = (invoices: readonly Invoice[], settlements: ReadonlyMap<string, Settlement>, calendar: Calendar): Row[] =>
	invoices
		.filter(
			({ id, direction, type, draft, due, gross, deposits }) =>
				direction === 'sale' && type !== 'credit_note' && !draft && due < calendar.at(-12) && (settlements.get(id)?.paid ?? 0) < gross - deposits,
		)
		.map(({ id, due, company, gross }) =>
			row({
				key: `invoice ${id}`,
				title: `Relancer la facture impayée – ${company.org.name}`,
				kind: 'call',
				priority: gross > 1_000_000 ? 'high' : 'normal',
				due: plusDays(due, 14),
				created: plusDays(due, 11),
				owner: member('finance'),
				doneAt: null,
				subject: { invoice: id },
			}),
		);

const clientTitles = [
	'Préparer la revue trimestrielle',
	'Appeler pour prendre des nouvelles',
	'Proposer une formation complémentaire',
	'Vérifier l’usage des nouveaux utilisateurs',
];

/** The client success manager's own list, up to `wanted`. */
export function clientTasks(random: Random, companies: readonly { id: string; org: { name: string } }[], wanted: number, calendar: Calendar): Row[] {
	return Array.from({ length: Math.max(0, wanted) }, (_, index) => {
		const company = random.pick(companies);
		const due = officeMoment(random, calendar.at(-random.int(-14, 360)));
		const doneAt = plusMinutes(due, random.int(-600, 900));
		const created = plusDays(due, -random.int(15, 25));
		return row({
			key: `client ${index}`,
			title: `${random.pick(clientTitles)} – ${company.org.name}`,
			kind: random.pick(['call', 'meeting', 'todo']),
			priority: random.weighted({ normal: 6, high: 1, low: 2 }),
			due,
			created,
			owner: member('success'),
			doneAt: doneAt <= calendar.end && random.chance(0.94) ? doneAt : null,
			subject: { company: company.id },
		});
	});
}
