import { describe, expect, it } from 'vitest';
import { dayOf } from '../../../platform/time/paris.ts';
import { expectedBy, gapOf, isReached } from './expected.ts';
import { periodOf } from './periods.ts';

const calendar = { opens: 0, closes: 1, alsaceMoselle: false };
const on = (iso: string): number => dayOf(iso) ?? 0;
const november = periodOf('month', on('2026-11-22'));

describe('what is due of a target', () => {
	it('grows by working days for what adds up: 14 of the 20 of November 2026 were over on Sunday the 22nd', () => {
		expect(expectedBy(200_000, { aggregation: 'sum' }, november, on('2026-11-22'), calendar)).toBe(140_000);
	});
	it('is all of it for a rate, a level, and a period that is over', () => {
		expect(expectedBy(2000, { aggregation: 'ratio' }, november, on('2026-11-03'), calendar)).toBe(2000);
		expect(expectedBy(2000, { aggregation: 'last' }, november, on('2026-11-03'), calendar)).toBe(2000);
		expect(expectedBy(2000, { aggregation: 'sum' }, november, on('2026-12-01'), calendar)).toBe(2000);
	});
	it('is unknown before a working day is over', () => {
		expect(expectedBy(2000, { aggregation: 'sum' }, november, on('2026-11-02'), calendar)).toBeNull();
	});
});

describe('the gap', () => {
	it('counts on the wrong side only, and on both where close is best', () => {
		expect(gapOf(80, 100, 'up')).toBe(2000);
		expect(gapOf(120, 100, 'up')).toBe(0);
		expect(gapOf(120, 100, 'down')).toBe(2000);
		expect(gapOf(120, 100, 'band')).toBe(2000);
		expect(gapOf(5, 0, 'up')).toBe(0);
	});
	it('is whole where the goal is nought and the figure is beyond it', () => {
		expect(gapOf(72, 0, 'down')).toBe(10_000);
		expect(gapOf(0, 0, 'down')).toBe(0);
		expect(gapOf(-3, 0, 'up')).toBe(10_000);
		expect(gapOf(-3, 0, 'down')).toBe(0);
		expect(gapOf(1, 0, 'band')).toBe(10_000);
	});
	it('counts towards a negative goal, too', () => {
		expect(gapOf(-10, -5, 'up')).toBe(10_000);
		expect(gapOf(-2, -5, 'up')).toBe(0);
	});
	it('is tolerated where close is best, and nowhere else', () => {
		expect(isReached(800, 'band', 1000)).toBe(true);
		expect(isReached(1200, 'band', 1000)).toBe(false);
		expect(isReached(1, 'up', 1000)).toBe(false);
		expect(isReached(0, 'down', 1000)).toBe(true);
	});
});
