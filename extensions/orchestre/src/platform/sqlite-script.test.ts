import { expect, it } from 'vitest';
import { inlined } from './sqlite-script.ts';

it('writes values so that SQLite reads them as they are, whatever they hold', () => {
	const at = new Date('2026-11-23T00:00:00.000Z');
	expect(inlined('values (?, ?, ?, ?)', ["d’Aix'); drop table leads; --?", 4.5, null, at])).toBe(
		`values ('d’Aix''); drop table leads; --?', 4.5, null, ${at.getTime()})`,
	);
});

it.each([
	['a text that SQLite would read in part', ['a\0b']],
	['a number that it does not know', [Number.NaN]],
	['an object', [{}]],
	['a value without a place', ['a', 'b']],
	['a place without a value', []],
])('refuses %s', (_what, bindings) => expect(() => inlined('select ?', bindings)).toThrow('sqlite-script'));
