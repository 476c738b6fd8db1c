const firstMs = 5_000;
const longestMs = 60 * 60_000;

/**
 * Rest before the next attempt, in ms: 5 s doubling to at most an hour, of which the second half is random, so that jobs
 * that failed together do not come back together. `attempt` counts from 1; `random` is in [0, 1).
 */
export function backoffMs(attempt: number, random: number): number {
	const full = Math.min(longestMs, firstMs * 2 ** (Math.max(1, attempt) - 1));
	return Math.round(full / 2 + (full / 2) * random);
}
