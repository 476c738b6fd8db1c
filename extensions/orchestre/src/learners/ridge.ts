import { solve } from './cholesky.ts';
import type { Matrix } from './encoding.ts';
import { logOddsOf, sigmoid, type Fitted, type Learner, type RidgeRecipe } from './learner.ts';
import { centred, termsOf, type Term } from './ridge-terms.ts';

type Linear = { intercept: number; terms: Term[]; weights: number[] };
/** The terms of each row that are not 0, as places and values side by side: most marks are 0. */
type Sparse = { starts: Uint32Array; places: Uint16Array; values: Float64Array };

function sparseOf(terms: readonly Term[], { columns, rows }: Matrix): Sparse {
	const starts = new Uint32Array(rows + 1);
	const places: number[] = [];
	const values: number[] = [];
	for (let row = 0; row < rows; row++) {
		for (let place = 0; place < terms.length; place++) {
			const term = terms[place] as Term;
			// Marks stay 0 and 1 here: the intercept takes up their mean.
			const value = centred(term, (columns[term.field] as Float64Array)[row] as number) + (term.kind === 'number' ? 0 : term.share);
			if (Math.abs(value) < 1e-12) continue;
			places.push(place);
			values.push(value);
		}
		starts[row + 1] = places.length;
	}
	return { starts, places: Uint16Array.from(places), values: Float64Array.from(values) };
}

/** The scores of all rows with these weights; the last weight is the intercept. */
function scores({ starts, places, values }: Sparse, weights: Float64Array, rows: number): Float64Array {
	const found = new Float64Array(rows).fill(weights[weights.length - 1] as number);
	for (let row = 0; row < rows; row++)
		for (let at = starts[row] as number; at < (starts[row + 1] as number); at++)
			found[row] = (found[row] as number) + (values[at] as number) * (weights[places[at] as number] as number);
	return found;
}

/** log(1 + e^x) without overflow. */
const softplus = (x: number): number => (x > 0 ? x + Math.log1p(Math.exp(-x)) : Math.log1p(Math.exp(x)));

function loss(found: Float64Array, labels: Uint8Array, weights: Float64Array, penalties: Float64Array): number {
	let sum = 0;
	for (let row = 0; row < labels.length; row++) sum += softplus(found[row] as number) - (labels[row] as number) * (found[row] as number);
	for (let place = 0; place < penalties.length; place++) sum += ((penalties[place] as number) * (weights[place] as number) ** 2) / 2;
	return sum;
}

/** One Newton step: how far to go from these weights. */
function newtonStep({ starts, places, values }: Sparse, found: Float64Array, labels: Uint8Array, weights: Float64Array, penalties: Float64Array): Float64Array {
	const n = weights.length;
	const hessian = new Float64Array(n * n);
	const gradient = new Float64Array(n);
	for (let row = 0; row < labels.length; row++) {
		const share = sigmoid(found[row] as number);
		const error = share - (labels[row] as number);
		const curvature = share * (1 - share);
		const [start, end] = [starts[row] as number, starts[row + 1] as number];
		const last = (n - 1) * n;
		for (let at = start; at < end; at++) {
			const place = places[at] as number;
			const value = values[at] as number;
			const weighted = curvature * value;
			gradient[place] = (gradient[place] as number) + error * value;
			hessian[last + place] = (hessian[last + place] as number) + weighted;
			for (let other = start; other <= at; other++) {
				const cell = place * n + (places[other] as number);
				hessian[cell] = (hessian[cell] as number) + weighted * (values[other] as number);
			}
		}
		gradient[n - 1] = (gradient[n - 1] as number) + error;
		hessian[n * n - 1] = (hessian[n * n - 1] as number) + curvature;
	}
	for (let place = 0; place < n - 1; place++) {
		gradient[place] = (gradient[place] as number) + (penalties[place] as number) * (weights[place] as number);
		hessian[place * n + place] = (hessian[place * n + place] as number) + (penalties[place] as number);
	}
	return solve(hessian, gradient);
}

function fitted(linear: Linear, fieldCount: number): Fitted {
	const { intercept, terms, weights } = linear;
	const contributions = ({ columns, rows }: Matrix): { base: number; values: Float64Array } => {
		const values = new Float64Array(rows * fieldCount);
		terms.forEach((term, place) => {
			const column = columns[term.field] as Float64Array;
			const weight = weights[place] as number;
			for (let row = 0; row < rows; row++) {
				const cell = row * fieldCount + term.field;
				values[cell] = (values[cell] as number) + weight * centred(term, column[row] as number);
			}
		});
		return { base: intercept, values };
	};
	return {
		contributions,
		predict: (matrix) => {
			const { values } = contributions(matrix);
			return Float64Array.from({ length: matrix.rows }, (_, row) => {
				let sum = intercept;
				for (let field = 0; field < fieldCount; field++) sum += values[row * fieldCount + field] as number;
				return sum;
			});
		},
		toJSON: () => linear,
	};
}

/**
 * Logistic regression with an L2 penalty on standardised coefficients (Newton-Raphson; Hastie et al., The Elements of Statistical
 * Learning, 4.4). The intercept is not penalised. Marks of categories are kept as 0 and 1, with a penalty times their variance:
 * the same model as with standardised marks, and rows stay sparse.
 */
export const ridge: Learner<RidgeRecipe> = {
	fit: (encoding, matrix, labels, { l2 }) => {
		const terms = termsOf(encoding, matrix);
		const sparse = sparseOf(terms, matrix);
		const penalties = Float64Array.from(terms, (term) => l2 * (term.kind === 'number' ? 1 : term.share * (1 - term.share)));
		const weights = new Float64Array(terms.length + 1);
		weights[terms.length] = logOddsOf(labels.reduce((sum, label) => sum + label, 0) / labels.length);
		let found = scores(sparse, weights, matrix.rows);
		let current = loss(found, labels, weights, penalties);
		for (let round = 0; round < 50; round++) {
			const step = newtonStep(sparse, found, labels, weights, penalties);
			let next = weights;
			let nextLoss = Infinity;
			for (let size = 1; size > 1e-4; size /= 2) {
				next = weights.map((weight, place) => weight - size * (step[place] as number));
				found = scores(sparse, next, matrix.rows);
				nextLoss = loss(found, labels, next, penalties);
				if (nextLoss <= current) break;
			}
			if (!(nextLoss <= current)) break;
			weights.set(next);
			const gained = current - nextLoss;
			current = nextLoss;
			if (gained < 1e-10 * (1 + Math.abs(current))) break;
		}
		// From here on terms count from their mean, so that the intercept is the log-odds of an average row.
		const intercept = terms.reduce(
			(sum, term, place) => sum + (term.kind === 'number' ? 0 : term.share * (weights[place] as number)),
			weights[terms.length] as number,
		);
		return fitted({ intercept, terms, weights: [...weights.subarray(0, terms.length)] }, encoding.fields.length);
	},
	fromJSON: (encoding, json) => fitted(json as Linear, encoding.fields.length),
};
