import { describe, expect, test } from 'vitest';
import { encode, type Matrix } from '../encoding.ts';
import type { GbdtRecipe } from '../learner.ts';
import { prepare } from '../learn.ts';
import { madeUp } from '../made-up.ts';
import { randomFrom } from '../random.ts';
import type { Cell, Table } from '../table.ts';
import { isLeft, type Tree } from './forest.ts';
import { gbdt } from './gbdt.ts';

const recipe: GbdtRecipe = { learner: 'gbdt', rounds: 20, rate: 0.3, leaves: 8, minLeaf: 5, lambda: 1, rowShare: 0.8, fieldShare: 0.8, bins: 64, seed: 3 };

/** What a tree is worth when only some fields of the row are known: elsewhere both sides count by their share of training rows. */
function worth(tree: Tree, { columns }: Matrix, row: number, known: number, node = 0): number {
	const field = tree.field[node] as number;
	if (field < 0) return tree.value[node] as number;
	const [left, right] = [tree.left[node] as number, tree.right[node] as number];
	if ((known >> field) & 1)
		return worth(tree, { columns, rows: 0 }, row, known, isLeft(tree, node, (columns[field] as Float64Array)[row] as number) ? left : right);
	const side = (child: number): number => (worth(tree, { columns, rows: 0 }, row, known, child) * (tree.cover[child] as number)) / (tree.cover[node] as number);
	return side(left) + side(right);
}

/** Shapley's formula as it stands in the textbook, over all coalitions. */
function bruteForce(trees: readonly Tree[], matrix: Matrix, row: number): number[] {
	const players = matrix.columns.length;
	const factorial = (n: number): number => (n < 2 ? 1 : n * factorial(n - 1));
	const value = (known: number): number => trees.reduce((sum, tree) => sum + worth(tree, matrix, row, known), 0);
	const values = Array.from({ length: 1 << players }, (_, known) => value(known));
	return Array.from({ length: players }, (_, player) => {
		let sum = 0;
		for (let known = 0; known < 1 << players; known++) {
			if ((known >> player) & 1) continue;
			const size = known.toString(2).replaceAll('0', '').length;
			const weight = (factorial(size) * factorial(players - size - 1)) / factorial(players);
			sum += weight * ((values[known | (1 << player)] as number) - (values[known] as number));
		}
		return sum;
	});
}

describe('explanations of trees', () => {
	const { table, labels } = madeUp(600);
	const { encoding, matrix, labels: ordered } = prepare(table, labels);
	const fitted = gbdt.fit(encoding, matrix, ordered, recipe);
	const { trees } = fitted.toJSON() as { trees: Tree[] };

	test('equal Shapley values by brute force, with missing values, categories and levels never seen', () => {
		const strange = encode(encoding, { ...table, columns: table.columns.map((column, index) => (index === 1 ? column.map((): Cell => 'jamais vu') : column)) });
		for (const rows of [matrix, strange]) {
			const { values } = fitted.contributions(rows);
			for (let row = 0; row < 40; row++) bruteForce(trees, rows, row).forEach((value, field) => expect(values[row * 4 + field]).toBeCloseTo(value, 12));
		}
		expect(trees.some(({ field }) => new Set(field.filter((one) => one >= 0)).size > 2)).toBe(true);
	});

	test('add up to the log-odds', () => {
		const { base, values } = fitted.contributions(matrix);
		fitted.predict(matrix).forEach((score, row) => {
			const sum = values.subarray(row * 4, row * 4 + 4).reduce((total, value) => total + value, base);
			expect(Math.abs(sum - score)).toBeLessThan(1e-9);
		});
	});
});

describe('trees', () => {
	test('learn on which side missing values belong', () => {
		const random = randomFrom(5);
		const columns = [Array.from({ length: 400 }, () => (random() < 0.3 ? null : random()))];
		const one: Table = { fields: [{ name: 'x', kind: 'number' }], columns, rows: 400 };
		for (const missing of [0, 1]) {
			const outcome = columns[0]?.map((cell) => (cell === null ? missing : cell > 0.5 ? 1 : 0)) ?? [];
			const learnt = prepare(one, outcome);
			// One tree of one split: missing rows have to join the side that ends as they do.
			const model = gbdt.fit(learnt.encoding, learnt.matrix, learnt.labels, { ...recipe, rounds: 1, leaves: 2 });
			const [unknown, low, high] = model.predict({ columns: [Float64Array.of(Number.NaN, 0.1, 0.9)], rows: 3 });
			expect(low).toBeLessThan(high as number);
			expect(unknown).toBe(missing === 1 ? high : low);
		}
	});

	test('do not split what carries no information, and stop at once', () => {
		const constant: Table = { fields: [{ name: 'x', kind: 'number' }], columns: [Array.from({ length: 100 }, () => 7)], rows: 100 };
		const learnt = prepare(
			constant,
			Array.from({ length: 100 }, (_, row) => (row % 4 === 0 ? 1 : 0)),
		);
		const model = gbdt.fit(learnt.encoding, learnt.matrix, learnt.labels, recipe);
		expect((model.toJSON() as { trees: Tree[] }).trees).toEqual([]);
		expect(model.predict(learnt.matrix)[0]).toBeCloseTo(Math.log(0.25 / 0.75), 12);
	});

	test('never leave fewer rows in a leaf than asked', () => {
		const { table, labels } = madeUp(500);
		const learnt = prepare(table, labels);
		const { trees } = gbdt.fit(learnt.encoding, learnt.matrix, learnt.labels, { ...recipe, minLeaf: 25 }).toJSON() as { trees: Tree[] };
		expect(trees.length).toBeGreaterThan(0);
		for (const tree of trees) for (const cover of tree.cover) expect(cover).toBeGreaterThanOrEqual(25);
	});
});
