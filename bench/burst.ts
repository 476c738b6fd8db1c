/** What one burst of requests showed. */
export type Burst = { perSecond: number; p50: number; p95: number; failures: number };

const quantile = (sorted: readonly number[], q: number): number => sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;

export const median = (values: readonly number[]): number =>
	quantile(
		values.toSorted((a, b) => a - b),
		0.5,
	);

/** `clients` callers, each with one call at a time, for `ms` milliseconds. Times in milliseconds. */
export async function burst(call: () => Promise<boolean>, clients: number, ms: number): Promise<Burst> {
	const times: number[] = [];
	let failures = 0;
	const start = performance.now();
	const client = async (): Promise<void> => {
		while (performance.now() - start < ms) {
			const before = performance.now();
			if (!(await call())) failures += 1;
			times.push(performance.now() - before);
		}
	};
	await Promise.all(Array.from({ length: clients }, client));
	const sorted = times.toSorted((a, b) => a - b);
	return { perSecond: (times.length * 1000) / (performance.now() - start), p50: quantile(sorted, 0.5), p95: quantile(sorted, 0.95), failures };
}
