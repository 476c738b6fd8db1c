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
 * Sends `statement` and `others`, which write other rows and need nothing of each other, at once; `next` goes on with what
 * `statement` returned. PostgreSQL works off one statement after the other, each at the price of a trip there and back:
 * there the others become `with` clauses of the one (all see the database as it was before, so none may build on another's
 * rows; at most 65,535 bindings in all). On SQLite `next` waits for its own statement only.
 */
export async function writeTogether<T>(
	trx: Knex,
	statement: Statement,
	others: readonly Statement[],
	next: (result: T) => Promise<void> = () => Promise.resolve(),
): Promise<void> {
	const isOne = isPostgres(trx);
	if (isOne) for (const [index, other] of others.entries()) void statement.with(`other_${index}`, other);
	const first = async (): Promise<void> => next((await statement) as T);
	await together(first(), ...(isOne ? [] : others));
}
