import type { Language } from '../amount.ts';
import { dateFormat, numberFormat, relativeFormat } from '../formats.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A date without time ("2026-11-21") is a day of the reader's calendar, not midnight in Greenwich. Null when it is no date. */
export function parseMoment(text: string | null | undefined): Date | null {
	if (!text) return null;
	const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text);
	return Number.isNaN(date.getTime()) ? null : date;
}

const calendarDay = (date: Date): number => Date.UTC(date.getFullYear(), date.getMonth(), date.getDate()) / day;

/** `il y a 3 jours`, `hier`, `il y a 2 mois`; by days of the calendar, as people count. */
export function daysAgo(date: Date, now: Date, language: Language): string {
	const days = calendarDay(date) - calendarDay(now);
	if (Math.abs(days) < 31) return relativeFormat(language, { numeric: 'auto' }).format(days, 'day');
	const words = relativeFormat(language);
	if (Math.abs(days) < 365) return words.format(Math.round(days / 30.44), 'month');
	return words.format(Math.round(days / 365.25), 'year');
}

/** `25 min`, `3 h 20`, `2 jours`: how far apart two moments are, for deadlines. */
export function duration(from: Date, to: Date, language: Language): string {
	const length = Math.abs(to.getTime() - from.getTime());
	if (length < hour) return `${Math.max(1, Math.round(length / minute))} min`;
	if (length < day) {
		const minutes = Math.round(length / minute);
		return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
	}
	return numberFormat(language, { style: 'unit', unit: 'day', unitDisplay: 'long' }).format(Math.round(length / day));
}

/** `21 nov. 2026`. */
export const shortDay = (date: Date, language: Language): string => dateFormat(language, { day: 'numeric', month: 'short', year: 'numeric' }).format(date);

/** `21 nov. 2026 à 14:03`. */
export function shortMoment(date: Date, language: Language): string {
	const time = dateFormat(language, { hour: '2-digit', minute: '2-digit' }).format(date);
	return `${shortDay(date, language)} ${language === 'fr' ? 'à' : 'at'} ${time}`;
}

/** `21/11/2026 14:03`, for the columns of a table. */
export const tableMoment = (date: Date, language: Language): string =>
	dateFormat(language, { dateStyle: 'short', timeStyle: 'short' }).format(date).replace(',', '');
