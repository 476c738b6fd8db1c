import { spawn, type ChildProcess } from 'node:child_process';
import { cp, mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { productDefaults, root } from '../../../scripts/support/environment.mjs';
import { ended } from './processes.ts';
import { open } from './queue.ts';

/** `directus start` in processes of their own, one after the other, on one database and with one more extension for the test. */
export type ServerSite = {
	folder: string;
	database: string;
	url: string;
	token: string;
	start: (environment?: Record<string, string>) => RunningServer;
	remove: () => Promise<void>;
};
export type RunningServer = { ready: () => Promise<void>; kill: () => Promise<number | string>; exit: Promise<number | string>; errors: () => string };

const freePort = (): Promise<number> =>
	new Promise((resolve) => {
		const probe = createServer().listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as AddressInfo;
			probe.close(() => resolve(port));
		});
	});

/** A hook that queues `test.ledger` in the transaction of every campaign; its sources are the test's own. */
async function writeTestExtension(extensions: string): Promise<void> {
	const folder = join(extensions, 'queue-test');
	const from = (path: string): string => JSON.stringify(new URL(path, import.meta.url).href);
	await mkdir(folder);
	await writeFile(
		join(folder, 'package.json'),
		JSON.stringify({
			name: 'directus-extension-queue-test',
			version: '1.0.0',
			type: 'module',
			'directus:extension': { type: 'hook', path: 'index.js', source: '-', host: '^11.17.0' },
		}),
	);
	await writeFile(
		join(folder, 'index.js'),
		`import { defineTestJobs } from ${from('test-jobs.ts')};
import { enqueue } from ${from('../../../extensions/orchestre/src/platform/jobs/index.ts')};
export default ({ filter }) => {
	defineTestJobs({ pauseMs: 20 });
	filter('activity.create', async ({ action, collection, item }, _meta, { database }) => {
		if (action !== 'create' || collection !== 'campaigns') return;
		const { name } = await database('campaigns').where({ id: item }).first();
		await enqueue(database, [{ kind: 'test.ledger', key: 'ledger:' + item, payload: { n: Number(name) } }]);
	});
};
`,
	);
}

export async function prepareSite(): Promise<ServerSite> {
	const folder = await mkdtemp(join(tmpdir(), 'orchestre-server-'));
	const database = join(folder, 'server.db');
	const extensions = join(folder, 'extensions');
	await cp(inject('templateDatabase'), database);
	await cp(inject('extensionsPath'), extensions, { recursive: true });
	await writeTestExtension(extensions);
	const port = await freePort();
	const token = 'token-of-the-queue-test-token-of-the-queue-test';
	const knex = open(database);
	await knex('directus_users').where({ email: process.env['ADMIN_EMAIL'] }).update({ token });
	await knex.schema.createTable('ledger', (table) => {
		table.integer('n');
		table.integer('process');
	});
	await knex.destroy();

	const start: ServerSite['start'] = (environment = {}) => {
		const env = {
			...productDefaults,
			...process.env,
			DB_CLIENT: 'sqlite3',
			DB_FILENAME: database,
			STORAGE_LOCAL_ROOT: folder,
			EXTENSIONS_PATH: extensions,
			HOST: '127.0.0.1',
			PORT: String(port),
			NODE_OPTIONS: '--no-warnings',
			...environment,
		};
		const child: ChildProcess = spawn(process.execPath, [join(root, 'node_modules', 'directus', 'cli.js'), 'start'], {
			cwd: root,
			env,
			stdio: ['ignore', 'ignore', 'pipe'],
		});
		let errors = '';
		child.stderr?.on('data', (text) => (errors += String(text)));
		const exit = ended(child);
		const ready = async (): Promise<void> => {
			for (;;) {
				if (child.exitCode !== null) throw new Error(`the server ended: ${errors}`);
				const answer = await fetch(`http://127.0.0.1:${port}/server/ping`).catch(() => null);
				if (answer?.ok) return;
				await new Promise((resolve) => setTimeout(resolve, 100));
			}
		};
		const kill = (): Promise<number | string> => {
			child.kill('SIGKILL');
			return exit;
		};
		return { ready, kill, exit, errors: () => errors };
	};
	return { folder, database, url: `http://127.0.0.1:${port}`, token, start, remove: () => rm(folder, { recursive: true, force: true }) };
}
