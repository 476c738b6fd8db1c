import { describe, expect, it } from 'vitest';
import type { HealthPoint } from './read.ts';
import { inputDay, signed, sparkline } from './view.ts';

const point = (computed_on: string, score: number): HealthPoint => ({ computed_on, score, band: 'good', overridden: false });

describe('the line of the scores', () => {
	it('is drawn by days, so that a missed night is a longer step', () => {
		expect(sparkline([point('2026-03-01', 100), point('2026-03-02', 50), point('2026-03-05', 0)])).toEqual({
			path: 'M6.0 6.0L63.0 28.0L234.0 50.0',
			last: { x: 234, y: 50 },
		});
	});

	it('needs two days', () => {
		expect(sparkline([])).toBeNull();
		expect(sparkline([point('2026-03-01', 80)])).toBeNull();
	});
});

it('signs points as they are printed', () => {
	expect([signed(3), signed(0), signed(-12)]).toEqual(['+3', '0', '−12']);
});

it('names days as an input does, across the end of a month', () => {
	expect(inputDay(30, new Date(2026, 1, 10, 23))).toBe('2026-03-12');
});
