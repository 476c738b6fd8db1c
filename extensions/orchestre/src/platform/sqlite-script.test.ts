import { expect, it } from 'vitest';
import { scriptText } from './sqlite-script.ts';

it('names the place of each value, in their order, and holds none of them', () => {
	const text = scriptText([
		{ sql: 'insert into a values (?, ?)', bindings: ["x'); drop table leads; --?", 4] },
		{ sql: 'update a set b = ?', bindings: [null] },
	]);
	expect(text).not.toContain('drop');
	const value = (place: number): string => `(select value from temp."script_values" where place = ${place})`;
	expect(text.split(';\n')).toEqual([`insert into a values (${value(1)}, ${value(2)})`, `update a set b = ${value(3)}`, 'delete from temp."script_values"']);
});

it.each([
	['a value without a place', ['a', 'b']],
	['a place without a value', []],
])('refuses %s', (_what, bindings) => expect(() => scriptText([{ sql: 'select ?', bindings }])).toThrow('sqlite-script'));
