import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { adviceFor } from './action.ts';
import { parts, type HealthSettings, type Measure, type Part } from './types.ts';
import { bandOf, verdictOn, wholeParts } from './verdict.ts';

const settings: HealthSettings = {
	weights: { usage: 25, support: 20, payment: 20, contact: 10, satisfaction: 15, plan: 10 },
	contactDays: 30,
	watchBelow: 70,
	redBelow: 45,
	season: 1,
};
const measures = (scores: Partial<Record<Part, number>>): Record<Part, Measure> =>
	Object.fromEntries(parts.map((part) => [part, { score: scores[part] ?? null, text: part }])) as Record<Part, Measure>;

describe('the score of a client', () => {
	it('is the weighted mean of the parts', () => {
		const verdict = verdictOn(measures({ usage: 52, support: 100, payment: 100, contact: 100, satisfaction: 100, plan: 100 }), settings);
		expect(verdict).toMatchObject({ score: 88, band: 'good' });
		expect(verdict?.reasons.map(({ points }) => points)).toEqual([-12, 0, 0, 0, 0, 0]);
	});

	it('shares the weight of what was not measured among the others', () => {
		const verdict = verdictOn(measures({ usage: 0, contact: 100 }), settings);
		expect(verdict?.score).toBe(29);
		expect(verdict?.reasons.map(({ weight }) => weight)).toEqual([71, 0, 0, 29, 0, 0]);
	});

	it('is none when nothing was measured, or only what has no weight', () => {
		expect(verdictOn(measures({}), settings)).toBeNull();
		expect(verdictOn(measures({ plan: 10 }), { ...settings, weights: { ...settings.weights, plan: 0 } })).toBeNull();
	});

	it('loses exactly the points that its parts lose, whatever the figures', () => {
		const score = fc.option(fc.integer({ min: 0, max: 100 }));
		const weight = fc.integer({ min: 0, max: 100 });
		fc.assert(
			fc.property(fc.tuple(score, score, score, score, score, score), fc.tuple(weight, weight, weight, weight, weight, weight), (scores, weights) => {
				const given = Object.fromEntries(parts.map((part, index) => [part, { score: scores[index] ?? null, text: '' }])) as Record<Part, Measure>;
				const weighted = Object.fromEntries(parts.map((part, index) => [part, weights[index] ?? 0])) as Record<Part, number>;
				const verdict = verdictOn(given, { ...settings, weights: weighted });
				if (!verdict) return;
				const total = parts.reduce((sum, part) => sum + (given[part].score === null ? 0 : weighted[part]), 0);
				const mean = parts.reduce((sum, part) => sum + (given[part].score === null ? 0 : (weighted[part] / total) * (given[part].score ?? 0)), 0);
				expect(Math.abs(verdict.score - mean)).toBeLessThanOrEqual(0.5 + 1e-9);
				expect(100 + verdict.reasons.reduce((sum, { points }) => sum + points, 0)).toBe(verdict.score);
				expect(verdict.reasons.reduce((sum, one) => sum + one.weight, 0)).toBe(100);
				expect(verdict.reasons.filter(({ points }) => points > 0)).toEqual([]);
			}),
		);
	});

	it('names the band by the bounds of the settings', () => {
		expect([44, 45, 69, 70].map((score) => bandOf(score, settings))).toEqual(['red', 'watch', 'watch', 'good']);
	});

	it('advises about what costs most, and nothing when nothing does', () => {
		expect(adviceFor(verdictOn(measures({ usage: 90, payment: 10 }), settings)?.reasons ?? [])).toContain('finance');
		expect(adviceFor(verdictOn(measures({ usage: 100 }), settings)?.reasons ?? [])).toBeNull();
	});
});

it('rounds parts so that they sum to the rounded sum', () => {
	expect(wholeParts([1.5, 1.5, 1])).toEqual([2, 1, 1]);
	expect(wholeParts([33.3, 33.3, 33.4])).toEqual([33, 33, 34]);
	expect(wholeParts([])).toEqual([]);
});
