import { isPostgres, type Knex } from './directus.ts';

/** SQL types of columns by name, as PostgreSQL calls them. */
export type ColumnTypes = Readonly<Record<string, 'uuid' | 'text' | 'integer' | 'bigint' | 'boolean' | 'date' | 'timestamptz' | 'json'>>;

/**
 * Any number of rows as one parameter of a statement, the `v` of `from`: `source` takes their JSON, `column` names a column of them.
 * VALUES lists cost a binding for each value.
 */
export function jsonRows(knex: Knex, types: ColumnTypes): { source: string; column: (name: string) => string; toJson: (rows: readonly Record<string, unknown>[]) => string } {
	if (isPostgres(knex)) {
		const definition = Object.entries(types).map(([name, type]) => `"${name}" ${type}`);
		return { source: `json_to_recordset(?::json) as v(${definition.join(', ')})`, column: (name) => `v."${name}"`, toJson: (rows) => JSON.stringify(rows) };
	}
	// Directus keeps moments and dates as milliseconds there.
	const stored = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value);
	return {
		source: 'json_each(?) as v',
		column: (name) => `json_extract(v.value, '$.${name}')`,
		toJson: (rows) => JSON.stringify(rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, stored(value)])))),
	};
} // prettier-ignore

/** Sets these columns of many rows, each named by its `id`, in one statement. */
export async function updateMany(knex: Knex, table: string, types: ColumnTypes, rows: readonly (Record<string, unknown> & { id: string })[]): Promise<void> {
	if (rows.length === 0) return;
	const { source, column, toJson } = jsonRows(knex, { id: 'uuid', ...types });
	const assignments = Object.keys(types).map((name) => `"${name}" = ${column(name)}`);
	await knex.raw(`update "${table}" set ${assignments.join(', ')} from ${source} where "${table}"."id" = ${column('id')}`, [toJson(rows)]);
}

/**
 * Inserts many rows in one statement; answers how many. `onConflict`: what happens to a row whose `keys` are there already: it is left
 * alone, or takes over the other columns.
 */
export async function insertMany(
	knex: Knex,
	table: string,
	types: ColumnTypes,
	rows: readonly Record<string, unknown>[],
	onConflict: { keys: readonly string[]; merge?: readonly string[] },
): Promise<Record<string, unknown>[]> {
	if (rows.length === 0) return [];
	const { source, column, toJson } = jsonRows(knex, types);
	const names = Object.keys(types);
	const quoted = (columns: readonly string[]): string => columns.map((name) => `"${name}"`).join(', ');
	const merged = onConflict.merge?.map((name) => `"${name}" = excluded."${name}"`).join(', ');
	const answer: unknown = await knex.raw(
		`insert into "${table}" (${quoted(names)}) select ${names.map(column).join(', ')} from ${source} where true ` +
			`on conflict (${quoted(onConflict.keys)}) do ${merged ? `update set ${merged}` : 'nothing'} returning ${quoted(onConflict.keys)}`,
		[toJson(rows)],
	);
	return (isPostgres(knex) ? (answer as { rows: Record<string, unknown>[] }).rows : answer) as Record<string, unknown>[];
}
