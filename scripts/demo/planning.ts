import { fromParis } from '../../extensions/orchestre/src/platform/time/paris.ts';
import { slotMinutes } from './agenda.ts';
import type { Agenda } from './agenda.ts';
import type { Calendar } from './calendar.ts';
import { officeMoment, plusDays, plusMinutes } from './calendar.ts';
import { demoId } from './ids.ts';
import type { Contacted } from './interactions.ts';
import type { Deal } from './opportunities.ts';
import type { Project } from './projects.ts';
import { randomOf } from './random.ts';
import type { Random } from './random.ts';
import type { Row } from './rows.ts';
import { traces } from './rows.ts';
import { member, members, teamOf } from './team.ts';
import type { Member } from './team.ts';

export type PlanningTables = { planning: Row[]; attendees: Row[]; guests: Row[] };

export type Event = {
	key: string;
	title: string;
	kind: string;
	at: Date;
	minutes: number;
	owner: Member;
	with?: Member[];
	guests?: string[];
	past: boolean;
	outcome?: string;
	subject?: Row;
};

/** What a lead has become: its name, and its company and person once they are known. */
type LeadLink = { name: string | null; company: string | null; person: string | null };

/** Kind and title of a meeting that was held, by what was talked about (words/conversations.ts). */
const heldTitles: Record<string, readonly (readonly [kind: string, title: string])[]> = {
	'lead meeting': [['meeting', 'Rendez-vous de découverte']],
	'deal meeting': [
		['demo', 'Démonstration'],
		['meeting', 'Présentation de l’offre'],
		['meeting', 'Réunion de négociation'],
	],
	'client meeting': [['check_in', 'Point client']],
};

/** What is ahead of an open deal, by its stage. */
const aheadTitles: Record<string, readonly (readonly [kind: string, title: string])[]> = {
	qualification: [['call', 'Appel de qualification']],
	discovery: [['meeting', 'Atelier d’analyse']],
	demonstration: [['demo', 'Démonstration']],
	proposal: [
		['meeting', 'Présentation de la proposition'],
		['call', 'Point sur la proposition'],
	],
	negotiation: [['meeting', 'Négociation']],
};

/**
 * The calendar: meetings that were held (they have their interaction), what open deals and projects have ahead, and the team's
 * own routine. All of it is in the agenda: the routine and what was held before this is called.
 */
export function planningTables(
	calendar: Calendar,
	{
		agenda,
		contacts,
		deals,
		projects,
		leads,
		routine,
	}: {
		agenda: Agenda;
		contacts: readonly Contacted[];
		deals: readonly Deal[];
		projects: readonly Project[];
		leads: ReadonlyMap<string, LeadLink>;
		routine: readonly Event[];
	},
): PlanningTables {
	const random = randomOf('planning');
	const events: Event[] = [...routine];
	const held = contacts.filter(({ kind, at }) => (kind === 'meeting' || kind === 'visit') && at > calendar.at(-150));
	for (const [index, { at, kind, owner, company, lead, deal, person, personId, talk }] of held.entries()) {
		const link = lead ? leads.get(lead) : undefined;
		const [sort, title] = kind === 'visit' ? (['visit', 'Visite sur site'] as const) : random.pick(heldTitles[talk] ?? [['meeting', 'Rendez-vous']]);
		const guest = personId ?? link?.person;
		events.push({
			key: `held ${index}`,
			title: `${title} – ${company?.org.name ?? link?.name ?? person?.last ?? 'client'}`,
			kind: sort,
			at,
			minutes: slotMinutes(kind),
			owner,
			past: true,
			subject: { company: company?.id ?? link?.company ?? null, lead, opportunity: deal },
			guests: guest ? [guest] : [],
			outcome: 'Tenu, compte rendu envoyé.',
		});
	}
	const limit = calendar.at(45);
	for (const deal of deals) {
		if (deal.closedAt || !deal.nextStep || deal.stalled || !random.chance(0.7)) continue;
		const stage = deal.steps.at(-1)?.stage.key ?? '';
		const [kind, title] = random.pick(aheadTitles[stage] ?? [['meeting', 'Rendez-vous']]);
		const minutes = kind === 'call' ? 30 : slotMinutes(kind);
		const at = agenda.book([deal.owner.id], officeMoment(random, calendar.at(random.int(0, 18))), minutes, limit);
		if (!at) continue;
		events.push({
			key: `deal ${deal.key}`,
			title: `${title} – ${deal.company.org.name}`,
			kind,
			at,
			minutes,
			owner: deal.owner,
			past: false,
			subject: { opportunity: deal.id, company: deal.company.id },
			guests: (deal.contacts.length > 0 ? deal.contacts : deal.company.contacts).slice(0, 2).map(({ id }) => id),
		});
	}
	for (const project of projects) {
		if (project.doneOn || !project.client) continue;
		const { company } = project.client;
		const contact = company.contacts[0];
		const colleague = member('success');
		const at = agenda.book([project.manager.id, colleague.id], officeMoment(random, calendar.at(random.int(1, 20))), 60, limit);
		if (!at) continue;
		events.push({
			key: `project ${project.id}`,
			title: `Comité de suivi – ${company.org.name}`,
			kind: 'steering',
			at,
			minutes: 60,
			owner: project.manager,
			with: [colleague],
			past: false,
			subject: { project: project.id, company: company.id },
			guests: contact ? [contact.id] : [],
		});
	}
	return tablesOf(random, events, calendar);
}

/** The team's own meetings, a month back and three weeks ahead. To be booked before all others: they have their hour. */
export function routineEvents(calendar: Calendar, agenda: Agenda): Event[] {
	const events: Event[] = [];
	const sales = members.filter(({ team }) => team === 'north' || team === 'south');
	for (let week = -5; week <= 3; week++) {
		const monday = plusDays(calendar.today, ((8 - (calendar.today.getUTCDay() || 7)) % 7) + 7 * (week - 1));
		const add = (key: string, title: string, day: number, hour: number, owner: Member, others: Member[]): void => {
			const wanted = fromParis(plusDays(monday, day).getTime() / 86_400_000, hour * 3_600_000);
			const at = agenda.book(
				[...new Set([owner, ...others])].map(({ id }) => id),
				wanted,
				60,
				plusDays(wanted, 6),
			);
			if (at) events.push({ key: `${key} ${week}`, title, kind: 'internal', at, minutes: 60, owner, with: others, past: at <= calendar.end });
		};
		add('sales', 'Point commercial de la semaine', 0, 9, member('manager-north'), sales);
		add('delivery', 'Revue des projets', 1, 14, member('operations'), [member('success')]);
		add('board', 'Comité de direction', 3, 10, member('direction'), [member('finance'), member('manager-north'), member('manager-south')]);
	}
	return events;
}

function tablesOf(random: Random, events: readonly Event[], calendar: Calendar): PlanningTables {
	const attendees: Row[] = [];
	const guestRows: Row[] = [];
	const planning = events.map(({ key, at, minutes, owner, with: others = [], guests = [], past, outcome = null, title, kind, subject = {} }): Row => {
		const id = demoId('planning', key);
		const created = plusDays(at < calendar.end ? at : calendar.end, -random.int(2, 9));
		for (const user of new Set([owner, ...others]))
			attendees.push({ planning: id, user: user.id, response: user === owner || past || random.chance(0.7) ? 'accepted' : 'waiting' });
		for (const person of new Set(guests)) guestRows.push({ planning: id, person, response: past || random.chance(0.5) ? 'accepted' : 'waiting' });
		return {
			id,
			title,
			kind,
			...subject,
			status: past ? 'done' : random.chance(0.85) ? 'confirmed' : 'tentative',
			starts_at: at.toISOString(),
			ends_at: plusMinutes(at, minutes).toISOString(),
			all_day: false,
			owner: owner.id,
			team: teamOf(owner),
			location: kind === 'visit' ? 'Chez le client' : kind === 'internal' ? 'Salle de réunion' : kind === 'call' ? 'Par téléphone' : 'En visioconférence',
			outcome,
			...traces(created, owner.id),
		};
	});
	return { planning, attendees, guests: guestRows };
}
