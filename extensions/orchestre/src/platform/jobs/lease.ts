import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import { now } from '../clock.ts';
import { isPostgres, type Knex } from '../directus.ts';
import { toJob, type JobRow } from './row.ts';
import type { Job } from './types.ts';

/** From the claim to the start of the attempt, which then extends it by its own time-out. */
const claimMs = 30_000;
const after = (ms: number): Date => new Date(now().getTime() + ms);

export type Selector = (query: Knex.QueryBuilder) => void;

/**
 * A look first: on SQLite an update that finds nothing would still take the write lock. Where another taker was quicker between look and
 * update, it looks again: nothing taken must mean that nothing is due.
 */
async function takeLooked(due: Knex.QueryBuilder, take: () => Knex.QueryBuilder): Promise<JobRow[]> {
	for (;;) {
		const ids = (await due.clone()).map(({ id }: { id: string }) => id);
		if (ids.length === 0) return [];
		const rows = (await take().whereIn('id', ids)) as JobRow[];
		if (rows.length > 0) return rows;
	}
}

/**
 * Takes up to `limit` due jobs out of those that `select` leaves, oldest first, and counts the attempt: a job that kills its
 * process uses up its tries as well. Two takers never get the same one: PostgreSQL skips locked rows, SQLite writes one at
 * a time and the state is checked again in the update. The lease's name is new for every claim.
 */
export async function claim(database: Knex, select: Selector, limit: number): Promise<Job[]> {
	const due = (from: Knex): Knex.QueryBuilder => {
		const query = from('jobs').select('id').where('state', 'waiting').orderBy('due_at').limit(limit);
		select(query);
		return query;
	};
	const lease = {
		state: 'running',
		attempts: database.raw('attempts + 1'),
		leased_by: `${hostname().slice(0, 60)}:${process.pid}:${randomUUID()}`,
		leased_until: after(claimMs),
		started_at: now(),
		date_updated: now(),
	};
	const take = (): Knex.QueryBuilder => database('jobs').where('state', 'waiting').update(lease).returning('*');
	const rows = isPostgres(database)
		? ((await take().withMaterialized('due', due(database).forUpdate().skipLocked()).whereIn('id', database('due').select('id'))) as JobRow[])
		: await takeLooked(due(database), take);
	return rows.map(toJob).toSorted((a, b) => a.due_at.getTime() - b.due_at.getTime());
}

/** The rows of one claim as long as the lease is ours. */
export const leased = (knex: Knex, jobs: readonly Job[]): Knex.QueryBuilder =>
	knex('jobs')
		.whereIn(
			'id',
			jobs.map(({ id }) => id),
		)
		.where({ state: 'running', leased_by: jobs[0]?.leased_by ?? null });

/**
 * Renews the lease of one claim for an attempt of `ms`; false when another took a job over. Inside a transaction it also
 * locks the rows until the end, so that a living attempt is never taken for dead.
 */
export async function renew(knex: Knex, jobs: readonly Job[], ms: number): Promise<boolean> {
	return (await leased(knex, jobs).update({ leased_until: after(ms + claimMs) })) === jobs.length;
}

export const released = { leased_by: null, leased_until: null };

const interrupted = 'Le serveur s’est arrêté pendant chaque tentative. Vérifiez le journal, puis rejouez.';

/**
 * Gives jobs free whose process died (lease over, nobody holds the row): back to waiting, or failed when the tries are
 * used up. Returns how many.
 */
export async function sweep(database: Knex): Promise<{ waiting: number; failed: number }> {
	const end = async (usedUp: boolean, change: Record<string, unknown>): Promise<number> => {
		const expired = database('jobs')
			.select('id')
			.where('state', 'running')
			.where('leased_until', '<', now())
			.whereRaw(usedUp ? 'attempts >= max_attempts' : 'attempts < max_attempts')
			.limit(500);
		if (isPostgres(database)) void expired.forUpdate().skipLocked();
		const ids = (await expired).map(({ id }: { id: string }) => id);
		if (ids.length === 0) return 0;
		return database('jobs')
			.whereIn('id', ids)
			.where('state', 'running')
			.where('leased_until', '<', now())
			.update({ ...released, ...change, date_updated: now() });
	};
	const failed = await end(true, { state: 'failed', error: interrupted, ended_at: now() });
	const waiting = await end(false, { state: 'waiting', due_at: now() });
	return { waiting, failed };
}
