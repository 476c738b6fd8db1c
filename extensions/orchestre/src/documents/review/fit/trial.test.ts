import { describe, expect, it } from 'vitest';
import type { ConfidenceFit } from '../../types.ts';
import { probability } from '../../understanding/confidence.ts';
import { refit, type Case } from './refit.ts';
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

describe('refit', () => {
	it('leaves the shipped model to a field with few cases, and learns the company’s own law with many', () => {
		expect(refit(shipped, casesOf(29)).fields).toEqual(shipped.fields);
		const many = refit(shipped, casesOf(600));
		expect(probability('number', { score: 0.5, label: 1 }, many)).toBeGreaterThan(0.93);
		expect(probability('number', { score: 0.5, label: 0 }, many)).toBeLessThan(0.45);
		expect(many.fields['number']?.cases).toBe(1100);
	});

	it('does not run away when every reading was right', () => {
		const fitted = refit(shipped, casesOf(300).map((one) => ({ ...one, isRight: true }))); // prettier-ignore
		expect(Number.isFinite(fitted.fields['number']?.bias)).toBe(true);
		expect(probability('number', { score: 1, label: 1 }, fitted)).toBeGreaterThan(0.97);
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
		const cases = casesOf(400).map((one, index) => (index < 320 ? one : { ...one, isRight: probability('number', one.evidence, shipped) > 0.5 }));
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
