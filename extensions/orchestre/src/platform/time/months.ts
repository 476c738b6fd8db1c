import { addMonths } from 'date-fns';
import { dayMs } from './paris.ts';

/**
 * The day number `months` later (earlier when negative), in the civil calendar: 31 January and one month are 28 or 29 February. Counted
 * from the day itself each time, so that a series of terms does not drift away from the 31st.
 */
export function plusMonths(day: number, months: number): number {
	const utc = new Date(day * dayMs);
	// date-fns reckons in the server's zone: a local noon of the same date is that date everywhere.
	const moved = addMonths(new Date(utc.getUTCFullYear(), utc.getUTCMonth(), utc.getUTCDate(), 12), months);
	return Date.UTC(moved.getFullYear(), moved.getMonth(), moved.getDate()) / dayMs;
}

/** The last of the days `from`, `from` + `months`, `from` + 2 × `months` … that is not after `day`; `from` itself when all are. */
export function termBefore(from: number, months: number, day: number): number {
	let terms = Math.max(0, Math.floor((day - from) / (31 * months)));
	while (plusMonths(from, (terms + 1) * months) <= day) terms += 1;
	return plusMonths(from, terms * months);
}
