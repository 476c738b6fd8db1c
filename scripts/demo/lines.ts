import { documentTotals, lineAmounts, netOf, type LineFigures, type VatBreakdown } from '../../extensions/orchestre/src/finance/rules/totals.ts';
import type { BasketLine } from './baskets.ts';
import { demoId } from './ids.ts';
import type { Row } from './rows.ts';

/** A line of a document: what is sold, or words and a price for what is bought. Quantity in pieces, price and net in cents. */
export type Line = { productId: string | null; label: string; quantity: number; unit: string; price: number; vatRate: number; account: string | null };

export const lineOf = ({ product, quantity }: BasketLine, extra: Partial<Line> = {}): Line => ({
	productId: product.id,
	label: product.name,
	quantity,
	unit: product.unit,
	price: product.price,
	vatRate: 2000,
	account: product.account,
	...extra,
});

/** Pieces as the database counts them. */
const thousandths = (quantity: number): number => Math.round(quantity * 1000);
const figuresOf = ({ quantity, price, vatRate }: Line): LineFigures => ({
	quantity: thousandths(quantity),
	unit_price_cents: price,
	discount: 0,
	vat_rate: vatRate,
});

/** Totals of a document, by the product's own rule. */
export function totalsOf(lines: readonly Line[]): { net: number; vat: number; gross: number; breakdown: VatBreakdown } {
	const totals = documentTotals(lines.map((line) => ({ net_cents: netOf(figuresOf(line)), vat_rate: line.vatRate })));
	return { net: totals.net_cents, vat: totals.vat_cents, gross: totals.gross_cents, breakdown: totals.vat_breakdown };
}

/** Rows of line_items for one document; `owner` names the field that points at it. */
export const lineRows = (
	owner: 'quote' | 'invoice' | 'subscription' | 'opportunity',
	id: string,
	lines: readonly Line[],
	traced: Partial<Row>,
	period: { period_start: string; period_end: string } | null = null,
): Row[] =>
	lines.map((line, index) => {
		return {
			...traced,
			...period,
			id: demoId('line_items', `${owner} ${id} ${index}`),
			sort: index + 1,
			product: line.productId,
			label: line.label,
			quantity: thousandths(line.quantity),
			unit: line.unit,
			unit_price_cents: line.price,
			discount: 0,
			vat_rate: line.vatRate,
			...lineAmounts(figuresOf(line)),
			account: line.account,
			[owner]: id,
		};
	});
