import { parseJson, toDate } from '../../platform/directus.ts';
import type { Contact } from '../rules/types.ts';

export type Row = Record<string, unknown>;
export type Stored = Date | number | string | null | undefined;

/** A stored moment in ms; null when there is none. */
export const msOf = (value: unknown): number | null => (value === null || value === undefined ? null : toDate(value as Date | number | string).getTime());
export const momentOf = (value: unknown): number => msOf(value) ?? Number.NaN;

export const textOrNull = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);
export const listOf = <T>(value: unknown): T[] => parseJson<T[] | null>(value) ?? [];

/** Rows by what they belong to, in the order in which they came. */
export function groupedBy<T>(rows: readonly T[], keyOf: (row: T) => unknown): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const row of rows) {
		const key = keyOf(row);
		if (typeof key !== 'string') continue;
		const group = groups.get(key);
		if (group) group.push(row);
		else groups.set(key, [row]);
	}
	return groups;
}

export const contactColumns = ['at', 'date_created', 'direction', 'kind', 'outcome', 'person'] as const;

/** A row of `interactions`. What was logged later was not known before; what has no date of writing was known at once. */
export function contactOf(row: Row): Contact {
	const at = momentOf(row['at']);
	return {
		at,
		knownAt: Math.max(at, msOf(row['date_created']) ?? at),
		isInbound: row['direction'] === 'inbound',
		isMeeting: row['kind'] === 'meeting' || row['kind'] === 'visit',
		isReached: row['outcome'] === 'reached' || row['outcome'] === 'meeting_booked',
		person: textOrNull(row['person']),
	};
}
