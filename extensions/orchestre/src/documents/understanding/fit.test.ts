import { describe, expect, it } from 'vitest';
import { builtInFit, probability, withConfidence } from './confidence.ts';
import { fitConfidence, type Example } from './fit.ts';

/** Readings that are right when a sum proves them, and half the time otherwise. */
const examples = (count: number, groups: number): Example[] =>
	Array.from({ length: count }, (_, at) => ({ name: 'gross', evidence: { sum: at % 2 }, right: at % 2 === 1 || at % 4 === 0, group: `layout ${at % groups}` }));

describe('how sure a field is', () => {
	it('is learnt from labelled readings, whatever their order', () => {
		const fit = fitConfidence(examples(400, 40));
		expect(probability('gross', { sum: 1 }, fit)).toBeGreaterThan(0.95);
		expect(probability('gross', { sum: 0 }, fit)).toBeCloseTo(0.5, 1);
		const turned = fitConfidence(examples(400, 40).toReversed());
		expect(turned.fields.gross?.weights.sum).toBeCloseTo(fit.fields.gross?.weights.sum ?? 0, 3);
	});

	it('stays in doubt when all that went well is one layout, however often it came', () => {
		const one = Array.from({ length: 500 }, (): Example => ({ name: 'number', evidence: { label: 1 }, right: true, group: 'the same' }));
		expect(fitConfidence(one).fields.number).toBeUndefined();
		const many = one.map((example, at) => ({ ...example, group: `layout ${at % 60}` }));
		expect(probability('number', { label: 1 }, fitConfidence(many))).toBeGreaterThan(0.97);
	});

	it('moves with a company’s corrections from where it was, and leaves the other fields alone', () => {
		const before = builtInFit();
		const evidence = { label: 1, sum: 1, score: 1, margin: 1 };
		const wrong = Array.from({ length: 20 }, (_, at): Example => ({ name: 'gross', evidence, right: false, group: `sender ${at}` }));
		const after = fitConfidence(wrong, before);
		expect(probability('gross', evidence, after)).toBeLessThan(probability('gross', evidence, before) - 0.2);
		expect(after.fields.number).toEqual(before.fields.number);
		expect(after.version).toBe(before.version + 1);
	});

	it('never passes for sure where nothing was fitted, and is shared with the other readings', () => {
		expect(probability('delivered_on', { score: 1, margin: 1 }, { version: 1, fields: {} })).toBeLessThan(0.95);
		const candidate = { page: null, box: null };
		const field = withConfidence(
			{
				name: 'gross',
				value: 1,
				...candidate,
				confidence: 1,
				source: 'text',
				evidence: { score: 1 },
				alternatives: [
					{ value: 2, ...candidate, confidence: 0.8 },
					{ value: 3, ...candidate, confidence: 0.2 },
				],
			},
			{ version: 1, fields: {} },
		);
		const [first, second] = field.alternatives;
		expect(first?.confidence).toBeGreaterThan(second?.confidence ?? 1);
		expect(field.confidence + (first?.confidence ?? 0) + (second?.confidence ?? 0)).toBeLessThanOrEqual(1);
	});
});
