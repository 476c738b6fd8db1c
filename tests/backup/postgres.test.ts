import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBackup } from '../../scripts/backup/create.ts';
import { restoreBackup } from '../../scripts/backup/restore.ts';
import { connect } from '../../scripts/support/database.ts';

/** A server on which this may create databases: `postgres://postgres:…@127.0.0.1:5432/postgres`. */
const server = process.env['POSTGRES_TEST_URL'];

describe.skipIf(!server)('a backup of PostgreSQL', () => {
	const names = [`backup_from_${process.pid}`, `backup_to_${process.pid}`] as const;
	let folder: string;
	let main: Knex;

	const environmentOf = (name: string): Record<string, string> => ({
		DB_CLIENT: 'pg',
		DB_CONNECTION_STRING: Object.assign(new URL(server ?? ''), { pathname: `/${name}` }).href,
		STORAGE_LOCAL_ROOT: join(folder, name),
		PORT: '1',
	});
	const inDatabase = async <T>(name: string, work: (database: Knex) => Promise<T>): Promise<T> => {
		const database = connect(environmentOf(name));
		try {
			return await work(database);
		} finally {
			await database.destroy();
		}
	};
	const rows = async (database: Knex, sql: string): Promise<unknown[]> => ((await database.raw(sql)) as { rows: unknown[] }).rows;

	/** Everything that the catalogue says of columns, defaults, constraints and indexes, and every row. */
	const contentsOf = (name: string): Promise<unknown> =>
		inDatabase(name, async (database) => ({
			columns: await rows(
				database,
				`select table_name, column_name, data_type, character_maximum_length, numeric_precision, numeric_scale, is_nullable, column_default
				from information_schema.columns where table_schema = 'public' order by 1, ordinal_position`,
			),
			constraints: await rows(
				database,
				`select conrelid::regclass::text as t, conname, pg_get_constraintdef(oid) as d from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2`,
			),
			indexes: await rows(database, `select tablename, indexname, indexdef from pg_indexes where schemaname = 'public' order by 1, 2`),
			sequences: await rows(database, `select * from pg_sequences where schemaname = 'public' order by sequencename`),
			parent: await rows(database, `select parent::text as row from parent order by id`),
			child: await rows(database, `select child::text as row from child order by id`),
		}));

	beforeAll(async () => {
		folder = mkdtempSync(join(tmpdir(), 'orchestre-backup-pg-'));
		main = connect({ DB_CLIENT: 'pg', DB_CONNECTION_STRING: server });
		for (const name of names) await main.raw(`create database ${name}`);
		await inDatabase(names[0], async (database) => {
			await database.raw(`create table parent (id serial primary key, name varchar(40) not null default 'l''essai', state text unique,
				amount numeric(20, 5) check (amount >= 0), ratio double precision, is_open boolean default false, on_day date, at_moment timestamptz, at_time time,
				plain timestamp, big bigint, raw bytea, doc json, docb jsonb, key uuid, parent int references parent on delete set null)`);
			await database.raw(`create table child (id uuid primary key, parent int not null references parent (id) on delete cascade, "Odd ""name""" text)`);
			await database.raw(`create index child_by_name on child ("Odd ""name""" desc) where parent > 0`);
			await database.raw(`create unique index parent_lower on parent (lower(name))`);
			await database.raw(`insert into parent (name, state, amount, ratio, is_open, on_day, at_moment, at_time, plain, big, raw, doc, docb, key, parent) values
				('a', 'it''s ? $1', 12345678901234.56789, 0.1::float8 + 0.2::float8, true, '2026-02-28', '2026-03-29 02:30:00.123456+02', '23:59:59.999', '2026-01-01 00:00', 9223372036854775807, '\\x00ff'::bytea, '{ "b" : 1,  "a": [null] }', '{"b":1}', gen_random_uuid(), null),
				('b', '', null, 'NaN', null, null, null, null, null, null, null, 'null', null, null, 1)`);
			await database.raw(`insert into child select gen_random_uuid(), 1 + n % 2, 'ligne ' || n || chr(10) || chr(8232) from generate_series(1, 2500) n`);
			await database.raw(`delete from parent where name = 'none'`);
			await database.raw(`select nextval('parent_id_seq')`);
		});
	});

	afterAll(async () => {
		for (const name of names) await main.raw(`drop database if exists ${name} with (force)`);
		await main.destroy();
		rmSync(folder, { recursive: true, force: true });
	});

	const quiet = { onStep: (): void => undefined };

	it('is restored with every value, type, constraint, index and counter; over what is there only with force, and beside it', async () => {
		const { archive, rows: count } = await createBackup(environmentOf(names[0]), join(folder, 'out'));
		expect(count).toBe(2502);
		await restoreBackup(environmentOf(names[1]), archive, { force: false, ...quiet });
		expect(await contentsOf(names[1])).toEqual(await contentsOf(names[0]));
		await expect(restoreBackup(environmentOf(names[1]), archive, { force: false, ...quiet })).rejects.toThrow('n’est pas vide');
		await inDatabase(names[1], (database) => database.raw(`update parent set name = 'changed' where id = 1`));
		const { notes } = await restoreBackup(environmentOf(names[1]), archive, { force: true, ...quiet });
		expect(await contentsOf(names[1])).toEqual(await contentsOf(names[0]));
		const kept = /« (\w+) »/.exec(notes[0] ?? '')?.[1] ?? '';
		expect(await inDatabase(names[1], (database) => rows(database, `select name from ${kept}.parent where id = 1`))).toEqual([{ name: 'changed' }]);
	});

	it('is refused while somebody is connected, and what fails half-way leaves the old', async () => {
		const { archive } = await createBackup(environmentOf(names[0]), join(folder, 'again'));
		await inDatabase(names[1], async (database) => {
			await database.raw('select 1');
			await expect(restoreBackup(environmentOf(names[1]), archive, { force: true, ...quiet })).rejects.toThrow('encore utilisée (1 connexion)');
		});
		// A view named like a table of the archive: the new tables come to a stop on it, after the old ones have moved.
		await inDatabase(names[0], (database) => database.raw('create table obstacle (id int)'));
		await inDatabase(names[1], (database) => database.raw('create view obstacle as select 1 as id'));
		const before = await contentsOf(names[1]);
		const blocked = await createBackup(environmentOf(names[0]), join(folder, 'blocked'));
		await expect(restoreBackup(environmentOf(names[1]), blocked.archive, { force: true, ...quiet })).rejects.toThrow('obstacle');
		expect(await contentsOf(names[1])).toEqual(before);
		await inDatabase(names[0], (database) => database.raw('drop table obstacle'));
		await inDatabase(names[1], (database) => database.raw('drop view obstacle'));
	});

	it('is one moment: a transaction that commits during it is in it whole or not at all', async () => {
		const stop = new AbortController();
		let pairs = 0;
		const writer = inDatabase(names[0], async (database) => {
			for (; !stop.signal.aborted; pairs += 1)
				await database.transaction(async (trx) => {
					const [row] = (await trx('parent')
						.insert({ name: `pair ${pairs}` })
						.returning('id')) as { id: number }[];
					await trx.raw(`insert into child values (gen_random_uuid(), ?, 'pair')`, [row?.id ?? 0]);
				});
		});
		const archives = [];
		for (let n = 0; n < 3; n++) archives.push(await createBackup(environmentOf(names[0]), join(folder, 'busy')));
		stop.abort();
		await writer;
		expect(pairs).toBeGreaterThan(0);
		for (const { archive } of archives) {
			await restoreBackup(environmentOf(names[1]), archive, { force: true, ...quiet });
			const [counts] = await inDatabase(names[1], (database) =>
				rows(
					database,
					`select (select count(*) from parent where name like 'pair%') as parents, (select count(*) from child where "Odd ""name""" = 'pair') as children`,
				),
			);
			expect(counts).toMatchObject({ parents: (counts as { children: string }).children });
		}
	});
});
