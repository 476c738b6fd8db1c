import { solve } from '../../../learners/cholesky.ts';
import type { ConfidenceFit } from '../../types.ts';

/** A field that a person has looked at: what its reading rested on, and whether it was right. Oldest first where order counts. */
export type Case = { field: string; evidence: Record<string, number>; isRight: boolean };

type Model = ConfidenceFit['fields'][string];

/** How much a weight of the shipped fit counts: as much as this many clear cases against it. */
const trust = 4;
/** A field learns from so many cases on. */
export const fewest = 30;
const rounds = 25;

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));
/** A model that knows nothing: what a field starts from that the shipped fit does not know. */
const blank: Model = { bias: 0, weights: {}, cases: 0 };

export const chanceOf = (model: Model, evidence: Record<string, number>): number =>
	sigmoid(Object.entries(model.weights).reduce((sum, [name, weight]) => sum + weight * (evidence[name] ?? 0), model.bias));

/**
 * The likeliest weights under the cases and the prior: logistic regression by Newton's steps, each weight held to the shipped one by
 * `trust`/2 · (w − w₀)². With few cases it is the shipped model, with many the company's own.
 */
export function refitModel(prior: Model, cases: readonly Case[]): Model {
	const names = [...new Set([...Object.keys(prior.weights), ...cases.flatMap(({ evidence }) => Object.keys(evidence))])].toSorted();
	const start = Float64Array.from([prior.bias, ...names.map((name) => prior.weights[name] ?? 0)]);
	const rows = cases.map(({ evidence }) => Float64Array.from([1, ...names.map((name) => evidence[name] ?? 0)]));
	const size = start.length;
	let weights = Float64Array.from(start);
	for (let round = 0; round < rounds; round++) {
		const slope = Float64Array.from(weights, (weight, at) => trust * (weight - (start[at] as number)));
		const bend = new Float64Array(size * size);
		for (let at = 0; at < size; at++) bend[at * size + at] = trust;
		for (const [index, row] of rows.entries()) {
			const chance = sigmoid(row.reduce((sum, value, at) => sum + value * (weights[at] as number), 0));
			const error = chance - Number(cases[index]?.isRight);
			const spread = Math.max(1e-6, chance * (1 - chance));
			for (let one = 0; one < size; one++) {
				slope[one] = (slope[one] as number) + error * (row[one] as number);
				for (let other = 0; other <= one; other++)
					bend[one * size + other] = (bend[one * size + other] as number) + spread * (row[one] as number) * (row[other] as number);
			}
		}
		const step = solve(bend, slope);
		// Half a step where a whole one would leap: the curve is steep only near certainty.
		const far = Math.max(...step.map(Math.abs));
		const pace = far > 2 ? 2 / far : 1;
		weights = weights.map((weight, at) => weight - pace * (step[at] as number));
		if (far < 1e-8) break;
	}
	return { bias: weights[0] as number, weights: Object.fromEntries(names.map((name, at) => [name, weights[at + 1] as number])), cases: prior.cases + cases.length };
} // prettier-ignore

/** The fit with the fields learnt anew that have enough cases; the others stay as shipped. */
export function refit(prior: ConfidenceFit, cases: readonly Case[]): ConfidenceFit {
	const fields = { ...prior.fields };
	for (const [field, own] of Map.groupBy(cases, (one) => one.field)) if (own.length >= fewest) fields[field] = refitModel(prior.fields[field] ?? blank, own);
	return { version: prior.version, fields };
}
