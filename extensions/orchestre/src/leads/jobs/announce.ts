import { z } from 'zod';
import type { Knex } from '../../platform/directus.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { JobResult } from '../../platform/jobs/types.ts';
import { flows } from '../flows.ts';
import { toLeadRow, type LeadRow } from '../intake/row.ts';
import { managersOf, notify } from '../notify.ts';
import { frenchMoment } from '../rules/paris.ts';

/** The lead as it is now, or null when it is gone. */
export async function readLead(trx: Knex, id: string | null): Promise<LeadRow | null> {
	const row = (await trx('leads').where({ id }).first()) as Record<string, unknown> | undefined;
	return row ? toLeadRow(row) : null;
}

const grade = ({ grade: value, points }: LeadRow): string => (value ? `noté ${value} (${points} points)` : 'pas encore noté');

/** Tells the new owner of a lead; when nobody could take it, the managers. */
defineJob({
	kind: 'leads.announce',
	flow: flows.announce,
	mode: 'transaction',
	payload: z.object({ owner: z.string().nullable() }),
	run: async ({ trx, host, job, payload }): Promise<JobResult> => {
		const lead = await readLead(trx, job.item);
		if (!lead) return { skipped: 'Le lead n’existe plus.' };
		if (lead.owner !== payload.owner) return { skipped: 'Le lead a changé de responsable entre-temps.' };
		if (!lead.owner) {
			const managers = await managersOf(trx, lead.team);
			await notify(host, trx, {
				recipients: managers,
				lead: lead.id,
				subject: `Lead sans responsable : ${lead.display_name}`,
				message: `${lead.assignment?.sentence ?? ''} Choisissez un responsable sur la fiche du lead.`.trim(),
			});
			return { told: managers.length };
		}
		const before = lead.sla_due_at ? ` Premier contact attendu avant le ${frenchMoment(lead.sla_due_at)}.` : '';
		await notify(host, trx, {
			recipients: [lead.owner],
			lead: lead.id,
			subject: `Nouveau lead : ${lead.display_name}`,
			message: `Ce lead, ${grade(lead)}, vous est attribué.${before}`,
		});
		return { told: 1 };
	},
});
