import { toMoment } from '../../platform/time/moments.ts';

const dayMs = 86_400_000;
/** Excel counts days from here (its first of January 1900 is 1, and it believes in a 29 February 1900). */
const excelStart = Date.UTC(1899, 11, 30);
/** 31 December 2100. */
const lastSerial = 73_415;

const two = (value: number | string): string => String(value).padStart(2, '0');
const century = (year: string): string => (year.length === 2 ? `${Number(year) < 50 ? '20' : '19'}${year}` : year);

/** Days since 1900 as Excel counts them, with the time as fraction, as local `YYYY-MM-DD[THH:MM:SS]`; null outside 1900–2100. */
export function ofSerial(serial: number, starts1904 = false): string | null {
	const days = serial + (starts1904 ? 1462 : 0);
	if (!(days >= 61 && days < lastSerial + 1)) return null;
	// Rounded to the second: a time is a fraction that floats cannot hold.
	const iso = new Date(Math.round((excelStart + days * dayMs) / 1000) * 1000).toISOString();
	return iso.endsWith('T00:00:00.000Z') ? iso.slice(0, 10) : iso.slice(0, 19);
}

const french = /^(\d{1,2})[/.\- ](\d{1,2})[/.\- ](\d{4}|\d{2})(?:[ T,à]+(\d{1,2})[:h](\d{2})?(?::(\d{2}))?)?$/i;

/** What people and spreadsheets write (31/12/2026, 31.12.26 14h30, 46387, ISO) as ISO text without zone, or the ISO text as it was. Null when it is none. */
function toIso(value: string | number): string | null {
	if (typeof value === 'number') return ofSerial(value);
	const text = value.trim();
	if (/^\d{5}(?:[.,]\d+)?$/.test(text)) return ofSerial(Number(text.replace(',', '.')));
	const parts = french.exec(text);
	if (!parts) return text;
	const [, day = '', month = '', year = '', hours, minutes = '0', seconds = '0'] = parts;
	const date = `${century(year)}-${two(month)}-${two(day)}`;
	return hours === undefined ? date : `${date}T${two(hours)}:${two(minutes)}:${two(seconds)}`;
}

/** A calendar day as YYYY-MM-DD, or null when there is no such day. A time of day is let go. */
export function toDay(value: string | number): string | null {
	const day = toIso(value)?.replace(/[T ].*$/, '') ?? '';
	return /^\d{4}-\d{2}-\d{2}$/.test(day) && toMoment(`${day}T12:00:00Z`) ? day : null;
}

/** A moment as ISO in UTC, read as Paris time unless it says its own offset; null when the calendar has none such. */
export function toInstant(value: string | number): string | null {
	const iso = toIso(value);
	return iso === null ? null : toMoment(iso);
}
