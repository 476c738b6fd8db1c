import { dayMs } from '../../platform/time/paris.ts';
import type { Month } from './types.ts';

const first = (year: number, month: number): number => Date.UTC(year, month, 1) / dayMs;

/** The calendar month of a day, and the `count` − 1 after it (before it, when `offset` is negative). */
export function monthsFrom(day: number, count: number, offset = 0): Month[] {
	const at = new Date(day * dayMs);
	return Array.from({ length: count }, (_, index) => {
		const month = at.getUTCMonth() + offset + index;
		return { start: first(at.getUTCFullYear(), month), end: first(at.getUTCFullYear(), month + 1) - 1 };
	});
}

/** Which of these months a day falls into; −1 before or after them. */
export const monthIndex = (months: readonly Month[], day: number): number => months.findIndex(({ start, end }) => day >= start && day <= end);
