/** Gradient, curvature and row count of a set of rows. */
export type Sums = { gradient: number; curvature: number; rows: number };
/** Bins up to `bin` (a number), or `bin` alone (a category), go left; missing numbers where `missingLeft` says. */
export type Split = { field: number; bin: number; missingLeft: boolean; gain: number; left: Sums };
export type Limits = { lambda: number; minLeaf: number };

const leastCurvature = 1e-3;
const leastGain = 1e-6;

const worth = ({ gradient, curvature }: Sums, lambda: number): number => (gradient * gradient) / (curvature + lambda);
const minus = (all: Sums, part: Sums): Sums => ({
	gradient: all.gradient - part.gradient,
	curvature: all.curvature - part.curvature,
	rows: all.rows - part.rows,
});
const isWide = ({ rows, curvature }: Sums, { minLeaf }: Limits): boolean => rows >= minLeaf && curvature >= leastCurvature;

function better(best: Split | null, field: number, bin: number, missingLeft: boolean, left: Sums, all: Sums, limits: Limits): Split | null {
	const right = minus(all, left);
	if (!isWide(left, limits) || !isWide(right, limits)) return best;
	const gain = worth(left, limits.lambda) + worth(right, limits.lambda) - worth(all, limits.lambda);
	return gain > (best?.gain ?? leastGain) ? { field, bin, missingLeft, gain, left } : best;
}

/** The best split of one field, if it beats `best`. `histogram` holds gradient, curvature and rows of each bin from `offset` on. */
export function splitNumber(best: Split | null, histogram: Float64Array, offset: number, bins: number, field: number, all: Sums, limits: Limits): Split | null {
	const missing = offset + 3 * (bins - 1);
	const [missingGradient, missingCurvature, missingRows] = [histogram[missing] as number, histogram[missing + 1] as number, histogram[missing + 2] as number];
	let [gradient, curvature, rows] = [0, 0, 0];
	let found = best;
	for (let bin = 0; bin < bins - 1; bin++) {
		const at = offset + 3 * bin;
		if (histogram[at + 2] === 0) continue;
		gradient += histogram[at] as number;
		curvature += histogram[at + 1] as number;
		rows += histogram[at + 2] as number;
		const left = { gradient, curvature, rows };
		const withMissing = { gradient: gradient + missingGradient, curvature: curvature + missingCurvature, rows: rows + missingRows };
		// Without missing rows there is nothing to learn: they go where most rows go.
		if (missingRows === 0) found = better(found, field, bin, rows * 2 >= all.rows, left, all, limits);
		else found = better(better(found, field, bin, false, left, all, limits), field, bin, true, withMissing, all, limits);
	}
	return found;
}

/** The same for a category: one level against all others, "another level" and "missing" being levels as well. */
export function splitCategory(
	best: Split | null,
	histogram: Float64Array,
	offset: number,
	bins: number,
	field: number,
	all: Sums,
	limits: Limits,
): Split | null {
	let found = best;
	for (let bin = 0; bin < bins; bin++) {
		const at = offset + 3 * bin;
		const rows = histogram[at + 2] as number;
		if (rows > 0) found = better(found, field, bin, false, { gradient: histogram[at] as number, curvature: histogram[at + 1] as number, rows }, all, limits);
	}
	return found;
}
