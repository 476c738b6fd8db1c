import { fromParis, toParis, weekday, yearOf, dayMs } from './paris.ts';
import type { LeadSettings } from '../../leads/rules/types.ts';

/** Working hours: Monday to Friday without public holidays, Paris time; milliseconds since midnight. */
export type WorkingCalendar = { opens: number; closes: number; alsaceMoselle: boolean };

const minuteMs = 60_000;

function timeOfDay(text: string): number | null {
	const parts = /^(\d{1,2}):(\d{2})(?::(\d{2}))?/.exec(text);
	if (!parts) return null;
	const time = (Number(parts[1]) * 60 + Number(parts[2])) * minuteMs + Number(parts[3] ?? 0) * 1000;
	return time <= dayMs ? time : null;
}

/** The calendar of the settings. Hours that make no sense (closing before opening) fall back to 9:00–18:00; midnight closes at 24:00. */
export function workingCalendar(settings: Pick<LeadSettings, 'opens_at' | 'closes_at' | 'alsace_moselle'>): WorkingCalendar {
	const opens = timeOfDay(settings.opens_at);
	const closes = timeOfDay(settings.closes_at) || dayMs;
	const sound = opens !== null && opens < closes;
	return { opens: sound ? opens : 9 * 60 * minuteMs, closes: sound ? closes : 18 * 60 * minuteMs, alsaceMoselle: settings.alsace_moselle };
}

/** The calendar of a row of `settings`, as it was read. */
export const calendarOf = (row: Readonly<Record<string, unknown>>): WorkingCalendar =>
	workingCalendar({ opens_at: String(row['opens_at']), closes_at: String(row['closes_at']), alsace_moselle: Boolean(row['alsace_moselle']) });

/** Easter Sunday of a Gregorian year as a day number (Meeus/Jones/Butcher). */
export function easter(year: number): number {
	const a = year % 19;
	const b = Math.floor(year / 100);
	const c = year % 100;
	const d = Math.floor(b / 4);
	const e = b % 4;
	const f = Math.floor((b + 8) / 25);
	const g = Math.floor((b - f + 1) / 3);
	const h = (19 * a + b - d - g + 15) % 30;
	const i = Math.floor(c / 4);
	const k = c % 4;
	const l = (32 + 2 * e + 2 * i - h - k) % 7;
	const m = Math.floor((a + 11 * h + 22 * l) / 451);
	const n = h + l - 7 * m + 114;
	return Date.UTC(year, Math.floor(n / 31) - 1, (n % 31) + 1) / dayMs;
}

const holidayCache = new Map<number, ReadonlySet<number>>();

/** Public holidays of a year as day numbers: the eleven of the Code du travail (L3133-1), plus two in Alsace-Moselle (L3134-13). */
export function holidays(year: number, alsaceMoselle = false): ReadonlySet<number> {
	const key = year * 2 + (alsaceMoselle ? 1 : 0);
	const known = holidayCache.get(key);
	if (known) return known;
	const on = (month: number, date: number): number => Date.UTC(year, month - 1, date) / dayMs;
	const sunday = easter(year);
	const days = new Set([on(1, 1), sunday + 1, on(5, 1), on(5, 8), sunday + 39, sunday + 50, on(7, 14), on(8, 15), on(11, 1), on(11, 11), on(12, 25)]);
	if (alsaceMoselle) days.add(sunday - 2).add(on(12, 26));
	if (holidayCache.size < 500) holidayCache.set(key, days);
	return days;
}

/** Whether the company works on this day number. */
export const isWorkingDayNumber = (day: number, calendar: WorkingCalendar): boolean =>
	weekday(day) <= 5 && !holidays(yearOf(day), calendar.alsaceMoselle).has(day);

/** Whether the company works on the Paris day of this moment. */
export const isWorkingDay = (at: Date, calendar: WorkingCalendar): boolean => isWorkingDayNumber(toParis(at).day, calendar);

/** The next `count` working days from `day` on, itself included when it is one. */
export function workingDaysFrom(day: number, count: number, calendar: WorkingCalendar): number[] {
	const days: number[] = [];
	for (let next = day; days.length < count; next++) if (isWorkingDayNumber(next, calendar)) days.push(next);
	return days;
}

/** The moment itself when people are at work, else the next opening. At closing time work is over. */
export function nextWorkingMoment(at: Date, calendar: WorkingCalendar): Date {
	const { day, time } = toParis(at);
	if (!isWorkingDayNumber(day, calendar) || time >= calendar.closes) return fromParis(workingDaysFrom(day + 1, 1, calendar)[0] ?? day, calendar.opens);
	return time < calendar.opens ? fromParis(day, calendar.opens) : at;
}

function checkDelay(delay: number): void {
	if (!Number.isFinite(delay) || delay < 0 || delay > 10_000_000) throw new RangeError(`A working delay must be between 0 and 10 million, not ${delay}.`);
}

/**
 * The moment when `minutes` of working time have passed since `from`. A delay that ends with the day ends at closing
 * time, not at the next opening; no delay outside working hours is the next opening.
 */
export function addWorkingMinutes(from: Date, minutes: number, calendar: WorkingCalendar): Date {
	checkDelay(minutes);
	let at = nextWorkingMoment(from, calendar);
	let left = minutes * minuteMs;
	for (;;) {
		const closing = fromParis(toParis(at).day, calendar.closes);
		const today = closing.getTime() - at.getTime();
		if (left <= today) return new Date(at.getTime() + left);
		left -= today;
		at = nextWorkingMoment(closing, calendar);
	}
}

/** The same time of day, `days` working days later. Outside working hours the count starts at the next opening. */
export function addWorkingDays(from: Date, days: number, calendar: WorkingCalendar): Date {
	checkDelay(days);
	const start = nextWorkingMoment(from, calendar);
	if (days < 1) return start;
	const { day, time } = toParis(start);
	return fromParis(workingDaysFrom(day + 1, Math.floor(days), calendar).at(-1) ?? day, time);
}

/** Working minutes from one moment to another, negative when `to` is earlier; fractions of a minute count. */
export function workingMinutesBetween(from: Date, to: Date, calendar: WorkingCalendar): number {
	if (to < from) return -workingMinutesBetween(to, from, calendar);
	const last = toParis(to).day;
	let total = 0;
	for (let day = toParis(from).day; day <= last; day++) {
		if (!isWorkingDayNumber(day, calendar)) continue;
		const start = Math.max(from.getTime(), fromParis(day, calendar.opens).getTime());
		const end = Math.min(to.getTime(), fromParis(day, calendar.closes).getTime());
		if (end > start) total += end - start;
	}
	return total / minuteMs;
}
