import { expect, test } from 'vitest';
import type { Row } from '../support/client.ts';
import { changesOf, sameValue } from './compare.ts';
import { readFlows, targetsFirst, unlinked } from './flows.ts';
import type { Seed } from './format.ts';
import { findDuplicates, findRing, lintFlows } from './lint.ts';

const context = { operationTypes: new Set(['log', 'item-create', 'trigger']), collections: new Set(['leads']), isCron: (rule: string) => rule === '0 7 * * *' };
const seedOf = (...rows: Row[]): Seed => ({ name: 'flows.yaml', collection: 'directus_flows', key: 'id', keep: false, rows });
const flow = (over: Row = {}): Row => ({
	id: 'f1',
	name: '[Leads] Try',
	trigger: 'event',
	accountability: 'activity',
	options: { type: 'action', scope: ['items.create'], collections: ['leads'] },
	operation: 'a',
	operations: [
		{ key: 'a', type: 'log', resolve: 'b', reject: 'c' },
		{ key: 'b', type: 'log' },
		{ key: 'c', type: 'log' },
	],
	...over,
});
const faultsOf = (...rows: Row[]): string[] => lintFlows([seedOf(...rows)], context);

test('a sound flow has no fault', () => expect(faultsOf(flow())).toEqual([]));

test.each<[string, Row, RegExp]>([
	[
		'operations in a ring',
		{
			operations: [
				{ key: 'a', type: 'log', resolve: 'b' },
				{ key: 'b', type: 'log', resolve: 'a' },
			],
		},
		/in a ring: a → b → a/,
	],
	['an operation that leads to itself', { operations: [{ key: 'a', type: 'log', reject: 'a' }] }, /in a ring/],
	[
		'two ways into one operation',
		{
			operations: [
				{ key: 'a', type: 'log', resolve: 'c' },
				{ key: 'b', type: 'log', resolve: 'c' },
				{ key: 'c', type: 'log' },
			],
		},
		/two operations resolve to the same/,
	],
	['an unknown type', { operations: [{ key: 'a', type: 'teleport' }] }, /unknown type "teleport"/],
	['a target that does not exist', { operations: [{ key: 'a', type: 'log', resolve: 'z' }] }, /resolve leads to z/],
	[
		'two operations with one key',
		{
			operations: [
				{ key: 'a', type: 'log' },
				{ key: 'a', type: 'log' },
			],
		},
		/two operations have the key "a"/,
	],
	['an entry that does not exist', { operation: 'z' }, /its entry/],
	['no accountability', { accountability: undefined as never }, /accountability/],
	['a wrong cron rule', { trigger: 'schedule', options: { cron: 'sometimes' } }, /"sometimes" is no cron rule/],
	['a collection that does not exist', { options: { collections: ['ghosts'] } }, /no collection "ghosts"/],
	['a write without permissions', { operations: [{ key: 'a', type: 'item-create', options: { collection: 'leads' } }] }, /does not state its permissions/],
	[
		'a write that starts the flow again',
		{ operations: [{ key: 'a', type: 'item-create', options: { collection: 'leads', permissions: '$full', emitEvents: true } }] },
		/without end/,
	],
])('%s is refused', (_what, over, fault) => expect(faultsOf(flow(over)).join('\n')).toMatch(fault));

test('flows that trigger each other are refused', () => {
	const triggers = (id: string, next: string): Row => flow({ id, name: id, operations: [{ key: 'a', type: 'trigger', options: { flow: next } }] });
	expect(faultsOf(triggers('f1', 'f2'), triggers('f2', 'f1')).join()).toMatch(/f1 → f2 → f1/);
	expect(faultsOf(triggers('f1', 'f2'), flow({ id: 'f2' }))).toEqual([]);
});

test('a ring is found wherever it begins', () => {
	expect(
		findRing([
			['a', ['b', 'c']],
			['b', []],
			['c', ['d']],
			['d', ['c']],
		]),
	).toEqual(['c', 'd', 'c']);
	expect(
		findRing([
			['a', ['b', 'c']],
			['b', ['c']],
			['c', []],
		]),
	).toBeUndefined();
});

test('ids of operations follow from flow and key, and references become ids', () => {
	const [first] = readFlows([seedOf(flow())]);
	const [again] = readFlows([seedOf(flow())]);
	expect(first).toEqual(again);
	const ids = Object.fromEntries(first?.operations.map(({ key, id }) => [key, id]) ?? []);
	expect(ids.a).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
	expect(first?.row.operation).toBe(ids.a);
	expect(first?.operations[0]).toMatchObject({ resolve: ids.b, reject: ids.c, position_x: 19, position_y: 1 });
	expect(targetsFirst(first?.operations ?? []).map(({ key }) => key)).toEqual(['b', 'c', 'a']);
});

test('only stored operations whose targets change are unlinked', () => {
	const wanted = [
		{ id: 1, resolve: 3, reject: null },
		{ id: 2, resolve: 4, reject: null },
	];
	const stored = [
		{ id: 1, resolve: 2, reject: null },
		{ id: 2, resolve: 4, reject: null },
		{ id: 3, resolve: null, reject: null },
	];
	expect(unlinked(wanted, stored)).toEqual([{ id: 1, resolve: null, reject: null }]);
});

test('a row that two seeds claim is refused', () => {
	const seed = { ...seedOf({ id: 'x' }), name: 'one.yaml' };
	expect(findDuplicates([seed, { ...seed, name: 'two.yaml' }])).toEqual(['seeds/two.yaml: directus_flows ["x"] is there twice']);
});

test('values are compared as the database gives them back', () => {
	expect(sameValue('2026-01-01T10:00:00+01:00', '2026-01-01T09:00:00.000Z')).toBe(true);
	expect(sameValue('2026-01-01T10:00:00Z', '2026-01-01T09:00:00Z')).toBe(false);
	expect(sameValue(12, '12')).toBe(true);
	expect(sameValue(true, 1)).toBe(true);
	expect(sameValue({ a: [1] }, { a: [1] })).toBe(true);
	expect(sameValue(null, '')).toBe(false);
	expect(changesOf({ id: 1, a: 1, b: 2 }, { id: 1, a: 1, b: 3 }, (field) => field !== 'id')).toEqual({ b: 2 });
	expect(changesOf({ a: 1, b: 2 }, { a: 1, b: 3 }, (field) => field === 'a')).toBeUndefined();
});
