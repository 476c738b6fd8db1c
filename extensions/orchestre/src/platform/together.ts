/**
 * Statements of one transaction that do not need each other's results, sent without waiting in between: on SQLite the thread
 * that runs one and the one that prepares the next work side by side. Waits for all of them before it throws the first
 * error: what ran on after a rollback would be outside the transaction.
 */
export async function together<const T extends readonly unknown[]>(...work: T): Promise<{ -readonly [K in keyof T]: Awaited<T[K]> }> {
	const outcomes = await Promise.allSettled(work);
	for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
	return outcomes.map((outcome) => (outcome as PromiseFulfilledResult<unknown>).value) as { -readonly [K in keyof T]: Awaited<T[K]> };
}
