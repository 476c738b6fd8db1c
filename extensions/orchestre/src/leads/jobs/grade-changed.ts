import { z } from 'zod';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { Notice } from '../../platform/notices.ts';
import { flows } from '../flows.ts';
import type { LeadRow } from '../intake/row.ts';
import { tellAboutLeads } from './tell.ts';

function noticeOf(lead: LeadRow, from: string, to: string): Notice {
	const [first] = (lead.reasons ?? []).filter(({ points }) => points > 0);
	const why = first ? ` Principal atout : ${first.name} (+${first.points}).` : '';
	return {
		recipients: lead.owner ? [lead.owner] : [],
		collection: 'leads',
		item: lead.id,
		subject: `${lead.display_name} passe de ${from} à ${to}`,
		message: `Le lead compte maintenant ${lead.points} points.${why}`,
	};
}

/** Tells the owner that a lead's grade changed, unless it changed back meanwhile. */
defineJob({
	kind: 'leads.grade_changed',
	flow: flows.gradeChanged,
	mode: 'bulk',
	payload: z.object({ from: z.string(), to: z.string() }),
	run: tellAboutLeads(({ lead, payload: { from, to } }) => {
		if (!lead?.owner) return { skipped: 'Le lead n’a plus de responsable.' };
		if (lead.grade !== to) return { skipped: 'La note a encore changé entre-temps.' };
		return noticeOf(lead, from, to);
	}),
});
