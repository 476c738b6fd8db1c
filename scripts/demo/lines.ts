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

const netOf = ({ quantity, price }: Line): number => Math.round(quantity * price);

/** Totals of a document: VAT is rounded once per rate on the sum of its lines, as the law wants it. */
export function totalsOf(lines: readonly Line[]): {
	net: number;
	vat: number;
	gross: number;
	breakdown: { rate: number; net_cents: number; vat_cents: number }[];
} {
	const nets = new Map<number, number>();
	for (const line of lines) nets.set(line.vatRate, (nets.get(line.vatRate) ?? 0) + netOf(line));
	const breakdown = [...nets].map(([rate, net]) => ({ rate, net_cents: net, vat_cents: Math.round((net * rate) / 10_000) }));
	const net = breakdown.reduce((sum, { net_cents }) => sum + net_cents, 0);
	const vat = breakdown.reduce((sum, { vat_cents }) => sum + vat_cents, 0);
	return { net, vat, gross: net + vat, breakdown };
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
		const net = netOf(line);
		const vat = Math.round((net * line.vatRate) / 10_000);
		return {
			...traced,
			...period,
			id: demoId('line_items', `${owner} ${id} ${index}`),
			sort: index + 1,
			product: line.productId,
			label: line.label,
			quantity: Math.round(line.quantity * 1000),
			unit: line.unit,
			unit_price_cents: line.price,
			discount: 0,
			vat_rate: line.vatRate,
			net_cents: net,
			vat_cents: vat,
			gross_cents: net + vat,
			account: line.account,
			[owner]: id,
		};
	});
