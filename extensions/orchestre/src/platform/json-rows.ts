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

const quoted = (columns: readonly string[]): string => columns.map((name) => `"${name}"`).join(', ');

/** SQL of an insert whose one binding is the rows' JSON. `only`: a condition on all of it; `onConflict`: what it does about a row that is there. */
export function insertSql(
	knex: Knex,
	table: string,
	types: ColumnTypes,
	{ only = 'true', onConflict = '' }: { only?: string; onConflict?: string } = {},
): string {
	const { source, column } = jsonRows(knex, types);
	const names = Object.keys(types);
	return `insert into "${table}" (${quoted(names)}) select ${names.map(column).join(', ')} from ${source} where ${only} ${onConflict}`;
}

/** SQL of an update of rows found by `key`, whose one binding is their JSON. `to`: what a column is set to, as SQL, of the new value; else the value itself. */
export function updateSql(
	knex: Knex,
	table: string,
	types: ColumnTypes,
	{ key = 'id', only = 'true', to = (_, value) => value }: { key?: string; only?: string; to?: (name: string, value: string) => string } = {},
): string {
	const { source, column } = jsonRows(knex, types);
	const names = Object.keys(types).filter((name) => name !== key);
	return `update "${table}" set ${names.map((name) => `"${name}" = ${to(name, column(name))}`).join(', ')} from ${source} where "${table}"."${key}" = ${column(key)} and ${only}`;
}

/** Sets these columns of many rows, each named by its `id`, in one statement. */
export async function updateMany(knex: Knex, table: string, types: ColumnTypes, rows: readonly (Record<string, unknown> & { id: string })[]): Promise<void> {
	if (rows.length === 0) return;
	const all = { id: 'uuid', ...types } as const;
	await knex.raw(updateSql(knex, table, all), [jsonRows(knex, all).toJson(rows)]);
}

/**
 * Inserts many rows in one statement; answers the `keys` of those written. `onConflict`: what happens to a row whose `keys` are there already:
 * it is left alone, or takes over the other columns.
 */
export async function insertMany(
	knex: Knex,
	table: string,
	types: ColumnTypes,
	rows: readonly Record<string, unknown>[],
	{ keys, merge }: { keys: readonly string[]; merge?: readonly string[] },
): Promise<Record<string, unknown>[]> {
	if (rows.length === 0) return [];
	const merged = merge?.map((name) => `"${name}" = excluded."${name}"`).join(', ');
	const onConflict = `on conflict (${quoted(keys)}) do ${merged ? `update set ${merged}` : 'nothing'} returning ${quoted(keys)}`;
	const answer: unknown = await knex.raw(insertSql(knex, table, types, { onConflict }), [jsonRows(knex, types).toJson(rows)]);
	return (isPostgres(knex) ? (answer as { rows: Record<string, unknown>[] }).rows : answer) as Record<string, unknown>[];
}
