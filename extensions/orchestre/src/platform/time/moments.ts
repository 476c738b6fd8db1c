import { dayMs, dayOf, fromParis } from './paris.ts';

const form = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?\s?(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * A moment as ISO in UTC from a Date or an ISO text; null when the calendar has no such day or hour (2026-02-30, 25:00)
 * or when the year is not within 1900–2100. A text without offset is Paris time, whatever the server's own zone.
 */
export function toMoment(value: unknown): string | null {
	if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : within(value);
	if (typeof value !== 'string') return null;
	const parts = form.exec(value.trim());
	const day = parts ? dayOf(parts[1] ?? '') : null;
	if (!parts || day === null) return null;
	const [hours, minutes, seconds] = [Number(parts[2] ?? 0), Number(parts[3] ?? 0), Number(parts[4] ?? 0)];
	if (hours > 23 || minutes > 59 || seconds > 59) return null;
	const time = ((hours * 60 + minutes) * 60 + seconds) * 1000 + Math.floor(Number(`0.${parts[5] ?? 0}`) * 1000);
	const offset = parts[6]?.toUpperCase();
	if (!offset) return within(fromParis(day, time));
	const [sign, h, m] = offset === 'Z' ? [1, 0, 0] : [offset.startsWith('-') ? -1 : 1, Number(offset.slice(1, 3)), Number(offset.slice(-2))];
	if (h > 14 || m > 59) return null;
	return within(new Date(day * dayMs + time - sign * (h * 60 + m) * 60_000));
}

function within(moment: Date): string | null {
	const year = moment.getUTCFullYear();
	return year >= 1900 && year <= 2100 ? moment.toISOString() : null;
}
