import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import knex from 'knex';
import type { Knex } from 'knex';
import { root } from '../../scripts/support/environment.mjs';

/** A place to restore to: environment of the commands. */
export type Site = { DB_FILENAME: string; STORAGE_LOCAL_ROOT: string; ORCHESTRE_BACKUP_FOLDER: string };
export type Ended = { code: number | null; output: string };

/** No server listens there. */
const environmentOf = (site: Partial<Site>): NodeJS.ProcessEnv => ({ ...process.env, DB_CLIENT: 'sqlite3', PORT: '1', ...site });

export const startCommand = (script: 'backup' | 'restore', args: string[], site: Partial<Site>): ChildProcess =>
	spawn(process.execPath, ['--no-warnings', join(root, 'scripts', `${script}.ts`), ...args], {
		cwd: root,
		env: environmentOf(site),
		stdio: ['ignore', 'pipe', 'pipe'],
	});

export async function runCommand(script: 'backup' | 'restore', args: string[], site: Partial<Site>): Promise<Ended> {
	const child = startCommand(script, args, site);
	let output = '';
	child.stdout?.on('data', (chunk) => (output += String(chunk)));
	child.stderr?.on('data', (chunk) => (output += String(chunk)));
	const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
	return { code, output };
}

export const archivesIn = (folder: string): string[] =>
	existsSync(folder)
		? readdirSync(folder)
				.filter((name) => name.endsWith('.tar'))
				.toSorted()
				.map((name) => join(folder, name))
		: [];

export const sqlite = (filename: string): Knex => knex({ client: 'sqlite3', connection: { filename }, useNullAsDefault: true });

/** Every value of every row as SQLite itself would write it, every statement of the schema, every counter. */
export async function contentsOf(filename: string): Promise<Map<string, string[]>> {
	const database = sqlite(filename);
	const contents = new Map<string, string[]>();
	try {
		const master = (await database('sqlite_master').whereNot('name', 'like', 'sqlite_%').select('type', 'name', 'sql')) as {
			type: string;
			name: string;
			sql: string;
		}[];
		contents.set('(schema)', master.map(({ sql }) => sql).toSorted());
		for (const { name } of [...master.filter(({ type }) => type === 'table'), { name: 'sqlite_sequence' }]) {
			const columns = (await database.raw(`pragma table_info("${name}")`)) as { name: string }[];
			const line = columns.map((column) => `quote("${column.name}")`).join(` || ' ' || `);
			contents.set(name, ((await database.raw(`select ${line} as line from "${name}"`)) as { line: string }[]).map(({ line: text }) => text).toSorted());
		}
		return contents;
	} finally {
		await database.destroy();
	}
}

export const hashOf = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

/** Path and checksum of every file below; what a restore keeps beside begins with a dot and is left out. */
export const filesOf = (folder: string): Record<string, string> =>
	Object.fromEntries(
		readdirSync(folder, { recursive: true, encoding: 'utf8' })
			.filter((name) => !name.startsWith('.') && statSync(join(folder, name)).isFile())
			.toSorted()
			.map((name) => [name, hashOf(join(folder, name))]),
	);
