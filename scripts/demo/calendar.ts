import { fromParis, toParis, weekday } from '../../extensions/orchestre/src/platform/time/paris.ts';
import { isWorkingDay, isWorkingDayNumber, nextWorkingMoment } from '../../extensions/orchestre/src/platform/time/working-time.ts';
import type { Random } from './random.ts';
import { clamp } from './random.ts';

/** Milliseconds of a day. */
export const day = 86_400_000;
const minute = 60_000;

/** How many days the demo goes back. */
export const historyDays = 730;

/**
 * Time of the demo: everything is dated from `today` (UTC midnight). What has happened lies before it, so that the seed can
 * run at any hour of the day; what is planned lies on it or after.
 */
export type Calendar = {
	today: Date;
	/** Last moment that something has happened at: yesterday evening. */
	end: Date;
	/** First day of the history. */
	start: Date;
	/** Day `offset` days from today, at UTC midnight. */
	at: (offset: number) => Date;
};

export function calendarOf(today: string): Calendar {
	const midnight = new Date(`${today}T00:00:00.000Z`);
	if (!/^\d{4}-\d\d-\d\d$/.test(today) || Number.isNaN(midnight.getTime())) throw new Error(`demo: today is a date like 2026-01-31, not "${today}"`);
	const at = (offset: number): Date => new Date(midnight.getTime() + offset * day);
	return { today: midnight, end: new Date(midnight.getTime() - 4 * 60 * minute), start: at(-historyDays), at };
}

/** "2026-01-31", the form of a date without time. */
export const isoDate = (date: Date): string => date.toISOString().slice(0, 10);

export const plusDays = (date: Date, days: number): Date => new Date(date.getTime() + days * day);
export const plusMinutes = (date: Date, minutes: number): Date => new Date(date.getTime() + minutes * minute);
export const daysBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / day;

/** Same day of the month, `months` later (the last day where the month is shorter). */
export function plusMonths(date: Date, months: number): Date {
	const target = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1));
	const last = new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth() + 1, 0)).getUTCDate();
	return new Date(target.getTime() + (Math.min(date.getUTCDate(), last) - 1) * day + (date.getTime() % day));
}

const isWeekend = (date: Date): boolean => date.getUTCDay() % 6 === 0;

/** The day itself, or the Monday after a weekend. */
export function toWeekday(date: Date): Date {
	let result = date;
	while (isWeekend(result)) result = plusDays(result, 1);
	return result;
}

/** Eleven o'clock of the last weekday up to this moment. */
export function lastWorkday(end: Date): Date {
	let result = new Date(Math.floor(end.getTime() / day) * day + 11 * 60 * minute);
	while (isWeekend(result)) result = plusDays(result, -1);
	return result;
}

/** When people of the demo are at work: 8:30 to 18:30 in Paris, Monday to Friday, without public holidays. */
export const office = { opens: 510 * minute, closes: 1110 * minute, alsaceMoselle: false };
const lunch = { from: 735 * minute, to: 825 * minute };

/** The same time of the day itself or of the first working day after. */
export function toWorkday(date: Date): Date {
	let result = date;
	while (!isWorkingDay(result, office)) result = plusDays(result, 1);
	return result;
}

/**
 * A moment within office hours of that day, seldom at lunch. What would fall on a weekend falls on any day of the week after:
 * moved to the Monday, all of it would make Mondays three times as busy as other days.
 */
export const officeMoment = (random: Random, date: Date): Date => {
	let number = Math.floor(date.getTime() / day);
	const ofWeek = weekday(number);
	if (ofWeek > 5) number += 8 - ofWeek + random.int(0, 4);
	while (!isWorkingDayNumber(number, office)) number++;
	const draw = (): number => random.int(office.opens / minute, office.closes / minute - 1) * minute;
	const time = draw();
	return fromParis(number, time > lunch.from && time < lunch.to && random.chance(0.7) ? draw() : time);
};

/** The moment itself when people are at work, else in the first hours of the next working day. */
export function atWork(random: Random, date: Date): Date {
	const next = nextWorkingMoment(date, office);
	return next.getTime() === date.getTime() ? date : plusMinutes(next, random.int(2, 180));
}

/** When somebody outside writes back: mostly by day and in the week, now and then late in the evening or on a Sunday; never at night. */
export function replyMoment(random: Random, date: Date): Date {
	const { time } = toParis(date);
	const awake = time > 6.5 * 60 * minute && time < 22.5 * 60 * minute;
	return awake && random.chance(0.3) ? date : atWork(random, date);
}

/** A moment of that very day, most often by daylight: people fill in forms in the evening, too. */
export const anyMoment = (random: Random, date: Date): Date =>
	plusMinutes(new Date(Math.floor(date.getTime() / day) * day), Math.round(clamp(random.normal(13.5 * 60, 200), 6 * 60, 22 * 60)));

/** The moment, held back to the last one of the demo's past. */
export const notAfter = (date: Date, limit: Date): Date => (date > limit ? limit : date);

/** Business follows the French year: nothing much in August and at Christmas, rushes in September and before the summer. */
const monthFactors = [0.95, 1.0, 1.1, 1.0, 0.9, 1.1, 0.8, 0.45, 1.3, 1.2, 1.15, 0.65];

export function seasonOf(date: Date): number {
	const factor = monthFactors[date.getUTCMonth()] ?? 1;
	return date.getUTCMonth() === 11 && date.getUTCDate() > 20 ? factor * 0.4 : factor;
}

/**
 * A day between two dates, by season, weekdays and steady growth of the company (half as much again from end to end).
 * Rejection sampling: the caller sees only days that exist in the range.
 */
export function businessDay(random: Random, from: Date, to: Date): Date {
	const span = Math.max(1, daysBetween(from, to));
	for (let attempt = 0; attempt < 200; attempt++) {
		const share = random.next();
		const date = plusDays(from, Math.floor(share * span));
		const weight = seasonOf(date) * (isWeekend(date) ? 0.12 : 1) * (0.8 + 0.4 * share);
		if (random.next() * 1.6 < weight) return date;
	}
	return from;
}
