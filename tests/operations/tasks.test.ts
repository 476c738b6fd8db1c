import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { advanceClock, resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { call, type Row } from '../../scripts/support/client.ts';
import { ask, faultyFields } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';

let directus: TestDirectus;
let company: string;

beforeAll(async () => {
	directus = await startDirectus();
	company = (await call<{ id: string }>(directus.admin, 'POST', '/items/companies', { name: 'Atelier' })).id;
});
afterAll(() => directus.close());
afterEach(resetClock);

const create = async (row: Row = {}): Promise<string> => (await call<{ id: string }>(directus.admin, 'POST', '/items/tasks', { title: 'Rappeler', ...row })).id;
const change = (id: string, row: Row): Promise<unknown> => call(directus.admin, 'PATCH', `/items/tasks/${id}`, row);
const read = (id: string): Promise<Row> => call<Row>(directus.admin, 'GET', `/items/tasks/${id}`);

test('a task knows when it was done, and forgets when it is opened again', async () => {
	stopClock('2026-03-02T09:00:00Z');
	const id = await create();
	expect(await read(id)).toMatchObject({ done_at: null, origin: 'manual' });
	await change(id, { status: 'done' });
	advanceClock(60_000);
	await change(id, { outcome: 'Rappelé.' });
	expect(await read(id)).toMatchObject({ done_at: '2026-03-02T09:00:00.000Z' });
	await change(id, { status: 'in_progress' });
	expect(await read(id)).toMatchObject({ done_at: null });
	expect(await read(await create({ status: 'done' }))).toMatchObject({ done_at: '2026-03-02T09:01:00.000Z' });
});

test('several tasks in one call', async () => {
	const ids = await Promise.all([create(), create()]);
	await call(directus.admin, 'PATCH', '/items/tasks', { keys: ids, data: { status: 'done' } });
	for (const id of ids) expect((await read(id))['done_at']).not.toBeNull();
});

test('a task without a team is its assignee’s team’s', async () => {
	const [north, south] = (
		await call<{ id: string }[]>(directus.admin, 'POST', '/items/teams', [
			{ name: 'Nord', kind: 'sales' },
			{ name: 'Sud', kind: 'sales' },
		])
	).map(({ id }) => id) as [string, string];
	const person = await directus.hire('Commercial', { team: north });
	expect(await read(await create({ assignee: person.id }))).toMatchObject({ team: north });
	expect(await read(await create({ assignee: person.id, team: south }))).toMatchObject({ team: south });
	expect(await read(await create())).toMatchObject({ team: null });
});

test('a task is about one thing, on every way in', async () => {
	const lead = (await call<{ id: string }>(directus.admin, 'POST', '/items/leads', { last_name: 'Dupont' })).id;
	const both = await ask(directus.admin, 'POST', '/items/tasks', { title: 'Deux', company, lead });
	expect(both.status).toBe(400);
	expect(faultyFields(both)).toEqual(['company']);
	expect(both.errors[0]?.message).toBe('Une tâche ne concerne qu’un élément : choisissez entre un lead et une entreprise.');

	const id = await create({ lead });
	const other = await ask(directus.admin, 'PATCH', '/items/tasks', { keys: [await create(), id], data: { company } });
	expect(other.status).toBe(400);
	expect(other.errors[0]?.message).toContain('concerne déjà un lead');
	await change(id, { lead: null, company });
	expect(await read(id)).toMatchObject({ lead: null, company });

	const nested = await ask(directus.admin, 'PATCH', `/items/companies/${company}`, { tasks: { create: [{ title: 'Nichée', lead }], update: [], delete: [] } });
	expect(nested.status).toBe(400);
	expect(nested.errors[0]?.message).toContain('ne concerne qu’un élément');
});

test.each([{ origin: 'leads.follow_up' }, { origin_key: 'x' }, { done_at: '2020-01-01T00:00:00Z' }, { expected_value_cents: 1 }])(
	'%j cannot be given from outside',
	async (forged) => {
		for (const answer of [
			await ask(directus.admin, 'POST', '/items/tasks', { title: 'x', ...forged }),
			await ask(directus.admin, 'PATCH', `/items/tasks/${await create()}`, forged),
		]) {
			expect(answer.status).toBe(400);
			expect(answer.errors[0]?.message).toContain('est calculé par Orchestre');
		}
	},
);

test('staff can do their own tasks without rights on what the product writes', async () => {
	const { id: user, client } = await directus.hire('Commercial');
	const task = await call<{ id: string }>(client, 'POST', '/items/tasks', { title: 'À moi' });
	await call(client, 'PATCH', `/items/tasks/${task.id}`, { status: 'done' });
	expect(await read(task.id)).toMatchObject({ assignee: user, status: 'done' });
	expect((await read(task.id))['done_at']).not.toBeNull();
});
