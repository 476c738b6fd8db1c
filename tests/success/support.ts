import { randomUUID } from 'node:crypto';
import type { Knex } from '../../extensions/orchestre/src/platform/directus.ts';
import { storedDay } from '../../extensions/orchestre/src/platform/columns.ts';
import { dayOf } from '../../extensions/orchestre/src/platform/time/paris.ts';

/** Rows of a made-up history, past the API: it dates rows itself, and a history lies in the past. Dates as YYYY-MM-DD, moments as Date. */
export async function insert(database: Knex, table: string, rows: readonly Record<string, unknown>[]): Promise<string[]> {
	const dates = new Set(['due_date', 'paid_on', 'issue_date', 'due_on', 'done_on', 'started_on', 'computed_on', 'health_override_until']);
	const made = rows.map((row) => ({
		id: randomUUID(),
		...Object.fromEntries(
			Object.entries(row).map(([name, value]) => [name, dates.has(name) && typeof value === 'string' ? storedDay(dayOf(value) ?? 0) : value]),
		),
	}));
	for (let start = 0; start < made.length; start += 50) await database(table).insert(made.slice(start, start + 50));
	return made.map(({ id }) => id);
}

/** `count` uses of the product, spread evenly over the days from `from` to `to` before `now`. */
export const usage = (company: string, count: number, from: number, to: number, now: Date): Record<string, unknown>[] =>
	Array.from({ length: count }, (_, index) => ({
		event_id: randomUUID(),
		company,
		name: 'session',
		quantity: 1000,
		at: new Date(now.getTime() - (from - ((from - to) * (index + 0.5)) / count) * 86_400_000),
		date_created: now,
	}));

/** Everything in a table as text, to see whether anything at all was written. */
export const snapshot = async (database: Knex, tables: readonly string[]): Promise<string> =>
	JSON.stringify(await Promise.all(tables.map((table) => database(table).orderBy('id').select())));
