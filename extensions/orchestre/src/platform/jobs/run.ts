import { setTimeout as pause } from 'node:timers/promises';
import { now } from '../clock.ts';
import { chunks, parseJson, type Host, type JsonObject } from '../directus.ts';
import { attemptTogether } from './attempt.ts';
import type { Ending } from './ending.ts';
import { claim, type Selector } from './lease.ts';
import { definitionOf, registeredJobs } from './registry.ts';
import type { JobState } from './types.ts';

/** How many jobs ended how; `reasons`: French, of those that failed. */
export type Tally = { done: number; skipped: number; failed: number; retry: number; lost: number; reasons: string[] };

export function tallyOf(endings: readonly Ending[]): Tally {
	const tally: Tally = { done: 0, skipped: 0, failed: 0, retry: 0, lost: 0, reasons: [] };
	for (const { end, reason } of endings) {
		tally[end] += 1;
		if ((end === 'failed' || end === 'retry') && reason && !tally.reasons.includes(reason)) tally.reasons.push(reason);
	}
	return tally;
}

/** Jobs that are done in one transaction at most. */
const bulkSize = 100;

/**
 * Jobs that this bundle knows and that are due. Those that belong to a flow are due to the worker only `graceMs` later: the
 * flow is prompt and the worker is the guarantee.
 */
export const dueJobs =
	(graceMs: number): Selector =>
	(query) => {
		const kinds = registeredJobs();
		const free = kinds.filter(({ flow }) => !flow).map(({ kind }) => kind);
		const ofFlows = kinds.filter(({ flow }) => flow).map(({ kind }) => kind);
		const at = now();
		void query.where((either) => {
			void either.where((one) => void one.whereIn('kind', free).where('due_at', '<=', at));
			void either.orWhere((one) => void one.whereIn('kind', ofFlows).where('due_at', '<=', new Date(at.getTime() - graceMs)));
		});
	};

/** Claims and runs one job after the other, those of a bulk kind a hundred at a time, until none is left (a failed one comes back later). */
async function drain(host: Host, select: Selector, limit: number, kind?: string): Promise<Ending[]> {
	const endings: Ending[] = [];
	const isBulk = kind !== undefined && definitionOf(kind).mode === 'bulk';
	while (endings.length < limit) {
		const jobs = await claim(host.database, select, isBulk ? Math.min(bulkSize, limit - endings.length) : 1);
		if (jobs.length === 0) break;
		endings.push(...(await attemptTogether(host, jobs)));
		// Whoever queued more meanwhile runs them as well: another look would find nothing, nearly always.
		if (isBulk && jobs.length < bulkSize) break;
	}
	return endings;
}

/** Works off all jobs of a bulk kind that are due: where one waited, more may. */
export const drainBulk = (host: Host, kind: string): Promise<Ending[]> =>
	drain(host, (query) => void query.where({ kind }).where('due_at', '<=', now()), Number.POSITIVE_INFINITY, kind);

/** Works off what is due now, at most `limit` jobs. Without grace by default: for scripts and tests; the worker has its own loop. */
export const runDueJobs = async (host: Host, { limit = 1000, graceMs = 0 }: { limit?: number; graceMs?: number } = {}): Promise<Tally> =>
	tallyOf(await drain(host, dueJobs(graceMs), limit));

/** Runs at once the due jobs of one kind, about these items or with these ids; what others are running is left to them. */
export async function runJobs(host: Host, { kind, items, ids }: { kind?: string; items?: readonly string[]; ids?: readonly string[] }): Promise<Ending[]> {
	const endings: Ending[] = [];
	const column = ids ? 'id' : 'item';
	for (const part of chunks(ids ?? items ?? [], 500)) {
		const select: Selector = (query) => {
			void query.whereIn(column, part).where('due_at', '<=', now());
			if (kind) void query.where({ kind });
		};
		endings.push(...(await drain(host, select, Number.POSITIVE_INFINITY, kind)));
	}
	return endings;
}

/** How a job stands after it was tried: ended, or `waiting` for another try. */
export type Ended = { id: string; state: JobState; error: string | null; result: JsonObject | null };

type EndedRow = { id: string; state: JobState; error: string | null; attempts: number; result: unknown };

/**
 * Runs these jobs now and waits for those that a worker was quicker to take, which happens whenever a job is queued and then run by
 * the same request. Answers those that were tried within `waitMs`; what still goes on then is not among them.
 */
export async function runToEnd(host: Host, ids: readonly string[], waitMs: number): Promise<Ended[]> {
	await runJobs(host, { ids });
	const deadline = performance.now() + waitMs;
	for (;;) {
		const rows = (await host
			.database('jobs')
			.whereIn('id', [...ids])
			.select('id', 'state', 'error', 'attempts', 'result')) as EndedRow[];
		const tried = rows.filter(({ state, attempts }) => state !== 'running' && (state !== 'waiting' || attempts > 0));
		if (tried.length === rows.length || performance.now() > deadline)
			return tried.map(({ id, state, error, result }) => ({ id, state, error, result: parseJson<JsonObject | null>(result) }));
		await pause(200);
	}
}
