import { plusMonths } from '../../../platform/time/months.ts';

/** A subscription's commitment renews by the year; its billing period says nothing of that. A contract names its own months. */
export const subscriptionMonths = 12;

/**
 * When what renews by itself comes to its date again: `day` and as many whole terms as it takes not to lie before `today`. Null where
 * nothing has passed yet, or the term's length is not known. Day numbers.
 */
export function rolledTo(day: number, months: number | null, today: number): number | null {
	if (day >= today || months === null || months <= 0) return null;
	let terms = Math.max(1, Math.floor((today - day) / (31 * months)));
	while (plusMonths(day, terms * months) < today) terms += 1;
	return plusMonths(day, terms * months);
}
