import { dayOrNull, numberOrNull, storedDay } from '../../../platform/columns.ts';
import { isPostgres, type Knex } from '../../../platform/directus.ts';
import { dayMs, dayOf, fromParis, isoOf, toParis } from '../../../platform/time/paris.ts';
import { msOf, type Row } from '../../../predictions/data/rows.ts';
import { beforeDays, expectedOf, recentDays } from '../../health/rules/usage.ts';
import { scoreOf100 } from '../../scale.ts';
import type { ClientFacts } from '../rules/facts.ts';
import { daysToRenewal } from '../rules/renewal.ts';
import { knownRevenueAt, runningAt, type Spell } from '../rules/spells.ts';

/** A client at a moment (ms). */
export type ClientLook = { company: string; at: number; spells: readonly Spell[] };

const momentNames = ['at', 'day0', 'day30', 'day120', 'd90', 'd365'] as const;
const dayNames = ['day', 'day45', 'day365'] as const;

/** The looks as a table `l` of the database's own values: they travel as one json. */
function looksTable(knex: Knex, looks: readonly ClientLook[]): Knex.Raw {
	const isOnPostgres = isPostgres(knex);
	const moment = (at: number): string | number => (isOnPostgres ? new Date(at).toISOString() : at);
	const beginning = (at: number, back: number): string | number => moment(fromParis(toParis(new Date(at)).day - back, 0).getTime());
	const dayOfLook = (at: number, back: number): string | number => {
		const number = toParis(new Date(at)).day - back;
		return isOnPostgres ? isoOf(number) : storedDay(number).getTime();
	};
	const rows = looks.map(({ company, at }, n) => ({
		n,
		company,
		at: moment(at),
		day0: beginning(at, 0),
		day30: beginning(at, recentDays),
		day120: beginning(at, recentDays + beforeDays),
		d90: moment(at - 90 * dayMs),
		d365: moment(at - 365 * dayMs),
		day: dayOfLook(at, 0),
		day45: dayOfLook(at, 45),
		day365: dayOfLook(at, 365),
	}));
	const json = JSON.stringify(rows);
	if (isOnPostgres) {
		const columns = ['n integer', 'company uuid', ...momentNames.map((name) => `${name} timestamptz`), ...dayNames.map((name) => `${name} date`)];
		return knex.raw(`json_to_recordset(?::json) as l(${columns.join(', ')})`, [json]);
	}
	const columns = ['n', 'company', ...momentNames, ...dayNames].map((name) => `json_extract(value, '$.${name}') as ${name}`);
	return knex.raw(`(select ${columns.join(', ')} from json_each(?)) as l`, [json]);
}

/** An exchange of which was known by then, and that came about: a call that nobody answered is none (as for health). */
const cameAbout = "coalesce(i.date_created, i.at) <= l.at and (i.outcome is null or i.outcome not in ('no_answer', 'wrong_contact'))";

/** One statement a subject: `l` are the looks, and every row that counts is dated before the look's `at` or `day`. */
const statements = {
	usage: `select l.n,
		sum(case when u.at >= l.day30 then 1 else 0 end) as usage, sum(case when u.at < l.day30 then 1 else 0 end) as before,
		count(distinct case when u.at >= l.day30 then u.actor end) as users, count(distinct case when u.at < l.day30 then u.actor end) as users_before
		from ?? join usage_events u on u.company = l.company and u.at < l.day0 and u.at >= l.day120 where coalesce(u.date_created, u.at) <= l.at group by l.n`,
	lasts: `select l.n,
		(select min(u.at) from usage_events u where u.company = l.company and u.at < l.day0 and coalesce(u.date_created, u.at) <= l.at) as first_usage,
		(select max(u.at) from usage_events u where u.company = l.company and u.at <= l.at and coalesce(u.date_created, u.at) <= l.at) as usage,
		(select max(i.at) from interactions i where i.company = l.company and i.at <= l.at and ${cameAbout}) as contact,
		(select h.score from health_history h where h.company = l.company and h.computed_on < l.day and h.computed_on > l.day45 order by h.computed_on desc limit 1) as health
		from ??`,
	tickets: `select l.n,
		sum(case when t.date_created > l.d90 then 1 else 0 end) as recent,
		sum(case when t.date_created > l.d90 and t.sla_due_at <= l.at and (t.resolved_at is null or t.resolved_at > t.sla_due_at) then 1 else 0 end) as burning,
		sum(case when (t.resolved_at is null or t.resolved_at > l.at) and (t.closed_at is null or t.closed_at > l.at) then 1 else 0 end) as open
		from ?? join tickets t on t.company = l.company and t.date_created <= l.at group by l.n`,
	invoices: `select l.n,
		sum(case when i.due_date < l.day and (i.paid_on is null or i.paid_on > l.day) then 1 else 0 end) as overdue,
		min(case when i.due_date < l.day and (i.paid_on is null or i.paid_on > l.day) then i.due_date end) as oldest,
		sum(case when i.paid_on > i.due_date and i.paid_on <= l.day and i.due_date > l.day365 then 1 else 0 end) as late
		from ?? join invoices i on i.company = l.company and i.issue_date <= l.day
		where i.direction = 'sale' and i.type <> 'credit_note' and i.status <> 'draft'
			and not exists (select 1 from invoices c where c.corrects = i.id and i.status = 'cancelled_by_credit_note' and c.issue_date <= l.day) group by l.n`,
	contacts: `select l.n, count(*) as contacts from ?? join interactions i on i.company = l.company and i.at <= l.at and i.at > l.d90
		where ${cameAbout} group by l.n`,
	surveys: `select l.n, ${scoreOf100('s')} as score, s.answered_at from ?? join survey_answers s on s.company = l.company and s.answered_at <= l.at and s.answered_at > l.d365
		where s.score is not null`,
	milestones: `select l.n, count(*) as late from ?? join projects p on p.company = l.company join milestones m on m.project = p.id
		where (p.status in ('planned', 'active', 'on_hold') or p.done_on > l.day) and m.due_on < l.day and m.date_created <= l.at and m.status <> 'cancelled' and (m.done_on is null or m.done_on > l.day) group by l.n`,
} as const;

type Found = Record<keyof typeof statements, Map<number, Row[]>>;

async function find(knex: Knex, looks: readonly ClientLook[]): Promise<Found> {
	const table = looksTable(knex, looks).toSQL();
	const found = await Promise.all(
		Object.entries(statements).map(async ([name, sql]) => {
			const answer: unknown = await knex.raw(sql.replace('??', () => table.sql), table.bindings as string[]);
			const rows = (Array.isArray(answer) ? answer : (answer as { rows: Row[] }).rows) as Row[];
			const byLook = new Map<number, Row[]>();
			for (const row of rows) byLook.set(Number(row['n']), [...(byLook.get(Number(row['n'])) ?? []), row]);
			return [name, byLook] as const;
		}),
	);
	return Object.fromEntries(found) as Found;
}

const count = (row: Row | undefined, name: string): number => Number(row?.[name] ?? 0);

const before = 90 * dayMs;

function spellFacts({ spells, at }: ClientLook): Pick<ClientFacts, 'since' | 'modules' | 'mrr' | 'mrrChange' | 'contractions' | 'toRenewal'> {
	const running = runningAt(spells, at);
	const revenue = (moment: number): number | null => {
		const known = runningAt(spells, moment).map((spell) => (spell.isContract ? 0 : knownRevenueAt(spell, moment)));
		return known.includes(null) ? null : known.reduce<number>((sum, cents) => sum + (cents ?? 0), 0);
	};
	const [now, then] = [revenue(at), revenue(at - before)];
	return {
		since: Math.min(...running.map(({ since }) => since), at),
		modules: running.filter(({ isContract }) => !isContract).length,
		mrr: now,
		mrrChange: now !== null && then !== null && then > 0 ? now / then : null,
		contractions: spells.flatMap(({ cuts }) => cuts).filter((cut) => cut <= at && cut > at - 365 * dayMs).length,
		toRenewal: daysToRenewal(spells, at),
	};
}

/** The latest answer, by when it was given, from 0 to 100. */
function latestScore(rows: readonly Row[] = []): number | null {
	const [first, ...others] = rows;
	if (!first) return null;
	const last = others.reduce((latest, row) => ((msOf(row['answered_at']) ?? 0) >= (msOf(latest['answered_at']) ?? 0) ? row : latest), first);
	return Math.round(Number(last['score']));
}

/** What was known of each client at its moment, in the order of the looks: seven statements, whatever their number. */
export async function readFacts(knex: Knex, looks: readonly ClientLook[]): Promise<ClientFacts[]> {
	if (looks.length === 0) return [];
	const found = await find(knex, looks);
	return looks.map((look, n) => {
		const one = (name: keyof Found): Row | undefined => found[name].get(n)?.[0];
		const [usage, lasts, tickets, invoices] = [one('usage'), one('lasts'), one('tickets'), one('invoices')];
		const oldest = dayOrNull(invoices?.['oldest']);
		const today = toParis(new Date(look.at)).day;
		const first = msOf(lasts?.['first_usage']);
		return {
			...spellFacts(look),
			usage: count(usage, 'usage'),
			usageBefore: expectedOf({ before: count(usage, 'before'), firstDays: first === null ? null : today - toParis(new Date(first)).day }),
			users: count(usage, 'users'),
			usersBefore: count(usage, 'users_before'),
			lastUsage: msOf(lasts?.['usage']),
			tickets: count(tickets, 'recent'),
			ticketsBurning: count(tickets, 'burning'),
			ticketsOpen: count(tickets, 'open'),
			overdue: count(invoices, 'overdue'),
			overdueDays: oldest === null ? 0 : today - (dayOf(oldest) ?? today),
			paidLate: count(invoices, 'late'),
			contacts: count(one('contacts'), 'contacts'),
			lastContact: msOf(lasts?.['contact']),
			satisfaction: latestScore(found.surveys.get(n)),
			milestonesLate: count(one('milestones'), 'late'),
			health: numberOrNull(lasts?.['health']),
		};
	});
}
