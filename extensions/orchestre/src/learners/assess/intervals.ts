import { sigmoid } from '../learner.ts';
import { randomFrom } from '../random.ts';
import { metricNames, metricsOf, rank, type Metrics, type Ranking } from './metrics.ts';

export type Interval = { value: number; low: number; high: number };
export type Measured = Record<keyof Metrics, Interval>;

/** The value below which `share` of the sorted numbers lie, with straight lines between them. */
export function quantile(sorted: ArrayLike<number>, share: number): number {
	const at = share * (sorted.length - 1);
	const [low, high] = [sorted[Math.floor(at)] as number, sorted[Math.ceil(at)] as number];
	return low + (high - low) * (at - Math.floor(at));
}

/** How often each of `size` rows is drawn in a sample with replacement. */
export function resample(random: () => number, size: number): Uint16Array {
	const counts = new Uint16Array(size);
	for (let drawn = 0; drawn < size; drawn++) {
		const row = Math.floor(random() * size);
		counts[row] = (counts[row] as number) + 1;
	}
	return counts;
}

/** The percentile interval at 95 % of figures that were found again and again; those that could not be found (NaN) are left out. */
function interval(value: number, found: readonly number[]): Interval {
	const sorted = Float64Array.from(found.filter((one) => !Number.isNaN(one))).sort();
	return sorted.length === 0 ? { value, low: Number.NaN, high: Number.NaN } : { value, low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) };
}

/**
 * Figures with intervals by bootstrap over the rows (Efron), the same for the same seed. Drawing rows again adds chance, and chance
 * adds to a calibration error: its interval is moved back by that much.
 */
export function measure(probabilities: ArrayLike<number>, labels: ArrayLike<number>, { rounds = 300, seed = 42 } = {}): Measured {
	const ranking = rank(probabilities, labels);
	const values = metricsOf(ranking);
	const random = randomFrom(seed);
	const found = Array.from({ length: rounds }, () => metricsOf(ranking, resample(random, labels.length)));
	const excess = found.reduce((sum, one) => sum + one.ece, 0) / rounds - values.ece;
	const of = (name: keyof Metrics): number[] => found.map((one) => (name === 'ece' ? Math.max(0, one.ece - excess) : one[name]));
	return Object.fromEntries(metricNames.map((name) => [name, interval(values[name], of(name))])) as Measured;
}

/** The calibration error that 95 of 100 perfectly calibrated models with these probabilities stay below: chance alone makes some. */
export function eceByChance(probabilities: ArrayLike<number>, { rounds = 200, seed = 42 } = {}): number {
	const random = randomFrom(seed);
	const sorted: Ranking = rank(probabilities, new Uint8Array(probabilities.length));
	const found = Float64Array.from(
		{ length: rounds },
		() => metricsOf({ ...sorted, labels: Uint8Array.from(sorted.scores, (chance) => (random() < chance ? 1 : 0)) }).ece,
	);
	return quantile(found.sort(), 0.95);
}

export type Comparison = { logLoss: Interval; auc: Interval };

/** Differences "second minus first" on the same rows, with paired bootstrap intervals. */
export function compare(first: ArrayLike<number>, second: ArrayLike<number>, labels: ArrayLike<number>, { rounds = 300, seed = 42 } = {}): Comparison {
	const size = labels.length;
	// Rows in an order of their own, so that the interval does not depend on how they came.
	const order = Array.from({ length: size }, (_, row) => row).sort(
		(a, b) => (first[b] as number) - (first[a] as number) || (second[b] as number) - (second[a] as number) || (labels[b] as number) - (labels[a] as number),
	);
	const at = (source: ArrayLike<number>, rows: ArrayLike<number>): number[] => Array.from(rows, (row) => source[row] as number);
	const difference = (rows: ArrayLike<number>): { logLoss: number; auc: number } => {
		const own = at(labels, rows);
		const [one, two] = [metricsOf(rank(at(first, rows), own)), metricsOf(rank(at(second, rows), own))];
		return { logLoss: two.logLoss - one.logLoss, auc: two.auc - one.auc };
	};
	const random = randomFrom(seed);
	const all = difference(order);
	const found = Array.from({ length: rounds }, () => difference(Array.from({ length: size }, () => order[Math.floor(random() * size)] as number)));
	const of = (name: 'logLoss' | 'auc'): Interval =>
		interval(
			all[name],
			found.map((one) => one[name]),
		);
	return { logLoss: of('logLoss'), auc: of('auc') };
}

export const probabilitiesOf = (logOdds: Float64Array): Float64Array => logOdds.map(sigmoid);
