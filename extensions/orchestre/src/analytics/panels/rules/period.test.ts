import { describe, expect, it } from 'vitest';
import { dayOf, isoOf } from '../../../platform/time/paris.ts';
import { periodAround, startsUpTo, type ViewPeriod } from './period.ts';

const day = (iso: string): number => dayOf(iso) ?? Number.NaN;
const around = (period: ViewPeriod, iso: string): string[] => Object.values(periodAround(period, day(iso))).map(isoOf);

describe('the period around a day', () => {
	it('begins on a Monday, the first of a month, of a quarter, of a year', () => {
		expect(around('week', '2026-11-22')).toEqual(['2026-11-16', '2026-11-22']);
		expect(around('week', '2026-11-23')).toEqual(['2026-11-23', '2026-11-29']);
		expect(around('month', '2028-02-29')).toEqual(['2028-02-01', '2028-02-29']);
		expect(around('quarter', '2026-12-31')).toEqual(['2026-10-01', '2026-12-31']);
		expect(around('year', '2026-01-01')).toEqual(['2026-01-01', '2026-12-31']);
	});
	it('of twelve months holds the running one', () => {
		expect(around('rolling_12', '2026-11-22')).toEqual(['2025-12-01', '2026-11-30']);
		expect(around('rolling_12', '2026-01-31')).toEqual(['2025-02-01', '2026-01-31']);
	});
	it('follows on from the ones before without a gap', () => {
		expect(startsUpTo('month', day('2026-03-31'), 4).map(isoOf)).toEqual(['2025-12-01', '2026-01-01', '2026-02-01', '2026-03-01']);
		expect(startsUpTo('week', day('2026-11-22'), 3).map(isoOf)).toEqual(['2026-11-02', '2026-11-09', '2026-11-16']);
	});
});
