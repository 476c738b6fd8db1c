import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { call } from '../../scripts/support/client.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { ask } from '../support/answer.ts';
import { heard, stepsOf } from '../support/plans.ts';
import { makeStory, timeline, type Person } from './support.ts';

const isSqlite = !inject('services');
const large = [
	'interactions',
	'tasks',
	'planning',
	'opportunities',
	'stage_changes',
	'leads',
	'quotes',
	'contracts',
	'invoices',
	'tickets',
	'documents',
	'people',
	'alerts',
];
let directus: TestDirectus;
let seller: Person;
let story: Awaited<ReturnType<typeof makeStory>>;

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false' });
	const team = (await call<{ id: string }>(directus.admin, 'POST', '/items/teams', { name: `Nord ${randomUUID()}`, kind: 'sales' })).id;
	seller = (await directus.hire('Commercial', { team })) as Person;
	story = await makeStory(directus, seller.id, team);
});
afterAll(() => directus.close());

/** Large tables that SQLite would read from end to end. */
const scans = async (queries: Parameters<typeof stepsOf>[1]): Promise<string[]> =>
	(await stepsOf(directus, queries)).flatMap(({ sql, detail }) => (large.includes(/^SCAN (\w+)/.exec(detail)?.[1] ?? '') ? [`${detail}: ${sql}`] : []));

const forms = () =>
	[
		['companies', story.company],
		['people', story.person],
		['leads', story.lead],
		['opportunities', story.deal],
	] as const;

it.runIf(isSqlite)('reads every source by an index, with the rights of a salesperson and as the administrator', async () => {
	for (const client of [seller.client, directus.admin])
		for (const [collection, id] of forms()) {
			const queries = await heard(directus, () => timeline(client, collection, id));
			expect(queries.length).toBeGreaterThan(5);
			const next = await heard(directus, () => ask(client as Person['client'], 'GET', `/orchestre/next-action/${collection}/${id}`));
			expect([collection, await scans(queries), await scans(next)]).toEqual([collection, [], []]);
		}
});

it('asks the database a limited number of times, however long the story', async () => {
	const counts: number[] = [];
	for (let round = 0; round < 2; round += 1) {
		await timeline(seller.client, 'companies', story.company);
		// What the product does in the background at that moment is heard as well, and only ever adds.
		const tries: number[] = [];
		for (let attempt = 0; attempt < 3; attempt += 1) {
			const queries = await heard(directus, () => timeline(seller.client, 'companies', story.company));
			// Directus reads the caller's own row anew for each list that a rule about the caller guards.
			tries.push(queries.filter(({ sql }) => !/from .directus_users/i.test(sql)).length);
		}
		counts.push(Math.min(...tries));
		await call(
			directus.admin,
			'POST',
			'/items/interactions',
			Array.from({ length: 200 }, (_, index) => ({
				kind: 'email',
				at: new Date(Date.UTC(2025, 0, 1 + index)).toISOString(),
				company: story.company,
				owner: seller.id,
			})),
		);
	}
	expect(counts[1]).toBe(counts[0]);
	expect(counts[1]).toBeLessThanOrEqual(35);
});
