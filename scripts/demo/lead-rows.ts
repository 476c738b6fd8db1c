import { toColumns } from '../../extensions/orchestre/src/leads/intake/row.ts';
import { orchestreUserId } from '../../extensions/orchestre/src/platform/directus.ts';
import { demoId } from './ids.ts';
import type { LeadStory } from './lead-story.ts';
import type { Row, Value } from './rows.ts';
import { moment, traces } from './rows.ts';
import { salespeople } from './team.ts';

const plainValue = (value: unknown): Value => (value instanceof Date ? value.toISOString() : (value as Value));

/** The row of `leads`: the lead's own columns and those that the treatment fills, as the hook would leave them. */
export function leadRow(story: LeadStory): Row {
	const { row, draft } = story;
	const treated = toColumns(row);
	// The writer turns lists and objects into json itself.
	const values = { ...draft.lead, ...row, ...treated, reasons: row.reasons, assignment: row.assignment, counted: undefined };
	const { counted: _, date_created: created, ...columns } = Object.fromEntries(Object.entries(values).map(([key, value]) => [key, plainValue(value)]));
	return {
		...columns,
		id: row.id,
		lost_reason: row.status === 'lost' ? story.lostReason : null,
		consent_at: moment(draft.consent?.at),
		consent_proof: draft.consent?.proof ?? null,
		external_id: draft.creator.role === 'api' ? `site-${row.id.slice(-12)}` : null,
		converted_at: row.status === 'converted' ? moment(row.closed_at) : null,
		converted_opportunity: story.deal,
		archived: false,
		...traces(new Date(String(created)), draft.creator.id, story.updated),
		...(story.updated > row.date_created && { user_updated: row.owner ?? orchestreUserId }),
	};
}

export const scoreRows = ({ row, scores }: LeadStory): Row[] =>
	scores.map(({ at, fit, engagement, points, grade, previous, cause, reasons, rulesVersion }, index) => ({
		id: demoId('lead_scores', `${row.id} ${index}`),
		lead: row.id,
		at: at.toISOString(),
		points,
		fit_points: fit,
		engagement_points: engagement,
		grade,
		previous_grade: previous,
		cause,
		reasons,
		rules_version: rulesVersion,
	}));

export const statusRows = ({ row, statuses }: LeadStory): Row[] =>
	statuses.map(({ from, to, at, owner }, index) => ({
		id: demoId('lead_status_changes', `${row.id} ${index}`),
		lead: row.id,
		from_status: from,
		to_status: to,
		at: at.toISOString(),
		owner,
	}));

/** One row a salesperson, counted from the leads. */
export const workloadRows = (stories: readonly LeadStory[]): Row[] =>
	salespeople.map(({ id, key }) => {
		const counted = (as: 'open' | 'converted' | 'lost'): number => stories.filter(({ row }) => row.counted?.for === id && row.counted.as === as).length;
		const last = stories
			.filter(({ row }) => row.owner === id)
			.reduce<Date | null>((latest, { row }) => (row.assigned_at && (!latest || row.assigned_at > latest) ? row.assigned_at : latest), null);
		return {
			id: demoId('workloads', key),
			user: id,
			open_leads: counted('open'),
			converted_leads: counted('converted'),
			lost_leads: counted('lost'),
			last_assigned_at: moment(last),
		};
	});
