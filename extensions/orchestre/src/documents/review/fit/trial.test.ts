import { describe, expect, it } from 'vitest';
import type { ConfidenceFit } from '../../types.ts';
import { chanceOf, refitModel, type Case } from './refit.ts';
import { tryRefit } from './trial.ts';

const shipped: ConfidenceFit = { version: 1, fields: { number: { bias: 1, weights: { score: 2 }, cases: 500 } } };
const threshold = 0.9;

/** Draws that repeat. */
function drawn(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
		return state / 4_294_967_296;
	};
}

/** Readings of `number` that are right by a law of their own: the score says nothing, the label all. */
function casesOf(count: number, seed = 7): Case[] {
	const next = drawn(seed);
	return Array.from({ length: count }, () => {
		const evidence = { score: next(), label: next() < 0.5 ? 1 : 0 };
		return { field: 'number', evidence, isRight: next() < (evidence.label ? 0.98 : 0.3) };
	});
}

describe('refitModel', () => {
	const model = shipped.fields['number'] as ConfidenceFit['fields'][string];

	it('stays near the shipped model with few cases, and learns the company’s own law with many', () => {
		const few = refitModel(model, casesOf(2));
		expect(Math.abs(chanceOf(few, { score: 0.5 }) - chanceOf(model, { score: 0.5 }))).toBeLessThan(0.15);
		const many = refitModel(model, casesOf(600));
		expect(chanceOf(many, { score: 0.5, label: 1 })).toBeGreaterThan(0.93);
		expect(chanceOf(many, { score: 0.5, label: 0 })).toBeLessThan(0.45);
		expect(many.cases).toBe(1100);
	});

	it('has no slope left: the likeliest weights are found', () => {
		const cases = casesOf(200);
		const fitted = refitModel(model, cases);
		const slope = cases.reduce((sum, { evidence, isRight }) => sum + (chanceOf(fitted, evidence) - Number(isRight)), 4 * (fitted.bias - model.bias));
		expect(Math.abs(slope)).toBeLessThan(1e-4);
	});

	it('does not run away when every reading was right', () => {
		const fitted = refitModel(model, casesOf(300).map((one) => ({ ...one, isRight: true }))); // prettier-ignore
		expect(Number.isFinite(fitted.bias)).toBe(true);
		expect(chanceOf(fitted, { score: 1, label: 1 })).toBeGreaterThan(0.97);
	});
});

describe('tryRefit', () => {
	it('takes a fit that does better on the newest cases, and says how many of the sure ones were right', () => {
		const trial = tryRefit(shipped, shipped, casesOf(400), threshold);
		if (trial.verdict !== 'taken') throw new Error(trial.sentence);
		expect(trial.after.logLoss).toBeLessThan(trial.before.logLoss);
		expect(trial.heldOut).toBe(80);
		expect(trial.precision?.value).toBeGreaterThan(0.9);
		expect(trial.sentence).toMatch(/^Mis en service : .* % justes\.$/u);
	});

	it('refuses a fit that is worse on the newest cases: the past does not hold any more', () => {
		const cases = casesOf(400).map((one, index) => (index < 320 ? one : { ...one, isRight: chanceOf(shipped.fields['number'] as never, one.evidence) > 0.5 }));
		const trial = tryRefit(shipped, shipped, cases, threshold);
		expect(trial.verdict).toBe('refused');
		expect(trial.sentence).toMatch(/^Écarté/u);
	});

	it('refuses a fit that would call more wrong fields sure, though it is better on the whole', () => {
		const shy: ConfidenceFit = { version: 1, fields: { number: { bias: 0, weights: {}, cases: 1 } } };
		const wild = casesOf(500).map((one, index) => ({ ...one, isRight: index % 10 === 3 ? false : one.evidence['label'] === 1 }));
		const trial = tryRefit(shy, shy, wild, 0.8);
		expect(trial.verdict).toBe('refused');
		if (trial.verdict === 'refused') expect(trial.after.sure - trial.after.sureRight).toBeGreaterThan(0);
	});

	it('waits for enough cases', () => {
		expect(tryRefit(shipped, shipped, casesOf(60), threshold).verdict).toBe('few');
	});
});
