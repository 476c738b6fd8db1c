import type { Knex } from './directus.ts';
import { UnexpectedError } from './errors.ts';
import { withoutValues } from './log.ts';

type Flush<B> = (trx: Knex.Transaction, batch: B) => Promise<void>;
type Pending = Map<Flush<never>, unknown>;

const pendingOf = new WeakMap<object, Pending>();
const maxRounds = 50;

const isTransaction = (knex: Knex): knex is Knex.Transaction => knex.isTransaction === true;

/** Flushes in order of registration; what a flush registers is flushed as well. A throw makes knex roll back; a database error loses its values, for Directus logs it. */
async function flushAll(trx: Knex.Transaction, pending: Pending): Promise<void> {
	for (let round = 0; pending.size > 0; round++) {
		if (round === maxRounds) throw new UnexpectedError('before-commit: flushes keep registering new work');
		const [next] = pending;
		if (!next) return;
		const [flush, batch] = next;
		pending.delete(flush);
		try {
			await (flush as Flush<unknown>)(trx, batch);
		} catch (error) {
			throw withoutValues(error);
		}
	}
}

/**
 * Collects work of one transaction and does it once, just before it commits: fifty leads in one call are scored together
 * instead of one by one. Returns the batch of this transaction and `flush` (made by `createBatch` the first time); the caller
 * adds to it. An error in `flush` rolls everything back.
 *
 * It replaces `commit` on the transaction, which knex looks up when the handler ends: one call whatever the way in. Directus
 * joins a running transaction, so a batch spans nested and array writes; a real savepoint has its own batch, flushed on
 * release and dropped when it is rolled back. A transaction that Directus retries is a new object and starts empty.
 * `checkBeforeCommit` proves at boot that the installed knex still works this way.
 */
export function beforeCommit<B>(trx: Knex, createBatch: () => B, flush: Flush<B>): B {
	if (!isTransaction(trx)) throw new UnexpectedError('beforeCommit needs a transaction');
	let pending = pendingOf.get(trx);
	if (!pending) {
		const mine: Pending = (pending = new Map());
		pendingOf.set(trx, mine);
		const commit = trx.commit;
		trx.commit = ((value?: unknown) => flushAll(trx, mine).then(() => commit(value))) as typeof trx.commit;
	}
	const key = flush as Flush<never>;
	if (!pending.has(key)) pending.set(key, createBatch());
	return pending.get(key) as B;
}

/** The batch that waits on this transaction for `flush`, if any. */
export const batchOf = <B>(trx: Knex, flush: Flush<B>): B | undefined => pendingOf.get(trx)?.get(flush as Flush<never>) as B | undefined;

async function statementsOf(database: Knex, fault: Error | null): Promise<string[]> {
	const statements: string[] = [];
	await database.transaction(async (trx) => {
		trx.on('query', (query: { sql: string }) => statements.push(query.sql.replace(';', '').toLowerCase()));
		beforeCommit(
			trx,
			() => null,
			async () => {
				await trx.raw('select 1 as flushed');
				if (fault) throw fault;
			},
		);
		await trx.raw('select 1 as written');
	});
	return statements;
}

/** Boot self-test: flush runs after the work and before COMMIT, and a throw in it ends in ROLLBACK. Rejects otherwise. */
export async function checkBeforeCommit(database: Knex): Promise<void> {
	const order = (await statementsOf(database, null)).join(' | ');
	if (order !== 'select 1 as written | select 1 as flushed | commit') throw new UnexpectedError(`before-commit: wrong order: ${order}`);
	const fault = new UnexpectedError('before-commit self-test');
	const outcome = await statementsOf(database, fault).catch((error: unknown) => error);
	if (outcome !== fault) throw new UnexpectedError('before-commit: a failed flush did not roll back');
}
