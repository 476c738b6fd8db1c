import { z } from 'zod';
import { toParis, weekday } from '../../platform/time/paris.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { chunks, type Json } from '../../platform/directus.ts';
import { enqueue } from '../../platform/jobs/enqueue.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { JobResult } from '../../platform/jobs/types.ts';
import { clientsDue, findFor, partSize } from './find.ts';
import { flows } from './flows.ts';
import { learn, readGround, type Learnt } from './ground.ts';
import { readGrowthSettings } from './settings.ts';

/**
 * Every night: on Mondays looks through all clients, on other days through those with an open proposal, which may no longer hold. `all`
 * asks for all of them on any day. Splits them into parts of their own transaction.
 */
defineJob({
	kind: 'success.growth',
	flow: flows.upsell,
	mode: 'transaction',
	payload: z.object({ all: z.boolean().optional() }).loose(),
	run: async ({ trx, job, payload }): Promise<JobResult> => {
		if (!(await readGrowthSettings(trx)).enabled) return { skipped: 'La recherche de ventes additionnelles est désactivée dans les Réglages.' };
		const scope = payload.all === true || weekday(toParis(clockNow()).day) === 1 ? 'all' : 'open';
		const ids = await clientsDue(trx, scope);
		const parts = chunks(ids, partSize);
		if (parts.length === 0) return { scope, clients: 0, parts: 0 };
		const learnt = await learn(trx, clockNow());
		await enqueue(
			trx,
			parts.map((part, index) => ({
				kind: 'success.growth_part',
				key: `success.growth_part:${job.key}:${index}`,
				payload: { ids: part, learnt: learnt as unknown as Json },
				label: `partie ${index + 1} sur ${parts.length}`,
			})),
		);
		return { scope, clients: ids.length, parts: parts.length };
	},
});

defineJob({
	kind: 'success.growth_part',
	flow: flows.upsell,
	mode: 'transaction',
	payload: z.object({ ids: z.array(z.string()), learnt: z.custom<Learnt>((value) => typeof value === 'object' && value !== null && 'lifts' in value) }),
	run: async ({ trx, payload }): Promise<JobResult> => ({ ...(await findFor(trx, payload.ids, await readGround(trx, payload.learnt))) }),
});
