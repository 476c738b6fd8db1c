import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knexModule from 'knex';
import type { Knex } from 'knex';
import { parse } from 'yaml';
import type { Host } from '../../../extensions/orchestre/src/platform/directus.ts';

/**
 * The queue's tables on a bare database, without a Directus around them: quick to make, and workers can be killed in
 * child processes. SQLite file by default; PostgreSQL when QUEUE_TEST_PG holds the address of an empty database.
 */
export type QueueDatabase = { target: string; knex: Knex; close: () => Promise<void> };

type Field = { field: string; kind: string; unique?: boolean };
const columnTypes: Record<string, string> = {
	key: 'uuid',
	integer: 'integer',
	json: 'json',
	moment: 'timestamp',
	paragraph: 'text',
	'date-created': 'timestamp',
	'date-updated': 'timestamp',
	'user-created': 'uuid',
};

/** The pool is as Directus makes it: one connection on SQLite. */
export function open(target: string): Knex {
	if (target.startsWith('postgres')) return knexModule({ client: 'pg', connection: target, pool: { min: 0, max: 10 } });
	return knexModule({ client: 'sqlite3', connection: { filename: target }, useNullAsDefault: true, pool: { min: 0, max: 1 } });
}

/** Columns of the table from its schema file, so that the tests notice when the two part. */
async function createFromFile(knex: Knex, collection: string): Promise<void> {
	const { fields } = parse(readFileSync(new URL(`../../../schema-snapshots/${collection}.yaml`, import.meta.url), 'utf8')) as { fields: Field[] };
	await knex.schema.createTable(collection, (table) => {
		for (const { field, kind, unique } of fields) {
			const column = table.specificType(field, columnTypes[kind] ?? 'varchar(255)');
			if (kind === 'key') void column.primary();
			if (unique) void column.unique();
		}
	});
}

async function createTables(knex: Knex): Promise<void> {
	for (const collection of ['jobs', 'counters']) await createFromFile(knex, collection);
	await knex.schema.createTable('directus_flows', (table) => {
		table.uuid('id').primary();
		table.string('name');
		table.string('status');
	});
	await knex.schema.createTable('directus_activity', (table) => {
		table.increments('id');
		for (const name of ['action', 'user', 'ip', 'user_agent', 'collection', 'item', 'origin']) table.string(name);
		table.timestamp('timestamp');
	});
	await knex.schema.createTable('directus_revisions', (table) => {
		table.increments('id');
		for (const name of ['collection', 'item', 'version']) table.string(name);
		for (const name of ['activity', 'parent']) table.integer(name);
		for (const name of ['data', 'delta']) table.json(name);
	});
	// What the test jobs do; nothing in it is unique, so that doing a job twice shows.
	await knex.schema.createTable('ledger', (table) => {
		table.integer('n');
		table.integer('process');
	});
}

export async function createQueue(): Promise<QueueDatabase> {
	const address = process.env['QUEUE_TEST_PG'];
	if (address) {
		const knex = open(address);
		await knex.raw('drop schema public cascade; create schema public');
		await createTables(knex);
		return { target: address, knex, close: () => knex.destroy() };
	}
	const folder = await mkdtemp(join(tmpdir(), 'orchestre-queue-'));
	const target = join(folder, 'queue.db');
	const knex = open(target);
	await createTables(knex);
	const close = async (): Promise<void> => {
		await knex.destroy();
		await rm(folder, { recursive: true, force: true });
	};
	return { target, knex, close };
}

/** What a job sees of Directus; these jobs use the database only. Log lines are collected. */
export function hostOn(database: Knex, lines: unknown[] = []): Host {
	const write = (...line: unknown[]): void => void lines.push(line);
	const logger = { info: write, warn: write, error: write, debug: write, child: () => logger } as unknown as Host['logger'];
	return { database, logger, services: {} as Host['services'], getSchema: () => Promise.reject(new Error('no schema here')) };
}
