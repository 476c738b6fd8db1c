import { orchestreUserId } from '../../extensions/orchestre/src/platform/directus.ts';
import type { Calendar } from './calendar.ts';
import { atWork, officeMoment, plusDays, plusMinutes, toWorkday } from './calendar.ts';
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
			const meant = index === 0 && first ? plusMinutes(first, 12) : first ? atWork(random, plusMinutes(task.dueAt, random.int(-400, 900))) : null;
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

/** What is to be done, and which kind of task that is. */
type Chore = readonly [title: string, kind: string];

const dealChores: Record<string, readonly Chore[]> = {
	qualification: [
		['Rappeler pour préciser le besoin', 'call'],
		['Identifier les décideurs', 'call'],
	],
	discovery: [
		['Préparer l’atelier d’analyse', 'todo'],
		['Demander les volumes', 'email'],
		['Tenir l’atelier d’analyse', 'meeting'],
	],
	demonstration: [
		['Préparer la démonstration', 'todo'],
		['Envoyer le compte rendu de démonstration', 'email'],
		['Faire la démonstration', 'meeting'],
	],
	proposal: [
		['Chiffrer l’offre', 'todo'],
		['Relancer la proposition', 'call'],
		['Faire valider la remise', 'review'],
		['Présenter la proposition', 'meeting'],
	],
	negotiation: [
		['Envoyer le contrat', 'email'],
		['Relancer pour la signature', 'call'],
		['Répondre aux remarques du service juridique', 'email'],
		['Rencontrer la direction pour conclure', 'meeting'],
	],
};

/** What the salespeople note for themselves; deals without a next step have none open. */
export function dealTasks(deals: readonly Deal[], calendar: Calendar): Row[] {
	const random = randomOf('deal tasks');
	return deals.flatMap((deal) =>
		deal.steps.flatMap((step, index) => {
			const chores = dealChores[step.stage.key];
			if (!chores || step.at < calendar.at(-420) || !random.chance(0.62)) return [];
			const until = deal.steps[index + 1]?.at ?? null;
			const due = officeMoment(random, plusDays(step.at, random.int(2, 12)));
			const current = !until && !deal.closedAt;
			if (current && !deal.nextStep) return [];
			const open = current ? officeMoment(random, plusDays(calendar.today, random.int(-6, 9))) : due;
			const late = atWork(random, plusMinutes(due, random.int(-300, 1500)));
			const [title, kind] = random.pick(chores);
			return [
				row({
					key: `deal ${deal.key} ${index}`,
					title: `${title} – ${deal.company.org.name}`,
					kind,
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
				const doneAt = milestone.doneOn ? atWork(random, plusMinutes(milestone.doneOn, random.int(-2000, 600))) : null;
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
				kind: 'todo',
				priority,
				due: toWorkday(plusDays(at, 1)),
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
			({ id, direction, type, draft, due, gross }) =>
				direction === 'sale' && type !== 'credit_note' && !draft && due < calendar.at(-12) && (settlements.get(id)?.paid ?? 0) < gross,
		)
		.map(({ id, due, company, gross }) =>
			row({
				key: `invoice ${id}`,
				title: `Relancer la facture impayée – ${company.org.name}`,
				kind: 'call',
				priority: gross > 1_000_000 ? 'high' : 'normal',
				due: toWorkday(plusDays(due, 14)),
				created: plusDays(due, 11),
				owner: member('finance'),
				doneAt: null,
				subject: { invoice: id },
			}),
		);

const clientChores: readonly Chore[] = [
	['Préparer la revue trimestrielle', 'todo'],
	['Tenir la revue trimestrielle', 'meeting'],
	['Appeler pour prendre des nouvelles', 'call'],
	['Proposer une formation complémentaire', 'email'],
	['Vérifier l’usage des nouveaux utilisateurs', 'review'],
];

/** The client success manager's own list, up to `wanted`. */
export function clientTasks(random: Random, companies: readonly { id: string; org: { name: string } }[], wanted: number, calendar: Calendar): Row[] {
	return Array.from({ length: Math.max(0, wanted) }, (_, index) => {
		const company = random.pick(companies);
		const due = officeMoment(random, calendar.at(-random.int(-14, 360)));
		const doneAt = atWork(random, plusMinutes(due, random.int(-600, 900)));
		const created = plusDays(due, -random.int(15, 25));
		const [title, kind] = random.pick(clientChores);
		return row({
			key: `client ${index}`,
			title: `${title} – ${company.org.name}`,
			kind,
			priority: random.weighted({ normal: 6, high: 1, low: 2 }),
			due,
			created,
			owner: member('success'),
			doneAt: doneAt <= calendar.end && random.chance(0.94) ? doneAt : null,
			subject: { company: company.id },
		});
	});
}
