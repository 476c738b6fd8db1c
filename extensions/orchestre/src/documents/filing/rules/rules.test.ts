import { describe, expect, it } from 'vitest';
import type { DocumentLine } from '../../types.ts';
import { addressOf } from './address.ts';
import { bookLines, rateOf } from './lines.ts';
import { mergeInto } from './merge.ts';
import { isIban } from './parties.ts';

const line = (net: number, vatRate: number | null, over: Partial<DocumentLine> = {}): DocumentLine => ({ label: 'x', quantity: 1000, unit: null, unitPrice: net, vatRate, net, page: null, box: null, confidence: 1, ...over }); // prettier-ignore

describe('the lines of a purchase', () => {
	it('are the document’s own where they come to its total', () => {
		const booked = bookLines([line(6000, 2000, { quantity: 10_000, unitPrice: 600, unit: 'HUR' }), line(4000, null)], [{ category: 'S', rate: 2000, base: 10_000, vat: 2000, reason: null }], { net: 10_000, vat: 2000, gross: 12_000 }); // prettier-ignore
		expect(booked).toMatchObject({
			difference: 0,
			isWhole: true,
			lines: [{ quantity: 10_000, unit: 'hour', unit_price_cents: 600, vat_rate: 2000 }, { vat_rate: 2000 }],
		});
	});

	it('keep the net where quantity and price do not give it, and say both', () => {
		expect(bookLines([line(333, 2000, { quantity: 3000, unitPrice: 112 })], [], { net: 333, vat: 67, gross: 400 })?.lines).toMatchObject([{ quantity: 1000, unit_price_cents: 333, description: '3 × 1,12\u00a0€' }]); // prettier-ignore
	});

	it('are one a rate where a discount on the whole stands between, and the supplier’s cents are a line of their own', () => {
		const vat = [{ category: 'S', rate: 2000, base: 90_000, vat: 18_000, reason: null }, { category: 'S', rate: 550, base: 20_000, vat: 1100, reason: null }]; // prettier-ignore
		expect(bookLines([line(100_000, 2000), line(20_000, 550)], vat, { net: 110_000, vat: 19_100, gross: 129_100 })).toMatchObject({ difference: 0, isWhole: false, lines: [{ unit_price_cents: 90_000 }, { unit_price_cents: 20_000 }] }); // prettier-ignore
		expect(bookLines([line(10_000, 2000)], [], { net: 10_000, vat: 2001, gross: 12_001 })?.lines.at(-1)).toMatchObject({ label: 'Écart d’arrondi du fournisseur', unit_price_cents: 1, vat_rate: 0 }); // prettier-ignore
		expect(bookLines([line(10_000, 2000)], [], { net: 10_000, vat: 2500, gross: 12_500 })?.difference).toBe(500);
	});

	it('are none where no rate can be told', () => {
		expect(bookLines([], [], { net: null, vat: null, gross: 12_000 })).toBeNull();
		expect([rateOf(10_000, 2001), rateOf(10_000, 1000), rateOf(10_000, 700)]).toEqual([2000, 1000, null]);
	});
});

describe('what stands on paper', () => {
	it('fills what is empty and leaves what is there, however it is spelt', () => {
		const merged = mergeInto({ phone: '+33140000001', job_title: 'Acheteuse', email: null }, { phone: '01 40 00 00 01', job_title: 'Directrice', email: 'a@b.fr', mobile: null }, { job_title: 'fonction' }); // prettier-ignore
		expect(merged).toEqual({ fill: { email: 'a@b.fr' }, differences: [{ field: 'job_title', label: 'fonction', kept: 'Acheteuse', found: 'Directrice' }] });
	});

	it('is an address by its postal code, and an IBAN by its check', () => {
		expect(addressOf('12 rue des Lilas\n69003 Lyon')).toEqual({ street: '12 rue des Lilas', postal_code: '69003', city: 'Lyon' });
		expect(addressOf('8 chemin des Vignes, 69210 Lentilly, FR')).toEqual({ street: '8 chemin des Vignes', postal_code: '69210', city: 'Lentilly' });
		expect([isIban('FR7630006000011234567890189'), isIban('FR7630006000011234567890188')]).toEqual([true, false]);
	});
});
