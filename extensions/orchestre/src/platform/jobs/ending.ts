import { randomUUID } from 'node:crypto';
import { now } from '../clock.ts';
import type { Host, Knex } from '../directus.ts';
import { isRetryable, kindOf, OperationalError, sentenceFor } from '../errors.ts';
import { forLog, type Logger } from '../log.ts';
import { backoffMs } from './backoff.ts';
import { leased, released } from './lease.ts';
import type { Job, JobResult } from './types.ts';

/** How an attempt ended. `retry`: failed, and waiting again; `lost`: the lease ran out and another has the job. */
export type Ending = { job: Job; end: 'done' | 'skipped' | 'failed' | 'retry' | 'lost'; reason: string | null };

export class LeaseLost extends Error {}

const skipReason = (result: JobResult): string | null => (result && typeof result.skipped === 'string' ? result.skipped : null);

/** Ends one job, or several of one claim with the same result, within `knex`; throws when the lease is gone, so that a transaction takes its effect back. */
export async function end(knex: Knex, jobs: readonly Job[], result: JobResult): Promise<Ending[]> {
	const reason = skipReason(result);
	const state = reason === null ? 'done' : 'skipped';
	const stored = reason === null && result ? JSON.stringify(result) : null;
	const change = { ...released, state, error: reason, result: stored, ended_at: now(), date_updated: now() };
	if ((await leased(knex, jobs).update(change)) !== jobs.length) throw new LeaseLost();
	return jobs.map((job) => ({ job, end: state, reason }));
}

/** Ends each job with its own result; jobs with equal results share a statement. */
export async function endEach(knex: Knex, jobs: readonly Job[], results: readonly JobResult[]): Promise<Ending[]> {
	const groups = Map.groupBy(jobs.keys(), (index) => JSON.stringify(results[index] ?? null));
	const endings: Ending[] = [];
	for (const indexes of groups.values()) {
		const group = indexes.flatMap((index) => jobs[index] ?? []);
		endings.push(...(await end(knex, group, results[indexes[0] ?? 0])));
	}
	return endings;
}

/** Records a failed attempt: waiting again after a rest, or failed for good with a French sentence. */
export async function endInVain(host: Host, job: Job, error: unknown, logger: Logger): Promise<Ending> {
	const reference = randomUUID().slice(0, 8);
	const reason = sentenceFor(error, reference).slice(0, 2000);
	const retry = isRetryable(error) && job.attempts < job.max_attempts;
	if (kindOf(error) === 'unexpected') logger.error({ reference, err: forLog(error) }, 'job failed unexpectedly');
	const rest = Math.max(backoffMs(job.attempts, Math.random()), error instanceof OperationalError ? (error.retryAfterMs ?? 0) : 0);
	const change = retry ? { state: 'waiting', due_at: new Date(now().getTime() + rest) } : { state: 'failed', ended_at: now() };
	const updated = await leased(host.database, [job]).update({ ...released, ...change, error: reason, date_updated: now() });
	if (updated !== 1) return { job, end: 'lost', reason: null };
	return { job, end: retry ? 'retry' : 'failed', reason };
}
