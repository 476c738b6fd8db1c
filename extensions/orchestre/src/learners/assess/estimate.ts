/** log Γ(x) for x > 0 (Lanczos, g = 7, n = 9; relative error below 1e-13). */
function logGamma(x: number): number {
	const factors = [
		0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905, -0.13857109526572012,
		9.9843695780195716e-6, 1.5056327351493116e-7,
	];
	const base = x - 1 + 7.5;
	const series = factors.reduce((sum, factor, place) => sum + (place === 0 ? factor : factor / (x - 1 + place)), 0);
	return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(series);
}

/** Continued fraction of the incomplete beta function (Numerical Recipes 6.4, modified Lentz). */
function fraction(x: number, a: number, b: number): number {
	const tiny = 1e-300;
	const safe = (value: number): number => (Math.abs(value) < tiny ? tiny : value);
	let c = 1;
	let d = 1 / safe(1 - ((a + b) * x) / (a + 1));
	let found = d;
	for (let m = 1; m <= 300; m++) {
		const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
		d = 1 / safe(1 + even * d);
		c = safe(1 + even / c);
		found *= d * c;
		const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
		d = 1 / safe(1 + odd * d);
		c = safe(1 + odd / c);
		found *= d * c;
		if (Math.abs(d * c - 1) < 1e-14) break;
	}
	return found;
}

/** The part of a beta distribution below `x`. */
export function betaBelow(x: number, a: number, b: number): number {
	if (x <= 0 || x >= 1) return x <= 0 ? 0 : 1;
	const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
	return x < (a + 1) / (a + b + 2) ? (front * fraction(x, a, b)) / a : 1 - (front * fraction(1 - x, b, a)) / b;
}

/** The value below which `share` of a beta distribution lies, to 1e-12. */
export function betaQuantile(share: number, a: number, b: number): number {
	let [low, high] = [0, 1];
	while (high - low > 1e-12) {
		const middle = (low + high) / 2;
		if (betaBelow(middle, a, b) < share) low = middle;
		else high = middle;
	}
	return (low + high) / 2;
}

export type Estimate = { value: number; low: number; high: number; sentence: string };

/**
 * A share from few outcomes, drawn towards `prior` as if `weight` outcomes of that share had been seen before (beta-binomial), with
 * its 95 % interval. By default one half with the weight of ten: 17 won and 23 lost give 31–58 %. A caller that knows the company's
 * overall share passes it.
 */
export function estimate(won: number, lost: number, { prior = 0.5, weight = 10 } = {}): Estimate {
	const a = won + prior * weight;
	const b = lost + (1 - prior) * weight;
	const [low, high] = [betaQuantile(0.025, a, b), betaQuantile(0.975, a, b)];
	const count = (value: number, one: string, many: string): string => `${value.toLocaleString('fr-FR')} ${value < 2 ? one : many}`;
	const [from, to] = [Math.round(low * 100), Math.round(high * 100)];
	return { value: a / (a + b), low, high, sentence: `${count(won, 'gagnée', 'gagnées')}, ${count(lost, 'perdue', 'perdues')} : ${from}–${to} %` };
}
