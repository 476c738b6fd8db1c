import type { Knex } from 'knex';

/** The pg driver's own connection: one for the whole work, so that one transaction spans it. */
export type PgConnection = { query: (text: string, values?: readonly unknown[]) => Promise<{ rows: Record<string, unknown>[] }> };

export const pgConnection = async (database: Knex): Promise<PgConnection> => (await database.client.acquireConnection()) as PgConnection;

/** Values as text that says the same in every session: UTC, ISO dates, all digits. */
export const plainText = `set local timezone = 'UTC'; set local datestyle = 'ISO, YMD'; set local intervalstyle = 'postgres'; set local extra_float_digits = 1; set local bytea_output = 'hex'; set local statement_timeout = 0; set local idle_in_transaction_session_timeout = 0`;

/** `$1, $2 …` for the question marks of a statement of ours, which has no others. */
export function numbered(sql: string): string {
	let at = 0;
	return sql.replaceAll('?', () => `$${++at}`);
}
