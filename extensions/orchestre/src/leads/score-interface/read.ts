import type { Reason } from '../rules/types.ts';
import { isForbidden, type Get } from '../../platform/record-panel/use-saved-record.ts';
import type { ScoreChange } from './view.ts';

/** What the panel shows of a lead; `history` is null for roles that may read the score but not its course. */
export type ScoredLead = {
	fit_points: number | null;
	engagement_points: number | null;
	points: number | null;
	grade: string | null;
	reasons: Reason[] | null;
	scored_at: string | null;
	rules_version: number | null;
	history: ScoreChange[] | null;
};

const fields = 'fit_points,engagement_points,points,grade,reasons,scored_at,rules_version';
const historyLength = 60;

/** The latest scores, put in order of time. */
async function readHistory(get: Get, id: string): Promise<ScoreChange[] | null> {
	try {
		const params = { 'filter[lead][_eq]': id, fields: 'id,at,points,grade,previous_grade,cause', sort: '-at', limit: String(historyLength) };
		return (await get<ScoreChange[]>('/items/lead_scores', params)).toReversed();
	} catch (error) {
		if (isForbidden(error)) return null;
		throw error;
	}
}

/** Reads a lead's score and its history. */
export async function readScoredLead(get: Get, id: string): Promise<ScoredLead> {
	const [lead, history] = await Promise.all([get<Omit<ScoredLead, 'history'>>(`/items/leads/${encodeURIComponent(id)}`, { fields }), readHistory(get, id)]);
	return { ...lead, reasons: Array.isArray(lead.reasons) ? lead.reasons : null, history };
}
