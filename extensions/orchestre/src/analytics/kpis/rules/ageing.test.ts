import { describe, expect, it } from 'vitest';
import { addAgeings, ageOf, countBack, noAgeing, overdueOf, owedOf } from './ageing.ts';

describe('ages', () => {
	it('leaves what is due today among what is not late', () => expect([-5, 0].map(ageOf)).toEqual(['current', 'current']));

	it('cuts at 30, 60 and 90 days', () =>
		expect([1, 30, 31, 60, 61, 90, 91, 400].map(ageOf)).toEqual(['d30', 'd30', 'd60', 'd60', 'd90', 'd90', 'older', 'older']));

	it('sums parts to the whole', () => {
		const [north, south] = [noAgeing(), noAgeing()];
		north.current = { cents: 100, count: 1 };
		north.d60 = { cents: 40, count: 2 };
		south.d60 = { cents: 5, count: 1 };
		const all = addAgeings([north, south]);
		expect(all.d60).toEqual({ cents: 45, count: 3 });
		expect([owedOf(all), overdueOf(all)]).toEqual([145, 45]);
	});
});

describe('days of sales outstanding', () => {
	const months = [
		{ days: 15, grossCents: 30_000 },
		{ days: 31, grossCents: 62_000 },
		{ days: 30, grossCents: 60_000 },
	];

	it('counts whole months back, and of the last one its share', () => expect(countBack(30_000 + 62_000 + 20_000, months)).toBeCloseTo(15 + 31 + 10));

	it('is nothing when nothing is owed', () => expect(countBack(0, months)).toBe(0));

	it('passes over a month of credit notes without counting it as sales', () =>
		expect(countBack(40_000, [months[0], { days: 31, grossCents: -5000 }, { days: 30, grossCents: 20_000 }] as typeof months)).toBeCloseTo(15 + 31 + 15));

	it('stops at the oldest month that is known', () => expect(countBack(10_000_000, months)).toBe(76));

	it('says nothing without sales', () => expect(countBack(1000, [{ days: 30, grossCents: 0 }])).toBeNull());
});
