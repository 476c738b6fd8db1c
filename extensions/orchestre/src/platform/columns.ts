import { isDeepStrictEqual } from 'node:util';
import { isPostgres, orchestreUserId, toDate, type Knex } from './directus.ts';
import { dayOf, isoOf } from './time/paris.ts';
import { writeTrail, type TrailEntry } from './trail.ts';

export const dateOrNull = (value: unknown): Date | null => (value === null || value === undefined ? null : toDate(value as Date | number | string));

/** A number, also where the driver gives text (PostgreSQL's large and summed ones). */
export const numberOrNull = (value: unknown): number | null => (value === null || value === undefined ? null : Number(value));

/**
 * A `date` column as YYYY-MM-DD. Directus keeps dates as local midnight: a Date from PostgreSQL, milliseconds from SQLite,
 * text when written by hand.
 */
export function dayOrNull(value: unknown): string | null {
	if (value === null || value === undefined) return null;
	if (typeof value === 'string') return value.slice(0, 10);
	const at = new Date(value as Date | number);
	return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
}

/** A day number as Directus keeps a `date`: local midnight. For writing and for comparing, on both databases. */
export const storedDay = (day: number): Date => new Date(`${isoOf(day)}T00:00:00`);

/** A `date` column as a day number; null stays null. */
export const dayNumberOrNull = (value: unknown): number | null => {
	const iso = dayOrNull(value);
	return iso === null ? null : dayOf(iso);
};

/** Rows of these ids, locked on PostgreSQL in one order for all, so that two transactions wait for each other instead of deadlocking. */
export async function readLocked(trx: Knex, table: string, ids: readonly string[]): Promise<Record<string, unknown>[]> {
	const query = trx(table).whereIn('id', ids).orderBy('id');
	return (await (isPostgres(trx) ? query.forUpdate() : query)) as Record<string, unknown>[];
}

type Columns = Record<string, unknown>;

/** A row's computed columns before and after a treatment, dates as Date. */
export type Settled = { id: string; before: Columns; after: Columns };

/**
 * Writes the columns that a treatment changed, and their trail, signed by “Orchestre”. Rows without a difference cost nothing.
 * `silent` columns are kept for the treatment itself and are no news for a reader of the history.
 */
export async function saveSettled(trx: Knex, collection: string, settled: readonly Settled[], silent: readonly string[] = []): Promise<void> {
	const trail: TrailEntry[] = [];
	for (const { id, before, after } of settled) {
		const changed = Object.entries(after).filter(([column, value]) => !isDeepStrictEqual(before[column], value));
		if (changed.length === 0) continue;
		await trx(collection).where({ id }).update(Object.fromEntries(changed));
		const news = Object.fromEntries(changed.filter(([column]) => !silent.includes(column)));
		if (Object.keys(news).length > 0) trail.push({ action: 'update', collection, item: id, data: after, delta: news });
	}
	await writeTrail(trx, { user: orchestreUserId }, trail);
}
