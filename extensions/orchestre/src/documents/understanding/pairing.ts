import type { Label, LabelKind } from './labels.ts';
import type { Region } from './page-text.ts';

/** How well a label and a value go together: 0 (not at all) to the label's strength. */
export type Pairing = { label: Label; side: 'left' | 'above'; score: number };

const tall = (region: Region): number => Math.max(4, region.y1 - region.y0);
const overlap = (from: number, to: number, otherFrom: number, otherTo: number): number => Math.min(to, otherTo) - Math.max(from, otherFrom);

/** Share of the lower of two regions that stands beside the other. */
const beside = (one: Region, other: Region): number => overlap(one.y0, one.y1, other.y0, other.y1) / Math.min(tall(one), tall(other));

function toTheLeft(value: Region, label: Region): number | null {
	if (label.page !== value.page || beside(value, label) < 0.5 || label.x0 >= value.x0) return null;
	const distance = value.x0 - label.x1;
	return distance > -0.5 * tall(value) ? Math.max(0, distance) : null;
}

function above(value: Region, label: Region): number | null {
	if (label.page !== value.page || label.y0 >= value.y0) return null;
	const distance = value.y0 - label.y1;
	const rightAligned = Math.abs(label.x1 - value.x1) < tall(value);
	const leftAligned = Math.abs(label.x0 - value.x0) < tall(value);
	if (distance < -0.4 * tall(value) || distance > 4 * tall(value)) return null;
	return rightAligned || leftAligned || overlap(label.x0, label.x1, value.x0, value.x1) > 0.3 * Math.min(label.x1 - label.x0, value.x1 - value.x0)
		? Math.max(0, distance) / tall(value)
		: null;
}

/**
 * The labels that may announce a value, the best first: one to the left in the same row, or one above in the same column. A label that has
 * another label or another value of the same sort between it and the value loses weight.
 */
export function pairingsOf(value: Region, labels: readonly Label[], rivals: readonly Region[], pageWidth: number): Pairing[] {
	const found: Pairing[] = [];
	for (const label of labels) {
		const left = toTheLeft(value, label);
		if (left !== null) {
			const between = (region: Region): boolean =>
				region !== value && region.page === value.page && beside(region, value) > 0.5 && region.x0 >= label.x1 - 1 && region.x1 <= value.x0 + 1;
			const values = rivals.filter(between).length;
			const words = labels.filter((other) => other !== label && between(other) && other.strength >= 0.5).length;
			const far = Math.max(0, left / pageWidth - 0.05);
			found.push({ label, side: 'left', score: label.strength * Math.max(0.05, 1 - 0.22 * values - 0.5 * words - 0.7 * far) });
			continue;
		}
		const up = above(value, label);
		if (up === null) continue;
		const between = (region: Region): boolean =>
			region !== value &&
			region.page === value.page &&
			overlap(region.x0, region.x1, value.x0, value.x1) > 0 &&
			region.y0 >= label.y1 - 2 &&
			region.y1 <= value.y0 + 2;
		const values = rivals.filter(between).length;
		const words = labels.filter((other) => other !== label && between(other) && other.strength >= 0.5).length;
		found.push({ label, side: 'above', score: label.strength * Math.max(0.05, 0.92 - 0.12 * up - 0.3 * values - 0.5 * words) });
	}
	return found.toSorted((one, other) => other.score - one.score);
}

/** The best score of each kind of label for a value. */
export function kindsOf(pairings: readonly Pairing[]): Partial<Record<LabelKind, number>> {
	const best: Partial<Record<LabelKind, number>> = {};
	for (const { label, score } of pairings) best[label.kind] = Math.max(best[label.kind] ?? 0, score);
	return best;
}
