import type { Term } from '../types.ts';
import type { Period } from './periods.ts';

/** From the first to the last day (included) that a term sums over; no first day: from the beginning of time. */
export type Window = { from: number | null; to: number };

/** `today`: the last so many days of a period that runs end with it. */
export function windowOf({ over = 'period' }: Term, { start, end }: Period, today: number): Window {
	if (over === 'period') return { from: start, to: end };
	if (over === 'end') return { from: null, to: end };
	if (over === 'start') return { from: null, to: start - 1 };
	const last = Math.min(end, today);
	return { from: last - over.days + 1, to: last };
}

/**
 * The days at which facts are cut so that every window is a run of slices: slice 0 lies before the first cut, slice i from cut i-1 on.
 * Cuts after `today` would be empty and are left out.
 */
export function cutsOf(windows: readonly Window[], today: number): number[] {
	const days = windows.flatMap(({ from, to }) => [...(from === null ? [] : [from]), to + 1]);
	return [...new Set(days.filter((day) => day <= today))].toSorted((a, b) => a - b);
}

/** The slices of a window, from (included) to (excluded). */
export function slicesOf({ from, to }: Window, cuts: readonly number[]): [number, number] {
	const at = (day: number): number => {
		const index = cuts.indexOf(day);
		return index < 0 ? cuts.length + 1 : index + 1;
	};
	return [from === null ? 0 : at(from), at(to + 1)];
}
