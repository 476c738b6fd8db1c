import type { Knex } from 'knex';
import { isPostgres } from '../../extensions/orchestre/src/platform/directus.ts';
import { insertRows, updateRows } from './bulk.ts';
import type { Column, Columns } from './columns.ts';
import type { Row, Tables, Value } from './rows.ts';

/**
 * A value as Directus keeps it on SQLite: timestamps as milliseconds, dates as those of local midnight, json as text. Anything
 * else filters of the API would not find. PostgreSQL takes the ISO texts as they are.
 */
function forSqlite(value: Value, column: Pick<Column, 'type'> | undefined): unknown {
	if (value === null || value === undefined) return null;
	if (column?.type === 'timestamp') return Date.parse(String(value));
	if (column?.type === 'date') {
		const [year = 0, month = 1, date = 1] = String(value).split('-').map(Number);
		return new Date(year, month - 1, date).getTime();
	}
	return typeof value === 'object' ? JSON.stringify(value) : value;
}

/** Fields that point at rows which are written later: they stay empty at first. */
function pointsAhead(tables: Tables, columns: Columns, collection: string): Set<string> {
	const order = [...tables.keys()];
	const later = new Set(order.slice(order.indexOf(collection) + 1));
	return new Set([...(columns.get(collection) ?? [])].filter(([, { target }]) => target !== null && later.has(target)).map(([field]) => field));
}

/**
 * Inserts the tables in their order, then fills in what pointed ahead (a lead's deal, a team's manager). SQL and not the API:
 * the history needs dates and authors of the past, which the API overwrites. The caller's transaction makes it all or nothing.
 */
export async function writeTables(trx: Knex, tables: Tables, columns: Columns): Promise<Record<string, number>> {
	const written: Record<string, number> = {};
	const inDatabase = isPostgres(trx) ? (value: Value): Value => value ?? null : forSqlite;
	for (const [collection, rows] of tables) {
		const known = columns.get(collection);
		const ahead = pointsAhead(tables, columns, collection);
		const fields = fieldsOf(rows, known);
		const valueOf = (row: Row, field: string): unknown =>
			ahead.has(field) ? null : inDatabase(row[field] === undefined ? (known?.get(field)?.default ?? null) : row[field], known?.get(field));
		await saying(collection, () =>
			insertRows(
				trx,
				collection,
				fields,
				rows.map((row) => fields.map((field) => valueOf(row, field))),
			),
		);
		written[collection] = rows.length;
	}
	for (const [collection, rows] of tables) {
		for (const field of pointsAhead(tables, columns, collection)) {
			const pointing = rows.filter((row) => row[field]).map((row) => [row.id, row[field]]);
			await saying(collection, () => updateRows(trx, collection, field, pointing));
		}
	}
	return written;
}

/** The fields that the rows name, and those that have a default; a serial key is the database's to fill. */
function fieldsOf(rows: readonly Row[], known: ReadonlyMap<string, Column> | undefined): string[] {
	const fields = new Set<string>();
	for (const row of rows) for (const field of Object.keys(row)) fields.add(field);
	for (const [field, { default: standard }] of known ?? []) if (standard !== null && standard !== undefined) fields.add(field);
	if (known?.get('id')?.type === 'integer') fields.delete('id');
	return [...fields];
}

/** The database's own words, with the table's name in front. The statement itself, thousands of rows long, helps nobody. */
async function saying(collection: string, work: () => Promise<void>): Promise<void> {
	try {
		await work();
	} catch (error) {
		const words = error instanceof Error ? error.message : String(error);
		throw new Error(`demo, ${collection}: ${words.slice(words.lastIndexOf(' - ') + 3)}`, { cause: error });
	}
}
