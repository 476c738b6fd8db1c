import { randomUUID } from 'node:crypto';
import { now } from '../clock.ts';
import type { Host, Json, Knex } from '../directus.ts';
import { isRetryable, kindOf, OperationalError, sentenceFor } from '../errors.ts';
import { forLog, roomLogger, type Logger } from '../log.ts';
import { backoffMs } from './backoff.ts';
import { leased, released, renew } from './lease.ts';
import { definitionOf, type RegisteredJob } from './registry.ts';
import type { Job, JobResult } from './types.ts';

/** How an attempt ended. `retry`: failed, and waiting again; `lost`: the lease ran out and another has the job. */
export type Ending = { job: Job; end: 'done' | 'skipped' | 'failed' | 'retry' | 'lost'; reason: string | null };

class LeaseLost extends Error {}

const skipReason = (result: JobResult): string | null => (result && typeof result.skipped === 'string' ? result.skipped : null);

/** Ends the job within `knex`; throws when the lease is gone, so that a transaction takes its effect back. */
async function end(knex: Knex, job: Job, result: JobResult): Promise<Ending> {
	const reason = skipReason(result);
	const state = reason === null ? 'done' : 'skipped';
	const stored: Json = reason === null && result ? (result as Json) : null;
	const change = { ...released, state, error: reason, result: stored && JSON.stringify(stored), ended_at: now(), date_updated: now() };
	if ((await leased(knex, job).update(change)) !== 1) throw new LeaseLost();
	return { job, end: state, reason };
}

async function endInVain(host: Host, job: Job, error: unknown, logger: Logger): Promise<Ending> {
	const reference = randomUUID().slice(0, 8);
	const reason = sentenceFor(error, reference).slice(0, 2000);
	const retry = isRetryable(error) && job.attempts < job.max_attempts;
	if (kindOf(error) === 'unexpected') logger.error({ reference, err: forLog(error) }, 'job failed unexpectedly');
	const rest = Math.max(backoffMs(job.attempts, Math.random()), error instanceof OperationalError ? (error.retryAfterMs ?? 0) : 0);
	const change = retry ? { state: 'waiting', due_at: new Date(now().getTime() + rest) } : { state: 'failed', ended_at: now() };
	const updated = await leased(host.database, job).update({ ...released, ...change, error: reason, date_updated: now() });
	if (updated !== 1) return { job, end: 'lost', reason: null };
	return { job, end: retry ? 'retry' : 'failed', reason };
}

/** Rejects when `work` takes longer than `ms`, and tells it so by the signal; what it still does then comes to nothing. */
async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
	const controller = new AbortController();
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => {
			reject(new OperationalError(`Délai dépassé : plus de ${Math.ceil(ms / 1000)} s.`));
			controller.abort();
		}, ms);
	});
	const done = work(controller.signal);
	done.catch(() => undefined);
	try {
		return await Promise.race([done, late]);
	} finally {
		clearTimeout(timer);
	}
}

/** Why the job must not run now, in French, or null. */
async function switchedOff(database: Knex, job: Job): Promise<string | null> {
	if (!job.flow) return null;
	const flow = (await database('directus_flows').select('name', 'status').where({ id: job.flow }).first()) as { name: string; status: string } | undefined;
	if (!flow) return 'L’automatisation a été supprimée.';
	return flow.status === 'active' ? null : `L’automatisation « ${flow.name} » est désactivée.`;
}

/** The definition and its input: what is needed on both ways. */
type Work = { host: Host; job: Job; definition: RegisteredJob; payload: unknown; logger: Logger };

/** On SQLite the transaction holds the only connection: whatever asks for another would wait for ever. */
const boundTo = (trx: Knex.Transaction, host: Host): Host => ({
	...host,
	database: trx,
	getSchema: (options) => host.getSchema({ database: trx, ...options }),
});

async function inTransaction({ host, job, definition, payload, logger }: Work): Promise<Ending> {
	if (definition.mode !== 'transaction') throw new LeaseLost();
	return host.database.transaction(async (trx) => {
		if (!(await renew(trx, job, definition.timeoutMs))) throw new LeaseLost();
		const bound = boundTo(trx, host);
		const result = await within(definition.timeoutMs, (signal) => definition.run({ job, payload, host: bound, logger, signal, trx }));
		return end(trx, job, result);
	});
}

async function outside({ host, job, definition, payload, logger }: Work): Promise<Ending> {
	if (definition.mode !== 'external') throw new LeaseLost();
	if (!(await renew(host.database, job, definition.timeoutMs))) throw new LeaseLost();
	const result = await within(definition.timeoutMs, (signal) => definition.run({ job, payload, host, logger, signal, key: job.key }));
	return host.database.transaction(async (trx) => {
		const ending = await end(trx, job, result);
		await definition.record?.(trx, result, job);
		return ending;
	});
}

async function tryOnce(host: Host, job: Job, logger: Logger): Promise<Ending> {
	const off = await switchedOff(host.database, job);
	if (off) return await end(host.database, job, { skipped: off });
	const definition = definitionOf(job.kind);
	const payload = definition.payload.safeParse(job.payload);
	if (!payload.success) throw new OperationalError('Les données de ce travail ne correspondent plus à ce qu’il attend.', { retryable: false });
	const work: Work = { host, job, definition, payload: payload.data, logger };
	return definition.mode === 'transaction' ? inTransaction(work) : outside(work);
}

/**
 * One attempt at a claimed job, up to a recorded end. Rejects only when the end cannot be recorded (database away): the
 * sweep then finds the job by its lease.
 */
export async function attempt(host: Host, job: Job): Promise<Ending> {
	const started = performance.now();
	const logger = roomLogger(host.logger, 'platform', { job: job.id, kind: job.kind, attempt: job.attempts });
	let ending: Ending;
	try {
		ending = await tryOnce(host, job, logger);
	} catch (error) {
		ending = error instanceof LeaseLost ? { job, end: 'lost', reason: null } : await endInVain(host, job, error, logger);
	}
	const line = { state: ending.end, ms: Math.round(performance.now() - started) };
	if (ending.end === 'done' || ending.end === 'skipped') logger.info(line, 'job ended');
	else logger.warn(line, 'job did not succeed');
	return ending;
}
