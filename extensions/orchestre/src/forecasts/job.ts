import { z } from 'zod';
import { toParis } from '../platform/time/paris.ts';
import { now as clockNow } from '../platform/clock.ts';
import { defineJob } from '../platform/jobs/registry.ts';
import type { JobResult } from '../platform/jobs/types.ts';
import { freeze, isFrozen, mondayOf, settleActuals } from './freeze.ts';
import type { Made } from './model/make.ts';
import type { History } from './model/types.ts';
import { readHistory } from './read.ts';
import { makeInThread } from './thread.ts';

const flow = '6f000000-0000-4000-8000-000000000016';

/** What a run has worked out, until it is recorded: far too much for the job's own result. */
const made = new Map<string, { made: Made; history: History; day: number }>();

/**
 * Every morning; the first of a week freezes the week's forecast, the others find it there. The figuring takes seconds and runs in a thread,
 * outside of any transaction; the rows come with the job's end.
 */
defineJob({
	kind: 'forecasts.freeze',
	flow,
	mode: 'external',
	timeoutMs: 180_000,
	payload: z.object({}).loose(),
	run: async ({ host, job, signal }): Promise<JobResult> => {
		const day = toParis(clockNow()).day;
		if (await isFrozen(host.database, day)) return { skipped: 'La prévision de la semaine est déjà figée.' };
		const history = await readHistory(host.database, day);
		// The week names the seed: whoever figures again gets the same.
		const result = await makeInThread(history, day, mondayOf(day), signal);
		made.set(job.id, { made: result, history, day });
		return { deals: history.deals.length, subscriptions: history.subscriptions.length, months: result.forecasts.length };
	},
	record: async (trx, _result, job) => {
		const one = made.get(job.id);
		made.delete(job.id);
		if (!one) return;
		await settleActuals(trx, one.history, one.day);
		await freeze(trx, one.made, one.day, mondayOf(one.day), clockNow());
	},
});
