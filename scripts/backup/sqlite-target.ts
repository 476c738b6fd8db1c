import { existsSync, statSync } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import knex from 'knex';
import type { Knex } from 'knex';
import { insertStatement, quoted, rowsPerStatement } from './source.ts';
import type { Target, Value } from './source.ts';

const sidecars = ['-journal', '-wal', '-shm'];

/** Part of sqlite3's own interface: knex would read every question mark of a trigger as a value to come. */
type RawConnection = {
	exec: (sql: string, done: (error: Error | null) => void) => void;
	run: (sql: string, values: unknown[], done: (error: Error | null) => void) => void;
	all: (sql: string, done: (error: Error | null, rows: Record<string, unknown>[]) => void) => void;
};

const settled = <T = void>(work: (done: (error: Error | null, result: T) => void) => void): Promise<T> =>
	new Promise((resolve, reject) => work((error, result) => (error ? reject(error) : resolve(result))));

const bound = (value: Value): string | number | Buffer | null => (typeof value === 'object' && value !== null ? Buffer.from(value.b64, 'base64') : value);

/** Builds a new file beside `file` and puts it in its place by renaming; the old one stays under the name with `stamp`. */
export function sqliteTarget(file: string, stamp: string): Target {
	const fresh = `${file}.restoring`;
	const kept = `${file}.${stamp}`;
	let database: Knex | null = null;
	let connection: RawConnection | null = null;

	const raw = (): RawConnection => {
		if (!connection) throw new Error('the restore has not begun');
		return connection;
	};
	const exec = (sql: string): Promise<void> => settled((done) => raw().exec(sql, (error) => done(error, undefined)));
	const close = async (): Promise<void> => {
		if (connection) await database?.client.releaseConnection(connection);
		await database?.destroy();
		connection = null;
		database = null;
	};
	const discard = async (): Promise<void> => {
		await close();
		for (const end of ['', ...sidecars]) await rm(fresh + end, { force: true });
	};
	/** What SQLite has not yet written into the old file goes with it. */
	const move = async (from: string, to: string): Promise<void> => {
		for (const end of ['', ...sidecars]) if (existsSync(from + end)) await rename(from + end, to + end);
	};

	return {
		vendor: 'sqlite',
		isEmpty: async () => !existsSync(file) || statSync(file).size === 0,
		async begin() {
			await mkdir(dirname(file), { recursive: true });
			await discard();
			database = knex({ client: 'sqlite3', connection: { filename: fresh }, useNullAsDefault: true, pool: { min: 1, max: 1 } });
			connection = (await database.client.acquireConnection()) as RawConnection;
			await exec('pragma foreign_keys = off; pragma journal_mode = off; pragma synchronous = off; begin');
		},
		async run(statements) {
			for (const statement of statements) await exec(statement);
		},
		async insert(table, rows) {
			const size = rowsPerStatement(table);
			for (let at = 0; at < rows.length; at += size) {
				const part = rows.slice(at, at + size);
				await settled((done) => raw().run(insertStatement(table, part.length), part.flat().map(bound), (error) => done(error, undefined)));
			}
		},
		async count({ name }) {
			const [row] = await settled<Record<string, unknown>[]>((done) => raw().all(`select count(*) as n from ${quoted(name)}`, done));
			return Number(row?.['n'] ?? -1);
		},
		async commit() {
			await exec('commit');
			await close();
			const handle = await open(fresh, 'r+');
			await handle.sync();
			await handle.close();
			const replaced = existsSync(file) && statSync(file).size > 0;
			if (replaced) await move(file, kept);
			try {
				await rename(fresh, file);
			} catch (error) {
				if (replaced) await move(kept, file);
				throw error;
			}
			return replaced ? `L’ancienne base est gardée : ${kept}` : null;
		},
		rollback: discard,
	};
}
