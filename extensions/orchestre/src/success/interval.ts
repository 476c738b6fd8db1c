/** Two-sided 95 % of the normal distribution. */
const z = 1.959963984540054;

/** Wilson's score interval of a share that `n` cases stand behind (E. B. Wilson, 1927); within 0 and 1. */
export function wilson(share: number, n: number): { low: number; high: number } {
	const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
	const half = (z / (1 + (z * z) / n)) * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
	return { low: Math.max(0, middle - half), high: Math.min(1, middle + half) };
}
