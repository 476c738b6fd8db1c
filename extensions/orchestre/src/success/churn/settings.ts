import type { Limits } from '../../approvals/rules/limits.ts';
import { parseJson, type Knex } from '../../platform/directus.ts';
import { UnexpectedError } from '../../platform/errors.ts';
import { calendarOf, type WorkingCalendar } from '../../platform/time/working-time.ts';
import { signalNames, type Weights } from './rules/signals.ts';
import { stepsOf, type PlanStep } from './rules/plan.ts';

/** What the work on clients at risk stands on. Rates in basis points, money in cents; `from` and `until` on the index of 0 to 100. */
export type RetentionSettings = {
	horizonDays: number;
	from: number;
	until: number;
	plan: PlanStep[];
	incentiveRate: number;
	incentiveMonths: number;
	limits: Limits;
	decisionDays: number;
	checkInDays: number;
	checkInMinutes: number;
	saveRate: number;
	holdOutRate: number;
	calendar: WorkingCalendar;
};

async function readRow(knex: Knex): Promise<Record<string, unknown>> {
	const row = (await knex('settings').first()) as Record<string, unknown> | undefined;
	if (!row) throw new UnexpectedError('the settings row is missing: run npm run seed');
	return row;
}

/** Points of each warning sign. */
export async function readWeights(knex: Knex): Promise<Weights> {
	const row = await readRow(knex);
	return Object.fromEntries(signalNames.map((name) => [name, Number(row[`churn_weight_${name}`] ?? 0)])) as Weights;
}

export async function readRetention(knex: Knex): Promise<RetentionSettings> {
	const row = await readRow(knex);
	const number = (name: string): number => Number(row[name]);
	return {
		horizonDays: number('churn_horizon_days'),
		from: number('retention_from'),
		// The episode's end must lie below its beginning, or it would end the day it begins.
		until: Math.min(number('retention_until'), number('retention_from')),
		plan: stepsOf(parseJson<unknown>(row['retention_plan'])),
		incentiveRate: number('retention_incentive_rate'),
		incentiveMonths: number('retention_incentive_months'),
		limits: { maxCents: number('retention_manager_max_cents'), maxRate: number('retention_manager_max_rate') },
		decisionDays: number('retention_decision_days'),
		checkInDays: number('retention_check_in_days'),
		checkInMinutes: number('retention_check_in_minutes'),
		saveRate: number('retention_save_rate'),
		holdOutRate: number('retention_hold_out_rate'),
		calendar: calendarOf(row),
	};
}
