import { describe, expect, it } from 'vitest';
import { dayOf, isoOf } from '../../../platform/time/paris.ts';
import { comparisonsOf } from './comparisons.ts';
import { lastPeriods, periodName, periodOf, readPeriod, yearBefore, type Period } from './periods.ts';
import { cutsOf, slicesOf, windowOf } from './slices.ts';

const on = (iso: string): number => dayOf(iso) ?? 0;
const words = ({ start, end }: Period): string => `${isoOf(start)} ${isoOf(end)}`;

describe('periods', () => {
	it('are those of the French calendar: weeks from Monday, quarters of three months', () => {
		const day = on('2026-11-22');
		expect(words(periodOf('week', day))).toBe('2026-11-16 2026-11-22');
		expect(words(periodOf('month', on('2028-02-10')))).toBe('2028-02-01 2028-02-29');
		expect(words(periodOf('quarter', day))).toBe('2026-10-01 2026-12-31');
		expect(lastPeriods('month', day, 3).map(({ start }) => isoOf(start))).toEqual(['2026-09-01', '2026-10-01', '2026-11-01']);
		expect(['day', 'week', 'month', 'quarter', 'year'].map((kind) => periodName(periodOf(kind as 'day', day)))).toEqual(['22/11/2026', 'semaine du 16/11/2026', 'novembre 2026', '4e trimestre 2026', '2026']); // prettier-ignore
	});
	it('a year earlier keep the day of the week for weeks, and find the 28th for 29 February', () => {
		expect(words(yearBefore(periodOf('week', on('2026-11-22'))))).toBe('2025-11-17 2025-11-23');
		expect(words(yearBefore(periodOf('day', on('2028-02-29'))))).toBe('2027-02-28 2027-02-28');
	});
	it('that run are compared with as many days, those that are over with all', () => {
		const running = comparisonsOf(periodOf('month', on('2026-11-22')), on('2026-11-22'));
		expect([words(running.previous), words(running.yearBefore)]).toEqual(['2026-10-01 2026-10-22', '2025-11-01 2025-11-22']);
		expect(words(comparisonsOf(periodOf('month', on('2026-03-31')), on('2026-03-31')).previous)).toBe('2026-02-01 2026-02-28');
		expect(words(comparisonsOf(periodOf('month', on('2026-10-22')), on('2026-11-22')).previous)).toBe('2026-09-01 2026-09-30');
	});
	it('are read from a day that exists', () => {
		expect(readPeriod('month', '2026-02-30')).toBeNull();
		expect(readPeriod('month', '2026-2-3')).toBeNull();
	});
});

it('the slices of any window are exactly its days', () => {
	const today = on('2026-11-22');
	const periods = [...lastPeriods('month', today, 3), ...lastPeriods('week', today, 5), ...lastPeriods('year', today, 2)];
	const terms = [{ over: 'period' }, { over: 'end' }, { over: 'start' }, { over: { days: 90 } }] as const;
	const windows = periods.flatMap((period) => terms.map((term) => windowOf({ ...term } as never, period, today)));
	const cuts = cutsOf(windows, today);
	const sliceOf = (day: number): number => cuts.filter((cut) => cut <= day).length;
	for (const window of windows) {
		const [from, to] = slicesOf(window, cuts);
		for (const day of [window.from ?? 0, (window.from ?? 1) - 1, window.to, window.to + 1, today].filter((one) => one <= today)) {
			const isWithin = day >= (window.from ?? 0) && day <= window.to;
			expect([isoOf(day), sliceOf(day) >= from && sliceOf(day) < to]).toEqual([isoOf(day), isWithin]);
		}
	}
});
