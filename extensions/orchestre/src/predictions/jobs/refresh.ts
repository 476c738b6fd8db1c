import { z } from 'zod';
import { enqueue } from '../../platform/jobs/enqueue.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import { watchDrift } from '../drift.ts';
import { queueFirstTrainings } from '../first.ts';
import { flows } from '../flows.ts';
import { refresh, type Refreshed } from '../refresh.ts';
import { recordTargets, targets } from '../rules/types.ts';
import { targetWords } from '../rules/words.ts';

/** All that is open, of one target: after a training. Each part is a short statement, so nobody waits for the whole. */
defineJob({
	kind: 'predictions.refresh',
	mode: 'external',
	timeoutMs: 600_000,
	payload: z.object({ target: z.enum(recordTargets) }),
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
		const refreshed: Record<string, Refreshed> = {};
		for (const target of recordTargets) refreshed[target] = await refresh(host.database, target, { signal });
		const drift: Record<string, string | null> = {};
		for (const target of targets) {
			const watched = await watchDrift(host.database, target);
			drift[target] = watched?.drift.state ?? null;
			// One training for each model that has drifted away: should it be refused, the first of the month tries again.
			if (watched?.drift.state === 'alarm')
				await enqueue(host.database, [
					{ kind: 'predictions.train', key: `predictions.train:drift:${watched.model}`, payload: { target, by: null }, label: targetWords[target].fr },
				]);
		}
		return { ...refreshed, drift, firstTrainings: await queueFirstTrainings(host.database) };
	},
});

/** Leads or deals that changed a moment ago, gathered by the hook. */
defineJob({
	kind: 'predictions.touch',
	flow: flows.refresh,
	mode: 'transaction',
	payload: z.object({ target: z.enum(recordTargets), ids: z.array(z.string()) }),
	run: async ({ trx, payload: { target, ids } }) => ({ target, ...(await refresh(trx, target, { ids })) }),
});
