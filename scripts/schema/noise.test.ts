import { expect, test } from 'vitest';
import { countChanges, isDelete, withoutNoise } from './noise.ts';
import type { Change, SchemaDiff } from './noise.ts';

const diffOf = (...diff: Change[]): SchemaDiff => ({
	collections: [],
	fields: [{ collection: 'things', field: 'name', diff }],
	systemFields: [],
	relations: [],
});
const left = (change: Change, vendor = 'sqlite'): number => countChanges(withoutNoise(diffOf(change), vendor));

test.each<[string, Change]>([
	['a column type', { kind: 'E', path: ['schema', 'data_type'], lhs: 'varchar', rhs: 'character varying' }],
	['a precision', { kind: 'E', path: ['schema', 'numeric_precision'], lhs: null, rhs: 32 }],
	['a uuid kept as text', { kind: 'E', path: ['type'], lhs: 'string', rhs: 'uuid' }],
	['the mark of a timestamp', { kind: 'A', path: ['meta', 'special'], index: 1, item: { kind: 'D', lhs: 'cast-timestamp' } }],
	['a list of marks that is only that', { kind: 'E', path: ['meta', 'special'], lhs: ['cast-timestamp'], rhs: null }],
	['a JSON default as text', { kind: 'E', path: ['schema', 'default_value'], lhs: '[1,2]', rhs: [1, 2] }],
])('on SQLite %s is noise, on PostgreSQL it is not', (_what, change) => {
	expect(left(change)).toBe(0);
	expect(left(change, 'postgres')).toBe(1);
});

test.each<[string, Change]>([
	['another type', { kind: 'E', path: ['type'], lhs: 'string', rhs: 'integer' }],
	['another default', { kind: 'E', path: ['schema', 'default_value'], lhs: 'a', rhs: 'b' }],
	['another mark', { kind: 'E', path: ['meta', 'special'], lhs: ['cast-timestamp'], rhs: ['cast-json'] }],
	['an index', { kind: 'E', path: ['schema', 'is_indexed'], lhs: false, rhs: true }],
	['a field that is new', { kind: 'N', rhs: {} }],
])('%s counts everywhere', (_what, change) => expect(left(change)).toBe(1));

test('only a whole thing that goes is a delete', () => {
	expect(isDelete({ diff: [{ kind: 'D' }] })).toBe(true);
	expect(isDelete({ diff: [{ kind: 'D', path: ['meta', 'options', 'x'] }] })).toBe(false);
});
