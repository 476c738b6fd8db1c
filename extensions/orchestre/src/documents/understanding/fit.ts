import { solve } from '../../learners/cholesky.ts';
import type { ConfidenceFit } from '../types.ts';

/** One reading of a field whose truth is known. `group`: the layout or sender, so that no layout is judged by itself. */
export type Example = { name: string; evidence: Record<string, number>; right: boolean; group: string };

type Model = ConfidenceFit['fields'][string];

/** Cases of one layout count as this many at most: a hundred letters of one firm teach one layout. */
const mostOfGroup = 6;
/** Under this weight of cases a field keeps the model it had (or none). */
const fewest = 12;
const l2 = 1.2;

const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

function weightsOf(examples: readonly Example[]): number[] {
	const sizes = new Map<string, number>();
	for (const { group } of examples) sizes.set(group, (sizes.get(group) ?? 0) + 1);
	return examples.map(({ group }) => Math.min(1, mostOfGroup / (sizes.get(group) ?? 1)));
}

/** What two lost cases without any evidence would say: nothing is certain from a few layouts that all went well. */
const doubt = 2;

/** Logistic regression (Newton) with weights, drawn towards the prior's coefficients by the L2 penalty. */
function fitOne(examples: readonly Example[], prior: Model | undefined): Model {
	const keys = [...new Set([...examples.flatMap(({ evidence }) => Object.keys(evidence)), ...Object.keys(prior?.weights ?? {})])].toSorted();
	const width = keys.length + 1;
	const start = Float64Array.from([...keys.map((key) => prior?.weights[key] ?? 0), prior?.bias ?? 0]);
	const rows = examples.map(({ evidence }) => Float64Array.from([...keys.map((key) => evidence[key] ?? 0), 1]));
	const means = Float64Array.from({ length: width }, (_, at) => rows.reduce((sum, row) => sum + (row[at] ?? 0), 0) / rows.length);
	// Doubt: half of it where the usual evidence is, half where there is none.
	const nothing = new Float64Array(width).fill(0, 0, width - 1);
	nothing[width - 1] = 1;
	const all = prior ? rows : [...rows, means, nothing];
	const weights = prior ? weightsOf(examples) : [...weightsOf(examples), doubt * 0.25, doubt * 0.75];
	const right = prior ? examples.map((one) => Number(one.right)) : [...examples.map((one) => Number(one.right)), 0, 0];
	const current = Float64Array.from(start);
	const penaltyAt = (at: number): number => (at === width - 1 && !prior ? 0.01 : l2);
	const score = (row: Float64Array, at: Float64Array): number => row.reduce((sum, value, place) => sum + value * (at[place] ?? 0), 0);
	const lossAt = (at: Float64Array): number =>
		all.reduce((sum, row, index) => {
			const logit = score(row, at);
			return sum + (weights[index] ?? 1) * (Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - (right[index] ?? 0) * logit);
		}, 0) + at.reduce((sum, value, place) => sum + (penaltyAt(place) * (value - (start[place] ?? 0)) ** 2) / 2, 0);
	for (let round = 0; round < 60; round++) {
		const hessian = new Float64Array(width * width);
		const gradient = new Float64Array(width);
		for (let at = 0; at < width; at++) {
			const penalty = penaltyAt(at);
			hessian[at * width + at] = penalty;
			gradient[at] = penalty * ((current[at] ?? 0) - (start[at] ?? 0));
		}
		for (const [index, row] of all.entries()) {
			const share = sigmoid(score(row, current));
			const weight = weights[index] ?? 1;
			const error = weight * (share - (right[index] ?? 0));
			const curve = weight * Math.max(1e-6, share * (1 - share));
			for (let at = 0; at < width; at++) {
				gradient[at] = (gradient[at] ?? 0) + error * (row[at] ?? 0);
				for (let other = 0; other <= at; other++) hessian[at * width + other] = (hessian[at * width + other] ?? 0) + curve * (row[at] ?? 0) * (row[other] ?? 0);
			}
		}
		const step = solve(hessian, gradient);
		// Half a step, a quarter … until it is a step down: from far away a whole one may overshoot.
		const before = lossAt(current);
		let size = 1;
		let next = current.map((value, at) => value - (step[at] ?? 0));
		while (size > 1e-6 && !(lossAt(next) <= before)) {
			size /= 2;
			next = current.map((value, at) => value - size * (step[at] ?? 0));
		}
		const gained = before - lossAt(next);
		if (gained > 0) current.set(next);
		if (!(gained > 1e-10)) break;
	}
	const round4 = (value: number): number => Math.round(value * 1e4) / 1e4;
	return {
		bias: round4(current[width - 1] ?? 0),
		weights: Object.fromEntries(keys.map((key, at) => [key, round4(current[at] ?? 0)])),
		cases: examples.length + (prior?.cases ?? 0),
	};
}

/**
 * One logistic model per field, of labelled readings. With `prior` (the fit in use) the coefficients move from it as far as the new cases
 * pull: so a company's corrections improve the built-in fit without its data. Pure; the order of examples does not matter beyond rounding.
 */
export function fitConfidence(examples: readonly Example[], prior?: ConfidenceFit): ConfidenceFit {
	const byField = Map.groupBy(examples, ({ name }) => name);
	const fields: ConfidenceFit['fields'] = { ...prior?.fields };
	for (const [name, list] of [...byField.entries()].toSorted(([one], [other]) => (one < other ? -1 : 1))) {
		const known = prior?.fields[name];
		const weight = weightsOf(list).reduce((sum, value) => sum + value, 0);
		if (known || weight >= fewest) fields[name] = fitOne(list, known);
	}
	return { version: (prior?.version ?? 0) + 1, fields };
}
