import type { NewJob } from '../../platform/jobs/types.ts';
import type { LeadRow } from './row.ts';

/** The flow answers at once; the worker takes over what a crash or a restart cut off. */
const grace = 5_000;

const job = (kind: string, key: string, row: LeadRow, now: Date, payload: NewJob['payload'] = {}): NewJob => ({
	kind,
	key: `${kind}:${row.id}:${key}`,
	payload,
	collection: 'leads',
	item: row.id,
	...(row.display_name && { label: row.display_name }),
	dueAt: new Date(now.getTime() + grace),
});

/** Tells the owner, or the managers when nobody could be found. */
export const announceJob = (row: LeadRow, now: Date): NewJob => job('leads.announce', row.owner ? `${row.owner}:${now.getTime()}` : 'nobody', row, now, { owner: row.owner });

export const gradeJob = (row: LeadRow, previous: string, now: Date): NewJob => job('leads.grade_changed', String(now.getTime()), row, now, { from: previous, to: row.grade });

export const duplicateJob = (row: LeadRow, now: Date): NewJob => job('leads.flag_duplicates', String(row.duplicate_of), row, now, { of: row.duplicate_of });
