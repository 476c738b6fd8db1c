import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';

type Away = { id: string; user: string; starts_on: string; ends_on: string };

let directus: TestDirectus;
let colleague: Client & { url: URL };
let away: { id: string; client: Client };

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false' });
	colleague = (await directus.as('Finance')) as typeof colleague;
	away = await directus.hire('Commercial');
});
afterAll(() => directus.close());

const leave = async (over: Row = {}): Promise<string> =>
	(
		await call<{ id: string }>(away.client, 'POST', '/items/absences', {
			starts_on: '2026-11-02',
			ends_on: '2026-11-06',
			kind: 'sick',
			comment: 'Opération du genou',
			...over,
		})
	).id;
const seen = async (id: string): Promise<Away | undefined> =>
	(await call<Away[]>(colleague, 'GET', '/items/team_absences', undefined, { 'filter[id][_eq]': id }))[0];

test('colleagues see that and when somebody is away, as it is now', async () => {
	const id = await leave();
	expect(await seen(id)).toEqual({ id, user: away.id, starts_on: '2026-11-02', ends_on: '2026-11-06' });
	await call(away.client, 'PATCH', `/items/absences/${id}`, { ends_on: '2026-11-13' });
	expect(await seen(id)).toMatchObject({ starts_on: '2026-11-02', ends_on: '2026-11-13' });
	await call(away.client, 'DELETE', `/items/absences/${id}`);
	expect(await seen(id)).toBeUndefined();
});

test('and never why: neither the absence, nor a field, a filter, a search or a sort by it', async () => {
	const id = await leave();
	expect(Object.keys((await seen(id)) ?? {}).toSorted()).toEqual(['ends_on', 'id', 'starts_on', 'user']);
	expect((await ask(colleague, 'GET', `/items/absences/${id}`)).status).toBe(403);
	for (const query of ['fields=kind', 'filter[kind][_eq]=sick', 'sort=comment', 'filter[absence][kind][_eq]=sick'])
		expect((await ask(colleague, 'GET', `/items/team_absences?${query}`)).status).toBe(403);
	const listed = await ask<{ user: { absences: unknown[] } }[]>(colleague, 'GET', '/items/team_absences?fields=user.absences.kind');
	expect(listed.data).toEqual([{ user: { absences: [] } }]);
	const of = `filter[user][absences][kind][_eq]`;
	for (const kind of ['sick', 'training']) expect((await ask<Away[]>(colleague, 'GET', `/items/team_absences?${of}=${kind}`)).data ?? []).toEqual([]);
	expect((await ask<Away[]>(colleague, 'GET', '/items/team_absences?search=genou')).data).toEqual([]);
});

test('nobody writes the list itself, and an absence that is refused leaves no trace in it', async () => {
	const id = await leave();
	for (const client of [directus.admin as typeof colleague, colleague]) {
		expect((await ask(client, 'PATCH', `/items/team_absences/${id}`, { ends_on: '2027-01-01' })).status).toBe(403);
		expect((await ask(client, 'DELETE', `/items/team_absences/${id}`)).status).toBe(403);
	}
	const before = await directus.database('team_absences');
	const answer = await ask(directus.admin as typeof colleague, 'POST', '/items/absences', [
		{ user: away.id, starts_on: '2026-12-01', ends_on: '2026-12-02' },
		{ user: away.id, starts_on: '2026-12-01' },
	]);
	expect(answer.status).toBe(400);
	expect(await directus.database('team_absences')).toEqual(before);
});
