/** Geometry of the charts: pure, in the units of the SVG's viewBox. Replaces d3-scale and d3-shape (13 kB) by what the charts need of them. */

/** A round step (1, 2, 2.5 or 5 times a power of ten) that divides `range` into at most `parts`. */
export function niceStep(range: number, parts = 4): number {
	if (!(range > 0)) return 1;
	const raw = range / parts;
	const power = 10 ** Math.floor(Math.log10(raw));
	return ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= raw * (1 - 1e-9)) ?? 10) * power;
}

/** Round ticks around the values, zero among them; `whole` keeps them integers, for things that are counted. */
export function ticksOf(values: readonly number[], { parts = 4, whole = false }: { parts?: number; whole?: boolean } = {}): number[] {
	const [low, high] = [Math.min(0, ...values), Math.max(0, ...values)];
	const step = whole ? Math.max(1, Math.ceil(niceStep(high - low, parts))) : niceStep(high - low, parts);
	const [first, last] = [Math.floor(low / step), Math.max(Math.ceil(high / step), Math.floor(low / step) + 1)];
	return Array.from({ length: last - first + 1 }, (_, index) => (first + index) * step);
}

/** Maps `from` (low, high) to `to`; a range without width goes to its start. */
export const scaleOf =
	([low, high]: readonly [number, number], [start, end]: readonly [number, number]) =>
	(value: number): number =>
		Math.round((start + ((value - low) / (high - low || 1)) * (end - start)) * 10) / 10;

export type Spot = { x: number; y: number };

/** A line through the spots; where one is missing (null) it is broken, not drawn across. */
export function linePath(spots: readonly (Spot | null)[]): string {
	let isDown = false;
	return spots
		.map((spot) => {
			const part = spot ? `${isDown ? 'L' : 'M'}${spot.x},${spot.y}` : '';
			isDown = spot !== null;
			return part;
		})
		.join('');
}

/** The closed area between two edges of the same length; places where either is missing are left out. */
export function bandPath(upper: readonly (Spot | null)[], lower: readonly (Spot | null)[]): string {
	const pairs = upper.flatMap((top, index): [Spot, Spot][] => {
		const bottom = lower[index];
		return top && bottom ? [[top, bottom]] : [];
	});
	if (pairs.length === 0) return '';
	const edge = (spots: readonly Spot[]): string => spots.map(({ x, y }) => `${x},${y}`).join('L');
	return `M${edge(pairs.map(([top]) => top))}L${edge(pairs.map(([, bottom]) => bottom).toReversed())}Z`;
}

/** `value` as a share (0 to 1) of `whole`; 0 when there is no whole. */
export const shareOf = (value: number, whole: number): number => (whole > 0 ? Math.min(1, Math.max(0, value / whole)) : 0);
