import { parts, type Band, type HealthSettings, type Measure, type Part, type Reason, type Verdict } from './types.ts';

/** Whole numbers that sum to the rounded sum of these: the largest remainders are rounded up (largest-remainder method). */
export function wholeParts(values: readonly number[]): number[] {
	const sum = Math.round(values.reduce((total, value) => total + value, 0));
	const floors = values.map((value) => Math.floor(value));
	let left = sum - floors.reduce((total, value) => total + value, 0);
	const order = values
		.map((value, index) => ({ index, rest: value - Math.floor(value) }))
		.toSorted((one, other) => other.rest - one.rest || one.index - other.index);
	for (const { index } of order) {
		if (left <= 0) break;
		floors[index] = (floors[index] ?? 0) + 1;
		left -= 1;
	}
	return floors;
}

export const bandOf = (score: number, { watchBelow, redBelow }: Pick<HealthSettings, 'watchBelow' | 'redBelow'>): Band =>
	score < redBelow ? 'red' : score < watchBelow ? 'watch' : 'good';

/**
 * The score of a client: the weighted mean of the parts that could be measured. Each part costs its share of what it is short of full
 * marks, in whole points that sum to 100 − score. Null when nothing could be measured, or only what has no weight.
 */
export function verdictOn(measures: Readonly<Record<Part, Measure>>, settings: HealthSettings): Verdict | null {
	const weightOf = (part: Part): number => (measures[part].score === null ? 0 : Math.max(0, settings.weights[part]));
	const total = parts.reduce((sum, part) => sum + weightOf(part), 0);
	if (total === 0) return null;
	const losses = wholeParts(parts.map((part) => (weightOf(part) / total) * (100 - (measures[part].score ?? 100))));
	const shares = wholeParts(parts.map((part) => (100 * weightOf(part)) / total));
	const reasons = parts.map((part, index): Reason => ({
		part,
		score: measures[part].score,
		weight: shares[index] ?? 0,
		// No minus zero: it would be stored as 0 and read as a change.
		points: 0 - (losses[index] ?? 0),
		text: measures[part].text,
	}));
	const score = 100 + reasons.reduce((sum, { points }) => sum + points, 0);
	return { score, band: bandOf(score, settings), reasons };
}
