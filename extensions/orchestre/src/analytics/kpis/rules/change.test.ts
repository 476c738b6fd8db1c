import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contributionsOf, largestOf, type Raw } from './change.ts';

const euros = { unit: 'eur', aggregation: 'sum' } as const;
const rate = { unit: 'percent', aggregation: 'ratio' } as const;
const parts = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.tuple(fc.nat(500), fc.integer({ min: 1, max: 900 }), fc.nat(20)));
const mapOf = (ones: Record<string, Raw>): Map<string, Raw> => new Map(Object.entries(ones));
const sum = (ones: readonly { delta: number }[]): number => ones.reduce((total, { delta }) => total + delta, 0);

describe('contributions', () => {
	it('of a sum are each part’s own change, of parts that came or went as well', () => {
		const change = contributionsOf(mapOf({ nord: [900, 0, 1], sud: [100, 0, 1] }), mapOf({ nord: [400, 0, 1], ouest: [50, 0, 1] }), euros, false);
		expect(Object.fromEntries(change.map(({ key, delta }) => [key, delta]))).toEqual({ nord: 500, sud: 100, ouest: -50 });
	});

	it('of a ratio sum to its change, whatever rates and weights do', () => {
		fc.assert(
			fc.property(parts, parts, (now, was) => {
				fc.pre(Object.keys(now).length > 0 && Object.keys(was).length > 0);
				const ratio = (ones: Record<string, Raw>): number => {
					const all = Object.values(ones);
					return (all.reduce((total, one) => total + one[0], 0) / all.reduce((total, one) => total + one[1], 0)) * 10_000;
				};
				expect(sum(contributionsOf(mapOf(now), mapOf(was), rate, true))).toBeCloseTo(ratio(now) - ratio(was), 4);
			}),
		);
	});

	it('of a ratio tell the weight of a part with a better rate', () => {
		// Both rates stay; twice as many of the better ones lift the whole.
		const change = contributionsOf(mapOf({ good: [8, 20, 20], bad: [1, 10, 10] }), mapOf({ good: [4, 10, 10], bad: [1, 10, 10] }), rate, true);
		expect(Object.fromEntries(change.map(({ key, delta }) => [key, Math.round(delta)]))).toEqual({ good: 250, bad: 250 });
	});

	it('of a ratio are none where there was nothing to divide by', () => {
		expect(contributionsOf(mapOf({ a: [1, 2, 2] }), mapOf({}), rate, true)).toEqual([]);
	});
});

describe('the largest', () => {
	it('come first, and the rest makes up the whole', () => {
		const ones = [5, -90, 40, 12, -3].map((delta, index) => ({ key: String(index), delta }));
		const { largest, rest } = largestOf(ones);
		expect(largest.map(({ delta }) => delta)).toEqual([-90, 40, 12]);
		expect(rest).toBe(2);
	});
});
