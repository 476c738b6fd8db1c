import { z } from 'zod';
import { enqueue } from '../../platform/jobs/enqueue.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import { watchDrift } from '../drift.ts';
import { queueFirstTrainings } from '../first.ts';
import { flows } from '../flows.ts';
import { refresh } from '../refresh.ts';
import { targets } from '../rules/types.ts';
import { targetWords } from '../rules/words.ts';

/** All that is open, of one target: after a training. Each part is a short statement, so nobody waits for the whole. */
defineJob({
	kind: 'predictions.refresh',
	mode: 'external',
	timeoutMs: 600_000,
	payload: z.object({ target: z.enum(targets) }),
	run: async ({ host, payload, signal }) => ({ target: payload.target, ...(await refresh(host.database, payload.target, { signal })) }),
});

/** Every night: all that is open is predicted anew, for time passes; and the newest cases are held against those of the training. */
defineJob({
	kind: 'predictions.nightly',
	flow: flows.nightly,
	mode: 'external',
	timeoutMs: 600_000,
	payload: z.object({}).loose(),
	run: async ({ host, signal }) => {
		const result: Record<string, { rows: number; written: number; model: string | null; drift: string | null }> = {};
		for (const target of targets) {
			const done = await refresh(host.database, target, { signal });
			const watched = await watchDrift(host.database, target);
			result[target] = { ...done, drift: watched?.drift.state ?? null };
			// One training for each model that has drifted away: should it be refused, the first of the month tries again.
			if (watched?.drift.state === 'alarm')
				await enqueue(host.database, [
					{ kind: 'predictions.train', key: `predictions.train:drift:${watched.model}`, payload: { target, by: null }, label: targetWords[target].fr },
				]);
		}
		return { ...result, firstTrainings: await queueFirstTrainings(host.database) };
	},
});

/** Leads or deals that changed a moment ago, gathered by the hook. */
defineJob({
	kind: 'predictions.touch',
	flow: flows.refresh,
	mode: 'transaction',
	payload: z.object({ target: z.enum(targets), ids: z.array(z.string()) }),
	run: async ({ trx, payload: { target, ids } }) => ({ target, ...(await refresh(trx, target, { ids })) }),
});
