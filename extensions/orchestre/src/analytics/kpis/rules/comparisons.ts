import { previousOf, yearBefore, type Period } from './periods.ts';

/**
 * What a period is compared with: the one before, and the same of the year before. While it runs, only their first days, as many as it has
 * had itself by `today`: half a month is not held against a whole one.
 */
export function comparisonsOf(period: Period, today: number): { previous: Period; yearBefore: Period } {
	const alike = (other: Period): Period => (period.end < today ? other : { ...other, end: Math.min(other.end, other.start + today - period.start) });
	return { previous: alike(previousOf(period)), yearBefore: alike(yearBefore(period)) };
}

export const spanKey = ({ kind, start, end }: Period): string => `${kind}:${start}:${end}`;
