/** Draws from distributions by a source of numbers in [0, 1); the same numbers give the same draws on every machine. */
export type Random = () => number;

/** Standard normal (Marsaglia's polar method, 1964). */
export function drawNormal(random: Random): number {
	for (;;) {
		const [u, v] = [2 * random() - 1, 2 * random() - 1];
		const s = u * u + v * v;
		if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s);
	}
}

/** Gamma with this shape (> 0) and scale 1 (G. Marsaglia and W. W. Tsang, “A simple method for generating gamma variables”, ACM TOMS 26, 2000). */
export function drawGamma(shape: number, random: Random): number {
	if (shape < 1) return drawGamma(shape + 1, random) * random() ** (1 / shape);
	const d = shape - 1 / 3;
	const c = 1 / Math.sqrt(9 * d);
	for (;;) {
		const x = drawNormal(random);
		const v = (1 + c * x) ** 3;
		if (v > 0 && Math.log(random() || Number.MIN_VALUE) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
	}
}

/** Beta: the share of the first of two gammas. */
export function drawBeta(a: number, b: number, random: Random): number {
	const one = drawGamma(a, random);
	return one / (one + drawGamma(b, random));
}

/** Poisson: arrivals in the time of `mean` (sums of exponential waits; large means by halves, which add up). */
export function drawPoisson(mean: number, random: Random): number {
	if (mean > 30) return drawPoisson(mean / 2, random) + drawPoisson(mean / 2, random);
	const floor = Math.exp(-mean);
	let count = 0;
	for (let product = random(); product > floor; product *= random()) count += 1;
	return count;
}

/** A quantile of sorted numbers, between neighbours in proportion (type 7 of Hyndman and Fan, 1996). */
export function quantile(sorted: ArrayLike<number>, share: number): number {
	const at = (sorted.length - 1) * share;
	const low = Math.floor(at);
	const [one = 0, other = one] = [sorted[low], sorted[Math.min(sorted.length - 1, low + 1)]];
	return one + (other - one) * (at - low);
}
