import { rawFactor, type Measure } from './value.ts';

/** Numerator, denominator and cases of a figure or of a part of it, in raw units. */
export type Raw = readonly [numerator: number, denominator: number, cases: number];

/** What a part of a figure did to its change, in stored units (not rounded, so that all of them sum to the whole). */
export type Contribution = { key: string; delta: number };

const none: Raw = [0, 0, 0];
const sumOf = (parts: Iterable<Raw>, index: 0 | 1): number => [...parts].reduce((sum, part) => sum + part[index], 0);

/**
 * Takes the change of a figure apart by its parts, exactly. A sum: each part's own change. A ratio R = N ÷ D: what each part puts in beyond
 * the old ratio, now and before, (n₁ − R₀·d₁) ÷ D₁ − (n₀ − R₀·d₀) ÷ D₀, which sums to R₁ − R₀: a part counts by its own rate and by its weight.
 * Empty where there is nothing to divide by.
 */
export function contributionsOf(now: ReadonlyMap<string, Raw>, was: ReadonlyMap<string, Raw>, measure: Measure, isRatio: boolean): Contribution[] {
	const factor = rawFactor(measure);
	const keys = [...new Set([...was.keys(), ...now.keys()])];
	if (!isRatio) return keys.map((key) => ({ key, delta: ((now.get(key) ?? none)[0] - (was.get(key) ?? none)[0]) * factor }));
	const [all, before] = [sumOf(now.values(), 1), sumOf(was.values(), 1)];
	if (all === 0 || before === 0) return [];
	const ratio = sumOf(was.values(), 0) / before;
	return keys.map((key) => {
		const [n1, d1] = now.get(key) ?? none;
		const [n0, d0] = was.get(key) ?? none;
		return { key, delta: ((n1 - ratio * d1) / all - (n0 - ratio * d0) / before) * factor };
	});
}

/** The largest contributions either way, and what all others make together. */
export function largestOf(contributions: readonly Contribution[], count = 3): { largest: Contribution[]; rest: number } {
	const telling = contributions.filter(({ delta }) => Math.abs(delta) >= 0.5).toSorted((a, b) => Math.abs(b.delta) - Math.abs(a.delta) || a.key.localeCompare(b.key)); // prettier-ignore
	const largest = telling.slice(0, count);
	const all = contributions.reduce((sum, { delta }) => sum + delta, 0);
	return { largest, rest: all - largest.reduce((sum, { delta }) => sum + delta, 0) };
}
