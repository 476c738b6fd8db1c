import { z } from 'zod';
import { defineJob } from '../../platform/jobs/registry.ts';
import { flows } from '../flows.ts';
import { managersOf } from '../managers.ts';
import { readLeads, tellAboutLeads } from './tell.ts';

/** Tells whoever has the lead that it looks like an older one. */
defineJob({
	kind: 'leads.flag_duplicates',
	flow: flows.flagDuplicates,
	mode: 'bulk',
	payload: z.object({ of: z.string() }),
	run: tellAboutLeads(async ({ trx, lead, payload }) => {
		if (!lead || lead.duplicate_of !== payload.of) return { skipped: 'Le doublon n’est plus signalé.' };
		const older = (await readLeads(trx, [payload.of])).get(payload.of);
		if (!older) return { skipped: 'L’autre lead n’existe plus.' };
		return {
			recipients: lead.owner ? [lead.owner] : await managersOf(trx, lead.team),
			collection: 'leads',
			item: lead.id,
			subject: `Doublon possible : ${lead.display_name}`,
			message: `${lead.duplicate_reason ?? 'Même personne'} que « ${older.display_name} ». Comparez les deux fiches avant de contacter cette personne.`,
		};
	}),
});
