import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentTotals, fits, lineAmounts, netOf, vatOf, type LineFigures } from './totals.ts';

const rates = [2000, 1000, 550, 210, 0];
const figures = fc.record<LineFigures>({
	quantity: fc.integer({ min: -100_000, max: 100_000 }),
	unit_price_cents: fc.integer({ min: -1_000_000, max: 1_000_000 }),
	discount: fc.option(fc.integer({ min: 0, max: 10_000 })),
	vat_rate: fc.constantFrom(...rates),
});
const withNet = (lines: readonly LineFigures[]): { net_cents: number; vat_rate: number }[] =>
	lines.map((line) => ({ net_cents: netOf(line), vat_rate: line.vat_rate }));
const lists = fc.array(figures, { maxLength: 30 });

describe('a line', () => {
	it.each([
		['three pieces', { quantity: 3000, unit_price_cents: 1999, discount: 0, vat_rate: 2000 }, { net_cents: 5997, vat_cents: 1199, gross_cents: 7196 }],
		[
			'an hour and a half less 10 %',
			{ quantity: 1500, unit_price_cents: 8000, discount: 1000, vat_rate: 550 },
			{ net_cents: 10_800, vat_cents: 594, gross_cents: 11_394 },
		],
		['half a cent, up', { quantity: 500, unit_price_cents: 1, discount: null, vat_rate: 0 }, { net_cents: 1, vat_cents: 0, gross_cents: 1 }],
		[
			'half a cent of a deduction, down',
			{ quantity: -500, unit_price_cents: 1, discount: null, vat_rate: 0 },
			{ net_cents: -1, vat_cents: 0, gross_cents: -1 },
		],
	])('%s', (_what, line, amounts) => expect(lineAmounts(line)).toEqual(amounts));

	it('is within half a cent of the exact amount, without discount and with', () => {
		fc.assert(
			fc.property(figures, (line) => {
				const exact = (line.quantity * line.unit_price_cents * (10_000 - (line.discount ?? 0))) / 10_000_000;
				expect(Math.abs(netOf(line) - exact)).toBeLessThanOrEqual(0.5 + 1e-6);
			}),
		);
	});
	it('given away costs nothing', () => {
		fc.assert(
			fc.property(figures, (line) => {
				expect(netOf({ ...line, discount: 10_000 })).toBe(0);
			}),
		);
	});
});

describe('a document', () => {
	it('rounds VAT once per rate, not once per line', () => {
		const lines = Array.from({ length: 3 }, () => ({ net_cents: 33, vat_rate: 2000 }));
		expect(documentTotals(lines)).toMatchObject({ net_cents: 99, vat_cents: 20, gross_cents: 119 });
		expect(documentTotals([...lines, { net_cents: 1000, vat_rate: 550 }]).vat_breakdown).toEqual([
			{ rate: 2000, net_cents: 99, vat_cents: 20 },
			{ rate: 550, net_cents: 1000, vat_cents: 55 },
		]);
	});
	it('adds up: the rates make the totals, the totals the gross', () => {
		fc.assert(
			fc.property(lists, (lines) => {
				const { net_cents, vat_cents, gross_cents, vat_breakdown } = documentTotals(withNet(lines));
				expect(net_cents).toBe(lines.reduce((sum, line) => sum + netOf(line), 0));
				expect(vat_cents).toBe(vat_breakdown.reduce((sum, part) => sum + part.vat_cents, 0));
				expect(gross_cents).toBe(net_cents + vat_cents);
				for (const part of vat_breakdown) expect(Math.abs(part.vat_cents * 10_000 - part.net_cents * part.rate)).toBeLessThanOrEqual(5000);
			}),
		);
	});
	it('does not depend on the order of its lines', () => {
		fc.assert(
			fc.property(lists, (lines) => {
				expect(documentTotals(withNet(lines.toReversed()))).toEqual(documentTotals(withNet(lines)));
			}),
		);
	});
	it('is mirrored to the cent by its credit note', () => {
		fc.assert(
			fc.property(lists, (lines) => {
				const credit = documentTotals(withNet(lines.map((line) => ({ ...line, quantity: -line.quantity }))));
				expect(credit.gross_cents + documentTotals(withNet(lines)).gross_cents).toBe(0);
			}),
		);
	});
	it('without lines comes to nothing', () => expect(documentTotals([])).toEqual({ net_cents: 0, vat_cents: 0, gross_cents: 0, vat_breakdown: [] }));
	it('says when it is too large to be kept', () => {
		expect(fits(lineAmounts({ quantity: 1000, unit_price_cents: 2_000_000_000, discount: 0, vat_rate: 0 }))).toBe(true);
		expect(fits(lineAmounts({ quantity: 1000, unit_price_cents: 2_000_000_000, discount: 0, vat_rate: 2000 }))).toBe(false);
		expect(vatOf(2_000_000_000, 2000)).toBe(400_000_000);
	});
});
