import { describe, expect, it } from 'vitest';
import type { Field, FieldName } from '../../types.ts';
import { classCorrection, correctionsOf } from './corrections.ts';

const field = (name: FieldName, value: string | number, over: Partial<Field> = {}): Field => ({
	name,
	value,
	page: 1,
	box: null,
	confidence: 0.8,
	source: 'ocr',
	evidence: { score: 0.5 },
	alternatives: [],
	...over,
});
const read = (fields: Field[]) => ({ class: 'purchase_invoice' as const, classConfidence: 0.9, fields });
const accepted = (fields: Partial<Record<FieldName, string | number | null>>) => ({ decision: 'accept' as const, class: 'purchase_invoice' as const, fields, lines: [], vat: [] }); // prettier-ignore

describe('correctionsOf', () => {
	it('labels what was let stand as right and what was changed or emptied as wrong, with its evidence', () => {
		const found = correctionsOf(
			read([field('number', 'F-1'), field('gross', 12000), field('due_on', '2026-01-01')]),
			accepted({ number: 'f- 1', gross: 12100, due_on: null }),
		);
		expect(found.map(({ field: name, isRight }) => [name, isRight])).toEqual([['number', true], ['gross', false], ['due_on', false]]); // prettier-ignore
		expect(found[1]).toMatchObject({ predicted: '12000', final: '12100', confidence: 0.8, evidence: { score: 0.5 } });
	});

	it('learns nothing from XML, from people, or from fields that the paper does not have', () => {
		const fields = [field('number', 'F-1', { source: 'xml' }), field('net', 1, { source: 'person' }), field('contact_email', 'a@b.fr'), field('vat', 2)];
		expect(correctionsOf(read(fields), accepted({ number: 'F-1', net: 1 }))).toEqual([]);
	});

	it('keeps no bank details and no address a second time', () => {
		const found = correctionsOf(read([field('iban', 'FR7630006000011234567890189'), field('supplier_address', '1 rue X')]), accepted({ iban: 'FR76', supplier_address: '1 rue X' })); // prettier-ignore
		expect(found.map(({ predicted, final, isRight }) => [predicted, final, isRight])).toEqual([[null, null, false], [null, null, true]]); // prettier-ignore
	});
});

describe('classCorrection', () => {
	it('says whether the nature of the paper was read right', () => {
		expect(classCorrection({ ...read([]), method: 'ocr' }, 'credit_note')).toMatchObject({ field: 'class', isRight: false, final: 'credit_note' });
	});
});
