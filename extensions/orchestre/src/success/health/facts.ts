import { storedDay } from '../../platform/columns.ts';
import { isPostgres, type Knex } from '../../platform/directus.ts';
import { fromParis, toParis } from '../../platform/time/paris.ts';
import { dateOrNull } from '../../platform/columns.ts';
import { beforeDays, recentDays } from './rules/usage.ts';
import type { ClientFacts } from './rules/types.ts';
import { scoreOf100 } from '../scale.ts';
import { within, type Scope } from './scope.ts';

type Row = Record<string, unknown> & { company: string };

/** A day's moments and dates, counted back from the Paris day of `now`, itself not included. */
export type Days = { now: Date; today: number; start: (daysAgo: number) => Date; date: (daysAgo: number) => Date };

export function daysOf(now: Date): Days {
	const { day } = toParis(now);
	return { now, today: day, start: (daysAgo) => fromParis(day - daysAgo, 0), date: (daysAgo) => storedDay(day - daysAgo) };
}

/** Usage beyond this is history: who began before is no beginner. */
const usageDays = 395;

const number = (row: Row | undefined, column: string): number => Number(row?.[column] ?? 0);

/** Whole Paris days from a moment to today; null for none. */
function daysSince(value: unknown, today: number): number | null {
	const at = dateOrNull(value);
	return at === null ? null : today - toParis(at).day;
}

/** Days between two date columns; 0 when the first is not later. SQLite keeps dates as milliseconds. */
const daysLate = (knex: Knex, done: string, due: string): string =>
	isPostgres(knex) ? `greatest(0, ${done} - ${due})` : `max(0, round((${done} - ${due}) / 86400000.0))`;

const byCompany = async (query: Knex.QueryBuilder): Promise<Map<string, Row>> => new Map(((await query) as Row[]).map((row) => [row.company, row]));

/** Events counted in the index alone. */
const readUsage = (knex: Knex, scope: Scope, { start }: Days): Knex.QueryBuilder =>
	within(
		knex('usage_events')
			.where('at', '>=', start(usageDays))
			.where('at', '<', start(0))
			.groupBy('company')
			.select('company')
			.min({ first: 'at' })
			.max({ last: 'at' })
			.select(
				knex.raw('count(*) filter (where at >= ?) as recent', [start(recentDays)]),
				knex.raw('count(*) filter (where at >= ? and at < ?) as earlier', [start(recentDays + beforeDays), start(recentDays)]),
			),
		'company',
		scope,
	);

/** The last use of clients who were silent for all of that time: silence is no missing measure. From the end of an index, a row a client. */
const readOldUse = (knex: Knex, scope: Scope, { start }: Days): Knex.QueryBuilder =>
	within(
		knex('companies as c')
			.where({ 'c.is_client': true })
			.select(
				'c.id as company',
				knex('usage_events as u').whereRaw('u.company = c.id').where('u.at', '<', start(usageDays)).orderBy('u.at', 'desc').limit(1).select('u.at').as('at'),
			),
		'c.id',
		scope,
	);

function readTickets(knex: Knex, scope: Scope, { start, now }: Days): Knex.QueryBuilder {
	const open = "status in ('new', 'in_progress', 'waiting_client')";
	return within(
		knex('tickets')
			.where((either) => void either.where('date_created', '>=', start(365)).orWhereRaw(open))
			.where((either) => void either.whereNull('archived').orWhere({ archived: false }))
			.groupBy('company')
			.select(
				'company',
				knex.raw('count(*) as year'),
				knex.raw('count(*) filter (where date_created >= ?) as month', [start(30)]),
				knex.raw(`count(*) filter (where priority = 'urgent' and ${open}) as urgent`),
				knex.raw(`count(*) filter (where priority = 'high' and ${open}) as high`),
				knex.raw("count(*) filter (where sla_due_at < ? and status in ('new', 'in_progress')) as late", [now]),
				knex.raw("count(*) filter (where sentiment = 'negative' and date_created >= ?) as negative", [start(90)]),
			),
		'company',
		scope,
	);
}

function readInvoices(knex: Knex, scope: Scope, { date }: Days): Knex.QueryBuilder {
	const overdue = "due_date < ? and remaining_cents > 0 and status in ('issued', 'sent', 'partly_paid', 'disputed')";
	const paid = 'paid_on >= ? and due_date is not null';
	const [today, halfYear] = [date(0), date(180)];
	return within(
		knex('invoices')
			.where({ direction: 'sale' })
			.whereNotIn('status', ['draft', 'cancelled_by_credit_note'])
			.whereNot({ type: 'credit_note' })
			.where('due_date', '<', today)
			.where((either) => void either.where('due_date', '>=', date(365)).orWhere('paid_on', '>=', halfYear).orWhere('remaining_cents', '>', 0))
			.groupBy('company')
			.select(
				'company',
				knex.raw('count(*) as year'),
				knex.raw(`count(*) filter (where ${overdue}) as overdue`, [today]),
				knex.raw(`sum(remaining_cents) filter (where ${overdue}) as overdue_cents`, [today]),
				knex.raw(`max(${daysLate(knex, isPostgres(knex) ? '?::date' : '?', 'due_date')}) filter (where ${overdue}) as oldest`, [today, today]),
				knex.raw("count(*) filter (where status = 'disputed') as disputed"),
				knex.raw(`count(*) filter (where ${paid}) as paid`, [halfYear]),
				knex.raw(`sum(${daysLate(knex, 'paid_on', 'due_date')}) filter (where ${paid}) as late_days`, [halfYear]),
			),
		'company',
		scope,
	);
}

function readAnswers(knex: Knex, scope: Scope, { start }: Days): Knex.QueryBuilder {
	const scale = scoreOf100('survey_answers');
	const recent = start(90);
	return within(
		knex('survey_answers')
			.whereNotNull('score')
			.where('answered_at', '>=', start(365))
			.groupBy('company')
			.select(
				'company',
				knex.raw('count(*) filter (where answered_at >= ?) as recent', [recent]),
				knex.raw(`sum(${scale}) filter (where answered_at >= ?) as recent_sum`, [recent]),
				knex.raw('count(*) filter (where answered_at < ?) as older', [recent]),
				knex.raw(`sum(${scale}) filter (where answered_at < ?) as older_sum`, [recent]),
			),
		'company',
		scope,
	);
}

function readMilestones(knex: Knex, scope: Scope, { date }: Days): Knex.QueryBuilder {
	const open = "m.status in ('todo', 'in_progress', 'waiting_client') and p.status in ('planned', 'active', 'on_hold')";
	const late = `${open} and m.due_on < ?`;
	const reached = "m.status = 'done' and m.done_on >= ?";
	const [today, halfYear] = [date(0), date(180)];
	return within(
		knex('milestones as m')
			.join('projects as p', 'p.id', 'm.project')
			.whereNotNull('p.company')
			.where((either) => void either.whereNot({ 'm.status': 'done' }).orWhere('m.done_on', '>=', halfYear))
			.groupBy('p.company')
			.select(
				'p.company as company',
				knex.raw(`count(*) filter (where ${open}) as open`),
				knex.raw(`count(*) filter (where ${late}) as late`, [today]),
				knex.raw(`max(${daysLate(knex, isPostgres(knex) ? '?::date' : '?', 'm.due_on')}) filter (where ${late}) as oldest`, [today, today]),
				knex.raw(`count(*) filter (where ${reached}) as reached`, [halfYear]),
				knex.raw(`sum(${daysLate(knex, 'm.done_on', 'm.due_on')}) filter (where ${reached}) as late_days`, [halfYear]),
			),
		'p.company',
		scope,
	);
}

/** The latest exchange of each client that came about: from the end of an index, a row or two a client. */
const readContacts = (knex: Knex, scope: Scope, { now }: Days): Knex.QueryBuilder =>
	within(
		knex('companies as c')
			.where({ 'c.is_client': true })
			.select(
				'c.id as company',
				knex('interactions as i')
					.whereRaw('i.company = c.id')
					.where('i.at', '<=', now)
					.where((either) => void either.whereNull('i.outcome').orWhereNotIn('i.outcome', ['no_answer', 'wrong_contact']))
					.orderBy('i.at', 'desc')
					.limit(1)
					.select('i.at')
					.as('at'),
			),
		'c.id',
		scope,
	);

/** What is known of the clients of a scope: seven statements, whatever their number. Answers the facts of a company by its id. */
export async function readFacts(knex: Knex, scope: Scope, days: Days): Promise<(company: string) => ClientFacts> {
	const { today } = days;
	const usage = await byCompany(readUsage(knex, scope, days));
	const oldUse = await byCompany(readOldUse(knex, scope, days));
	const tickets = await byCompany(readTickets(knex, scope, days));
	const invoices = await byCompany(readInvoices(knex, scope, days));
	const answers = await byCompany(readAnswers(knex, scope, days));
	const milestones = await byCompany(readMilestones(knex, scope, days));
	const contacts = await byCompany(readContacts(knex, scope, days));
	return (company) => {
		const of = (rows: Map<string, Row>) => (column: string) => number(rows.get(company), column);
		const [u, t, i, a, m] = [of(usage), of(tickets), of(invoices), of(answers), of(milestones)];
		return {
			usage: {
				recent: u('recent'),
				before: u('earlier'),
				firstDays: daysSince(oldUse.get(company)?.['at'] ?? usage.get(company)?.['first'], today),
				lastDays: daysSince(usage.get(company)?.['last'] ?? oldUse.get(company)?.['at'], today),
			},
			tickets: { year: t('year'), month: t('month'), urgent: t('urgent'), high: t('high'), late: t('late'), negative: t('negative') },
			invoices: {
				year: i('year'),
				overdue: i('overdue'),
				overdueCents: i('overdue_cents'),
				oldestDays: i('oldest'),
				disputed: i('disputed'),
				paid: i('paid'),
				lateDays: i('late_days'),
			},
			contactDays: daysSince(contacts.get(company)?.['at'], today),
			answers: { recent: a('recent'), recentSum: a('recent_sum'), older: a('older'), olderSum: a('older_sum') },
			milestones: { open: m('open'), late: m('late'), oldestDays: m('oldest'), reached: m('reached'), lateDays: m('late_days') },
		};
	};
}
