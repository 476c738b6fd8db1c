import { storedDay } from '../../../platform/columns.ts';
import { plusMonths } from '../../../platform/time/months.ts';
import { addAgeings, countBack, noAgeing, owedOf, overdueOf, type Age, type Ageing, type MonthOfSales } from '../rules/ageing.ts';
import type { Computing, Figure } from '../types.ts';
import { ask, lastDay, monthOf, numberOf, textOf } from './ask.ts';

/** Companies that owe the most beyond their due date. */
export type Debtor = { company: string; cents: number; count: number; oldestDue: string };
export type Receivables = {
	ages: Ageing;
	/** Credit notes and payments that settle nothing yet. */
	unused: number;
	/** What falls due in the days to come. */
	coming: { d30: number; d60: number; later: number };
	payables: { overdue: number; d30: number; d60: number; later: number };
	/** Days of sales outstanding by counting back, and what it would be were nothing late. */
	dso: number | null;
	bestDso: number | null;
	debtors: Debtor[];
	day: string;
};

/**
 * What was set against invoices, by the day from which it counts: money that was received, by the day it came in (or left, for purchases), and credit
 * notes that were issued. One rule for the balance of the panel and for the KPIs.
 */
export const settlements = `
	select a.invoice, a.amount_cents, 1 as is_money, coalesce(p.paid_on, a.allocated_on) as settled_on
	from payment_allocations a join payments p on p.id = a.payment where p.status = 'received'
	union all
	select a.invoice, a.amount_cents, 0, coalesce(a.allocated_on, c.issue_date)
	from payment_allocations a join invoices c on c.id = a.credit_note where a.payment is null and c.status <> 'draft'`;

/**
 * Invoices with what is left of them at the end of :day (the day after it is :next): what was issued by then, less payments received and
 * credit notes set against it by then. So a day of the past comes out again as it was.
 */
const leftOf = (direction: 'sale' | 'purchase'): string => `
	with open as (
		select i.id, i.company, i.team, i.gross_cents, coalesce(i.due_date, i.issue_date) as due
		from invoices i
		where i.direction = '${direction}' and i.type <> 'credit_note' and i.status <> 'draft' and i.currency = 'EUR' and i.issue_date < :next
			and (i.paid_on is null or i.paid_on >= :next)
			and not (i.status = 'cancelled_by_credit_note' and exists (
				select 1 from invoices k where k.corrects = i.id and k.type = 'credit_note' and k.status <> 'draft' and k.issue_date < :next))
	), settled as (
		select a.invoice, sum(a.amount_cents) as paid
		from (${settlements}) a join open on open.id = a.invoice
		where a.settled_on < :next group by a.invoice
	), owing as (
		select o.company, o.team, o.due, o.gross_cents - coalesce(s.paid, 0) as cents
		from open o left join settled s on s.invoice = o.id
		where o.gross_cents > coalesce(s.paid, 0)
	)`;

const ageSql = `case when due >= :day then 'current' when due >= :d30 then 'd30' when due >= :d60 then 'd60' when due >= :d90 then 'd90' else 'older' end`;
const comingSql = `case when due < :day then 'overdue' when due <= :in30 then 'd30' when due <= :in60 then 'd60' else 'later' end`;

/** Sales by month, with tax, credit notes taken off: two years up to :next. */
const salesSql = (month: string): string => `
	select ${month} as month, sum(case type when 'credit_note' then -gross_cents else gross_cents end) as cents
	from invoices
	where direction = 'sale' and status <> 'draft' and currency = 'EUR' and issue_date >= :since and issue_date < :next
	group by 1`;

const unusedSql = `
	select (select coalesce(sum(gross_cents), 0) from invoices where direction = 'sale' and type = 'credit_note' and status <> 'draft' and currency = 'EUR' and issue_date < :next)
		+ (select coalesce(sum(amount_cents), 0) from payments where direction = 'in' and status = 'received' and currency = 'EUR' and paid_on < :next)
		- (select coalesce(sum(a.amount_cents), 0) from payment_allocations a
			left join payments p on p.id = a.payment left join invoices c on c.id = a.credit_note
			where (p.direction = 'in' and p.status = 'received' and coalesce(p.paid_on, a.allocated_on) < :next)
				or (c.direction = 'sale' and c.status <> 'draft' and coalesce(a.allocated_on, c.issue_date) < :next)) as cents`;

const monthsBack = 24;

/** Months newest first up to the day, the running one with its days so far. */
function monthsOf(day: number, cents: ReadonlyMap<string, number>): MonthOfSales[] {
	const iso = (at: number): string => new Date(at * 86_400_000).toISOString();
	const first = day - Number(iso(day).slice(8, 10)) + 1;
	return Array.from({ length: monthsBack }, (_, back) => {
		const start = plusMonths(first, -back);
		const end = back === 0 ? day : plusMonths(first, 1 - back) - 1;
		return { days: end - start + 1, grossCents: cents.get(iso(start).slice(0, 7)) ?? 0 };
	});
}

/** What clients owe at the end of a period: by age, for the company and each team; with the delay in days, what is to come and who owes most. */
export async function readReceivables(computing: Computing): Promise<Figure[]> {
	const { trx, dialect, isShown } = computing;
	const day = lastDay(computing);
	const at = (days: number): Date => storedDay(day + days);
	const bounds = { day: at(0), next: at(1), d30: at(-30), d60: at(-60), d90: at(-90), in30: at(30), in60: at(60), since: at(-31 * monthsBack) };
	const byAge = await ask(
		trx,
		`${leftOf('sale')} select team, ${ageSql} as age, ${comingSql} as coming, sum(cents) as cents, count(*) as n from owing group by 1, 2, 3`,
		bounds,
	);
	const teams = new Map<string, Ageing>();
	const coming = { overdue: 0, d30: 0, d60: 0, later: 0 };
	for (const row of byAge) {
		const team = textOf(row, 'team') ?? 'none';
		const ages = teams.get(team) ?? noAgeing();
		teams.set(team, ages);
		const cell = ages[row['age'] as Age];
		cell.cents += numberOf(row, 'cents');
		cell.count += numberOf(row, 'n');
		coming[row['coming'] as keyof typeof coming] += numberOf(row, 'cents');
	}
	const ages = addAgeings([...teams.values()]);
	const figureOf = (own: Ageing): Pick<Figure, 'numerator' | 'denominator' | 'cases'> => ({
		numerator: owedOf(own),
		denominator: null,
		cases: Object.values(own).reduce((sum, { count }) => sum + count, 0),
	});
	const ofTeams = [...teams].map(([key, own]): Figure => ({ scope: 'team', key, ...figureOf(own), details: { ages: own } }));
	// What a period is compared with needs its figure alone.
	if (!isShown) return [{ scope: 'company', key: 'company', ...figureOf(ages) }, ...ofTeams];
	const toPay = await ask(trx, `${leftOf('purchase')} select ${comingSql} as coming, sum(cents) as cents from owing group by 1`, bounds);
	const debtors = await ask(
		trx,
		`${leftOf('sale')} select company, sum(cents) as cents, count(*) as n, ${dialect.isPostgres ? "to_char(min(due), 'YYYY-MM-DD')" : "strftime('%Y-%m-%d', min(due) / 1000, 'unixepoch', 'localtime')"} as oldest
		from owing where due < :day group by company order by 2 desc, company limit 10`,
		bounds,
	);
	const sales = new Map((await ask(trx, salesSql(monthOf(dialect, 'issue_date')), bounds)).map((row) => [String(row['month']), numberOf(row, 'cents')]));
	const [unused] = await ask(trx, unusedSql, bounds);

	const payables = { overdue: 0, d30: 0, d60: 0, later: 0 };
	for (const row of toPay) payables[row['coming'] as keyof typeof payables] += numberOf(row, 'cents');
	const months = monthsOf(day, sales);
	const more: Receivables = {
		ages,
		unused: Math.max(0, numberOf(unused, 'cents')),
		coming: { d30: coming.d30, d60: coming.d60, later: coming.later },
		payables,
		dso: countBack(owedOf(ages), months),
		bestDso: countBack(owedOf(ages) - overdueOf(ages), months),
		debtors: debtors.map((row) => ({
			company: String(row['company']),
			cents: numberOf(row, 'cents'),
			count: numberOf(row, 'n'),
			oldestDue: String(row['oldest']),
		})),
		day: new Date(day * 86_400_000).toISOString().slice(0, 10),
	};
	return [{ scope: 'company', key: 'company', ...figureOf(ages), details: more }, ...ofTeams];
}
