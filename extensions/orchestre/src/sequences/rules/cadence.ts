import { dayMs, fromParis, toParis } from '../../platform/time/paris.ts';
import { addWorkingDays, nextWorkingMoment, workingCalendar, type WorkingCalendar } from '../../platform/time/working-time.ts';
import type { Cadence } from './types.ts';

const calendarOf = ({ send_from, send_until, alsace_moselle }: Cadence): WorkingCalendar =>
	workingCalendar({ opens_at: send_from ?? '', closes_at: send_until ?? '', alsace_moselle });

/** Any day of the week; the hours stay those of the sequence. */
function nextOnAnyDay(at: Date, { opens, closes }: WorkingCalendar): Date {
	const { day, time } = toParis(at);
	if (time >= closes) return fromParis(day + 1, opens);
	return time < opens ? fromParis(day, opens) : at;
}

/** The moment itself when the sequence may act then, else the next one (quiet hours, week-ends, public holidays; Paris time). */
export function nextMoment(at: Date, cadence: Cadence): Date {
	const calendar = calendarOf(cadence);
	return cadence.working_days_only ? nextWorkingMoment(at, calendar) : nextOnAnyDay(at, calendar);
}

/** When a step is due that waits `days` after `from`: working days, or calendar days where the sequence acts on all of them. */
export function dueAfter(from: Date, days: number, cadence: Cadence): Date {
	const wait = Number.isFinite(days) ? Math.min(Math.max(0, Math.floor(days)), 1000) : 0;
	const calendar = calendarOf(cadence);
	if (cadence.working_days_only) return addWorkingDays(from, wait, calendar);
	const { day, time } = toParis(nextOnAnyDay(from, calendar));
	return fromParis(day + wait, time);
}

/** The first moment of the next day on which the sequence may act: where what exceeds the day's limit waits. */
export function nextDay(at: Date, cadence: Cadence): Date {
	return nextMoment(fromParis(toParis(at).day + 1, 0), cadence);
}

/** When the Paris day of this moment began and ends. */
export function parisDay(at: Date): { from: Date; until: Date } {
	const { day } = toParis(at);
	return { from: fromParis(day, 0), until: fromParis(day + 1, 0) };
}

/** Tasks that a step asks for are due by the end of that day's hours. */
export function endOfDay(at: Date, cadence: Cadence): Date {
	const moment = nextMoment(at, cadence);
	return fromParis(toParis(moment).day, Math.min(calendarOf(cadence).closes, dayMs - 60_000));
}
