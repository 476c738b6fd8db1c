import { storedDay } from '../../../platform/columns.ts';
import type { Knex } from '../../../platform/directus.ts';
import { fromParis, toParis } from '../../../platform/time/paris.ts';
import type { Computing, Dialect } from '../types.ts';

export type Row = Record<string, unknown>;

/** Rows of a hand-written statement, on both databases; `bindings` by name (`:day`) or in their order (`?`). */
export async function ask(trx: Knex, sql: string, bindings: Readonly<Record<string, unknown>> | readonly unknown[] = {}): Promise<Row[]> {
	const result = (await trx.raw(sql, bindings as never)) as Row[] | { rows: Row[] };
	return Array.isArray(result) ? result : result.rows;
}

/** A number of a row; what is not there, or summed from nothing, is nought. */
export const numberOf = (row: Row | undefined, column: string): number => Number(row?.[column] ?? 0);
export const textOf = (row: Row, column: string): string | null => (row[column] === null || row[column] === undefined ? null : String(row[column]));

/** The last day of a period that had begun when it was looked at. */
export const lastDay = ({ period, asOf }: Pick<Computing, 'period' | 'asOf'>): number => Math.min(period.end, toParis(asOf).day);

/** A period's bounds as the database keeps them: `from` and `next` (the day after its last) as dates and as moments. */
export function boundsOf(computing: Pick<Computing, 'period' | 'asOf'>): { from: Date; next: Date; at: Date; after: Date } {
	const { start } = computing.period;
	const end = lastDay(computing) + 1;
	const after = fromParis(end, 0);
	const { asOf } = computing;
	return { from: storedDay(start), next: storedDay(end), at: fromParis(start, 0), after: after > asOf ? new Date(asOf.getTime() + 1) : after };
}

/** The month of a `date` column as YYYY-MM. */
export const monthOf = ({ isPostgres }: Dialect, date: string): string =>
	isPostgres ? `to_char(${date}, 'YYYY-MM')` : `strftime('%Y-%m', ${date} / 1000, 'unixepoch', 'localtime')`;

/** A text of a `json` column. */
export const jsonText = ({ isPostgres }: Dialect, column: string, key: string): string =>
	isPostgres ? `${column}->>'${key}'` : `json_extract(${column}, '$.${key}')`;
