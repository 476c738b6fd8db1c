import { betaQuantile } from '../../learners/assess/estimate.ts';
import type { CalibrationBin } from '../../learners/assess/metrics.ts';
import { sigmoid } from '../../learners/learner.ts';
import { reasonsOf } from '../../learners/reasons.ts';

/** Basis points of a share of 1. */
export const basisPoints = (share: number): number => Math.round(share * 10_000);

/** What one field adds, in basis points of probability. `value`: the fact (a number, days ago for dates, or a level); `detail`: names behind it. */
export type Effect = { feature: string; effect: number; value: number | string | null; detail?: readonly string[] };

/** base + all effects + rest = the probability, in basis points and exactly. */
export type Explained = { base: number; favourable: Effect[]; adverse: Effect[]; rest: number };

type Describe = (feature: string) => Pick<Effect, 'value' | 'detail'>;

/**
 * The three strongest fields for and against. Contributions are in log-odds, which nobody reads: all are stretched by the same factor, so
 * that together they lead from the usual probability to this one. Signs and order stay, and so does the sum.
 */
export function explain(names: readonly string[], base: number, values: ArrayLike<number>, describe: Describe): Explained {
	const { favourable, adverse, logOdds } = reasonsOf(names, base, values);
	const [from, to] = [sigmoid(base), sigmoid(logOdds)];
	const slope = Math.abs(logOdds - base) < 1e-9 ? to * (1 - to) : (to - from) / (logOdds - base);
	const effects = (reasons: typeof favourable): Effect[] =>
		reasons.map(({ field, logOdds: own }) => ({ feature: field, effect: basisPoints(own * slope), ...describe(field) })).filter(({ effect }) => effect !== 0);
	const parts = { favourable: effects(favourable), adverse: effects(adverse) };
	const named = [...parts.favourable, ...parts.adverse].reduce((sum, { effect }) => sum + effect, 0);
	return { base: basisPoints(from), ...parts, rest: basisPoints(to) - basisPoints(from) - named };
}

/** Cases of the test whose probability was like this one, and how many of them ended well. */
export type Similar = { rows: number; won: number };
export type Interval = { low: number; high: number; similar: Similar };

/** Weight, in cases, that the model's own word has against what was seen in the test. */
const ownWeight = 10;

/**
 * How sure a probability is, in basis points: 95 % of a beta distribution of what became of the similar cases of the test (the bin of the
 * calibration that is nearest), drawn towards the probability itself, which always lies within.
 */
export function intervals(bins: readonly CalibrationBin[]): (probability: number) => Interval {
	const known = new Map<number, Interval>();
	return (probability) => {
		const key = basisPoints(probability);
		const found = known.get(key);
		if (found) return found;
		const nearest = bins.reduce<CalibrationBin | null>(
			(best, bin) => (best === null || Math.abs(bin.meanProbability - probability) < Math.abs(best.meanProbability - probability) ? bin : best),
			null,
		);
		const rows = nearest?.rows ?? 0;
		const won = Math.round(rows * (nearest?.share ?? 0));
		const [a, b] = [won + ownWeight * probability + 1e-6, rows - won + ownWeight * (1 - probability) + 1e-6];
		const interval = {
			low: Math.min(key, basisPoints(betaQuantile(0.025, a, b))),
			high: Math.max(key, basisPoints(betaQuantile(0.975, a, b))),
			similar: { rows, won },
		};
		known.set(key, interval);
		return interval;
	};
}
