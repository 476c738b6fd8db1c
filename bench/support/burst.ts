import { quantile } from './figures.ts';

/** What one burst of requests showed. Times in milliseconds. */
export type Burst = { perSecond: number; p50: number; p95: number; failures: number };

/** `clients` callers, each with one call at a time, for `ms` milliseconds. */
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
	return { perSecond: (times.length * 1000) / (performance.now() - start), p50: quantile(times, 0.5), p95: quantile(times, 0.95), failures };
}
