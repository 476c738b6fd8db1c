import { randomUUID } from 'node:crypto';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { inject } from 'vitest';
import { productDefaults } from '../../scripts/support/environment.mjs';
import { call, createClient } from '../../scripts/support/client.ts';
import type { Client, Row } from '../../scripts/support/client.ts';
import { connect } from '../../scripts/support/database.ts';
import { administratorToken, signToken } from '../../scripts/support/directus.ts';
import { templateName } from './postgres.ts';

export type TestDirectus = {
	url: string;
	/** Signed in as the administrator. */
	admin: Client;
	/** The database that Directus itself uses; on SQLite its pool has one connection, so do not hold a transaction. */
	database: Knex;
	/** Signed in as a new user of the role with this (French) name; `over` sets more of the user's fields. */
	as: (role: string, over?: Row) => Promise<Client>;
	/** A new user of a role, with id. */
	hire: (role: string, over?: Row) => Promise<{ id: string; client: Client }>;
	close: () => Promise<void>;
};

/** The database of one test file, a copy of its lane's template: the environment that names it, and its end. */
type TestDatabase = { environment: Record<string, string>; drop: () => Promise<void> };

async function copyOnSqlite(folder: string): Promise<TestDatabase> {
	const file = join(folder, 'test.db');
	await copyFile(inject('templateDatabase'), file);
	return { environment: { DB_CLIENT: 'sqlite3', DB_FILENAME: file }, drop: async () => {} };
}

async function copyOnPostgres(services: Record<string, string>): Promise<TestDatabase> {
	const name = `test_${randomUUID().replaceAll('-', '')}`;
	const onServer = async (sql: string): Promise<void> => {
		const server = connect({ ...services, DB_DATABASE: 'postgres' });
		try {
			await server.raw(sql, [name]);
		} finally {
			await server.destroy();
		}
	};
	await onServer(`create database ?? template ${templateName}`);
	return { environment: { ...services, DB_DATABASE: name }, drop: () => onServer('drop database ?? with (force)') };
}

/** The real clock strikes a quarter while a test looks at what it did itself; tests run scheduled work by its job instead. */
async function stopSchedules(): Promise<void> {
	const { CronJob } = await import('cron');
	CronJob.prototype.start = () => {};
}

/**
 * A real Directus in this process on a copy of the lane's template database (SQLite, or PostgreSQL with Redis), with the
 * bundle from its sources (TEST_DIST=1: from dist). Once per test file: Directus keeps its environment and database for the
 * life of the process.
 */
export async function startDirectus(environment: Record<string, string> = {}): Promise<TestDirectus> {
	const folder = await mkdtemp(join(tmpdir(), 'orchestre-'));
	const services = inject('services');
	const copy = services ? await copyOnPostgres(services) : await copyOnSqlite(folder);
	Object.assign(
		process.env,
		{ ...productDefaults, ...process.env },
		copy.environment,
		{ STORAGE_LOCAL_ROOT: folder, EXTENSIONS_PATH: inject('extensionsPath') },
		environment,
	);

	await stopSchedules();
	const { createApp } = await import('@directus/api');
	const { default: getDatabase } = await import('@directus/api/database/index');
	const app = await createApp();
	const server = await new Promise<Server>((resolve, reject) => {
		const listening: Server = app.listen(0, '127.0.0.1', () => resolve(listening)).on('error', reject);
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	const database = getDatabase();
	const admin = createClient(url, await administratorToken(database));

	const hire: TestDirectus['hire'] = async (roleName, over = {}) => {
		const role: { id: string } | undefined = await database('directus_roles').where({ name: roleName }).first('id');
		if (!role) throw new Error(`There is no role "${roleName}".`);
		const user = await call<{ id: string }>(admin, 'POST', '/users', {
			email: `${randomUUID()}@example.com`,
			first_name: roleName,
			last_name: 'Test',
			status: 'active',
			role: role.id,
			...over,
		});
		return { id: user.id, client: createClient(url, signToken({ id: user.id, role: role.id })) };
	};
	return {
		url,
		admin,
		database,
		hire,
		as: async (role, over) => (await hire(role, over)).client,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			// A changed flow is loaded anew after the answer; Directus does not catch what that meets.
			const { getFlowManager } = await import('@directus/api/flows');
			await getFlowManager().reloadQueue.onIdle();
			await database.destroy();
			await copy.drop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}
