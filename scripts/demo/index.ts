import type { Knex } from 'knex';
import { readRules } from '../../extensions/orchestre/src/leads/settings.ts';
import { calendarOf } from './calendar.ts';
import { readColumns } from './columns.ts';
import { demoIdRange } from './ids.ts';
import { userRows } from './users.ts';
import { buildDemo } from './world.ts';
import { writeTables } from './write.ts';

export { removeDemo } from './removal.ts';
export { isDemoId } from './ids.ts';

export type SeedOptions = {
	/** Directus's own connection, with foreign keys on. */
	database: Knex;
	/** UTC date that the demo is dated from ("2026-01-31"); the current one when left out. */
	today?: string;
};

/** Whether the demo company is in this database: its people are. Single rows may outlive it (see removeDemo). */
export const hasDemo = async (database: Knex): Promise<boolean> =>
	(await database('directus_users')
		.whereBetween('id', [...demoIdRange])
		.first('id')) !== undefined;

/**
 * Puts the demo company into a database whose schema and seeds are in place, in one transaction: all of it or nothing. Where it
 * is already, nothing changes. Leads are scored and assigned by the criteria and settings of this database. Returns the number
 * of rows by collection (none when it was there) and the seconds it took.
 */
export async function seedDemo({
	database,
	today = new Date().toISOString().slice(0, 10),
}: SeedOptions): Promise<{ rows: Record<string, number>; seconds: number }> {
	const started = performance.now();
	const seconds = (): number => Math.round((performance.now() - started) / 100) / 10;
	if (await hasDemo(database)) return { rows: {}, seconds: seconds() };
	const rows = await database.transaction(async (trx) => {
		const { tables } = buildDemo(today, await readRules(trx));
		const all = new Map(
			[...tables].flatMap(([collection, list]) =>
				collection === 'absences' ? [['directus_users', userRows(calendarOf(today))] as const, [collection, list] as const] : [[collection, list] as const],
			),
		);
		const written = await writeTables(trx, all, readColumns());
		// Who keeps people in memory reads them anew.
		await trx('settings').increment('people_version', 1);
		return written;
	});
	return { rows, seconds: seconds() };
}
