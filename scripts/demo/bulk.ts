import type { Knex } from 'knex';
import { chunks, isPostgres } from '../../extensions/orchestre/src/platform/directus.ts';

/** A row's values in the order of the columns, as JSON can say them. */
export type Values = readonly unknown[];

/** Rows in one statement: enough that the statement itself costs nothing, little enough that its text stays a few megabytes. */
const rowsPerStatement = 2000;

type Statement = { sql: (table: string, columns: readonly string[]) => string; toJson: (columns: readonly string[], rows: readonly Values[]) => string };

const quoted = (columns: readonly string[], prefix = ''): string => columns.map((column) => `${prefix}"${column}"`).join(', ');

/** The rows of one JSON text, the statement's only parameter. PostgreSQL reads them with the column types of the table itself. */
const postgres: Statement = {
	sql: (table, columns) => `select ${quoted(columns)} from json_populate_recordset(null::"${table}", ?)`,
	toJson: (columns, rows) => JSON.stringify(rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index]])))),
};
const sqlite: Statement = {
	sql: (_, columns) => `select ${columns.map((column, index) => `json_extract(value, '$[${index}]') as "${column}"`).join(', ')} from json_each(?) where true`,
	toJson: (_, rows) => JSON.stringify(rows),
};

const statementOf = (trx: Knex): Statement => (isPostgres(trx) ? postgres : sqlite);

/** Inserts rows by the thousand. VALUES lists, which knex and the drivers put together value by value, take several times as long. */
export async function insertRows(trx: Knex, table: string, columns: readonly string[], rows: readonly Values[]): Promise<void> {
	const { sql, toJson } = statementOf(trx);
	for (const part of chunks(rows, rowsPerStatement))
		await trx.raw(`insert into "${table}" (${quoted(columns)}) ${sql(table, columns)}`, [toJson(columns, part)]);
}

/** Sets one column of many rows, each given as [id, value]. */
export async function updateRows(trx: Knex, table: string, column: string, rows: readonly Values[]): Promise<void> {
	const { sql, toJson } = statementOf(trx);
	const columns = ['id', column];
	for (const part of chunks(rows, rowsPerStatement))
		await trx.raw(`update "${table}" set "${column}" = given."${column}" from (${sql(table, columns)}) as given where "${table}".id = given.id`, [
			toJson(columns, part),
		]);
}
