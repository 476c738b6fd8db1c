import type { Host, Knex } from '../directus.ts';
import { OperationalError } from '../errors.ts';
import { roomLogger, type Logger } from '../log.ts';
import { end, endEach, endInVain, LeaseLost, type Ending } from './ending.ts';
import { renew } from './lease.ts';
import { definitionOf, type RegisteredJob } from './registry.ts';
import type { Job } from './types.ts';

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
async function switchedOff(database: Knex, flowId: string | null): Promise<string | null> {
	if (!flowId) return null;
	const flow = (await database('directus_flows').select('name', 'status').where({ id: flowId }).first()) as { name: string; status: string } | undefined;
	if (!flow) return 'L’automatisation a été supprimée.';
	return flow.status === 'active' ? null : `L’automatisation « ${flow.name} » est désactivée.`;
}

/** The definition and its input: what is needed on every way. More than one item only in bulk. */
type Work = { host: Host; definition: RegisteredJob; items: { job: Job; payload: unknown }[]; logger: Logger };

/** On SQLite the transaction holds the only connection: whatever asks for another would wait for ever. */
const boundTo = (trx: Knex.Transaction, host: Host): Host => ({
	...host,
	database: trx,
	getSchema: (options) => host.getSchema({ database: trx, ...options }),
});

const jobsOf = ({ items }: Work): Job[] => items.map(({ job }) => job);

/** A kind that is not done in bulk gets its jobs one by one. */
function only({ items }: Work): Work['items'][number] {
	const [item, second] = items;
	if (!item || second) throw new LeaseLost();
	return item;
}

async function inTransaction(work: Work): Promise<Ending[]> {
	const { host, definition, items, logger } = work;
	return host.database.transaction(async (trx) => {
		const jobs = jobsOf(work);
		if (!(await renew(trx, jobs, definition.timeoutMs))) throw new LeaseLost();
		const common = { host: boundTo(trx, host), logger, trx };
		if (definition.mode === 'bulk') {
			const results = await within(definition.timeoutMs, (signal) => definition.run({ ...common, signal, items }));
			return endEach(trx, jobs, results);
		}
		if (definition.mode !== 'transaction') throw new LeaseLost();
		const item = only(work);
		const result = await within(definition.timeoutMs, (signal) => definition.run({ ...common, ...item, signal }));
		return end(trx, jobs, result);
	});
}

/** How long a job that calls outside is leased at a time, and how often that is renewed: a job of a dead process waits no longer, however long it may take. */
const stretchMs = 60_000;
const beatMs = 20_000;

/** Runs `work` under the job's lease, renewed until it ends. A renewal that fails is not the end: the next one, or the lease's end, tells. */
async function underLease<T>({ database }: Host, job: Job, timeoutMs: number, work: () => Promise<T>): Promise<T> {
	const stretch = Math.min(timeoutMs, stretchMs);
	if (!(await renew(database, [job], stretch))) throw new LeaseLost();
	if (timeoutMs <= stretch) return work();
	const beat = setInterval(() => void renew(database, [job], stretch).catch(() => undefined), beatMs).unref();
	try {
		return await work();
	} finally {
		clearInterval(beat);
	}
}

async function outside(work: Work): Promise<Ending[]> {
	const { host, definition, logger } = work;
	if (definition.mode !== 'external') throw new LeaseLost();
	const item = only(work);
	const { job } = item;
	const { timeoutMs } = definition;
	const result = await underLease(host, job, timeoutMs, () => within(timeoutMs, (signal) => definition.run({ ...item, host, logger, signal, key: job.key })));
	return host.database.transaction(async (trx) => {
		const endings = await end(trx, [job], result);
		await definition.record?.(trx, result, job);
		return endings;
	});
}

/** `jobs`: of one kind and one flow. */
async function tryOnce(host: Host, jobs: readonly Job[], kind: string, flow: string | null, logger: Logger): Promise<Ending[]> {
	const off = await switchedOff(host.database, flow);
	if (off) return await end(host.database, jobs, { skipped: off });
	const definition = definitionOf(kind);
	const items = jobs.map((job) => {
		const payload = definition.payload.safeParse(job.payload);
		if (!payload.success) throw new OperationalError('Les données de ce travail ne correspondent plus à ce qu’il attend.', { retryable: false });
		return { job, payload: payload.data };
	});
	const work: Work = { host, definition, items, logger };
	return definition.mode === 'external' ? outside(work) : inTransaction(work);
}

function report(logger: Logger, endings: readonly Ending[], ms: number): void {
	for (const { job, end: state } of endings) {
		const line = { job: job.id, kind: job.kind, attempt: job.attempts, state, ms, together: endings.length };
		if (state === 'done' || state === 'skipped') logger.info(line, 'job ended');
		else logger.warn(line, 'job did not succeed');
	}
}

/**
 * One attempt at a claimed job, up to a recorded end. Rejects only when the end cannot be recorded (database away): the
 * sweep then finds the job by its lease.
 */
export async function attempt(host: Host, job: Job): Promise<Ending> {
	const started = performance.now();
	const logger = roomLogger(host.logger, 'platform', { job: job.id, kind: job.kind, attempt: job.attempts });
	let ending: Ending | undefined;
	try {
		[ending] = await tryOnce(host, [job], job.kind, job.flow, logger);
	} catch (error) {
		ending = error instanceof LeaseLost ? undefined : await endInVain(host, job, error, logger);
	}
	ending ??= { job, end: 'lost', reason: null };
	report(logger, [ending], Math.round(performance.now() - started));
	return ending;
}

/** One attempt at jobs of one bulk kind out of one claim, in one transaction; when that fails, one at each alone. Rejects as `attempt` does. */
export async function attemptTogether(host: Host, jobs: readonly Job[]): Promise<Ending[]> {
	const endings: Ending[] = [];
	for (const group of Map.groupBy(jobs, ({ kind, flow }) => `${kind}:${flow}`).values()) {
		const [first] = group;
		if (!first) continue;
		const started = performance.now();
		const logger = roomLogger(host.logger, 'platform', { kind: first.kind });
		const together = group.length > 1 ? await tryOnce(host, group, first.kind, first.flow, logger).catch(() => null) : null;
		if (together) report(logger, together, Math.round(performance.now() - started));
		else for (const job of group) endings.push(await attempt(host, job));
		endings.push(...(together ?? []));
	}
	return endings;
}
