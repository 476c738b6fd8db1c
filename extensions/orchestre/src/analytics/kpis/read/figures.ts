import { isoOf } from '../../../platform/time/paris.ts';
import type { Reader } from '../../../timeline/reader.ts';
import type { Row } from '../../../timeline/rules/types.ts';
import type { PeriodKind } from '../rules/periods.ts';

/** Kept results of KPIs (ids), of periods of one kind that follow each other (`starts`: their first days, oldest first), of these scopes. */
export type WantedFigures = {
	kpis: readonly string[];
	kind: PeriodKind;
	starts: readonly number[];
	whose: readonly { scope: string; key?: string; team?: string }[];
};

const needs = ['kpi', 'scope', 'scope_key', 'team', 'period_kind', 'period_start'];

/** Rows of `performance` as the caller may see them, by period and scope. */
export async function readFigures(reader: Reader, { kpis, kind, starts, whose }: WantedFigures, fields: readonly string[]): Promise<Row[]> {
	const [first, last] = [starts[0], starts.at(-1)];
	if (kpis.length === 0 || whose.length === 0 || first === undefined || last === undefined) return [];
	// Directus keeps a date as its local midnight: without the hour a filter would mean UTC's.
	const midnight = (day: number): string => `${isoOf(day)}T00:00:00`;
	const scopes = whose.map(({ scope, key, team }) => ({
		_and: [{ scope: { _eq: scope } }, ...(key === undefined ? [] : [{ scope_key: { _eq: key } }]), ...(team === undefined ? [] : [{ team: { _eq: team } }])],
	}));
	return reader.rows('performance', {
		needs,
		fields,
		filter: { _and: [{ kpi: { _in: [...kpis] } }, { period_kind: { _eq: kind } }, { period_start: { _between: [midnight(first), midnight(last)] } }, { _or: scopes }] } as never,
		sort: ['period_start', 'scope_key'],
		limit: -1,
	});
} // prettier-ignore
