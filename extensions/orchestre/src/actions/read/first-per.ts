import type { Knex } from '../../platform/directus.ts';

export type Row = Record<string, unknown>;

/** Rows at most in one list of values of a statement: far below what either database takes. */
export const partSize = 2000;

/**
 * The first row per value of `key` by this order, in one statement whatever their number. `order`: column and direction, best first; the
 * row's id decides between equals, as everywhere.
 */
export async function firstPer(
	knex: Knex,
	table: string,
	key: string,
	ids: readonly string[],
	{ columns, order, where }: { columns: readonly string[]; order: string; where: (query: Knex.QueryBuilder) => void },
): Promise<Map<string, Row>> {
	if (ids.length === 0) return new Map();
	const ranked = knex(table)
		.whereIn(key, [...ids])
		.select('id', ...columns, { of: key })
		.select(knex.raw(`row_number() over (partition by ?? order by ${order}, id) as place`, [key]));
	where(ranked);
	const rows = (await knex.from(ranked.as('t')).where('place', 1)) as Row[];
	return new Map(rows.map((row) => [String(row['of']), row]));
}

/** Reads values in parts of a size that statements take. */
export async function inParts<T, R>(values: readonly T[], read: (part: readonly T[]) => Promise<R[]>, size = partSize): Promise<R[]> {
	const found: R[] = [];
	for (let start = 0; start < values.length; start += size) found.push(...(await read(values.slice(start, start + size))));
	return found;
}

/** The rows of a statement in parts, by their id (`column`, selected as `id`): memory stays flat however many there are. */
export async function* pages(column: string, statement: () => Knex.QueryBuilder): AsyncGenerator<Row[], void> {
	for (let after = ''; ;) {
		const query = statement().orderBy(column).limit(partSize);
		if (after) void query.where(column, '>', after);
		const rows = (await query) as Row[];
		yield rows;
		if (rows.length < partSize) return;
		after = String(rows.at(-1)?.['id']);
	}
}
