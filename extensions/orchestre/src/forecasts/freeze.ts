import { randomUUID } from 'node:crypto';
import { isoOf, weekday } from '../platform/time/paris.ts';
import { dayOrNull, storedDay as date } from '../platform/columns.ts';
import { chunks, type Knex } from '../platform/directus.ts';
import { actualOf } from './model/backtest.ts';
import { forecastDraws, scopeName, type Made } from './model/make.ts';
import type { History, Kind, MonthForecast, ScopeKind } from './model/types.ts';
import { dayOf } from '../platform/time/paris.ts';

/** The Monday of a day's week: a week is frozen once, on whichever of its days. */
export const mondayOf = (day: number): number => day - weekday(day) + 1;

/** Whether the week of this day has its forecast. */
export const isFrozen = async (knex: Knex, day: number): Promise<boolean> =>
	(await knex('forecasts')
		.where('frozen_key', 'like', `${isoOf(mondayOf(day))}:%`)
		.first('id')) !== undefined;

/** Figures of 32 bits; a company whose month goes beyond keeps the largest that fits. */
const cents = (value: number): number => Math.min(2_147_483_647, Math.max(-2_147_483_647, Math.round(value)));

const rowOf = (one: MonthForecast, made: Made, day: number, seed: number, at: Date, idOf: (key: string) => string): Record<string, unknown> => {
	const key = `${isoOf(mondayOf(day))}:${scopeName(one)}:${one.kind}:${isoOf(one.month.start)}`;
	const isFirst = one.kind === 'total' && one.month.start <= day && one.month.end >= day;
	return {
		id: idOf(key),
		frozen_key: key,
		frozen_on: date(day),
		period_kind: 'month',
		period_start: date(one.month.start),
		period_end: date(one.month.end),
		horizon_days: Math.max(0, one.month.start - day),
		kind: one.kind,
		scope: one.scope,
		scope_key: one.key,
		team: one.scope === 'team' ? one.key : null,
		owner: one.scope === 'person' ? one.key : null,
		p10_cents: cents(one.p10),
		p50_cents: cents(one.p50),
		p90_cents: cents(one.p90),
		naive_cents: cents(one.naive),
		draws: forecastDraws,
		seed,
		// How good this scope's forecasts have been stands with the first month of the total.
		details: isFirst ? JSON.stringify({ past: made.past[scopeName(one)] ?? null, wins: made.wins, isAssumed: made.isAssumed }) : null,
		date_created: at,
	};
};

/** Writes the week's forecast, unless it is there. `idOf`: ids of the rows from their keys. Returns how many rows are new. */
export async function freeze(trx: Knex, made: Made, day: number, seed: number, at: Date, idOf: (key: string) => string = () => randomUUID()): Promise<number> {
	if (await isFrozen(trx, day)) return 0;
	let written = 0;
	for (const part of chunks(made.forecasts.map((one) => rowOf(one, made, day, seed, at, idOf)), 50)) {
		written += ((await trx('forecasts').insert(part).onConflict('frozen_key').ignore().returning('id')) as unknown[]).length;
	}
	return written;
} // prettier-ignore

type Owed = { id: string; frozen_on: unknown; period_start: unknown; period_end: unknown; kind: Kind; scope: ScopeKind; scope_key: string };

/** Months that are over since they were forecast: what they brought, beside what was expected of them. Returns how many were settled. */
export async function settleActuals(trx: Knex, history: History, day: number): Promise<number> {
	const owed = (await trx('forecasts').whereNull('actual_cents').where('period_end', '<', date(day)).orderBy('id').select('id', 'frozen_on', 'period_start', 'period_end', 'kind', 'scope', 'scope_key')) as Owed[]; // prettier-ignore
	for (const { id, frozen_on, period_start, period_end, kind, scope, scope_key } of owed) {
		const [madeOn, start, end] = [frozen_on, period_start, period_end].map((value) => dayOf(dayOrNull(value) ?? '') ?? 0) as [number, number, number];
		const actual = actualOf(history, { start, end }, madeOn, kind, { scope, key: scope_key });
		await trx('forecasts')
			.where({ id })
			.update({ actual_cents: cents(actual), actual_on: date(day) });
	}
	return owed.length;
}
