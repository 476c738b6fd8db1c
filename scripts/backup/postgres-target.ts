import type { Knex } from 'knex';
import { connect } from '../support/database.ts';
import { BackupFailure } from './failure.ts';
import { numbered, pgConnection, plainText } from './postgres.ts';
import type { PgConnection } from './postgres.ts';
import { insertStatement, quoted, rowsPerStatement } from './source.ts';
import type { Target, Value } from './source.ts';

const asText = (value: Value): string | null => {
	if (value === null) return null;
	return typeof value === 'object' ? `\\x${Buffer.from(value.b64, 'base64').toString('hex')}` : String(value);
};

async function namesOf(connection: PgConnection, kind: 'r' | 'S'): Promise<string[]> {
	// Sequences of a column move with their table.
	const own = `not exists (select 1 from pg_depend d where d.objid = c.oid and d.classid = 'pg_class'::regclass and d.deptype in ('a', 'i') and d.refobjsubid > 0)`;
	const { rows } = await connection.query(
		`select relname as name from pg_class c where relnamespace = current_schema()::regnamespace and relkind = '${kind}'${kind === 'S' ? ` and ${own}` : ''} order by 1`,
	);
	return rows.map(({ name }) => String(name));
}

async function refuseWhileInUse(connection: PgConnection): Promise<void> {
	const { rows } = await connection.query(
		`select count(*)::int as n from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend'`,
	);
	const others = Number(rows[0]?.['n'] ?? 0);
	if (others > 0)
		throw new BackupFailure(
			`La base de données est encore utilisée (${others} connexion${others > 1 ? 's' : ''}) : arrêtez d’abord Orchestre sur toutes ses machines.`,
		);
}

/**
 * Works in one transaction: what is there moves to a schema of its own (named after `stamp`), the new takes its place, and
 * nobody sees either until the commit.
 */
export function postgresTarget(environment: Record<string, string>, stamp: string): Target {
	let database: Knex | null = null;
	let connection: PgConnection | null = null;
	let kept: string | null = null;

	const open = async (): Promise<PgConnection> => {
		database ??= connect(environment);
		return (connection ??= await pgConnection(database));
	};
	const close = async (): Promise<void> => {
		if (connection) await database?.client.releaseConnection(connection);
		await database?.destroy();
		connection = null;
		database = null;
	};

	return {
		vendor: 'postgres',
		async isEmpty() {
			return (await namesOf(await open(), 'r')).length === 0;
		},
		async begin() {
			const raw = await open();
			await refuseWhileInUse(raw);
			await raw.query('begin');
			await raw.query(plainText);
			const [tables, sequences] = [await namesOf(raw, 'r'), await namesOf(raw, 'S')];
			if (tables.length + sequences.length === 0) return;
			kept = stamp.replaceAll('-', '_');
			await raw.query(`create schema ${quoted(kept)}`);
			for (const name of tables) await raw.query(`alter table ${quoted(name)} set schema ${quoted(kept)}`);
			for (const name of sequences) await raw.query(`alter sequence ${quoted(name)} set schema ${quoted(kept)}`);
		},
		async run(statements) {
			for (const statement of statements) await (await open()).query(statement);
		},
		async insert(table, rows) {
			const size = rowsPerStatement(table);
			for (let at = 0; at < rows.length; at += size) {
				const part = rows.slice(at, at + size);
				await (await open()).query(numbered(insertStatement(table, part.length)), part.flat().map(asText));
			}
		},
		async count({ name }) {
			const { rows } = await (await open()).query(`select count(*) as n from ${quoted(name)}`);
			return Number(rows[0]?.['n'] ?? -1);
		},
		async commit() {
			await (await open()).query('commit');
			await close();
			return kept ? `L’ancienne base est gardée dans le schéma « ${kept} » (pour l’effacer : DROP SCHEMA ${kept} CASCADE).` : null;
		},
		async rollback() {
			await connection?.query('rollback').catch(() => undefined);
			await close();
		},
	};
}
