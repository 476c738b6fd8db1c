import type { Knex } from 'knex';
import { recountWorkloads } from '../../extensions/orchestre/src/leads/people.ts';
import { readRules } from '../../extensions/orchestre/src/leads/settings.ts';
import { chunks, isPostgres, toDate } from '../../extensions/orchestre/src/platform/directus.ts';
import { historyDays, isoDate, plusDays } from './calendar.ts';
import { readColumns } from './columns.ts';
import { inCopy, mostCopies } from './copies.ts';
import { demoId } from './ids.ts';
import { makeRoom } from './room.ts';
import type { Tables } from './rows.ts';
import { buildDemo } from './world.ts';
import { writeTables } from './write.ts';

export type ScaleOptions = {
	database: Knex;
	/** How many times the demo there shall be, itself included. */
	times: number;
	/** Told after each copy. */
	onCopy?: (progress: { times: number; rows: number; seconds: number }) => void;
};

export type Scaled = {
	/** How many times the demo was there before. */
	before: number;
	/** Rows written by this run. */
	rows: number;
	seconds: number;
};

/** What every copy has in common, and so stands in the database once: who works here, when they are away, what is sold. */
const shared = new Set(['teams', 'absences', 'workloads', 'products']);

/**
 * Fills the demo up to `times` times its size: more leads, clients, deals, invoices … of the same staff, told by the demo's own
 * generator with other luck. Each copy is one transaction, so that a run which was cut off goes on where it stopped. Throws
 * where there is no demo, or already more of it.
 */
export async function scaleDemo({ database, times, onCopy }: ScaleOptions): Promise<Scaled> {
	if (!Number.isInteger(times) || times < 1 || times > mostCopies) throw new Error(`--times est un nombre entier de 1 à ${mostCopies}.`);
	const started = performance.now();
	const seconds = (): number => Math.round((performance.now() - started) / 100) / 10;
	const today = await dayOf(database);
	if (!today) throw new Error('L’entreprise de démonstration n’est pas dans cette base : npm start l’y met (sans --empty).');
	const there = await copiesIn(database);
	const before = there.size;
	if ([...there].some((copy) => copy >= times))
		throw new Error(`La démonstration est déjà là ${before} fois. Pour en avoir moins, retirez-la d’abord : npm run demo:remove.`);
	if (!isPostgres(database)) await makeRoom(database);
	const rules = await readRules(database);
	const columns = readColumns();
	let rows = 0;
	for (let copy = 1; copy < times; copy++) {
		if (there.has(copy)) continue;
		const tables = copyTables(copy, today, rules);
		const written = await database.transaction((trx) => writeTables(trx, tables, columns));
		rows += Object.values(written).reduce((sum, count) => sum + count, 0);
		onCopy?.({ times: copy + 1, rows, seconds: seconds() });
	}
	await database.transaction(async (trx) => {
		await recountWorkloads(trx);
		await trx('settings').increment('people_version', 1);
	});
	// Without knowing how many rows there are now, a database goes on reading as if there were few. PostgreSQL's vacuum also lets it
	// count from the index alone.
	await database.raw(isPostgres(database) ? 'vacuum analyze' : 'analyze');
	return { before, rows, seconds: seconds() };
}

/** The day (UTC date) that the demo in this database is dated from; null when there is none. Its staff dates from its first day. */
async function dayOf(database: Knex): Promise<string | null> {
	const team = (await database('teams')
		.where({ id: demoId('teams', 'management') })
		.first('date_created')) as { date_created: Date | number } | undefined;
	return team ? isoDate(plusDays(toDate(team.date_created), historyDays)) : null;
}

/** Which copies are there (0 is the demo itself), told by their first client. */
async function copiesIn(database: Knex): Promise<Set<number>> {
	const copies = new Map(Array.from({ length: mostCopies }, (_, copy) => [inCopy(copy, () => demoId('companies', 'client-0')), copy]));
	const found = new Set([0]);
	for (const part of chunks([...copies.keys()]))
		for (const id of (await database('companies').whereIn('id', part).pluck('id')) as string[]) found.add(copies.get(id) ?? 0);
	return found;
}

/** The tables of one copy without what all of them share: the staff, the catalogue, the firm that the reseller signs in for. */
function copyTables(copy: number, today: string, rules: Awaited<ReturnType<typeof readRules>>): Tables {
	const firm = demoId('companies', 'reseller-0');
	const { tables } = inCopy(copy, () => buildDemo(today, rules));
	const own = [...tables].filter(([collection]) => !shared.has(collection));
	return new Map(own.map(([collection, rows]) => [collection, rows.filter(({ id, is_employee: isStaff }) => id !== firm && isStaff !== true)]));
}
