/**
 * Paris time as arithmetic. A day is a number (days since 1970-01-01), a time of day milliseconds since midnight.
 *
 * Why not Intl: a lead needs some ten conversions and Intl costs more than all of the scoring. The European rule (last
 * Sundays of March and October, 01:00 UTC) has held since 1996; a test compares it with Intl so that a change of the
 * law shows up with the next Node.
 */

export const dayMs = 86_400_000;
const hourMs = 3_600_000;

function lastSunday(year: number, month: number): number {
	const end = Date.UTC(year, month + 1, 0);
	return end - new Date(end).getUTCDay() * dayMs + hourMs;
}

const summers = new Map<number, { from: number; to: number }>();

function summer(year: number): { from: number; to: number } {
	let bounds = summers.get(year);
	if (!bounds) {
		bounds = { from: lastSunday(year, 2), to: lastSunday(year, 9) };
		if (summers.size < 500) summers.set(year, bounds);
	}
	return bounds;
}

/** Milliseconds to add to UTC to get Paris time at this moment. */
export function parisOffset(at: number): number {
	const { from, to } = summer(new Date(at).getUTCFullYear());
	return at >= from && at < to ? 2 * hourMs : hourMs;
}

/** The Paris day and time of day of a moment. */
export function toParis(at: Date): { day: number; time: number } {
	const local = at.getTime() + parisOffset(at.getTime());
	const day = Math.floor(local / dayMs);
	return { day, time: local - day * dayMs };
}

/** The moment of a Paris day and time; a time that the spring change skips is an hour later, a doubled one the first. */
export function fromParis(day: number, time: number): Date {
	const local = day * dayMs + time;
	const inSummer = local - 2 * hourMs;
	return new Date(parisOffset(inSummer) === 2 * hourMs ? inSummer : local - hourMs);
}

/** 1 (Monday) to 7 (Sunday). */
export const weekday = (day: number): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** `2026-11-22` */
export const isoOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** Day number of `YYYY-MM-DD` (anything after it is left aside); null when no such day exists. */
export function dayOf(iso: string): number | null {
	const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso);
	if (!parts) return null;
	const [year, month, date] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
	const at = new Date(Date.UTC(year, month - 1, date));
	return at.getUTCMonth() === month - 1 && at.getUTCDate() === date && at.getUTCFullYear() === year ? at.getTime() / dayMs : null;
}

export const yearOf = (day: number): number => new Date(day * dayMs).getUTCFullYear();

const months = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];

/** `3 mars 2026`, `1er mai 2026`, in Paris. */
export function frenchDate(at: Date): string {
	const date = new Date(toParis(at).day * dayMs);
	const number = date.getUTCDate();
	return `${number === 1 ? '1er' : number} ${months[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `3 mars 2026 à 14 h 05`, in Paris. */
export function frenchMoment(at: Date): string {
	const minutes = Math.floor(toParis(at).time / 60_000);
	return `${frenchDate(at)} à ${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')}`;
}
