import { z } from 'zod';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { JobResult } from '../../platform/jobs/types.ts';
import { flows } from '../flows.ts';
import { notify } from '../notify.ts';
import { readLead } from './announce.ts';

/** Tells the owner that a lead's grade changed, unless it changed back meanwhile. */
defineJob({
	kind: 'leads.grade_changed',
	flow: flows.gradeChanged,
	mode: 'transaction',
	payload: z.object({ from: z.string(), to: z.string() }),
	run: async ({ trx, host, job, payload }): Promise<JobResult> => {
		const lead = await readLead(trx, job.item);
		if (!lead?.owner) return { skipped: 'Le lead n’a plus de responsable.' };
		if (lead.grade !== payload.to) return { skipped: 'La note a encore changé entre-temps.' };
		const [first] = (lead.reasons ?? []).filter(({ points }) => points > 0);
		const why = first ? ` Principal atout : ${first.name} (+${first.points}).` : '';
		await notify(host, trx, {
			recipients: [lead.owner],
			lead: lead.id,
			subject: `${lead.display_name} passe de ${payload.from} à ${payload.to}`,
			message: `Le lead compte maintenant ${lead.points} points.${why}`,
		});
		return { told: 1 };
	},
});
