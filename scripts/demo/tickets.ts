import { minutesFor } from '../../extensions/orchestre/src/success/support/rules/deadline.ts';
import { addWorkingMinutes, workingCalendar, workingMinutesBetween } from '../../extensions/orchestre/src/platform/time/working-time.ts';
import type { LeadSettings } from '../../extensions/orchestre/src/leads/rules/types.ts';
import type { Calendar } from './calendar.ts';
import { lastWorkday, officeMoment, plusDays, plusMinutes, seasonOf } from './calendar.ts';
import type { Client } from './clients.ts';
import { troubleOf } from './clients.ts';
import type { Contact } from './companies.ts';
import { demoId } from './ids.ts';
import { clamp, randomOf } from './random.ts';
import type { Random } from './random.ts';
import type { Row } from './rows.ts';
import { moment, traces } from './rows.ts';
import { member, teamId } from './team.ts';
import { ticketWords } from './words/conversations.ts';

export const ticketTarget = 138;

/** A ticket with what others need of it; hours are working hours. */
export type Ticket = {
	id: string;
	client: Client;
	contact: Contact | null;
	at: Date;
	subject: string;
	priority: 'urgent' | 'high' | 'normal' | 'low';
	resolvedAt: Date | null;
	firstResponseAt: Date | null;
	satisfaction: number | null;
	row: Row;
};

const slaHours = { urgent: 4, high: 8, normal: 18, low: 36 } as const;

/** Deadlines as shipped: hours by priority, shares of them by the client's support. */
const sla = {
	minutes: { urgent: slaHours.urgent * 60, high: slaHours.high * 60, normal: slaHours.normal * 60, low: slaHours.low * 60 },
	shares: { standard: 1, priority: 0.75, premium: 0.5 },
};

const fortnight = 14;

/** Tickets come by client and fortnight. Planted: a crisis brings fifteen times as many, urgent ones, slowly solved and badly rated. */
export function tellTickets(calendar: Calendar, clients: readonly Client[], settings: LeadSettings): Ticket[] {
	const random = randomOf('tickets');
	const slots: { client: Client; at: Date; trouble: number; rate: number }[] = [];
	for (const client of clients) {
		for (let at = client.since > calendar.start ? client.since : calendar.start; at < calendar.end; at = plusDays(at, fortnight)) {
			if (client.leftOn && at > client.leftOn) break;
			const trouble = troubleOf(client, at);
			// The first weeks raise questions.
			const beginner = plusDays(client.since, 60) > at ? 2 : 1;
			slots.push({ client, at, trouble, rate: (0.6 + 0.02 * Math.min(40, client.users)) * beginner * seasonOf(at) * (1 + 15 * trouble) });
		}
	}
	const scale = ticketTarget / slots.reduce((sum, { rate }) => sum + rate, 0);
	const tickets: Ticket[] = [];
	for (const { client, at, trouble, rate } of slots) {
		for (let more = random.count(rate * scale); more > 0; more--) {
			const opened = officeMoment(random, plusDays(at, random.int(0, fortnight - 1)));
			if (opened <= calendar.end) tickets.push(ticketOf(random, tickets.length, client, opened, trouble, calendar, settings));
		}
	}
	// Somebody always asks something these days.
	for (const client of random.shuffled(clients.filter(({ leftOn }) => !leftOn)).slice(0, 9))
		tickets.push(
			ticketOf(random, tickets.length, client, plusMinutes(lastWorkday(calendar.end), random.int(0, 240)), troubleOf(client, calendar.end), calendar, settings),
		);
	return tickets;
}

function ticketOf(random: Random, index: number, client: Client, at: Date, trouble: number, calendar: Calendar, settings: LeadSettings): Ticket {
	const working = workingCalendar(settings);
	const { company } = client;
	const kind = random.weighted({ question: 5 - 3 * trouble, incident: 3 + 5 * trouble, request: 2.5 - trouble, billing: 1, complaint: 0.2 + 3 * trouble });
	const words = ticketWords[kind];
	const priority =
		kind === 'incident' || kind === 'complaint'
			? random.weighted({ urgent: 1 + 3 * trouble, high: 3, normal: 3 * (1 - trouble) + 0.1, low: 0.01 })
			: random.weighted({ urgent: 0.1, high: 1, normal: 5, low: 2 });
	const due = addWorkingMinutes(at, minutesFor(priority, client.company.support, sla), working);
	const response = addWorkingMinutes(at, Math.round(clamp(Math.exp(random.normal(Math.log(70 + 200 * trouble), 0.8)), 5, 1500)), working);
	const resolution = addWorkingMinutes(at, Math.round(slaHours[priority] * 60 * Math.exp(random.normal(-0.45 + 1.1 * trouble, 0.7))), working);
	const resolvedAt = resolution <= calendar.end ? resolution : null;
	const firstResponseAt = response <= calendar.end ? (resolvedAt && response > resolvedAt ? resolvedAt : response) : null;
	const closedAt = resolvedAt && plusDays(resolvedAt, 5) <= calendar.end ? plusDays(resolvedAt, 5) : null;
	const satisfaction = resolvedAt && random.chance(0.6) ? Math.round(clamp(random.normal(4.4 - 2.4 * trouble, 0.8), 1, 5)) : null;
	const owner = member(kind === 'incident' || kind === 'request' ? 'operations' : kind === 'billing' ? 'finance' : 'success');
	const contact = company.contacts.length > 0 ? random.pick(company.contacts) : null;
	const id = demoId('tickets', index);
	const subject = random.pick(words.subjects);
	const status = closedAt ? 'closed' : resolvedAt ? 'resolved' : firstResponseAt ? (random.chance(0.3) ? 'waiting_client' : 'in_progress') : 'new';
	const minutesUntil = (until: Date | null): number | null => until && Math.round(workingMinutesBetween(at, until, working));
	const row: Row = {
		id,
		subject,
		kind,
		priority,
		status,
		treated_status: status,
		company: company.id,
		contact: contact?.id ?? null,
		owner: owner.id,
		team: teamId(owner.team),
		description: random.pick(words.descriptions),
		channel: random.weighted({ email: 5, phone: 2, portal: 3, chat: 1 }),
		product: client.subscriptions.length > 0 ? random.pick(client.subscriptions).product.id : null,
		sla_due_at: due.toISOString(),
		sla_basis: `${priority}:${company.id}`,
		// How open ones stand is for the product to say.
		sla_state: resolvedAt ? (resolvedAt <= due ? 'met' : 'missed') : null,
		sla_paused_at: status === 'waiting_client' ? moment(firstResponseAt) : null,
		first_response_minutes: minutesUntil(firstResponseAt),
		resolution_minutes: minutesUntil(resolvedAt),
		first_response_at: moment(firstResponseAt),
		resolved_at: moment(resolvedAt),
		closed_at: moment(closedAt),
		resolution: resolvedAt ? random.pick(words.resolutions) : null,
		satisfaction,
		sentiment: trouble > 0.4 || kind === 'complaint' ? 'negative' : 'neutral',
		...traces(at, owner.id, closedAt ?? resolvedAt ?? firstResponseAt ?? at),
	};
	return { id, client, contact, at, subject, priority, resolvedAt, firstResponseAt, satisfaction, row };
}

/** Answers to the question after a ticket, and to the quarterly one (0 to 10). Planted: in a crisis they are poor. */
export function surveyRows(calendar: Calendar, clients: readonly Client[], tickets: readonly Ticket[]): Row[] {
	const random = randomOf('surveys');
	const rows: Row[] = [];
	const owner = member('success');
	const add = (client: Client, asked: Date, fields: Partial<Row>, score: number | null): void => {
		const answered = score === null ? null : plusDays(asked, random.int(0, 6) + 0.2);
		const known = answered !== null && answered <= calendar.end;
		rows.push({
			...fields,
			id: demoId('survey_answers', rows.length),
			company: client.company.id,
			owner: owner.id,
			team: teamId(owner.team),
			score: known ? score : null,
			asked_at: asked.toISOString(),
			answered_at: known ? answered.toISOString() : null,
			expires_at: plusDays(asked, 30).toISOString(),
			...traces(asked, owner.id),
		});
	};
	for (const { client, contact, resolvedAt, satisfaction, id } of tickets)
		if (resolvedAt) add(client, resolvedAt, { kind: 'csat', ticket: id, person: contact?.id ?? null }, satisfaction);
	for (const client of clients) {
		const [first] = client.company.contacts;
		for (let asked = plusDays(client.since, 90); asked < calendar.end; asked = plusDays(asked, 91)) {
			if (asked < calendar.start || (client.leftOn && asked > client.leftOn)) continue;
			const score = Math.round(clamp(random.normal(8.1 - 4.6 * troubleOf(client, asked), 1.3), 0, 10));
			add(client, officeMoment(random, asked), { kind: 'nps', person: first?.id ?? null }, random.chance(0.55) ? score : null);
		}
	}
	return rows.filter(({ asked_at }) => String(asked_at) <= calendar.end.toISOString());
}
