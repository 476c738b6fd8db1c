import { randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { tableNamed, tables, type Column, type Table } from '../rights/support/schema.ts';

export type Plain = Record<string, unknown>;

/** Rows that a check of the database would refuse when filled at random. */
const fixed: Record<string, Plain> = {};

async function filler(database: Knex, table: Table, { name, type, target, nullable, hasDefault, entry, maxLength }: Column): Promise<unknown> {
	if (entry.kind === 'key') return randomUUID();
	if (nullable || hasDefault) return undefined;
	if (entry.choices) return entry.choices[0]?.value;
	if (target) return plant(database, target);
	if (['string', 'text'].includes(type)) return randomUUID().slice(0, maxLength ?? 36);
	if (type === 'uuid') return randomUUID();
	if (type === 'boolean') return false;
	if (['timestamp', 'dateTime'].includes(type)) return new Date('2026-01-05T09:00:00Z');
	if (type === 'date') return '2026-01-05';
	if (type === 'time') return '09:00:00';
	if (type === 'json') return '[]';
	if (['integer', 'bigInteger'].includes(type)) return 1;
	throw new Error(`${table.name}.${name}: nothing to fill a ${type} with`);
}

/** Writes a row of any collection straight into the database, with what it must have. Returns its key. */
export async function plant(database: Knex, collection: string, over: Plain = {}): Promise<string> {
	const table = tableNamed(collection);
	const row: Plain = {};
	for (const column of table.columns) if (!(column.name in over)) row[column.name] = await filler(database, table, column);
	Object.assign(row, fixed[collection], over);
	const written = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
	const [done] = (await database(collection).insert(written).returning(table.key)) as Plain[];
	return String(done?.[table.key] ?? row[table.key]);
}

/** Every column of any collection that points at `collection`, as the schema files say. */
export const pointersTo = (collection: string): { table: string; field: string }[] =>
	[...tables.values()].flatMap((table) => table.columns.filter(({ target }) => target === collection).map(({ name }) => ({ table: table.name, field: name })));

/** What moves with every change of a row, and is nobody's work: left out of a comparison. */
const traces = ['date_updated', 'user_updated'];

/** All rows of all collections as text, keyed by collection and key; without the trail, and the work that the product does by itself. */
export async function everyRow(database: Knex, without: readonly string[] = []): Promise<Map<string, string>> {
	const rows = new Map<string, string>();
	for (const table of [...tables.values()].map(({ name }) => name)) {
		if (['jobs', 'duplicate_pairs', ...without].includes(table)) continue;
		for (const row of (await database(table)) as Plain[])
			rows.set(`${table} ${String(row[tableNamed(table).key])}`, JSON.stringify(Object.entries(row).filter(([column]) => !traces.includes(column))));
	}
	for (const row of (await database('directus_comments').select('id', 'collection', 'item', 'comment')) as Plain[])
		rows.set(`comment ${String(row['id'])}`, JSON.stringify(row));
	return rows;
}
