import { defaultKinds } from '../rules/wanted.ts';
import { decimalsOf } from '../seed-row.ts';
import type { KpiDefinition } from '../types.ts';

const told = ['key', 'name', 'name_en', 'domain', 'description', 'formula', 'version', 'unit', 'direction', 'aggregation', 'frequency', 'scopes'] as const;

export type Described = Pick<KpiDefinition, (typeof told)[number]> & { decimals: number; periods: readonly string[]; min_cases: number };

/** What outsiders are told of a KPI. */
export const describe = (definition: KpiDefinition): Described => ({
	...(Object.fromEntries(told.map((name) => [name, definition[name]])) as Pick<KpiDefinition, (typeof told)[number]>),
	decimals: decimalsOf(definition),
	periods: definition.periods ?? defaultKinds,
	min_cases: definition.minCases ?? 1,
});
