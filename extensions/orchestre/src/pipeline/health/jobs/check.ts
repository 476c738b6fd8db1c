import { z } from 'zod';
import { wakeAlerts } from '../../../platform/alerts.ts';
import { chunks } from '../../../platform/directus.ts';
import { enqueue } from '../../../platform/jobs/enqueue.ts';
import { defineJob } from '../../../platform/jobs/registry.ts';
import type { JobResult } from '../../../platform/jobs/types.ts';
import { flows } from '../flows.ts';
import { judgeDeals } from '../judge.ts';
import { learnStages } from '../learn-stages.ts';
import { readGround } from '../settings.ts';

const partSize = 400;

/** Every day: measures the stages, then splits the deals that are open, or closed with a state left, into parts of their own transaction. */
defineJob({
	kind: 'pipeline.health',
	flow: flows.check,
	mode: 'transaction',
	payload: z.object({}).loose(),
	run: async ({ trx, job }): Promise<JobResult> => {
		if (!(await readGround(trx)).enabled) return { skipped: 'Le suivi de la santé des affaires est désactivé dans les Réglages.' };
		const stages = await learnStages(trx);
		const woken = await wakeAlerts(trx);
		const ids = (await trx('opportunities')
			.where((either) => void either.whereNull('closed_at').orWhereNotNull('health'))
			.orderBy('id')
			.pluck('id')) as string[];
		const parts = chunks(ids, partSize);
		await enqueue(
			trx,
			parts.map((part, index) => ({
				kind: 'pipeline.health_part',
				key: `pipeline.health_part:${job.key}:${index}`,
				payload: { ids: part },
				label: `partie ${index + 1} sur ${parts.length}`,
			})),
		);
		return { deals: ids.length, parts: parts.length, stages, woken };
	},
});

defineJob({
	kind: 'pipeline.health_part',
	flow: flows.check,
	mode: 'transaction',
	payload: z.object({ ids: z.array(z.string()) }),
	run: async ({ trx, payload }) => judgeDeals(trx, payload.ids, await readGround(trx)),
});
