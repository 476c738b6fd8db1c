import { now } from '../clock.ts';
import { chunks, type Host } from '../directus.ts';
import { attempt, type Ending } from './attempt.ts';
import { claim, type Selector } from './lease.ts';
import { registeredJobs } from './registry.ts';

/** How many jobs ended how; `reasons`: French, of those that failed. */
export type Tally = { done: number; skipped: number; failed: number; retry: number; lost: number; reasons: string[] };

const emptyTally = (): Tally => ({ done: 0, skipped: 0, failed: 0, retry: 0, lost: 0, reasons: [] });

function count(tally: Tally, { end, reason }: Ending): void {
	tally[end] += 1;
	if ((end === 'failed' || end === 'retry') && reason && !tally.reasons.includes(reason)) tally.reasons.push(reason);
}

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

/** Claims and runs one job after the other until none is left (a failed one comes back later). */
async function drain(host: Host, select: Selector, limit: number, tally: Tally): Promise<void> {
	for (let ran = 0; ran < limit; ran++) {
		const [job] = await claim(host.database, select, 1);
		if (!job) return;
		count(tally, await attempt(host, job));
	}
}

/** Works off what is due now, at most `limit` jobs. Without grace by default: for scripts and tests; the worker has its own loop. */
export async function runDueJobs(host: Host, { limit = 1000, graceMs = 0 }: { limit?: number; graceMs?: number } = {}): Promise<Tally> {
	const tally = emptyTally();
	await drain(host, dueJobs(graceMs), limit, tally);
	return tally;
}

/** Runs at once the due jobs of one kind, about these items or with these ids; what others are running is left to them. */
export async function runJobs(host: Host, { kind, items, ids }: { kind?: string; items?: readonly string[]; ids?: readonly string[] }): Promise<Tally> {
	const tally = emptyTally();
	const column = ids ? 'id' : 'item';
	for (const part of chunks(ids ?? items ?? [], 500)) {
		const select: Selector = (query) => {
			void query.whereIn(column, part).where('due_at', '<=', now());
			if (kind) void query.where({ kind });
		};
		await drain(host, select, Number.POSITIVE_INFINITY, tally);
	}
	return tally;
}
