import { dayMs } from '../../../platform/time/paris.ts';
import { storedDay } from '../../../platform/columns.ts';
import { binsOf, type Bin, type Told } from '../rules/calibration.ts';
import type { Computing, Figure } from '../types.ts';
import { ask, boundsOf, lastDay, numberOf } from './ask.ts';

export type Announced = 'deal_win' | 'lead_conversion' | 'churn' | 'upsell';
/** What was announced a year back, and what came of it, by kind; and the company's forecasts of the months that are over. */
export type Calibration = { told: Record<Announced, Bin[]>; forecast: { months: number; inside: number; error: number | null; naiveError: number | null } };

/** Probabilities (basis points) as they were written at the time, each case once, with its outcome. */
const toldSql: Readonly<Record<Announced, string>> = {
	// One word of each deal, whichever stage it stood in: its rows ordered by their random ids. The last word before the end would always look too careful.
	deal_win: `select c.probability as told, case when s.is_won then 1 else 0 end as came
		from (select opportunity, probability, row_number() over (partition by opportunity order by id) as place
			from stage_changes where to_stage in (select id from stages where not is_won and not is_lost) and probability is not null) c
		join opportunities o on o.id = c.opportunity join stages s on s.id = o.stage
		where c.place = 1 and o.closed_at >= :since and o.closed_at < :after`,
	lead_conversion: `select probability as told, case when status = 'converted' then 1 else 0 end as came from leads
		where status in ('converted', 'lost') and probability is not null and closed_at >= :since and closed_at < :after`,
	// One day a client and horizon, as far apart as the horizon: no departure counts twice.
	churn: `select h.churn_probability as told, case when exists (
			select 1 from subscription_changes g where g.company = h.company and g.kind in ('cancellation', 'end') and g.changed_on > h.computed_on and g.changed_on <= :over
				and not exists (select 1 from subscription_changes b where b.subscription = g.subscription and b.kind in ('retention', 'reactivation') and b.changed_on >= g.changed_on and b.changed_on <= :over)
		) then 1 else 0 end as came
		from health_history h where h.churn_probability is not null and h.computed_on = (select max(computed_on) from health_history where computed_on <= :looked and churn_probability is not null)`,
	upsell: `select probability as told, case when outcome = 'won' then 1 else 0 end as came from insights
		where kind = 'upsell' and probability is not null and outcome in ('won', 'lost', 'no_effect') and outcome_at >= :since and outcome_at < :after`,
};

const forecastSql = `
	select count(*) as months, sum(case when actual_cents between p10_cents and p90_cents then 1 else 0 end) as inside,
		sum(abs(1.0 * p50_cents - actual_cents)) as off, sum(abs(1.0 * naive_cents - actual_cents)) as naive_off, sum(actual_cents) as actual
	from forecasts
	where scope = 'company' and kind = 'total' and period_kind = 'month' and horizon_days between 20 and 50 and actual_cents is not null and actual_on >= :day and actual_on < :next`;

const yearDays = 365;

/** Whether what was announced came about, over the year up to the end of the period; the figure: the mean gap over all kinds, by cases. */
export async function readCalibration(computing: Computing): Promise<Figure[]> {
	const { trx } = computing;
	const { next, after } = boundsOf(computing);
	const day = lastDay(computing);
	const horizon = Number(((await trx('settings').first('churn_horizon_days')) as { churn_horizon_days: number | null } | undefined)?.churn_horizon_days ?? 90);
	const since = new Date(after.getTime() - yearDays * dayMs);
	const bounds = { since, after, over: storedDay(day), looked: storedDay(day - horizon) };
	const kinds = Object.entries(toldSql).map(
		([kind, sql]) =>
			`select '${kind}' as kind, case when told >= 10000 then 9 else floor(told / 1000) end as bin, count(*) as n, sum(told) as told, sum(came) as came from (${sql}) ${kind} group by 1, 2`,
	);
	const told: Record<Announced, Told[]> = { deal_win: [], lead_conversion: [], churn: [], upsell: [] };
	const rows = await ask(trx, `${kinds.join(' union all ')} order by 1, 2`, bounds);
	for (const row of rows) told[row['kind'] as Announced].push({ cases: numberOf(row, 'n'), sum: numberOf(row, 'told') / 10_000, came: numberOf(row, 'came') });
	const [forecast] = await ask(trx, forecastSql, { day: storedDay(day - yearDays), next });
	const actual = numberOf(forecast, 'actual');
	const details: Calibration = {
		told: Object.fromEntries(Object.entries(told).map(([kind, own]) => [kind, binsOf(own)])) as Record<Announced, Bin[]>,
		forecast: {
			months: numberOf(forecast, 'months'),
			inside: numberOf(forecast, 'inside'),
			error: actual > 0 ? numberOf(forecast, 'off') / actual : null,
			naiveError: actual > 0 && forecast?.['naive_off'] !== null ? numberOf(forecast, 'naive_off') / actual : null,
		},
	};
	const gap = rows.reduce((sum, row) => sum + Math.abs(numberOf(row, 'told') - 10_000 * numberOf(row, 'came')), 0);
	const cases = rows.reduce((sum, row) => sum + numberOf(row, 'n'), 0);
	return [{ scope: 'company', key: 'company', numerator: Math.round(gap), denominator: cases, cases, details }];
}
