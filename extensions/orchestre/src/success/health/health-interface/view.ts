import { dayMs } from '../../../platform/time/paris.ts';
import type { HealthPoint } from './read.ts';

/** Size of the picture in its own units. */
export const frame = { width: 240, height: 56, margin: 6 };

export type Sparkline = { path: string; last: { x: number; y: number } };

const yOf = (score: number): number => frame.margin + ((100 - score) / 100) * (frame.height - 2 * frame.margin);
const timeOf = ({ computed_on }: HealthPoint): number => Date.parse(computed_on.slice(0, 10));

/**
 * The line of the scores, oldest first, by their days: a night that was missed is a longer step, not a shorter one. Null for fewer than
 * two days.
 */
export function sparkline(points: readonly HealthPoint[]): Sparkline | null {
	const [first, last] = [points[0], points.at(-1)];
	if (!first || !last || first === last) return null;
	const [from, span] = [timeOf(first), Math.max(dayMs, timeOf(last) - timeOf(first))];
	const placeOf = (point: HealthPoint): Sparkline['last'] => ({
		x: frame.margin + ((timeOf(point) - from) / span) * (frame.width - 2 * frame.margin),
		y: yOf(point.score),
	});
	const path = points.map(placeOf).map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`).join(''); // prettier-ignore
	return { path, last: placeOf(last) };
}

/** `+4`, `−3`, `0`, with a real minus. */
export const signed = (points: number): string => (points > 0 ? `+${points}` : String(points).replace('-', '−'));

/** A day as an input of the browser has it, `days` after `now`, by the reader's calendar. */
export function inputDay(days: number, now: Date): string {
	const at = new Date(now.getFullYear(), now.getMonth(), now.getDate() + days);
	return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, '0')}-${String(at.getDate()).padStart(2, '0')}`;
}
