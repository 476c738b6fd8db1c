import type { Knex } from 'knex';
import { readRules } from '../../extensions/orchestre/src/leads/settings.ts';
import { freeze, mondayOf } from '../../extensions/orchestre/src/forecasts/freeze.ts';
import { make } from '../../extensions/orchestre/src/forecasts/model/make.ts';
import { readHistory } from '../../extensions/orchestre/src/forecasts/read.ts';
import { judgeDeals } from '../../extensions/orchestre/src/pipeline/health/judge.ts';
import { learnStages } from '../../extensions/orchestre/src/pipeline/health/learn-stages.ts';
import { readGround } from '../../extensions/orchestre/src/pipeline/health/settings.ts';
import { isoOf, toParis } from '../../extensions/orchestre/src/platform/time/paris.ts';
import { calendarOf } from './calendar.ts';
import { readColumns } from './columns.ts';
import { computeDemoFigures } from './figures.ts';
import { demoId, demoIdRange } from './ids.ts';
import { seedProfile } from './profile.ts';
import { tellRisks } from './risks.ts';
import { userRows } from './users.ts';
import { buildDemo } from './world.ts';
import { writeTables } from './write.ts';

export { putDemoFiles } from './files.ts';
export { removeDemo } from './removal.ts';
export { isDemoId } from './ids.ts';

export type SeedOptions = {
	/** Directus's own connection, with foreign keys on. */
	database: Knex;
	/** UTC date that the demo is dated from ("2026-01-31"); the current one when left out. */
	today?: string;
};

/** The forecast of the demo's day, with ids of the demo: figured here and not in a thread, for nobody waits for this server yet. */
async function freezeDemo(trx: Knex.Transaction, today: string): Promise<void> {
	const day = Date.parse(`${today}T00:00:00Z`) / 86_400_000;
	const made = make(await readHistory(trx, day), day, mondayOf(day));
	await freeze(trx, made, day, mondayOf(day), new Date(`${today}T06:00:00Z`), (key) => demoId('forecasts', key));
}

/**
 * The state of the deals on the demo's first morning: the nightly check would come too late for whoever looks today. Like all of the
 * demo it leaves no trail, which would outlive its removal.
 */
async function judgeDemo(trx: Knex.Transaction, today: string): Promise<void> {
	const last = (await trx('directus_activity').max({ id: 'id' }).first()) as { id: number | null } | undefined;
	await learnStages(trx);
	const open = (await trx('opportunities').whereNull('closed_at').pluck('id')) as string[];
	await judgeDeals(trx, open, await readGround(trx), new Date(`${today}T06:00:00Z`));
	await freezeDemo(trx, today);
	const ofToday = trx('directus_activity')
		.where('id', '>', last?.id ?? 0)
		.select('id');
	await trx('directus_revisions').whereIn('activity', ofToday.clone()).del();
	await ofToday.del();
}

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
export async function seedDemo({ database, today = isoOf(toParis(new Date()).day) }: SeedOptions): Promise<{ rows: Record<string, number>; seconds: number }> {
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
		await seedProfile(trx, new Date(`${today}T06:00:00Z`));
		await judgeDemo(trx, today);
		await tellRisks(trx, today);
		await computeDemoFigures(trx, today);
		// Who keeps people in memory reads them anew.
		await trx('settings').increment('people_version', 1);
		return written;
	});
	return { rows, seconds: seconds() };
}
