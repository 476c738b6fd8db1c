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

type Event = {
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

/**
 * The calendar: meetings that were held (they have their interaction), what open deals and projects have ahead, and the team's
 * own routine, a month back and three weeks ahead.
 */
export function planningTables(calendar: Calendar, contacts: readonly Contacted[], deals: readonly Deal[], projects: readonly Project[]): PlanningTables {
	const random = randomOf('planning');
	const events: Event[] = [];
	const held = contacts.filter(({ kind, at }) => (kind === 'meeting' || kind === 'visit') && at > calendar.at(-150));
	for (const [index, { at, kind, owner, company, lead, deal, person, personId }] of held.entries()) {
		events.push({
			key: `held ${index}`,
			title: `${kind === 'visit' ? 'Visite' : 'Rendez-vous'} – ${company?.org.name ?? person?.last ?? 'client'}`,
			kind: kind === 'visit' ? 'visit' : deal ? 'demo' : 'meeting',
			at,
			minutes: kind === 'visit' ? 120 : 60,
			owner,
			past: true,
			subject: { company: deal || lead ? null : (company?.id ?? null), lead, opportunity: deal },
			guests: personId ? [personId] : [],
			outcome: 'Tenu, compte rendu envoyé.',
		});
	}
	for (const deal of deals) {
		if (deal.closedAt || !deal.nextStep || deal.stalled || !random.chance(0.7)) continue;
		const at = officeMoment(random, calendar.at(random.int(0, 18)));
		events.push({
			key: `deal ${deal.key}`,
			title: `${random.pick(['Démonstration', 'Point sur la proposition', 'Négociation'])} – ${deal.company.org.name}`,
			kind: random.pick(['demo', 'meeting', 'call']),
			at,
			minutes: 60,
			owner: deal.owner,
			past: false,
			subject: { opportunity: deal.id },
			guests: deal.contacts.slice(0, 2).map(({ id }) => id),
		});
	}
	for (const project of projects) {
		if (project.doneOn || !project.client) continue;
		const contact = project.client.company.contacts[0];
		events.push({
			key: `project ${project.id}`,
			title: `Comité de suivi – ${project.client.company.org.name}`,
			kind: 'steering',
			at: officeMoment(random, calendar.at(random.int(1, 20))),
			minutes: 60,
			owner: project.manager,
			with: [member('success')],
			past: false,
			subject: { project: project.id },
			guests: contact ? [contact.id] : [],
		});
	}
	for (let week = -5; week <= 3; week++) events.push(...routine(week, calendar));
	return tablesOf(random, events, calendar);
}

function routine(week: number, calendar: Calendar): Event[] {
	const monday = plusDays(calendar.today, ((8 - (calendar.today.getUTCDay() || 7)) % 7) + 7 * (week - 1));
	const sales = members.filter(({ team }) => team === 'north' || team === 'south');
	const event = (key: string, title: string, day: number, hour: number, owner: Member, others: Member[]): Event => {
		const at = plusMinutes(plusDays(monday, day), hour * 60);
		return { key: `${key} ${week}`, title, kind: 'internal', at, minutes: 60, owner, with: others, past: at <= calendar.end };
	};
	return [
		event('sales', 'Point commercial de la semaine', 0, 8, member('manager-north'), sales),
		event('delivery', 'Revue des projets', 1, 13, member('operations'), [member('success')]),
		event('board', 'Comité de direction', 3, 9, member('direction'), [member('finance'), member('manager-north'), member('manager-south')]),
	];
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
			location: kind === 'visit' ? 'Chez le client' : kind === 'internal' ? 'Salle de réunion' : 'En visioconférence',
			outcome,
			...traces(created, owner.id),
		};
	});
	return { planning, attendees, guests: guestRows };
}
