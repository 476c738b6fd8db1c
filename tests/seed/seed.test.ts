import { afterAll, beforeAll, expect, test } from 'vitest';
import { seed } from '../../scripts/seed/engine.ts';
import { parseSeeds } from '../../scripts/seed/format.ts';
import { call } from '../../scripts/support/client.ts';
import type { Row } from '../../scripts/support/client.ts';
import { startDirectus } from '../support/directus.ts';
import type { TestDirectus } from '../support/directus.ts';

let directus: TestDirectus;
beforeAll(async () => {
	directus = await startDirectus();
});
afterAll(() => directus.close());

const id = (number: number): string => `5eed0000-0000-4000-8000-${String(number).padStart(12, '0')}`;
const run = (...sources: unknown[]) => seed(directus.admin, parseSeeds(sources, 'test'));
const read = (path: string): Promise<Row> => call<Row>(directus.admin, 'GET', path);
const changes = (results: { created: number; updated: number; deleted: number }[]): number[] =>
	results.flatMap(({ created, updated, deleted }) => [created, updated, deleted]);

test('writes what differs, and the second time nothing', async () => {
	const folders = {
		collection: 'directus_folders',
		rows: [
			{ id: id(1), name: 'Un' },
			{ id: id(2), name: 'Deux', parent: id(1) },
		],
	};
	expect(changes(await run(folders))).toEqual([2, 0, 0]);
	expect(changes(await run(folders))).toEqual([0, 0, 0]);
	await call(directus.admin, 'PATCH', `/folders/${id(2)}`, { name: 'Autre' });
	expect(changes(await run(folders))).toEqual([0, 1, 0]);
	expect(await read(`/folders/${id(2)}`)).toMatchObject({ name: 'Deux' });
});

test('leaves alone what it does not own, and kept rows altogether', async () => {
	const team = { collection: 'teams', owns: ['kind'], rows: [{ id: id(3), name: 'Équipe', kind: 'sales' }] };
	await run(team);
	await call(directus.admin, 'PATCH', `/items/teams/${id(3)}`, { name: 'Renommée', kind: 'finance' });
	expect(changes(await run(team))).toEqual([0, 1, 0]);
	expect(await read(`/items/teams/${id(3)}`)).toMatchObject({ name: 'Renommée', kind: 'sales' });
	expect(changes(await run({ ...team, owns: undefined, keep: true }))).toEqual([0, 0, 0]);
});

test('a right that the seeds no longer state goes; those of other policies stay', async () => {
	const policies = { collection: 'directus_policies', rows: [{ id: id(4), name: 'À nous' }] };
	const right = (action: string): Row => ({ policy: id(4), collection: 'teams', action, fields: ['*'] });
	const key = ['policy', 'collection', 'action'];
	const stated = (...actions: string[]): unknown => ({ collection: 'directus_permissions', key, rows: actions.map(right) });
	const foreign = await call<Row>(directus.admin, 'POST', '/policies', { name: 'À eux' });
	await call(directus.admin, 'POST', '/permissions', { ...right('read'), policy: foreign.id ?? null });
	expect(changes(await run(policies, stated('read', 'update')))).toEqual([1, 0, 0, 2, 0, 0]);
	expect(changes(await run(policies, stated('read')))).toEqual([0, 0, 0, 0, 0, 1]);
	const left = await directus
		.database('directus_permissions')
		.whereIn('policy', [id(4), String(foreign.id)])
		.select('policy', 'action');
	expect(left).toHaveLength(2);
});

test('a flow can be rewired, and stays off when the administrator switched it off', async () => {
	const flow = (...operations: Row[]): unknown => ({
		collection: 'directus_flows',
		rows: [{ id: id(5), name: 'Essai', trigger: 'operation', status: 'active', accountability: 'activity', options: {}, operation: 'a', operations }],
	});
	const chain = flow({ key: 'a', type: 'log', resolve: 'c' }, { key: 'c', type: 'log' });
	expect(changes(await run(chain))).toEqual([3, 0, 0]);
	expect(changes(await run(chain))).toEqual([0, 0, 0]);
	expect(await read(`/flows/${id(5)}`)).toMatchObject({ status: 'active' });
	await call(directus.admin, 'PATCH', `/flows/${id(5)}`, { status: 'inactive' });
	// a → c becomes a → b → c: b takes over a target that is unique.
	const longer = flow({ key: 'a', type: 'log', resolve: 'b' }, { key: 'b', type: 'log', resolve: 'c' }, { key: 'c', type: 'log' });
	expect(changes(await run(longer)).slice(0, 1)).toEqual([1]);
	expect(changes(await run(longer))).toEqual([0, 0, 0]);
	expect(await read(`/flows/${id(5)}`)).toMatchObject({ status: 'inactive' });
});

test('settings are a singleton: one row, compared field by field', async () => {
	const settings = { collection: 'directus_settings', rows: [{ project_descriptor: 'Essai' }] };
	expect(changes(await run(settings))).toEqual([0, 1, 0]);
	expect(changes(await run(settings))).toEqual([0, 0, 0]);
});

test('a row that the collection refuses stops the seed with its name', async () => {
	await expect(run({ collection: 'ghosts', rows: [{ id: 1 }] })).rejects.toThrow(/no collection "ghosts"/);
	await expect(run({ collection: 'directus_folders', rows: [{ id: id(9), name: null }] })).rejects.toThrow(/POST \/folders/);
});
