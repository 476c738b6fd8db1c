import { z } from 'zod';
import { chunks } from '../../platform/directus.ts';
import { enqueue } from '../../platform/jobs/enqueue.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import { flows } from '../flows.ts';
import { rescore } from '../intake/treat.ts';
import { recountWorkloads } from '../people.ts';

const openStatuses = ['new', 'contacted', 'qualified', 'nurturing'];
const partSize = 200;

/** Every night: splits the open leads into parts, each its own short transaction, and counts the loads anew. */
defineJob({
	kind: 'leads.decay',
	flow: flows.decay,
	mode: 'transaction',
	payload: z.object({}).loose(),
	run: async ({ trx, job }) => {
		const ids = ((await trx('leads').whereIn('status', openStatuses).orderBy('id').select('id')) as { id: string }[]).map(({ id }) => id);
		const parts = chunks(ids, partSize);
		await enqueue(
			trx,
			parts.map((part, index) => ({
				kind: 'leads.rescore',
				key: `leads.rescore:${job.key}:${index}`,
				payload: { ids: part },
				label: `partie ${index + 1} sur ${parts.length}`,
			})),
		);
		return { leads: ids.length, parts: parts.length, countersMended: await recountWorkloads(trx) };
	},
});

/** One part: points fade with time, and changed criteria reach the leads that nobody touched. */
defineJob({
	kind: 'leads.rescore',
	flow: flows.decay,
	mode: 'transaction',
	payload: z.object({ ids: z.array(z.string()) }),
	run: async ({ trx, payload }) => {
		await rescore(trx, payload.ids, 'decay');
		return { leads: payload.ids.length };
	},
});
