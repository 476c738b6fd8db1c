import { expect, test } from 'vitest';
import { encode } from './encoding.ts';
import { prepare } from './learn.ts';
import { sigmoid } from './learner.ts';
import { madeUp } from './made-up.ts';
import { ridge } from './ridge.ts';
import type { Table } from './table.ts';

test('predicts the base rate on average, because the intercept is not penalised', () => {
	const { table, labels } = madeUp(400);
	const { encoding, matrix, labels: ordered } = prepare(table, labels);
	const chances = ridge.fit(encoding, matrix, ordered, { learner: 'ridge', l2: 1000 }).predict(matrix).map(sigmoid);
	const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
	expect(mean(chances)).toBeCloseTo(mean(labels), 7);
});

test('gives the coefficients of scikit-learn for the same penalty', () => {
	// LogisticRegression(C=1/5, tol=1e-12) on StandardScaler().fit_transform(x), scikit-learn 1.2.1.
	const x = [
		[1, 5],
		[2, 3],
		[3, 8],
		[4, 1],
		[5, 9],
		[6, 2],
		[7, 7],
		[8, 4],
		[9, 6],
		[10, 10],
	];
	const labels = [0, 0, 1, 0, 0, 1, 1, 0, 1, 1];
	const table: Table = {
		fields: [
			{ name: 'a', kind: 'number' },
			{ name: 'b', kind: 'number' },
		],
		columns: [x.map(([a]) => a as number), x.map(([, b]) => b as number)],
		rows: 10,
	};
	const { encoding, matrix, labels: ordered } = prepare(table, labels);
	const { intercept, weights } = ridge.fit(encoding, matrix, ordered, { learner: 'ridge', l2: 5 }).toJSON() as { intercept: number; weights: number[] };
	expect([intercept, ...weights]).toEqual([0.001778882, 0.327122348, 0.221504306].map((value) => expect.closeTo(value, 6)));
});

test('penalises categories as scikit-learn does their standardised marks', () => {
	const levels = [...'aabacbcabaabcabaabab'];
	const labels = [1, 0, 1, 1, 0, 1, 0, 1, 0, 1, 1, 0, 0, 1, 1, 0, 1, 0, 1, 1];
	const table: Table = { fields: [{ name: 'c', kind: 'category' }], columns: [levels], rows: 20 };
	const { encoding, matrix, labels: ordered } = prepare(table, labels);
	const fitted = ridge.fit(encoding, matrix, ordered, { learner: 'ridge', l2: 2 });
	// decision_function of LogisticRegression(C=1/2) on the standardised one-hot columns, for a, b and c.
	const scores = fitted.predict(encode(encoding, { ...table, columns: [['a', 'b', 'c']], rows: 3 }));
	expect([...scores]).toEqual([1.123628061, 0.272837388, -1.66104844].map((value) => expect.closeTo(value, 6)));
});
