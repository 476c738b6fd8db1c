import knex from 'knex';
import type { Knex } from 'knex';

/**
 * A bare connection to the database that an environment names, for a quick look without starting Directus. The caller
 * destroys it.
 */
export function connect(environment: Record<string, string | undefined>): Knex {
	const { DB_CLIENT: client = 'sqlite3', DB_FILENAME: filename } = environment;
	if (client === 'sqlite3') return knex({ client, connection: { filename: filename ?? '' }, useNullAsDefault: true });
	const {
		DB_CONNECTION_STRING: connectionString,
		DB_HOST: host,
		DB_PORT: port,
		DB_DATABASE: database,
		DB_USER: user,
		DB_PASSWORD: password,
		DB_SSL: ssl,
	} = environment;
	return knex({
		client,
		pool: { min: 0, max: 1 },
		connection: connectionString ? { connectionString } : { host, port: Number(port ?? 5432), database, user, password, ...(ssl === 'true' && { ssl: true }) },
	});
}
