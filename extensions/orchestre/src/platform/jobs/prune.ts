import { dayMs } from '../time/paris.ts';
import { z } from 'zod';
import { now } from '../clock.ts';
import { settings } from '../env.ts';
import type { TransactionJob } from './types.ts';

/**
 * Forgets jobs that ended well long ago. Failed ones stay until a person replays or deletes them. A forgotten key could be
 * queued again: rooms guard what must never repeat on their own rows as well.
 */
export const pruneJobs: TransactionJob<object> = {
	kind: 'platform.prune_jobs',
	mode: 'transaction',
	payload: z.object({}),
	maxAttempts: 3,
	async run({ trx }) {
		const before = new Date(now().getTime() - settings().ORCHESTRE_JOBS_KEEP_DAYS * dayMs);
		const deleted = await trx('jobs').whereIn('state', ['done', 'skipped']).where('ended_at', '<', before).delete();
		return { deleted };
	},
};
