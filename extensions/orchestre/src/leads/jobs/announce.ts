import { z } from 'zod';
import { defineJob } from '../../platform/jobs/registry.ts';
import { flows } from '../flows.ts';
import type { LeadRow } from '../intake/row.ts';
import { managersOf } from '../managers.ts';
import { frenchMoment } from '../../platform/time/paris.ts';
import { tellAboutLeads } from './tell.ts';

const grade = ({ grade: value, points }: LeadRow): string => (value ? `noté ${value} (${points} points)` : 'pas encore noté');

/** Tells the new owner of a lead; when nobody could take it, the managers. */
defineJob({
	kind: 'leads.announce',
	flow: flows.announce,
	mode: 'bulk',
	payload: z.object({ owner: z.string().nullable() }),
	run: tellAboutLeads(async ({ trx, lead, payload }) => {
		if (!lead) return { skipped: 'Le lead n’existe plus.' };
		if (lead.owner !== payload.owner) return { skipped: 'Le lead a changé de responsable entre-temps.' };
		if (!lead.owner)
			return {
				recipients: await managersOf(trx, lead.team),
				collection: 'leads',
				item: lead.id,
				subject: `Lead sans responsable : ${lead.display_name}`,
				message: `${lead.assignment?.sentence ?? ''} Choisissez un responsable sur la fiche du lead.`.trim(),
			};
		const before = lead.sla_due_at ? ` Premier contact attendu avant le ${frenchMoment(lead.sla_due_at)}.` : '';
		return {
			recipients: [lead.owner],
			collection: 'leads',
			item: lead.id,
			subject: `Nouveau lead : ${lead.display_name}`,
			message: `Ce lead, ${grade(lead)}, vous est attribué.${before}`,
		};
	}),
});
