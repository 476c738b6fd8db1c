import { dayOf, isoOf, weekday, yearOf } from '../../../platform/time/paris.ts';

export const periodKinds = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type PeriodKind = (typeof periodKinds)[number];

/** A calendar period in Paris; `start` and `end` (included) are day numbers. Weeks begin on Monday. */
export type Period = { kind: PeriodKind; start: number; end: number };

const monthOf = (day: number): number => new Date(day * 86_400_000).getUTCMonth();
const first = (year: number, month: number): number => Date.UTC(year, month, 1) / 86_400_000;

function monthsFrom(kind: PeriodKind, year: number, month: number, length: number): Period {
	return { kind, start: first(year, month), end: first(year, month + length) - 1 };
}

/** The period of this kind that a day lies in. */
export function periodOf(kind: PeriodKind, day: number): Period {
	const [year, month] = [yearOf(day), monthOf(day)];
	switch (kind) {
		case 'day':
			return { kind, start: day, end: day };
		case 'week':
			return { kind, start: day - weekday(day) + 1, end: day - weekday(day) + 7 };
		case 'month':
			return monthsFrom(kind, year, month, 1);
		case 'quarter':
			return monthsFrom(kind, year, month - (month % 3), 3);
		case 'year':
			return monthsFrom(kind, year, 0, 12);
	}
}

/** The one before. */
export const previousOf = ({ kind, start }: Period): Period => periodOf(kind, start - 1);

/** The one after. */
export const nextOf = ({ kind, end }: Period): Period => periodOf(kind, end + 1);

/** The same period a year earlier; a week is compared with the one 52 weeks earlier, 29 February with the 28th. */
export function yearBefore(period: Period): Period {
	const { kind, start } = period;
	if (kind === 'week') return periodOf(kind, start - 364);
	const date = new Date(start * 86_400_000);
	const month = date.getUTCMonth();
	const last = first(date.getUTCFullYear() - 1, month + 1) - 1;
	return periodOf(kind, Math.min(last, first(date.getUTCFullYear() - 1, month) + date.getUTCDate() - 1));
}

/** The last `count` periods of a kind up to the one that `day` lies in, oldest first. */
export function lastPeriods(kind: PeriodKind, day: number, count: number): Period[] {
	const periods: Period[] = [];
	for (let period = periodOf(kind, day); periods.length < count; period = previousOf(period)) periods.push(period);
	return periods.toReversed();
}

export const periodKey = ({ kind, start }: Period): string => `${kind}:${isoOf(start)}`;

const months = ['janvier', 'février', 'mars', 'avril', 'mai', 'juin', 'juillet', 'août', 'septembre', 'octobre', 'novembre', 'décembre'];

/** `novembre 2026`, `4e trimestre 2026`, `semaine du 16/11/2026`, `22/11/2026`, `2026`. */
export function periodName({ kind, start }: Period): string {
	const date = new Date(start * 86_400_000);
	const year = date.getUTCFullYear();
	const quarter = Math.floor(date.getUTCMonth() / 3) + 1;
	const day = `${String(date.getUTCDate()).padStart(2, '0')}/${String(date.getUTCMonth() + 1).padStart(2, '0')}/${year}`;
	if (kind === 'year') return String(year);
	if (kind === 'quarter') return `${quarter === 1 ? '1er' : `${quarter}e`} trimestre ${year}`;
	if (kind === 'month') return `${months[date.getUTCMonth()]} ${year}`;
	return kind === 'week' ? `semaine du ${day}` : day;
}

/** A period from its kind and any of its days (`2026-11-22`); null when there is no such day. */
export function readPeriod(kind: PeriodKind, iso: string): Period | null {
	const day = /^\d{4}-\d\d-\d\d$/.test(iso) ? dayOf(iso) : null;
	return day === null ? null : periodOf(kind, day);
}
