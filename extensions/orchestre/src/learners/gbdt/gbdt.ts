import type { Encoding } from '../encoding.ts';
import { logOddsOf, sigmoid, type Fitted, type GbdtRecipe, type Learner } from '../learner.ts';
import { draw, randomFrom } from '../random.ts';
import { binMatrix } from './bins.ts';
import { addTree, addTrees, forestOf, type Tree } from './forest.ts';
import { growTree, type Ground } from './grow.ts';
import { shapOf } from './shap.ts';

type Boosted = { base: number; trees: Tree[] };

function fitted({ base, trees }: Boosted, fieldCount: number): Fitted {
	const forest = forestOf(trees);
	let shap: ReturnType<typeof shapOf> | null = null;
	return {
		predict: (matrix) => addTrees(forest, matrix, new Float64Array(matrix.rows).fill(base)),
		contributions: (matrix) => {
			shap ??= shapOf(trees, fieldCount);
			const found = shap(matrix);
			return { base: base + found.base, values: found.values };
		},
		toJSON: () => ({ base, trees }),
	};
}

function groundOf(encoding: Encoding, binned: Ground['binned']): Ground {
	const offsets: number[] = [];
	let size = 0;
	for (const count of binned.counts) {
		offsets.push(size);
		size += 3 * count;
	}
	return { encoding, binned, offsets, size, gradients: new Float64Array(binned.rows), curvatures: new Float64Array(binned.rows) };
}

/** First and second derivative of the log loss at each row's score. */
function updateGradients({ gradients, curvatures }: Ground, scores: Float64Array, labels: Uint8Array): void {
	for (let row = 0; row < scores.length; row++) {
		const share = sigmoid(scores[row] as number);
		gradients[row] = share - (labels[row] as number);
		curvatures[row] = share * (1 - share);
	}
}

/** Writes about this share of all rows to the head of `sample`, in order; returns how many. */
function drawRows(random: () => number, share: number, sample: Uint32Array): number {
	let drawn = 0;
	for (let row = 0; row < sample.length; row++) if (random() < share) sample[drawn++] = row;
	return drawn;
}

/**
 * Gradient boosting of small trees on histograms, binary logistic loss. Each tree sees its own part of rows and fields, drawn from
 * the seed; rows come in canonical order, so the same table gives the same trees to the bit. It ends early when a tree finds
 * nothing to split.
 */
export const gbdt: Learner<GbdtRecipe> = {
	fit: (encoding, matrix, labels, recipe) => {
		const { rows } = matrix;
		const random = randomFrom(recipe.seed);
		const ground = groundOf(encoding, binMatrix(encoding, matrix, recipe.bins));
		const base = logOddsOf(labels.reduce((sum, label) => sum + label, 0) / rows);
		const scores = new Float64Array(rows).fill(base);
		const sample = new Uint32Array(rows);
		const trees: Tree[] = [];
		const fieldCount = encoding.fields.length;
		for (let round = 0; round < recipe.rounds; round++) {
			updateGradients(ground, scores, labels);
			const drawn = drawRows(random, recipe.rowShare, sample);
			const fields = draw(random, fieldCount, Math.ceil(fieldCount * recipe.fieldShare));
			const tree = growTree(ground, sample.slice(0, drawn), fields, recipe);
			if (!tree) break;
			trees.push(tree);
			addTree(tree, matrix, scores);
		}
		return fitted({ base, trees }, fieldCount);
	},
	fromJSON: (encoding, json) => fitted(json as Boosted, encoding.fields.length),
};
