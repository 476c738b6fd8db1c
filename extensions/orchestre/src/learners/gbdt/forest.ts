import type { Matrix } from '../encoding.ts';

/**
 * Trees as plain numbers, one place a node. `field` is -1 in a leaf. A number goes left when it is not above `threshold`, a
 * category (`isCode` 1) when it is equal; a missing number goes left when `missingLeft` is 1. `cover` counts training rows.
 */
export type Tree = {
	field: number[];
	isCode: number[];
	threshold: number[];
	missingLeft: number[];
	left: number[];
	right: number[];
	value: number[];
	cover: number[];
};

export const isLeft = (tree: Tree, node: number, value: number): boolean =>
	tree.isCode[node] === 1 ? value === tree.threshold[node] : Number.isNaN(value) ? tree.missingLeft[node] === 1 : value <= (tree.threshold[node] as number);

/** Adds to each row's score what its leaf of this tree says. */
export function addTree(tree: Tree, { columns }: Matrix, scores: Float64Array): void {
	const { field, left, right, value } = tree;
	for (let row = 0; row < scores.length; row++) {
		let node = 0;
		for (let at = field[0] as number; at >= 0; at = field[node] as number)
			node = (isLeft(tree, node, (columns[at] as Float64Array)[row] as number) ? left[node] : right[node]) as number;
		scores[row] = (scores[row] as number) + (value[node] as number);
	}
}

/** All trees end to end in typed arrays, for speed. */
export type Forest = {
	roots: Int32Array;
	field: Int32Array;
	kind: Uint8Array;
	threshold: Float64Array;
	left: Int32Array;
	right: Int32Array;
	value: Float64Array;
};

export function forestOf(trees: readonly Tree[]): Forest {
	const total = trees.reduce((sum, { field }) => sum + field.length, 0);
	const forest: Forest = {
		roots: new Int32Array(trees.length),
		field: new Int32Array(total),
		kind: new Uint8Array(total),
		threshold: new Float64Array(total),
		left: new Int32Array(total),
		right: new Int32Array(total),
		value: new Float64Array(total),
	};
	let start = 0;
	trees.forEach((tree, index) => {
		forest.roots[index] = start;
		tree.field.forEach((field, node) => {
			const at = start + node;
			forest.field[at] = field;
			forest.kind[at] = 2 * (tree.isCode[node] as number) + (tree.missingLeft[node] as number);
			forest.threshold[at] = tree.threshold[node] as number;
			forest.left[at] = start + (tree.left[node] as number);
			forest.right[at] = start + (tree.right[node] as number);
			forest.value[at] = tree.value[node] as number;
		});
		start += tree.field.length;
	});
	return forest;
}

/** The same for many trees: a row's facts are fetched once. */
export function addTrees({ roots, field, kind, threshold, left, right, value }: Forest, { columns, rows }: Matrix, scores: Float64Array): Float64Array {
	const facts = new Float64Array(columns.length);
	for (let row = 0; row < rows; row++) {
		for (let index = 0; index < facts.length; index++) facts[index] = (columns[index] as Float64Array)[row] as number;
		let sum = scores[row] as number;
		for (let tree = 0; tree < roots.length; tree++) {
			let node = roots[tree] as number;
			let at = field[node] as number;
			while (at >= 0) {
				const fact = facts[at] as number;
				const how = kind[node] as number;
				const goesLeft = how === 2 ? fact === (threshold[node] as number) : fact <= (threshold[node] as number) || (how === 1 && Number.isNaN(fact));
				node = (goesLeft ? left[node] : right[node]) as number;
				at = field[node] as number;
			}
			sum += value[node] as number;
		}
		scores[row] = sum;
	}
	return scores;
}
