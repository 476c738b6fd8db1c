import { createHash } from 'node:crypto';
import { isPostgres, type Knex } from './directus.ts';
import { insertSql, jsonRows, updateSql, type ColumnTypes } from './json-rows.ts';
import type { Step } from './sqlite-script.ts';
import type { Statement } from './together.ts';

type Row = Record<string, unknown>;

/**
 * Rows for one table: inserted, or found by `key` (else `id`) and set. `onConflict`: what an insert does about a row that is there, as SQL.
 * `to`: what an update sets a column to, as SQL, of the new value; else the value itself.
 */
export type RowWrite = { table: string; types: ColumnTypes; rows: readonly Row[] } & (
	{ how: 'insert'; onConflict?: string } | { how: 'update'; key?: string; to?: (name: string, value: string) => string }
);

/** PostgreSQL: a `with` query that returns a row when the other writes may happen; else none of them does. */
export type Gate = { sql: string; bindings: readonly unknown[] };

/** SQL of a write; its one binding is the rows' JSON. */
const sqlOf = (knex: Knex, write: RowWrite, only: string): string =>
	write.how === 'insert' ? insertSql(knex, write.table, write.types, { ...write, only }) : updateSql(knex, write.table, write.types, { ...write, only });

const jsonOf = (knex: Knex, { types, rows }: RowWrite): string => jsonRows(knex, types).toJson(rows);

const names = new Map<string, string>();

/** A name for each text; there are few of them. */
function nameOf(sql: string): string {
	const name = names.get(sql) ?? `orchestre_${createHash('md5').update(sql).digest('hex')}`;
	if (names.size < 500) names.set(sql, name);
	return name;
}

/**
 * A statement that PostgreSQL parses and plans once for each connection: its text must be one of few. Values go as bindings, rows as one
 * binding of JSON.
 */
export function prepared(knex: Knex, sql: string, bindings: readonly unknown[]): Statement {
	const raw = knex.raw(sql, bindings as never);
	if (isPostgres(knex)) void raw.options({ name: nameOf(sql) } as never);
	return raw as unknown as Statement;
}

/**
 * Sends `main` and `writes`, none of which needs another's rows. PostgreSQL works off one statement after the other, each at the price of a
 * trip there and back: there all become one. `main`: further `with` queries for it, by name. Answers whether the gate let them through.
 */
export async function writeAtOnce(knex: Knex, writes: readonly RowWrite[], main: readonly [name: string, Gate][], gate: Gate | null): Promise<boolean> {
	const queries: [string, Gate][] = [
		...(gate ? ([['gate', gate]] as [string, Gate][]) : []),
		...main,
		...writes.map((write, index): [string, Gate] => [`write_${index}`, { sql: sqlOf(knex, write, gate ? passed : 'true'), bindings: [jsonOf(knex, write)] }]),
	];
	if (queries.length === 0) return true;
	const sql = `with ${queries.map(([name, one]) => `"${name}" as ${name === 'entries' ? 'materialized ' : ''}(${one.sql})`).join(', ')} select ${gate ? passed : 'true'} as passed`;
	const { rows } = (await prepared(
		knex,
		sql,
		queries.flatMap(([, one]) => [...one.bindings]),
	)) as unknown as { rows: { passed: boolean }[] };
	return rows[0]?.passed === true;
}

/** Condition of what the gate lets through. */
export const passed = 'exists (select from "gate")';

/** The same for SQLite: a statement for each, for a script. */
export const scriptOf = (knex: Knex, writes: readonly RowWrite[]): Step[] =>
	writes.map((write) => ({ sql: sqlOf(knex, write, 'true'), bindings: [jsonOf(knex, write)] }));
