import { dayOrNull, numberOrNull, storedDay } from '../../platform/columns.ts';
import { isPostgres, parseJson, type Json, type Knex } from '../../platform/directus.ts';
import { insertMany, type ColumnTypes } from '../../platform/json-rows.ts';
import { dayOf, isoOf } from '../../platform/time/paris.ts';
import type { Period, PeriodKind } from './rules/periods.ts';
import type { Target } from './rules/targets.ts';
import type { Scope } from './types.ts';

/** A row of `performance` as it is kept; days as `2026-11-01`. */
export type Result = {
	kpi: string;
	period_kind: PeriodKind;
	period_start: string;
	period_end: string;
	scope: Scope;
	scope_key: string;
	team: string | null;
	owner: string | null;
	company: string | null;
	value: number | null;
	target: number | null;
	previous: number | null;
	previous_year: number | null;
	numerator: number | null;
	denominator: number | null;
	sample_size: number | null;
	is_final: boolean;
	definition_version: number;
	details: Json;
};

export const resultKey = ({ kpi, period_kind, period_start, scope, scope_key }: Pick<Result, 'kpi' | 'period_kind' | 'period_start' | 'scope' | 'scope_key'>): string =>
	[kpi, period_kind, period_start, scope, scope_key].join('|'); // prettier-ignore

const types = {
	id: 'uuid',
	kpi: 'uuid',
	period_kind: 'text',
	period_start: 'date',
	period_end: 'date',
	scope: 'text',
	scope_key: 'text',
	team: 'uuid',
	owner: 'uuid',
	company: 'uuid',
	value: 'bigint',
	target: 'bigint',
	previous: 'bigint',
	previous_year: 'bigint',
	numerator: 'bigint',
	denominator: 'bigint',
	sample_size: 'integer',
	is_final: 'boolean',
	definition_version: 'integer',
	details: 'json',
	computed_at: 'timestamptz',
	date_created: 'timestamptz',
} as const satisfies ColumnTypes;

export const resultKeys = ['kpi', 'period_kind', 'period_start', 'scope', 'scope_key'] as const;
const merged = Object.keys(types).filter((name) => name !== 'id' && name !== 'date_created' && !resultKeys.some((key) => key === name));

/** Kept rows of these KPIs and periods, with their ids, by `resultKey`. */
export async function readResults(trx: Knex, kpis: readonly string[], periods: readonly Period[], { clients }: { clients: boolean }): Promise<Map<string, Result & { id: string }>> {
	const found = new Map<string, Result & { id: string }>();
	if (kpis.length === 0 || periods.length === 0) return found;
	const query = trx('performance')
		.whereIn('kpi', [...kpis])
		.where((either) => {
			for (const [kind, ones] of Map.groupBy(periods, (one) => one.kind))
				void either.orWhere((one) => void one.where('period_kind', kind).whereIn('period_start', [...new Set(ones.map(({ start }) => start))].map(storedDay)));
		})
		.select('id', ...Object.keys(types).filter((name) => !['id', 'computed_at', 'date_created'].includes(name)));
	if (!clients) void query.whereNot({ scope: 'client' });
	for (const row of (await query) as Record<string, unknown>[]) {
		const result = {
			...row,
			period_start: dayOrNull(row['period_start']) ?? '',
			period_end: dayOrNull(row['period_end']) ?? '',
			...Object.fromEntries(['value', 'target', 'previous', 'previous_year', 'numerator', 'denominator', 'sample_size'].map((name) => [name, numberOrNull(row[name])])),
			is_final: Boolean(row['is_final']),
			details: parseJson<Json>(row['details'] ?? null),
		} as Result & { id: string };
		found.set(resultKey(result), result);
	}
	return found;
} // prettier-ignore

/** Writes results, new or changed, in a few statements. */
export async function writeResults(trx: Knex, results: readonly (Result & { id: string })[], at: Date): Promise<void> {
	// As text a date is the same in every time zone; SQLite keeps its local midnight.
	const date = (iso: string): unknown => (isPostgres(trx) ? iso : storedDay(dayOf(iso) ?? 0));
	for (let start = 0; start < results.length; start += 1000) {
		const rows = results.slice(start, start + 1000).map((result) => ({
			...result,
			period_start: date(result.period_start),
			period_end: date(result.period_end),
			is_final: isPostgres(trx) ? result.is_final : Number(result.is_final),
			computed_at: at,
			date_created: at,
		}));
		await insertMany(trx, 'performance', types, rows, { keys: resultKeys, merge: merged });
	}
}

/** The targets of these periods. */
export async function readTargets(trx: Knex, periods: readonly Period[]): Promise<Target[]> {
	const rows = (await trx('targets')
		.whereIn('period_start', [...new Set(periods.map(({ start }) => start))].map(storedDay))
		.orderBy('id')
		.select('kpi', 'period_kind', 'period_start', 'scope', 'team', 'owner', 'company', 'value')) as Record<string, unknown>[];
	return rows.map((row) => {
		const scope = String(row['scope']) as Scope;
		const key = { company: 'company', team: row['team'], person: row['owner'], client: row['company'] }[scope];
		return { kpi: String(row['kpi']), kind: String(row['period_kind']), start: dayOrNull(row['period_start']) ?? '', scope, key: String(key ?? ''), value: Number(row['value']) };
	}); // prettier-ignore
}

/** The day of a result's period as a number. */
export const startOf = ({ period_start }: Pick<Result, 'period_start'>): number => dayOf(period_start) ?? 0;
export const isoDay = isoOf;
