import type { Knex } from 'knex';

type Trigger = { name: string; table: string; sql: string };

/**
 * Runs `work`, and puts back the triggers that it cost. SQLite changes a column by building the table anew, and knex
 * takes indexes along but not triggers; ours hold the rules that PostgreSQL has as constraints. Elsewhere: just `work`.
 */
export async function keepingTriggers<T>(database: Knex | null, work: () => Promise<T>): Promise<T> {
	if (!database || !/sqlite/.test(String(database.client.config.client))) return work();
	const before = await readTriggers(database);
	const result = await work();
	const after = new Set((await readTriggers(database)).map(({ name }) => name));
	for (const { name, table, sql } of before) if (!after.has(name) && (await database.schema.hasTable(table))) await database.raw(sql);
	return result;
}

async function readTriggers(database: Knex): Promise<Trigger[]> {
	return (await database('sqlite_master').where({ type: 'trigger' }).select('name', { table: 'tbl_name' }, 'sql')) as Trigger[];
}
