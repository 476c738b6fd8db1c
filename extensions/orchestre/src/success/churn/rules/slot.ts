import { fromParis, toParis, weekday } from '../../../platform/time/paris.ts';
import { isWorkingDayNumber, type WorkingCalendar } from '../../../platform/time/working-time.ts';

/** What takes somebody's time; ms. */
export type Busy = { from: number; to: number };

/** `awayOn`: whether the person is away on that day number (absence, day off). */
export type Person = { busy: readonly Busy[]; awayOn: (day: number) => boolean; workingDays: readonly number[] };

const minuteMs = 60_000;
/** Times of day at which a client is met: mornings and afternoons, not over lunch. */
const hours = [10, 10.5, 11, 14, 14.5, 15, 15.5, 16, 9.5, 9, 16.5];
/** Days that are looked at; further off a check-in comes too late. */
const mostDays = 20;

/** The first free time from `after` on, on a French working day within working hours when the person is there; null within four weeks without one. */
export function firstFree(after: Date, minutes: number, { busy, awayOn, workingDays }: Person, calendar: WorkingCalendar): { from: Date; to: Date } | null {
	const first = toParis(after).day;
	for (let day = first, seen = 0; seen < mostDays && day < first + 60; day++) {
		if (!isWorkingDayNumber(day, calendar)) continue;
		seen++;
		if (awayOn(day) || !workingDays.includes(weekday(day))) continue;
		for (const hour of hours) {
			const opens = hour * 60 * minuteMs;
			if (opens < calendar.opens || opens + minutes * minuteMs > calendar.closes) continue;
			const from = fromParis(day, opens);
			const to = new Date(from.getTime() + minutes * minuteMs);
			if (from >= after && !busy.some((one) => one.from < to.getTime() && one.to > from.getTime())) return { from, to };
		}
	}
	return null;
}
