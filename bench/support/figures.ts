/** The value below which a share `q` of the values lies (nearest rank); NaN of no values. */
export function quantile(values: readonly number[], q: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length, Math.max(1, Math.ceil(q * sorted.length))) - 1] ?? Number.NaN;
}

/** The middle value, or the mean of the two in the middle; NaN of no values. */
export function median(values: readonly number[]): number {
	const sorted = values.toSorted((a, b) => a - b);
	const half = sorted.length / 2;
	return Number.isInteger(half) ? ((sorted[half - 1] ?? Number.NaN) + (sorted[half] ?? Number.NaN)) / 2 : (sorted[Math.floor(half)] ?? Number.NaN);
}

/** Chance that of `n` fair coins at most `k` show heads. */
function binomialTail(n: number, k: number): number {
	let term = 0.5 ** n;
	let sum = 0;
	for (let heads = 0; heads <= k; heads++) {
		sum += term;
		term *= (n - heads) / (heads + 1);
	}
	return sum;
}

/**
 * An interval that holds the true median with at least `confidence`, whatever the distribution: the k-th smallest and k-th
 * largest value, from the signs of the deviations (Conover, Practical Nonparametric Statistics, 3.2). Fewer than six values
 * cannot promise 95 %: then it is all of their range.
 */
export function medianInterval(values: readonly number[], confidence = 0.95): { low: number; high: number } {
	const sorted = values.toSorted((a, b) => a - b);
	let cut = 0;
	while (cut + 1 < sorted.length / 2 && 2 * binomialTail(sorted.length, cut) <= 1 - confidence) cut++;
	const from = Math.max(0, cut - 1);
	return { low: sorted[from] ?? Number.NaN, high: sorted[sorted.length - 1 - from] ?? Number.NaN };
}

export type Verdict = 'faster' | 'slower' | 'equal' | 'unclear';

/**
 * What the rounds' ratios (rate of the new over the old) say: equal when the interval of their median lies within `margin` around
 * one, faster or slower when it lies on one side of it, unclear when the rounds differ too much to tell.
 */
export function verdict(ratios: readonly number[], margin = 0.05): Verdict {
	const { low, high } = medianInterval(ratios);
	if (low >= 1 - margin && high <= 1 + margin) return 'equal';
	if (low > 1) return 'faster';
	return high < 1 ? 'slower' : 'unclear';
}
