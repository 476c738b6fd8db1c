import { aucByField, suspectsOf, type Suspect } from './assess/leak.ts';
import { metricsOf, rank } from './assess/metrics.ts';
import { profileOf } from './assess/drift.ts';
import { calibrate, type Calibration } from './calibration.ts';
import { encode, fitEncoding, pickRows, type Encoding, type Matrix } from './encoding.ts';
import { foldsOf, type Fold } from './folds.ts';
import { canonicalOrder } from './hash.ts';
import { sigmoid, type Recipe } from './learner.ts';
import { learnerOf, modelOf, type Model } from './model.ts';
import { nameOf, recipesFor } from './recipes.ts';
import { stopwatch } from './stopwatch.ts';
import { NotLearnable, type Table } from './table.ts';

export type Candidate = { name: string; recipe: Recipe; logLoss: number; auc: number };
export type Learnt = {
	model: Model;
	/** All that were tried, with their figures on rows that they had not seen; the first has the lowest log loss. */
	candidates: Candidate[];
	calibration: Calibration | null;
	suspects: Suspect[];
	/** Log-odds of rows that the model had not seen, before calibration, and how they ended. */
	outOfFold: { scores: Float64Array; labels: Uint8Array };
	/** Seconds to choose among the candidates, and to train the one that was chosen. */
	seconds: { choice: number; training: number };
};

type Prepared = { encoding: Encoding; matrix: Matrix; labels: Uint8Array; at: Float64Array | null };

/** The table as numbers, with its rows in canonical order: from here on nothing can depend on the order in which they came. */
export function prepare(table: Table, labels: ArrayLike<number>): Prepared {
	const positives = Array.from(labels).reduce((sum, label) => sum + label, 0);
	if (table.rows === 0) throw new NotLearnable('Il n’y a aucune ligne à apprendre.');
	if (positives === 0 || positives === table.rows) throw new NotLearnable('Toutes les lignes ont la même issue : il n’y a rien à apprendre.');
	const encoding = fitEncoding(table, labels);
	const matrix = encode(encoding, table);
	const at = table.at ? Float64Array.from(table.at) : null;
	const order = canonicalOrder(matrix.columns, matrix.rows, [labels, ...(at ? [at] : [])]);
	return {
		encoding,
		matrix: pickRows(matrix, order),
		labels: Uint8Array.from(order, (row) => labels[row] as number),
		at: at && Float64Array.from(order, (row) => at[row] as number),
	};
}

const take = (labels: Uint8Array, rows: Uint32Array): Uint8Array => Uint8Array.from(rows, (row) => labels[row] as number);

/** Predictions of each fold's rows by a learner that has not seen them, one fold after the other. */
function predictFolds({ encoding, matrix, labels }: Prepared, folds: readonly Fold[], recipe: Recipe): Float64Array {
	const parts = folds.map(({ train, valid }) => learnerOf(recipe).fit(encoding, pickRows(matrix, train), take(labels, train)).predict(pickRows(matrix, valid)));
	return Float64Array.from(parts.flatMap((part) => [...part]));
}

/**
 * Learns from a table: tries the recipes for its size on rows held back (the newest when rows have moments), trains the one with the
 * lowest log loss on all rows, and calibrates it where that helps. The same rows in another order, and renamed categories, give the
 * same model to the bit. `labels` are 0 and 1. Throws `NotLearnable`.
 */
export function learn(table: Table, labels: ArrayLike<number>, recipes: readonly Recipe[] = recipesFor(table.rows)): Learnt {
	const sinceBegun = stopwatch();
	const prepared = prepare(table, labels);
	const { encoding, matrix, at } = prepared;
	const folds = foldsOf(matrix, prepared.labels, at);
	const seen = Uint8Array.from(folds.flatMap(({ valid }) => [...take(prepared.labels, valid)]));
	const tried = recipes.map((recipe) => {
		const scores = predictFolds(prepared, folds, recipe);
		const { logLoss, auc } = metricsOf(rank(scores.map(sigmoid), seen));
		return { name: nameOf(recipe), recipe, logLoss, auc, scores };
	});
	// Equal ones stay in the order of the recipes: the simplest first.
	const [best, ...others] = tried.sort((one, two) => one.logLoss - two.logLoss || 0);
	if (!best) throw new Error('no recipe to try');
	const choice = sinceBegun();
	const sinceChosen = stopwatch();
	const fitted = learnerOf(best.recipe).fit(encoding, matrix, prepared.labels);
	const training = sinceChosen();
	const calibration = calibrate(best.scores, seen);
	const profile = profileOf(encoding, matrix, best.scores.length > 0 ? best.scores : fitted.predict(matrix));
	return {
		model: modelOf({ encoding, recipe: best.recipe, fitted, calibration, profile }),
		candidates: [best, ...others].map(({ name, recipe, logLoss, auc }) => ({ name, recipe, logLoss, auc })),
		calibration,
		suspects: suspectsOf(aucByField(encoding, matrix, prepared.labels)),
		outOfFold: { scores: best.scores, labels: seen },
		seconds: { choice, training },
	};
}
