import { afterAll, beforeAll, expect, test } from 'vitest';
import { demoIdRange } from '../../scripts/demo/ids.ts';
import { readForeignKeys } from '../../scripts/demo/foreign-keys.ts';
import { removeDemo, seedDemo } from '../../scripts/demo/index.ts';
import { scaleDemo } from '../../scripts/demo/scale.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';

let directus: TestDirectus;
let before: Map<string, number>;
let once: Map<string, number>;

/** Tables in which somebody could have left a row of the demo. That figures are to follow what was written is queued seconds later, whenever that is. */
async function rowCounts(): Promise<Map<string, number>> {
	const tables = (await directus.database('sqlite_master').where({ type: 'table' }).whereNot('name', 'like', 'sqlite_%').pluck('name')) as string[];
	const counts = new Map<string, number>();
	for (const table of tables) {
		const kept = table === 'jobs' ? directus.database(table).whereNot({ kind: 'kpis.touch' }) : directus.database(table);
		counts.set(table, Number(((await kept.count({ n: '*' })) as { n: number }[])[0]?.n));
	}
	return counts;
}

beforeAll(async () => {
	directus = await startDirectus();
	before = await rowCounts();
}, 180_000);
afterAll(() => directus.close());

test('twice the demo has twice the business and the same staff, every row in its place', async () => {
	const { database } = directus;
	await expect(scaleDemo({ database, times: 2 })).rejects.toThrow('n’est pas dans cette base');
	await seedDemo({ database, today: '2026-11-22' });
	once = await rowCounts();
	const { rows } = await scaleDemo({ database, times: 2 });
	const twice = await rowCounts();
	const grown = (table: string): number => ((twice.get(table) ?? 0) - (before.get(table) ?? 0)) / ((once.get(table) ?? 0) - (before.get(table) ?? 0));
	for (const table of [
		'companies',
		'people',
		'leads',
		'opportunities',
		'interactions',
		'tasks',
		'quotes',
		'invoices',
		'line_items',
		'usage_events',
		'subscriptions',
	])
		expect([table, grown(table)]).toEqual([table, expect.toSatisfy((factor: number) => factor > 1.8 && factor < 2.2)]);
	for (const table of ['directus_users', 'teams', 'products', 'absences', 'workloads']) expect([table, twice.get(table)]).toEqual([table, once.get(table)]);
	expect(rows).toBe([...twice].reduce((sum, [table, count]) => sum + count - (once.get(table) ?? 0), 0));
	expect(await database.raw('pragma foreign_key_check')).toEqual([]);
	for (const [table, column] of [
		['companies', 'siren'],
		['companies', 'name'],
		['people', 'email'],
		['invoices', 'number'],
	] as const) {
		const doubles = await database(table).whereNotNull(column).groupBy(column).havingRaw('count(*) > 1').pluck(column);
		expect([table, column, doubles]).toEqual([table, column, []]);
	}
	// Other luck, not the same rows again.
	expect(await database('leads').whereNotNull('email').groupBy('email').havingRaw('count(*) > 10').pluck('email')).toEqual([]);
	const [counted] = (await database('workloads').sum({ open: 'open_leads' })) as { open: number }[];
	expect(Number(counted?.open)).toBe(Number(((await database('leads').where({ counted_as: 'open' }).count({ n: '*' })) as { n: number }[])[0]?.n));
}, 180_000);

test('a second run adds nothing, one that was cut off goes on, and less than is there is refused', async () => {
	const { database } = directus;
	const twice = await rowCounts();
	expect(await scaleDemo({ database, times: 2 })).toMatchObject({ before: 2, rows: 0 });
	expect(await rowCounts()).toEqual(twice);

	const copies: number[] = [];
	const cut = scaleDemo({
		database,
		times: 4,
		onCopy: ({ times }) => {
			copies.push(times);
			throw new Error('cut off');
		},
	});
	await expect(cut).rejects.toThrow('cut off');
	await scaleDemo({ database, times: 4, onCopy: ({ times }) => void copies.push(times) });
	expect(copies).toEqual([3, 4]);
	await expect(scaleDemo({ database, times: 2 })).rejects.toThrow('déjà là 4 fois');
	await expect(scaleDemo({ database, times: 1.5 })).rejects.toThrow('nombre entier');
}, 180_000);

test('what points at a row that goes is found by an index, wherever there are many of both', async () => {
	const { database } = directus;
	const counts = await rowCounts();
	const isLarge = (table: string): boolean => (counts.get(table) ?? 0) > 1000;
	const read: string[] = [];
	for (const { table, column, target } of await readForeignKeys(database)) {
		if (!isLarge(table) || !isLarge(target) || target.startsWith('directus_')) continue;
		const plan = (await database.raw(`explain query plan select 1 from "${table}" where "${column}" = ?`, ['x'])) as { detail: string }[];
		read.push(...plan.filter(({ detail }) => detail.startsWith('SCAN')).map(() => `${table}.${column}`));
	}
	expect(read).toEqual([]);
}, 60_000);

test('removing the demo takes the copies with it', async () => {
	const { database } = directus;
	await removeDemo({ database });
	const left = [...(await rowCounts())].filter(([table, rows]) => rows !== before.get(table));
	expect(left).toEqual([]);
	expect(
		await database('companies')
			.whereBetween('id', [...demoIdRange])
			.first(),
	).toBeUndefined();
}, 180_000);
