import { plusMonths } from '../../../platform/time/months.ts';
import { toParis } from '../../../platform/time/paris.ts';
import { runningAt, type Spell } from './spells.ts';

const dayAt = (at: number): number => toParis(new Date(at)).day;

/** The first of the days `from`, `from` + `months` … that is not before `today`, in the civil calendar. */
export function nextTerm(from: number, months: number, today: number): number {
	let terms = Math.max(0, Math.floor((today - from) / (31 * months)));
	while (plusMonths(from, terms * months) < today) terms += 1;
	return plusMonths(from, terms * months);
}

/**
 * Whole days to what comes first: the day on which something running renews by itself, or the end of a contract. What was known then
 * decides: the end of a contract is none any more once another is signed that follows it.
 */
export function daysToRenewal(spells: readonly Spell[], at: number): number | null {
	const today = dayAt(at);
	const ahead = runningAt(spells, at).flatMap(({ end, followed, renews, renewalMonths, isContract }) => {
		if (renews !== null) return [nextTerm(renews, renewalMonths, today) - today];
		const isOpen = isContract && end !== null && (followed === null || followed > at);
		return isOpen ? [dayAt(end) - today] : [];
	});
	return ahead.length === 0 ? null : Math.max(0, Math.min(...ahead));
}
