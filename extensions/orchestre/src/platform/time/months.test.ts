import { describe, expect, it } from 'vitest';
import { plusMonths, termBefore } from './months.ts';
import { dayOf, isoOf } from './paris.ts';

const on = (iso: string): number => dayOf(iso) ?? 0;

describe('plusMonths', () => {
	it('ends on the last day of a shorter month, backwards too', () => {
		expect(isoOf(plusMonths(on('2026-01-31'), 1))).toBe('2026-02-28');
		expect(isoOf(plusMonths(on('2028-01-31'), 1))).toBe('2028-02-29');
		expect(isoOf(plusMonths(on('2026-03-31'), -1))).toBe('2026-02-28');
		expect(isoOf(plusMonths(on('2026-01-31'), -1))).toBe('2025-12-31');
	});

	it('keeps the date over a change of the clocks', () => {
		expect(isoOf(plusMonths(on('2026-02-28'), 1))).toBe('2026-03-28');
		expect(isoOf(plusMonths(on('2026-03-29'), 7))).toBe('2026-10-29');
	});
});

describe('termBefore', () => {
	it('finds the start of the running period and does not drift from the 31st', () => {
		expect(isoOf(termBefore(on('2026-01-31'), 1, on('2026-03-30')))).toBe('2026-02-28');
		expect(isoOf(termBefore(on('2026-01-31'), 1, on('2026-03-31')))).toBe('2026-03-31');
		expect(isoOf(termBefore(on('2020-05-10'), 12, on('2026-05-09')))).toBe('2025-05-10');
		expect(isoOf(termBefore(on('2026-05-10'), 3, on('2026-04-01')))).toBe('2026-05-10');
	});
});
