import { expect, it } from 'vitest';
import { dayOf, isoOf } from '../../../platform/time/paris.ts';
import { rolledTo } from './roll.ts';

const on = (iso: string): number => dayOf(iso) ?? 0;
const rolled = (day: string, months: number | null, today: string): string | null => {
	const found = rolledTo(on(day), months, on(today));
	return found === null ? null : isoOf(found);
};

it('goes to the next date by whole terms, however long nobody looked', () => {
	expect(rolled('2026-06-01', 12, '2026-06-02')).toBe('2027-06-01');
	expect(rolled('2026-06-01', 12, '2027-06-01')).toBe('2027-06-01');
	expect(rolled('2020-06-01', 12, '2026-11-22')).toBe('2027-06-01');
	expect(rolled('2026-01-31', 1, '2026-02-10')).toBe('2026-02-28');
	expect(rolled('2026-01-31', 1, '2026-03-10')).toBe('2026-03-31');
});

it('leaves alone what has not passed, and what names no length', () => {
	expect(rolled('2026-06-01', 12, '2026-06-01')).toBeNull();
	for (const months of [null, 0]) expect(rolled('2026-06-01', months, '2026-07-01')).toBeNull();
});
