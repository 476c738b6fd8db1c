import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import jwt from 'jsonwebtoken';
import type { Knex } from 'knex';
import { createClient } from './client.ts';
import type { Client } from './client.ts';
import { readEnvironment, root } from './environment.mjs';

/** A Directus that a script works on. */
export type Instance = {
	url: string;
	/** The SDK, signed in as an administrator. */
	admin: Client;
	/** Only in this process: the database itself, for what no API offers. */
	database: Knex | null;
	close: () => Promise<void>;
};

/**
 * What differs from the product's own environment while a script owns the process: nobody else is listening, so nothing
 * is limited, and no extension or flow answers to what the script writes.
 */
export const scriptEnvironment: Record<string, string> = {
	// Directus lets .env win over the process; here it has been read already (readEnvironment).
	CONFIG_PATH: join(root, 'scripts', 'support', 'none.env'),
	EXTENSIONS_PATH: join(root, 'scripts', 'support', 'no-extensions'),
	EXTENSIONS_MUST_LOAD: 'false',
	SERVE_APP: 'false',
	WEBSOCKETS_ENABLED: 'false',
	PRESSURE_LIMITER_ENABLED: 'false',
	RATE_LIMITER_ENABLED: 'false',
	RATE_LIMITER_GLOBAL_ENABLED: 'false',
	CACHE_ENABLED: 'false',
	MAX_PAYLOAD_SIZE: '64mb',
};

/**
 * Makes `process.env` what Directus shall read. It keeps the environment from its first import on, hence: before any
 * import of @directus/api, and once per process.
 */
export function prepareEnvironment(overrides: Record<string, string> = {}): void {
	Object.assign(process.env, readEnvironment(), scriptEnvironment, overrides);
}

/** Starts a Directus in this process on a free port of 127.0.0.1. `prepareEnvironment` comes first. */
export async function startInProcess(): Promise<Instance & { database: Knex }> {
	const { createApp } = await import('@directus/api');
	const { default: getDatabase } = await import('@directus/api/database/index');
	const { getFlowManager } = await import('@directus/api/flows');
	// Flows answer to events and to the clock; what a script writes is not an event of the business.
	Object.assign(getFlowManager(), { load: async () => {}, reload: async () => {} });
	const database = getDatabase();
	const app = await createApp();
	const server = await new Promise<Server>((resolve, reject) => {
		const listening: Server = app.listen(0, '127.0.0.1', () => resolve(listening)).on('error', reject);
	});
	const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	return {
		url,
		admin: createClient(url, await administratorToken(database)),
		database,
		close: async () => {
			server.closeAllConnections();
			await new Promise((resolve) => server.close(resolve));
			await database.destroy();
		},
	};
}

/**
 * The instance that the command is meant for: the one DIRECTUS_URL and DIRECTUS_TOKEN name, or the database of the
 * environment, opened in this process.
 */
export async function openInstance(): Promise<Instance> {
	const { DIRECTUS_URL: url, DIRECTUS_TOKEN: token } = process.env;
	if (!url) {
		prepareEnvironment();
		return startInProcess();
	}
	if (!token) throw new Error('DIRECTUS_URL is set, so DIRECTUS_TOKEN (static token of an administrator) must be, too.');
	return { url, admin: createClient(url, token), database: null, close: async () => {} };
}

/** An access token for a user of this process's Directus, as Directus signs them itself. */
export function signToken(user: { id: string; role: string | null }, lifetime: jwt.SignOptions['expiresIn'] = '2h'): string {
	const secret = process.env.SECRET;
	if (!secret) throw new Error('SECRET is not set: without it nobody can be signed in.');
	return jwt.sign({ id: user.id, role: user.role, app_access: true, admin_access: false }, secret, { expiresIn: lifetime, issuer: 'directus' });
}

/** A token for the first active administrator of the database. */
export async function administratorToken(database: Knex): Promise<string> {
	const user: { id: string; role: string } | undefined = await database('directus_users')
		.select('directus_users.id', 'directus_users.role')
		.join('directus_access', function () {
			this.on('directus_access.role', 'directus_users.role').orOn('directus_access.user', 'directus_users.id');
		})
		.join('directus_policies', 'directus_policies.id', 'directus_access.policy')
		.where({ 'directus_policies.admin_access': true, 'directus_users.status': 'active' })
		.orderBy('directus_users.id')
		.first();
	if (!user) throw new Error('No active administrator in this database.');
	return signToken(user);
}
