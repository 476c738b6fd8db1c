import { dayOrNull, storedDay } from '../../../platform/columns.ts';
import { parseJson, toDate } from '../../../platform/directus.ts';
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
const asText = (value: unknown): unknown => (value === null || value === undefined ? value : toDate(value as Date).toISOString());

/** As Directus's services give a row: days as 2026-11-01, moments as text. */
const rowOf = (row: Row): Row => ({
	...row,
	...('period_start' in row && { period_start: dayOrNull(row['period_start']) }),
	...('computed_at' in row && { computed_at: asText(row['computed_at']) }),
	...('details' in row && { details: parseJson(row['details'] ?? null) }),
});

/** Rows of `performance` as the caller may see them, by period and scope. Whoever sees all rows needs no rules applied: one statement by its index. */
export async function readFigures(reader: Reader, { kpis, kind, starts, whose }: WantedFigures, fields: readonly string[]): Promise<Row[]> {
	const [first, last] = [starts[0], starts.at(-1)];
	if (kpis.length === 0 || whose.length === 0 || first === undefined || last === undefined) return [];
	const columns = ['id', ...fields];
	const table = reader.table('performance', [...needs, ...columns]);
	if (table) {
		const rows = (await table
			.whereIn('kpi', [...kpis])
			.where({ period_kind: kind })
			.whereIn('period_start', starts.map(storedDay))
			.where((either) => {
				for (const { scope, key, team } of whose)
					void either.orWhere({ scope, ...(key !== undefined && { scope_key: key }), ...(team !== undefined && { team }) });
			})
			.orderBy(['period_start', 'scope_key'])
			.select(columns)) as Row[];
		return rows.map(rowOf);
	}
	// Directus keeps a date as its local midnight: without the hour a filter would mean UTC's, and of lists it translates nothing.
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
