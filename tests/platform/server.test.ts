import { afterAll, beforeAll, expect, it } from 'vitest';
import { open } from './support/queue.ts';
import { prepareSite, type ServerSite } from './support/server.ts';

let site: ServerSite;
beforeAll(async () => {
	site = await prepareSite();
});
afterAll(() => site.remove());

/** Creates a campaign; true when the server said that it is there. */
const create = async (n: number): Promise<boolean> => {
	const headers = { 'content-type': 'application/json', authorization: `Bearer ${site.token}` };
	const answer = await fetch(`${site.url}/items/campaigns`, { method: 'POST', headers, body: JSON.stringify({ name: String(n) }) }).catch(() => null);
	if (answer && answer.status !== 200) throw new Error(await answer.text());
	return answer !== null;
};

const numbers = async (table: string, column: string): Promise<number[]> => {
	const knex = open(site.database);
	const rows = (await knex(table).select(column)) as Record<string, unknown>[];
	await knex.destroy();
	return rows.map((row) => Number(row[column])).toSorted((a, b) => a - b);
};

/** The leases of a killed server would run out by themselves; the test does not wait for it. */
async function letLeasesRunOut(): Promise<number> {
	const knex = open(site.database);
	const dead = await knex('jobs')
		.where({ state: 'running' })
		.update({ leased_until: new Date(0) });
	await knex.destroy();
	return dead;
}

async function owed(): Promise<number> {
	const knex = open(site.database);
	const rows: unknown[] = await knex('jobs').whereIn('state', ['waiting', 'running']);
	await knex.destroy();
	return rows.length;
}

it('a server that is killed while it writes and works loses no job and does none twice', async () => {
	const said: number[] = [];
	let cutOff = 0;
	for (const [round, answers] of [6, 20].entries()) {
		const server = site.start({ ORCHESTRE_WORKER_POLL_MS: '100' });
		await server.ready();
		const posting = Promise.all(
			Array.from({ length: 40 }, async (_, index) => {
				const n = round * 100 + index;
				if (await create(n)) said.push(n);
			}),
		);
		const before = said.length;
		await expect.poll(() => said.length - before, { timeout: 20_000, interval: 5 }).toBeGreaterThanOrEqual(answers);
		expect(await server.kill()).toBe('SIGKILL');
		await posting;
		cutOff += await owed();
		await letLeasesRunOut();
	}
	expect(cutOff).toBeGreaterThan(0);
	const server = site.start({ ORCHESTRE_WORKER_POLL_MS: '100' });
	await server.ready();
	await expect.poll(owed, { timeout: 20_000, interval: 500 }).toBe(0);
	expect(await server.kill()).toBe('SIGKILL');

	const stored = await numbers('campaigns', 'name');
	expect(stored).toEqual(expect.arrayContaining(said));
	expect(stored.length).toBeGreaterThan(0);
	expect(await numbers('ledger', 'n')).toEqual(stored);
}, 120_000);

it('a server with a wrong variable says so in French and does not start', async () => {
	const server = site.start({ ORCHESTRE_WORKER_POLL_MS: 'vite', ORCHESTRE_WORKER: 'oui' });
	expect(await server.exit).toBe(1);
	expect(server.errors()).toContain('Orchestre ne peut pas démarrer : La variable ORCHESTRE_WORKER doit valoir true ou false (valeur reçue : "oui").');
	expect(server.errors()).toContain('Orchestre ne peut pas démarrer : La variable ORCHESTRE_WORKER_POLL_MS doit être un nombre entier');
}, 60_000);
