import { closedStatuses, type LeadStatus, type Reason } from '../../leads/rules/types.ts';
import { learntFacts, type LeadHistory, type Met, type ScoreThen } from '../rules/leads.ts';
import { contactOf, listOf, momentOf, msOf, type Row } from './rows.ts';

/** Which fact each criterion looks at, by the criterion's id. */
export type FactOfRule = ReadonlyMap<string, string>;

const learnt = new Set<string>(learntFacts);

/** What the criteria on each fact gave together. Caps and criteria that are gone say nothing. */
export function metOf(reasons: readonly Pick<Reason, 'rule' | 'name' | 'points'>[], factOfRule: FactOfRule): Record<string, Met> {
	const met: Record<string, Met> = {};
	for (const { rule, name, points } of reasons) {
		const fact = factOfRule.get(rule);
		if (!fact || !learnt.has(fact)) continue;
		const one = (met[fact] ??= { points: 0, names: [] });
		one.points += points;
		one.names.push(name);
	}
	return met;
}

/** A row of `lead_scores`, or of `leads` with `at`. */
export const scoreOf = (row: Row, at: number, factOfRule: FactOfRule): ScoreThen => ({
	at,
	points: Number(row['points']),
	fit: Number(row['fit_points']),
	engagement: Number(row['engagement_points']),
	grade: String(row['grade'] ?? ''),
	met: metOf(listOf<Reason>(row['reasons']), factOfRule),
});

/** Statuses with their dates. A lead closed without a history of it (imported by SQL) was open until its date of closing, if it has one. */
function statusesOf(lead: Row, created: number, changes: readonly Row[]): LeadHistory['statuses'] {
	const [first] = changes;
	const status = lead['status'] as LeadStatus;
	if (first) return [{ at: created, to: (first['from_status'] as LeadStatus | null) ?? 'new' }, ...changes.map((row) => ({ at: momentOf(row['at']), to: row['to_status'] as LeadStatus }))];
	const closed = msOf(lead['converted_at']) ?? msOf(lead['closed_at']);
	if (closedStatuses.includes(status) && closed !== null && closed > created) return [{ at: created, to: 'new' }, { at: closed, to: status }];
	return [{ at: created, to: status }];
}

export type LeadParts = { lead: Row; scores: readonly Row[]; changes: readonly Row[]; contacts: readonly Row[]; tasks: readonly Row[] };

/** What is dated about a lead. Scores and changes come in order of time. */
export function leadHistoryOf({ lead, scores, changes, contacts, tasks }: LeadParts, factOfRule: FactOfRule): LeadHistory {
	const created = momentOf(lead['date_created']);
	return {
		id: String(lead['id']),
		created,
		scores: scores.map((row) => scoreOf(row, momentOf(row['at']), factOfRule)),
		statuses: statusesOf(lead, created, changes),
		contacts: contacts.map(contactOf),
		tasksDone: tasks.map((row) => momentOf(row['done_at'])),
	};
}
