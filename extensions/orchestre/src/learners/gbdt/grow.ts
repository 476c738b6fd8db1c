import type { Encoding } from '../encoding.ts';
import type { GbdtRecipe } from '../learner.ts';
import type { Binned } from './bins.ts';
import type { Tree } from './forest.ts';
import { splitCategory, splitNumber, type Split, type Sums } from './split.ts';

/** A leaf while the tree grows: its rows are `start` to `end` of the order, `split` the best way to part them. */
type Leaf = { node: number; start: number; end: number; depth: number; sums: Sums; histogram: Float64Array; split: Split | null };

/** Deeper trees would not be more accurate, and the exact explanation of a leaf costs 2^depth. */
const mostDepth = 8;

export type Ground = { encoding: Encoding; binned: Binned; gradients: Float64Array; curvatures: Float64Array; offsets: number[]; size: number };

/** Adds up gradient, curvature and row count of each bin, for the fields at hand. */
function histogramOf(
	{ binned, gradients, curvatures, offsets, size }: Ground,
	order: Uint32Array,
	start: number,
	end: number,
	fields: readonly number[],
): Float64Array {
	const histogram = new Float64Array(size);
	const rows = order.subarray(start, end);
	const count = rows.length;
	const ownGradients = new Float64Array(count);
	const ownCurvatures = new Float64Array(count);
	for (let at = 0; at < count; at++) {
		const row = rows[at] as number;
		ownGradients[at] = gradients[row] as number;
		ownCurvatures[at] = curvatures[row] as number;
	}
	for (const field of fields) {
		const bins = binned.bins[field] as Uint8Array;
		const offset = offsets[field] as number;
		for (let at = 0; at < count; at++) {
			const cell = offset + 3 * (bins[rows[at] as number] as number);
			histogram[cell] = (histogram[cell] as number) + (ownGradients[at] as number);
			histogram[cell + 1] = (histogram[cell + 1] as number) + (ownCurvatures[at] as number);
			histogram[cell + 2] = (histogram[cell + 2] as number) + 1;
		}
	}
	return histogram;
}

function bestSplit({ encoding, binned, offsets }: Ground, histogram: Float64Array, sums: Sums, fields: readonly number[], recipe: GbdtRecipe): Split | null {
	let best: Split | null = null;
	if (sums.rows < 2 * recipe.minLeaf) return null;
	for (const field of fields) {
		const search = encoding.fields[field]?.kind === 'category' ? splitCategory : splitNumber;
		best = search(best, histogram, offsets[field] as number, binned.counts[field] as number, field, sums, recipe);
	}
	return best;
}

/** Parts the rows of a leaf in place, keeping their order within each side. Returns where the right side begins. */
function part({ encoding, binned }: Ground, order: Uint32Array, { start, end }: Leaf, { field, bin, missingLeft }: Split): number {
	const bins = binned.bins[field] as Uint8Array;
	const isCode = encoding.fields[field]?.kind === 'category';
	const missing = (binned.counts[field] as number) - 1;
	const right: number[] = [];
	let next = start;
	for (let at = start; at < end; at++) {
		const row = order[at] as number;
		const own = bins[row] as number;
		const goesLeft = isCode ? own === bin : own === missing ? missingLeft : own <= bin;
		if (goesLeft) order[next++] = row;
		else right.push(row);
	}
	order.set(right, next);
	return next;
}

/**
 * One tree, leaf by leaf, always the leaf whose split gains most (Friedman 2001; second-order gain as in XGBoost, Chen and Guestrin
 * 2016; leaf-wise as in LightGBM, Ke et al. 2017). `order` holds the rows to learn from, and is rearranged. Null when no split
 * gains anything.
 */
export function growTree(ground: Ground, order: Uint32Array, fields: readonly number[], recipe: GbdtRecipe): Tree | null {
	const tree: Tree = { field: [], isCode: [], threshold: [], missingLeft: [], left: [], right: [], value: [], cover: [] };
	const addLeaf = (start: number, end: number, depth: number, sums: Sums, histogram: Float64Array): Leaf => {
		const node = tree.field.push(-1) - 1;
		tree.isCode.push(0);
		tree.threshold.push(0);
		tree.missingLeft.push(0);
		tree.left.push(0);
		tree.right.push(0);
		tree.value.push((-sums.gradient / (sums.curvature + recipe.lambda)) * recipe.rate);
		tree.cover.push(sums.rows);
		const split = depth < mostDepth ? bestSplit(ground, histogram, sums, fields, recipe) : null;
		return { node, start, end, depth, sums, histogram, split };
	};
	const all: Sums = { gradient: 0, curvature: 0, rows: order.length };
	for (const row of order) {
		all.gradient += ground.gradients[row] as number;
		all.curvature += ground.curvatures[row] as number;
	}
	const leaves = [addLeaf(0, order.length, 0, all, histogramOf(ground, order, 0, order.length, fields))];
	while (leaves.length < recipe.leaves) {
		const best = leaves.reduce<Leaf | null>((found, leaf) => (leaf.split && leaf.split.gain > (found?.split?.gain ?? 0) ? leaf : found), null);
		if (!best?.split) break;
		const { node, start, end, depth, sums, split, histogram } = best;
		const middle = part(ground, order, best, split);
		const rightSums: Sums = { gradient: sums.gradient - split.left.gradient, curvature: sums.curvature - split.left.curvature, rows: end - middle };
		// Only the smaller side is counted; the other is the difference.
		const isLeftSmall = middle - start <= end - middle;
		const small = histogramOf(ground, order, isLeftSmall ? start : middle, isLeftSmall ? middle : end, fields);
		for (let cell = 0; cell < small.length; cell++) histogram[cell] = (histogram[cell] as number) - (small[cell] as number);
		const left = addLeaf(start, middle, depth + 1, split.left, isLeftSmall ? small : histogram);
		const right = addLeaf(middle, end, depth + 1, rightSums, isLeftSmall ? histogram : small);
		const isCode = ground.encoding.fields[split.field]?.kind === 'category';
		const edges = ground.binned.edges[split.field] as Float64Array;
		tree.field[node] = split.field;
		tree.isCode[node] = isCode ? 1 : 0;
		// Above the last edge there are only missing numbers.
		tree.threshold[node] = isCode ? split.bin : (edges[split.bin] ?? Number.MAX_VALUE);
		tree.missingLeft[node] = split.missingLeft ? 1 : 0;
		tree.left[node] = left.node;
		tree.right[node] = right.node;
		tree.value[node] = 0;
		leaves.splice(leaves.indexOf(best), 1, left, right);
	}
	return leaves.length > 1 ? tree : null;
}
