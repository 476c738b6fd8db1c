import { isWorkingDayNumber, workingDaysFrom, type WorkingCalendar } from '../../platform/time/working-time.ts';

/** Day numbers as in platform/time/paris.ts. */

/** The first working day from `day` on. */
export const workingDay = (day: number, calendar: WorkingCalendar): number => workingDaysFrom(day, 1, calendar)[0] ?? day;

/** `count` working days after `day`; before it when negative; with 0 the day itself, or the next working day. */
export function plusWorkingDays(day: number, count: number, calendar: WorkingCalendar): number {
	if (count > 0) return workingDaysFrom(day + 1, count, calendar).at(-1) ?? day;
	let at = workingDay(day, calendar);
	for (let left = -count; left > 0; left--) {
		at -= 1;
		while (!isWorkingDayNumber(at, calendar)) at -= 1;
	}
	return at;
}

/** Working days after `from` up to and with `to`; negative when `to` comes first. */
export function workingDaysBetween(from: number, to: number, calendar: WorkingCalendar): number {
	if (to < from) return -workingDaysBetween(to, from, calendar);
	let count = 0;
	for (let day = from + 1; day <= to; day++) if (isWorkingDayNumber(day, calendar)) count += 1;
	return count;
}
