import type { Knex } from 'knex';
import { connect } from '../support/database.ts';
import { BackupFailure } from './failure.ts';
import type { Table } from './manifest.ts';
import { pgConnection, plainText } from './postgres.ts';
import type { PgConnection } from './postgres.ts';
import { readPostgresSchema } from './postgres-schema.ts';
import { quoted } from './source.ts';
import type { Source, Value } from './source.ts';

async function* readRows(connection: PgConnection, { name, columns }: Table): AsyncGenerator<Value[][]> {
	const list = columns.map((column, index) => `${quoted(column.name)}::text as c${index}`).join(', ');
	await connection.query(`declare backup_rows no scroll cursor for select ${list} from ${quoted(name)}`);
	for (;;) {
		const { rows } = await connection.query('fetch 1000 from backup_rows');
		if (rows.length > 0) yield rows.map((row) => columns.map((_column, index) => (row[`c${index}`] ?? null) as string | null));
		if (rows.length < 1000) break;
	}
	await connection.query('close backup_rows');
}

/** The PostgreSQL database that the environment names, as of now: one REPEATABLE READ transaction, which holds up nobody. */
export async function openPostgresSource(environment: Record<string, string>): Promise<Source> {
	const database: Knex = connect(environment);
	try {
		const connection = await pgConnection(database);
		await connection.query('begin isolation level repeatable read read only');
		await connection.query(plainText);
		const version = String((await connection.query('show server_version')).rows[0]?.['server_version'] ?? '');
		const { tables, schema, notes } = await readPostgresSchema(connection);
		if (tables.length === 0) throw new BackupFailure('Cette base de données est vide : il n’y a rien à sauvegarder.');
		return {
			vendor: 'postgres',
			version,
			schema,
			tables,
			rows: (table) => readRows(connection, table),
			notes,
			async close() {
				await connection.query('rollback').catch(() => undefined);
				await database.client.releaseConnection(connection);
				await database.destroy();
			},
		};
	} catch (error) {
		await database.destroy();
		throw error;
	}
}
