import { afterEach, beforeEach, expect, it } from 'vitest';
import { call, createClient, type Client } from '../../scripts/support/client.ts';
import { hireSalesPeople } from '../leads/support.ts';
import { open } from '../platform/support/queue.ts';
import { prepareSite, type RunningServer, type ServerSite } from '../platform/support/server.ts';
import { createImport, leadsCsv, press, readImport, type Caller } from './support.ts';

let site: ServerSite;
let server: RunningServer;
let admin: Caller;

const start = async (): Promise<void> => {
	server = site.start({ ORCHESTRE_WORKER_POLL_MS: '200' });
	await server.ready();
};

beforeEach(async () => {
	site = await prepareSite();
	await start();
	admin = createClient(site.url, site.token) as Client & Caller;
	await hireSalesPeople(admin, 12, 1000);
}, 90_000);
afterEach(async () => {
	await server.kill();
	await site.remove();
});

async function onDatabase<T>(work: (knex: ReturnType<typeof open>) => Promise<T>): Promise<T> {
	const knex = open(site.database);
	try {
		return await work(knex);
	} finally {
		await knex.destroy();
	}
}

/** Imported people, and how many different ones: more rows than people would be rows written twice. */
const counts = (): Promise<{ rows: number; people: number; untreated: number }> =>
	onDatabase(async (knex) => {
		const [row] = (await knex('leads').count({ rows: '*' }).countDistinct({ people: 'email' })) as { rows: number; people: number }[];
		const [bare] = (await knex('leads').whereNull('grade').count({ n: '*' })) as { n: number }[];
		return { rows: Number(row?.rows), people: Number(row?.people), untreated: Number(bare?.n) };
	});

const untilEnd = async (id: string, each: () => Promise<unknown> = () => new Promise((resolve) => setTimeout(resolve, 100))): Promise<string> => {
	for (;;) {
		const { state } = await readImport(admin, id);
		if (!['checking', 'running', 'undoing'].includes(state)) return state;
		await each();
	}
};

it('a server killed again and again while it imports writes each row once', async () => {
	const id = await createImport(admin, leadsCsv(2000));
	for (const rows of [200, 700, 1300]) {
		await expect.poll(async () => (await readImport(admin, id)).rows_done, { timeout: 60_000, interval: 20 }).toBeGreaterThanOrEqual(rows);
		expect(await server.kill()).toBe('SIGKILL');
		// The lease of the dead process would run out by itself; the test does not wait for it.
		await onDatabase((knex) =>
			knex('jobs')
				.where({ state: 'running' })
				.update({ leased_until: new Date(0) }),
		);
		await start();
	}
	expect(await untilEnd(id)).toBe('done');
	expect(await readImport(admin, id)).toMatchObject({ rows_done: 2000, rows_bad: 0 });
	expect(await counts()).toEqual({ rows: 2000, people: 2000, untreated: 0 });
}, 180_000);

it('ten thousand leads: written and treated, others are answered within a second meanwhile, and all of it undone', async () => {
	const list = '/items/leads?limit=25&sort=-date_created&fields=display_name,grade,status,owner.first_name,team.name,campaign.name&filter[archived][_neq]=true';
	const times: number[] = [];
	const readList = async (): Promise<void> => {
		const begin = performance.now();
		await call(admin, 'GET', list);
		times.push(performance.now() - begin);
		await new Promise((resolve) => setTimeout(resolve, 40));
	};
	const id = await createImport(admin, leadsCsv(10_000));
	const begin = performance.now();
	expect(await untilEnd(id, readList)).toBe('done');
	const seconds = (performance.now() - begin) / 1000;
	expect(await counts()).toEqual({ rows: 10_000, people: 10_000, untreated: 0 });
	const sorted = times.toSorted((a, b) => a - b);
	const p95 = sorted[Math.floor(sorted.length * 0.95)] ?? 0;
	console.log(
		`10 000 leads in ${seconds.toFixed(1)} s (${Math.round(10_000 / seconds)}/s); list read meanwhile p50 ${Math.round(sorted[Math.floor(sorted.length / 2)] ?? 0)} ms, p95 ${Math.round(p95)} ms, max ${Math.round(sorted.at(-1) ?? 0)} ms of ${sorted.length}`,
	);
	expect(p95).toBeLessThan(1000);

	const undoBegin = performance.now();
	expect((await press(admin, id, 'undo')).status).toBe(204);
	expect(await untilEnd(id)).toBe('undone');
	console.log(`undone in ${((performance.now() - undoBegin) / 1000).toFixed(1)} s`);
	expect(await counts()).toMatchObject({ rows: 0 });
	expect(server.errors()).not.toMatch(/ERROR/);
}, 300_000);
