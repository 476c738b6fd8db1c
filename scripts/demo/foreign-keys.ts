import type { Knex } from 'knex';
import { isPostgres } from '../../extensions/orchestre/src/platform/directus.ts';

/**
 * A foreign key as the database has it: `table.column` points at `target`. When the target goes, the row goes with it
 * (cascade), lets go of it (release), or forbids it (hold).
 */
export type ForeignKey = { table: string; column: string; target: string; nullable: boolean; action: 'cascade' | 'release' | 'hold' };

type SqliteColumn = { name: string; notnull: number };
type SqliteKey = { table: string; from: string; on_delete: string };
type PostgresKey = Omit<ForeignKey, 'action'> & { rule: string };

const actionOf = (rule: string): ForeignKey['action'] =>
	rule === 'c' || rule === 'CASCADE' ? 'cascade' : rule === 'n' || rule === 'SET NULL' ? 'release' : 'hold';

/** Every foreign key of the database, Directus's own and those that nobody here thought of included. */
export async function readForeignKeys(database: Knex): Promise<ForeignKey[]> {
	if (isPostgres(database)) {
		const { rows } = (await database.raw(`
			select c.conrelid::regclass::text as "table", a.attname as "column", c.confrelid::regclass::text as "target", not a.attnotnull as "nullable", c.confdeltype as "rule"
			from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
			where c.contype = 'f' and array_length(c.conkey, 1) = 1 and c.connamespace = current_schema()::regnamespace`)) as { rows: PostgresKey[] };
		return rows.map(({ rule, ...key }) => ({ ...key, action: actionOf(rule) }));
	}
	const tables = (await database('sqlite_master').where({ type: 'table' }).whereNot('name', 'like', 'sqlite_%').pluck('name')) as string[];
	const keys: ForeignKey[] = [];
	for (const table of tables) {
		const columns = (await database.raw(`pragma table_info("${table}")`)) as SqliteColumn[];
		const found = (await database.raw(`pragma foreign_key_list("${table}")`)) as SqliteKey[];
		for (const { table: target, from, on_delete } of found)
			keys.push({ table, column: from, target, nullable: columns.find(({ name }) => name === from)?.notnull === 0, action: actionOf(on_delete) });
	}
	return keys;
}

/** Every table: whether its rows bear a uuid, by which those of the demo are told from others, and whether they name who made and who changed them. */
export async function readTables(database: Knex): Promise<Map<string, { hasUuid: boolean; hasAuthor: boolean; hasEditor: boolean }>> {
	const names = isPostgres(database)
		? ((await database('information_schema.tables')
				.whereRaw('table_schema = current_schema()')
				.where({ table_type: 'BASE TABLE' })
				.pluck('table_name')) as string[])
		: ((await database('sqlite_master').where({ type: 'table' }).whereNot('name', 'like', 'sqlite_%').pluck('name')) as string[]);
	const tables = new Map<string, { hasUuid: boolean; hasAuthor: boolean; hasEditor: boolean }>();
	for (const name of names) {
		const columns = await database(name).columnInfo();
		tables.set(name, {
			hasUuid: ['uuid', 'char'].includes(String(columns.id?.type)),
			hasAuthor: columns.user_created !== undefined,
			hasEditor: columns.user_updated !== undefined,
		});
	}
	return tables;
}
