import type { Knex } from 'knex';
import { chunks } from '../../extensions/orchestre/src/platform/directus.ts';
import type { Column, Columns } from './columns.ts';
import type { Row, Tables, Value } from './rows.ts';

/**
 * A value as Directus itself would hand it to the database: timestamps as Date (milliseconds on SQLite), dates as the Date of
 * local midnight, json as text. Anything else filters of the API would not find.
 */
export function toStored(value: Value, column: Pick<Column, 'type'> | undefined): unknown {
	if (value === null || value === undefined) return null;
	if (column?.type === 'timestamp') return new Date(String(value));
	if (column?.type === 'date') {
		const [year = 0, month = 1, date = 1] = String(value).split('-').map(Number);
		return new Date(year, month - 1, date);
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
 * Inserts the tables in their order, then fills in what pointed ahead (a lead's deal, a team's manager). Knex and not the API:
 * the history needs dates and authors of the past, which the API overwrites. The caller's transaction makes it all or nothing.
 */
export async function writeTables(trx: Knex, tables: Tables, columns: Columns): Promise<Record<string, number>> {
	const written: Record<string, number> = {};
	for (const [collection, rows] of tables) {
		const known = columns.get(collection);
		const ahead = pointsAhead(tables, columns, collection);
		const fields = new Set(rows.flatMap((row) => Object.keys(row)));
		const isSerial = known?.get('id')?.type === 'integer';
		for (const [field, { default: standard }] of known ?? []) if (standard !== null && standard !== undefined) fields.add(field);
		if (isSerial) fields.delete('id');
		const valueOf = (row: Row, field: string): unknown =>
			ahead.has(field) ? null : toStored(row[field] === undefined ? (known?.get(field)?.default ?? null) : row[field], known?.get(field));
		for (const part of chunks(rows))
			await insert(
				trx,
				collection,
				part.map((row) => Object.fromEntries([...fields].map((field) => [field, valueOf(row, field)]))),
			);
		written[collection] = rows.length;
	}
	for (const [collection, rows] of tables) {
		for (const field of pointsAhead(tables, columns, collection))
			for (const row of rows)
				if (row[field])
					await trx(collection)
						.where({ id: row.id })
						.update({ [field]: row[field] });
	}
	return written;
}

/** Knex puts the whole statement before the database's own words; a hundred rows of it help nobody. */
async function insert(trx: Knex, collection: string, rows: Record<string, unknown>[]): Promise<void> {
	try {
		await trx(collection).insert(rows);
	} catch (error) {
		const words = error instanceof Error ? error.message : String(error);
		throw new Error(`demo, ${collection}: ${words.slice(words.lastIndexOf(' - ') + 3)}`, { cause: error });
	}
}
