import { z } from 'zod';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { JobResult } from '../../platform/jobs/types.ts';
import { flows } from '../flows.ts';
import { managersOf, notify } from '../notify.ts';
import { readLead } from './announce.ts';

/** Tells whoever has the lead that it looks like an older one. */
defineJob({
	kind: 'leads.flag_duplicates',
	flow: flows.flagDuplicates,
	mode: 'transaction',
	payload: z.object({ of: z.string() }),
	run: async ({ trx, host, job, payload }): Promise<JobResult> => {
		const lead = await readLead(trx, job.item);
		if (!lead || lead.duplicate_of !== payload.of) return { skipped: 'Le doublon n’est plus signalé.' };
		const older = await readLead(trx, payload.of);
		if (!older) return { skipped: 'L’autre lead n’existe plus.' };
		const recipients = lead.owner ? [lead.owner] : await managersOf(trx, lead.team);
		await notify(host, trx, {
			recipients,
			lead: lead.id,
			subject: `Doublon possible : ${lead.display_name}`,
			message: `${lead.duplicate_reason ?? 'Même personne'} que « ${older.display_name} ». Comparez les deux fiches avant de contacter cette personne.`,
		});
		return { told: recipients.length };
	},
});
