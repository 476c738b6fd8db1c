import type { Knex } from './directus.ts';
import { UnexpectedError } from './errors.ts';

/** A statement and the values of its question marks. */
export type Step = { sql: string; bindings: readonly unknown[] };

/** Where the values of a script wait for it: a script itself takes none. Seen by its own connection alone, empty after each script. */
const given = 'temp."script_values"';

/** Statements as one text whose values are read from where they wait, so that no value is ever part of it. */
export function scriptText(steps: readonly Step[]): string {
	let place = 0;
	const statements = steps.map(({ sql, bindings }) => {
		const parts = sql.split('?');
		if (parts.length !== bindings.length + 1) throw new UnexpectedError('sqlite-script: bindings and question marks differ');
		return parts.map((part, index) => (index === 0 ? part : `(select value from ${given} where place = ${++place})${part}`)).join('');
	});
	return [...statements, `delete from ${given}`].join(';\n');
}

type Done = (error: Error | null) => void;
type Connection = { exec: (sql: string, done: Done) => void; run: (sql: string, values: readonly unknown[], done: Done) => void };
type Connections = { acquireConnection: () => Promise<Connection>; releaseConnection: (connection: Connection) => Promise<void> };

const settled = (start: (done: Done) => void): Promise<void> => new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));

/** Moments are milliseconds, as Directus keeps them there. */
const stored = (value: unknown): unknown => (value instanceof Date ? value.getTime() : value);

async function lay(connection: Connection, values: readonly unknown[]): Promise<void> {
	const sql = `insert into ${given} (place, value) values ${values.map((_value, index) => `(${index + 1}, ?)`).join(', ')}`;
	const put = (): Promise<void> => settled((done) => connection.run(sql, values, done));
	await put().catch(async (error: unknown) => {
		// A new connection has no such table, nor one whose first script was rolled back.
		if (!(error instanceof Error) || !error.message.includes('no such table')) throw error;
		await settled((done) => connection.exec(`create temp table if not exists "script_values" (place integer primary key, value)`, done));
		await put();
	});
}

/**
 * Runs several statements of a transaction in one go. Each one sent through knex costs two trips to the thread that works for SQLite and back,
 * while the one connection waits. Nothing else gets in between; the first error ends it, and is the caller's to roll back.
 */
export async function runScript(trx: Knex, steps: readonly Step[]): Promise<void> {
	if (steps.length === 0) return;
	const connections = trx.client as Connections;
	const connection = await connections.acquireConnection();
	try {
		const text = scriptText(steps);
		const values = steps.flatMap(({ bindings }) => bindings.map(stored));
		if (values.length > 0) await lay(connection, values);
		await settled((done) => connection.exec(text, done));
	} finally {
		await connections.releaseConnection(connection);
	}
}
