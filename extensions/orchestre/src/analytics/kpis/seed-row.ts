import { promises } from './definitions/gains.ts';
import { kpiId } from './ids.ts';
import type { KpiDefinition } from './types.ts';

export type KpiRow = Record<string, string | number | string[]>;

/** Decimals that are shown where the definition does not say. */
const decimals = { eur: 0, percent: 1, count: 0, days: 1, hours: 1, minutes: 0, points: 0, ratio: 2 } as const;

export const decimalsOf = ({ unit, decimals: own }: Pick<KpiDefinition, 'unit' | 'decimals'>): number => own ?? decimals[unit];

/** The row of `kpis` that tells people of a definition; `index`: its place in the list. */
export function seedRow(definition: KpiDefinition, index: number): KpiRow {
	const { key, version, name, name_en, domain, description, formula, unit, direction, aggregation, frequency, scopes, minCases = 1 } = definition;
	return {
		id: kpiId(key),
		key,
		query: key,
		status: 'active',
		sort: index + 1,
		version,
		name,
		name_en,
		domain,
		description,
		formula,
		unit,
		direction,
		aggregation,
		frequency,
		decimals: decimalsOf(definition),
		scopes: [...scopes],
		min_cases: minCases,
		...(promises[key] !== undefined && { promise: promises[key] }),
	};
}
