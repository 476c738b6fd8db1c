import { describe, expect, test } from 'vitest';
import { rightOf, seen } from './rules.ts';

const mine = { owner: { _eq: '$CURRENT_USER' } };
const open = { status: { _eq: 'open' } };

describe('the rows that a caller sees with given fields', () => {
	test('are all where one right shows these fields of every row', () => {
		expect(seen([rightOf('id,name,owner', {}), rightOf('id', mine)], ['id', 'name'])).toBe('all');
		expect(seen([rightOf('*', null)], ['id', 'name'])).toBe('all');
	});

	test('are those of any right that shows all of the fields', () => {
		expect(seen([rightOf('id,name', mine), rightOf('*', JSON.stringify(open))], ['id', 'name'])).toEqual([mine, open]);
	});

	test('are not for us to say where a row shows some of the fields and hides others', () => {
		expect(seen([rightOf('id,name', {}), rightOf('id,name,amount', mine)], ['id', 'name', 'amount'])).toBeNull();
	});

	test('are not for us to say where no right shows the fields', () => {
		expect(seen([], ['id'])).toBeNull();
		expect(seen([rightOf('id', {})], ['amount'])).toBeNull();
	});
});
