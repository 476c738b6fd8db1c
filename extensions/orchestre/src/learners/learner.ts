import type { Encoding, Matrix } from './encoding.ts';

/** How to learn. `l2` and `lambda` weigh the penalty against the sum over rows; shares are parts of 1. */
export type RidgeRecipe = { learner: 'ridge'; l2: number };
export type GbdtRecipe = {
	learner: 'gbdt';
	rounds: number;
	rate: number;
	leaves: number;
	minLeaf: number;
	lambda: number;
	rowShare: number;
	fieldShare: number;
	bins: number;
	seed: number;
};
export type Recipe = RidgeRecipe | GbdtRecipe;

/** What each field adds to the log-odds of each row (rows × fields, row by row): base + their sum is the row's log-odds. */
export type Contributions = { base: number; values: Float64Array };

/** A fitted learner. All results are log-odds. `toJSON` holds plain data from which `fromJSON` makes the same learner to the bit. */
export type Fitted = {
	predict: (matrix: Matrix) => Float64Array;
	contributions: (matrix: Matrix) => Contributions;
	toJSON: () => unknown;
};

/**
 * What a library would have to offer in our learners' place. `fit` takes rows in canonical order (`canonicalOrder`) with labels
 * 0 and 1, both present.
 */
export type Learner<R extends Recipe> = {
	fit: (encoding: Encoding, matrix: Matrix, labels: Uint8Array, recipe: R) => Fitted;
	fromJSON: (encoding: Encoding, json: unknown) => Fitted;
};

export const sigmoid = (logOdds: number): number => (logOdds >= 0 ? 1 / (1 + Math.exp(-logOdds)) : Math.exp(logOdds) / (1 + Math.exp(logOdds)));
export const logOddsOf = (share: number): number => Math.log(share / (1 - share));
