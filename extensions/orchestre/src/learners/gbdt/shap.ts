import type { Matrix } from '../encoding.ts';
import { isLeft, type Tree } from './forest.ts';

/**
 * A leaf as a game of the fields on its path. A coalition is worth `value` times, over the fields in it, 1 or 0 (the row would pass
 * all of the field's nodes or not) and, over the others, the part of the training rows that do.
 */
type Game = { fields: number[]; steps: { node: number; player: number; left: boolean }[]; shares: number[]; value: number };

/**
 * Shapley values of the players of a game worth 1 for each mask of passed fields (Shapley 1953, by sums over coalitions of one size):
 * mask × players, row by row.
 */
function weightsOf(shares: readonly number[]): Float64Array {
	const players = shares.length;
	const weights = new Float64Array((1 << players) * players);
	// chances[s] = s! (players - s - 1)! / players!
	const chances = new Float64Array(players);
	chances[0] = 1 / players;
	for (let size = 1; size < players; size++) chances[size] = ((chances[size - 1] as number) * size) / (players - size);
	const sums = new Float64Array(players);
	for (let mask = 0; mask < 1 << players; mask++)
		for (let player = 0; player < players; player++) {
			sums.fill(0);
			sums[0] = 1;
			let others = 0;
			for (let other = 0; other < players; other++) {
				if (other === player) continue;
				const inside = (mask >> other) & 1;
				others++;
				for (let size = others; size >= 0; size--)
					sums[size] = (sums[size] as number) * (shares[other] as number) + (size > 0 ? (sums[size - 1] as number) * inside : 0);
			}
			let total = 0;
			for (let size = 0; size < players; size++) total += (chances[size] as number) * (sums[size] as number);
			weights[mask * players + player] = total * (((mask >> player) & 1) - (shares[player] as number));
		}
	return weights;
}

function gamesOf(tree: Tree): Game[] {
	const games: Game[] = [];
	const walk = (node: number, steps: Game['steps'], fields: number[], shares: number[]): void => {
		const field = tree.field[node] as number;
		if (field < 0) {
			games.push({ fields, steps, shares, value: tree.value[node] as number });
			return;
		}
		const known = fields.indexOf(field);
		const player = known < 0 ? fields.length : known;
		for (const [left, child] of [[true, tree.left[node]] as const, [false, tree.right[node]] as const]) {
			const share = (tree.cover[child as number] as number) / (tree.cover[node] as number);
			const next = [...shares];
			next[player] = (next[player] ?? 1) * share;
			walk(child as number, [...steps, { node, player, left }], known < 0 ? [...fields, field] : fields, next);
		}
	};
	walk(0, [], [], []);
	return games;
}

/** A tree's answers: what each of its fields adds, for each pattern of "goes left" over its nodes (pattern × fields, row by row). */
type Answers = { tree: Tree; nodes: number[]; fields: number[]; values: Float64Array; base: number };

function answersOf(tree: Tree): Answers {
	const nodes = tree.field.flatMap((field, node) => (field >= 0 ? [node] : []));
	const fields = [...new Set(nodes.map((node) => tree.field[node] as number))];
	const values = new Float64Array((1 << nodes.length) * fields.length);
	let base = 0;
	for (const game of gamesOf(tree)) {
		const weights = weightsOf(game.shares);
		const players = game.fields.length;
		const places = game.fields.map((field) => fields.indexOf(field));
		const steps = game.steps.map(({ node, player, left }) => ({ bit: nodes.indexOf(node), player, wanted: left ? 1 : 0 }));
		base += game.shares.reduce((product, share) => product * share, game.value);
		for (let pattern = 0; pattern < 1 << nodes.length; pattern++) {
			let mask = (1 << players) - 1;
			for (const { bit, player, wanted } of steps) if (((pattern >> bit) & 1) !== wanted) mask &= ~(1 << player);
			places.forEach((place, player) => {
				const cell = pattern * fields.length + place;
				values[cell] = (values[cell] as number) + game.value * (weights[mask * players + player] as number);
			});
		}
	}
	return { tree, nodes, fields, values, base };
}

/**
 * Exact Shapley values of trees for each row, in log-odds: path-dependent TreeSHAP (Lundberg et al. 2020), worked out beforehand for
 * every way in which a row can answer a tree's questions (as Fast TreeSHAP v2, Yang 2022, does for leaves), so that a row only looks
 * them up. The tables grow with 2^nodes: recipes keep to few leaves. The players are fields: all levels of a category act together,
 * since nobody knows one without the others.
 */
export function shapOf(trees: readonly Tree[], fieldCount: number): (matrix: Matrix) => { base: number; values: Float64Array } {
	const all = trees.map(answersOf);
	const base = all.reduce((sum, answers) => sum + answers.base, 0);
	return ({ columns, rows }) => {
		const found = new Float64Array(rows * fieldCount);
		for (const { tree, nodes, fields, values } of all) {
			const patterns = new Uint16Array(rows);
			nodes.forEach((node, bit) => {
				const column = columns[tree.field[node] as number] as Float64Array;
				for (let row = 0; row < rows; row++) if (isLeft(tree, node, column[row] as number)) patterns[row] = (patterns[row] as number) | (1 << bit);
			});
			fields.forEach((field, place) => {
				for (let row = 0; row < rows; row++) {
					const cell = row * fieldCount + field;
					found[cell] = (found[cell] as number) + (values[(patterns[row] as number) * fields.length + place] as number);
				}
			});
		}
		return { base, values: found };
	};
}
