import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StartedTestContainer } from 'testcontainers';
import { reachPostgres, reachRedis, startPostgres, startRedis } from '../../scripts/support/containers.ts';
import { connect } from '../../scripts/support/database.ts';
import { productDefaults, root } from '../../scripts/support/environment.mjs';

export type Environment = Record<string, string>;

/** Where a benchmark's databases live, for as long as it runs. */
export type Place = {
	name: 'sqlite' | 'pg';
	/** A new database with schema and seeds (of the checkout `from`, else this one's), with the demo company when `demo` is set. */
	provision: (name: string, options?: Provisioning) => Promise<Environment>;
	/** The same database again under another name (nobody may be using the first one). */
	copy: (from: Environment, name: string) => Promise<Environment>;
	stop: () => Promise<void>;
};

export const login = { email: 'bench@example.com', password: 'Banc-d-essai-2026' };

/** The product's own settings on both sides, without what protects a server from those who ask too much. */
const common = (folder: string): Environment => ({
	...productDefaults,
	CONFIG_PATH: join(root, 'scripts', 'support', 'none.env'),
	STORAGE_LOCAL_ROOT: folder,
	PUBLIC_URL: 'http://127.0.0.1',
	SECRET: 'bench-secret-bench-secret-bench-secret',
	ADMIN_EMAIL: login.email,
	ADMIN_PASSWORD: login.password,
	SERVE_APP: 'false',
	PRESSURE_LIMITER_ENABLED: 'false',
	RATE_LIMITER_ENABLED: 'false',
	MAX_PAYLOAD_SIZE: '64mb',
	LOG_LEVEL: 'error',
});

type Provisioning = { demo?: boolean; from?: string };

function provision(environment: Environment, { demo = false, from = root }: Provisioning = {}): void {
	execFileSync(process.execPath, ['scripts/provision.ts', ...(demo ? [] : ['--empty'])], {
		cwd: from,
		env: { PATH: process.env.PATH, HOME: process.env.HOME, ...environment },
		stdio: ['ignore', 'ignore', 'inherit'],
	});
}

/** SQLite files in a folder of their own. */
export function sqlitePlace(): Place {
	const folder = mkdtempSync(join(tmpdir(), 'orchestre-bench-'));
	const environmentOf = (name: string): Environment => ({ ...common(folder), DB_CLIENT: 'sqlite3', DB_FILENAME: join(folder, `${name}.db`) });
	return {
		name: 'sqlite',
		provision: async (name, options) => {
			const environment = environmentOf(name);
			provision(environment, options);
			return environment;
		},
		copy: async (from, name) => {
			const environment = environmentOf(name);
			copyFileSync(from.DB_FILENAME ?? '', environment.DB_FILENAME ?? '');
			return environment;
		},
		stop: async () => rmSync(folder, { recursive: true, force: true }),
	};
}

/** PostgreSQL in a container, and a Redis for each database: one would carry messages between servers that do not belong together. */
export async function postgresPlace(): Promise<Place> {
	process.env.TESTCONTAINERS_RYUK_DISABLED ??= 'true';
	const folder = mkdtempSync(join(tmpdir(), 'orchestre-bench-'));
	const containers: StartedTestContainer[] = [];
	const postgres = await startPostgres({ database: 'first', isInMemory: false });
	containers.push(postgres);
	const environmentOf = async (name: string): Promise<Environment> => {
		const redis = await startRedis();
		containers.push(redis);
		return { ...common(folder), ...reachPostgres(postgres), ...reachRedis(redis), DB_DATABASE: name };
	};
	const create = async (name: string, template: string): Promise<void> => {
		const server = connect({ ...reachPostgres(postgres), DB_DATABASE: 'first' });
		await server.raw('create database ?? template ??', [name, template]);
		await server.destroy();
	};
	return {
		name: 'pg',
		provision: async (name, options) => {
			await create(name, 'template0');
			const environment = await environmentOf(name);
			provision(environment, options);
			return environment;
		},
		copy: async (from, name) => {
			await create(name, from.DB_DATABASE ?? '');
			return environmentOf(name);
		},
		stop: async () => {
			await Promise.all(containers.map((container) => container.stop({ timeout: 0 })));
			rmSync(folder, { recursive: true, force: true });
		},
	};
}
