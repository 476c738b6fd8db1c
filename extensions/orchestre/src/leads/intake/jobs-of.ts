import type { NewJob } from '../../platform/jobs/types.ts';
import type { LeadRow } from './row.ts';

const job = (kind: string, key: string, row: LeadRow, payload: NewJob['payload'] = {}): NewJob => ({
	kind,
	key: `${kind}:${row.id}:${key}`,
	payload,
	collection: 'leads',
	item: row.id,
	...(row.display_name && { label: row.display_name }),
});

/** Tells the owner, or the managers when nobody could be found. */
export const announceJob = (row: LeadRow, now: Date): NewJob =>
	job('leads.announce', row.owner ? `${row.owner}:${now.getTime()}` : 'nobody', row, { owner: row.owner });

export const gradeJob = (row: LeadRow, previous: string, now: Date): NewJob =>
	job('leads.grade_changed', String(now.getTime()), row, { from: previous, to: row.grade });

export const duplicateJob = (row: LeadRow): NewJob => job('leads.flag_duplicates', String(row.duplicate_of), row, { of: row.duplicate_of });
