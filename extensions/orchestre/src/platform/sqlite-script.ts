import type { Knex } from './directus.ts';
import { UnexpectedError } from './errors.ts';

/** A value as SQLite reads it in the text of a statement. Moments are milliseconds, as Directus keeps them there. */
function literal(value: unknown): string {
	if (value === null || value === undefined) return 'null';
	if (value instanceof Date) return String(value.getTime());
	if (typeof value === 'number' && Number.isFinite(value)) return String(value);
	// The text ends at a NUL for SQLite: what follows would be lost.
	if (typeof value === 'string' && !value.includes('\0')) return `'${value.replaceAll("'", "''")}'`;
	throw new UnexpectedError(`sqlite-script: ${typeof value} cannot be written`);
}

/** SQL whose question marks are bindings, with these in their place. */
export function inlined(sql: string, bindings: readonly unknown[]): string {
	const parts = sql.split('?');
	if (parts.length !== bindings.length + 1) throw new UnexpectedError('sqlite-script: bindings and question marks differ');
	return parts.map((part, index) => (index === 0 ? part : literal(bindings[index - 1]) + part)).join('');
}

type Connection = { exec: (sql: string, done: (error: Error | null) => void) => void };
type Connections = { acquireConnection: () => Promise<Connection>; releaseConnection: (connection: Connection) => Promise<void> };

/**
 * Runs several statements of a transaction in one go. Each one sent through knex costs two trips to the thread that works for SQLite and back,
 * while the one connection waits. Nothing else gets in between; the first error ends it, and is the caller's to roll back.
 */
export async function runScript(trx: Knex, statements: readonly string[]): Promise<void> {
	if (statements.length === 0) return;
	const connections = trx.client as Connections;
	const connection = await connections.acquireConnection();
	try {
		await new Promise<void>((resolve, reject) => connection.exec(statements.join(';\n'), (error) => (error ? reject(error) : resolve())));
	} finally {
		await connections.releaseConnection(connection);
	}
}
