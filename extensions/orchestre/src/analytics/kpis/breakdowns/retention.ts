import { storedDay } from '../../../platform/columns.ts';
import { isoOf } from '../../../platform/time/paris.ts';
import { cohortsOf, monthName, monthNumber, totalAt, type Cohort } from '../rules/cohorts.ts';
import type { Computing, Figure } from '../types.ts';
import { ask, lastDay, monthOf, numberOf } from './ask.ts';
import { mrrSteps } from './mrr-steps.ts';

/** Cohorts of the last three years, and the last month that is over. */
export type Retention = { cohorts: Cohort[]; until: string };
const monthsBack = 36;

/** Each client's revenue at the end of each month in which it changed; a cohort is the month of the first revenue. */
const sql = (month: string): string => `
	with steps as (${mrrSteps}), months as (
		select company, ${month} as month, sum(delta) as delta from steps where changed_on < :next group by 1, 2
	), running as (
		select company, month, delta, sum(delta) over (partition by company order by month) as mrr from months
	), known as (
		select company, month, delta, mrr, lag(mrr, 1, 0) over (partition by company order by month) as mrr_before from running
	), born as (
		select company, min(month) as cohort from running where mrr > 0 group by company
	)
	select b.cohort, k.month, sum(k.delta) as cents,
		sum(case when k.mrr > 0 and k.mrr_before <= 0 then 1 when k.mrr <= 0 and k.mrr_before > 0 then -1 else 0 end) as clients
	from known k join born b on b.company = k.company
	where k.month >= b.cohort and b.cohort >= :first
	group by 1, 2`;

/** The last month that was over at the end of a day, as a number. */
function lastMonth(day: number): number {
	const month = monthNumber(isoOf(day).slice(0, 7));
	return isoOf(day + 1).slice(8, 10) === '01' ? month : month - 1;
}

/**
 * Clients by the month in which they began to pay every month, and what they pay since: revenue and clients. The figure: the share of the revenue of
 * cohorts at least a year old that is there after twelve months.
 */
export async function readCohorts(computing: Computing): Promise<Figure[]> {
	const { trx, dialect } = computing;
	const day = lastDay(computing);
	const until = lastMonth(day);
	const first = monthName(until - monthsBack + 1);
	// A month that is not over is no month of a cohort.
	const next = monthName(until + 1)
		.split('-')
		.map(Number) as [number, number];
	const end = storedDay(Date.UTC(next[0], next[1] - 1, 1) / 86_400_000);
	const rows = await ask(trx, sql(monthOf(dialect, 'changed_on')), { next: end, first });
	const steps = rows.map((row) => ({
		cohort: String(row['cohort']),
		month: String(row['month']),
		cents: numberOf(row, 'cents'),
		clients: numberOf(row, 'clients'),
	}));
	const cohorts = cohortsOf(steps, first, monthName(until));
	const year = totalAt(cohorts, 12);
	const details: Retention = { cohorts, until: monthName(until) };
	return [{ scope: 'company', key: 'company', numerator: year.cents, denominator: year.baseCents, cases: year.baseClients, details }];
}
