import { isPostgres, type Knex } from './directus.ts';

/** A statement that was built and not yet sent. */
export type Statement = Knex.QueryBuilder;

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

/**
 * The rows of several reads of one transaction, in the order of the reads. PostgreSQL answers them in one trip, as JSON: dates are
 * text there (`toDate` reads both), and rows stay in the order that each read asks for. Locks are taken in the order of the reads.
 */
export async function readTogether<const T extends readonly unknown[]>(trx: Knex, ...reads: { readonly [K in keyof T]: Statement }): Promise<T> {
	if (!isPostgres(trx)) return (await together(...reads)) as unknown as T;
	const answer = (await trx.first(
		reads.map((read, index) => trx.raw('(select json_agg(one) from ? one) as ??', [read, `read_${index}`])),
	)) as unknown as Record<string, unknown>;
	return reads.map((_, index) => answer[`read_${index}`] ?? []) as unknown as T;
}
