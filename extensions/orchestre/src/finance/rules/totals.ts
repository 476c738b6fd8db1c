/**
 * What lines and documents come to. Whole numbers all the way: cents, thousandths of a piece, basis points (2000 = 20 %). One
 * rounding rule (french-rules.md): the net once per line, the VAT once per rate on the document's total; half a cent goes away
 * from zero, so that a credit note is the exact mirror of its invoice.
 */
export type LineFigures = { quantity: number; unit_price_cents: number; discount: number | null; vat_rate: number };
export type Amounts = { net_cents: number; vat_cents: number; gross_cents: number };
/** One line per rate, highest first. */
export type VatBreakdown = { rate: number; net_cents: number; vat_cents: number }[];

function rounded(numerator: bigint, denominator: bigint): number {
	const size = numerator < 0n ? -numerator : numerator;
	const quotient = (size * 2n + denominator) / (denominator * 2n);
	return Number(numerator < 0n ? -quotient : quotient);
}

/** Quantity × net unit price, less the discount, in cents. */
export const netOf = ({ quantity, unit_price_cents, discount }: Omit<LineFigures, 'vat_rate'>): number =>
	rounded(BigInt(quantity) * BigInt(unit_price_cents) * BigInt(10_000 - (discount ?? 0)), 10_000_000n);

/** VAT on a net amount, in cents. */
export const vatOf = (netCents: number, rate: number): number => rounded(BigInt(netCents) * BigInt(rate), 10_000n);

/** A line's amounts. Its VAT is for information: the document's is computed per rate. */
export function lineAmounts(line: LineFigures): Amounts {
	const net = netOf(line);
	const vat = vatOf(net, line.vat_rate);
	return { net_cents: net, vat_cents: vat, gross_cents: net + vat };
}

/** A document's totals from its lines' net amounts; all 0 without lines. */
export function documentTotals(lines: readonly { net_cents: number; vat_rate: number }[]): Amounts & { vat_breakdown: VatBreakdown } {
	const nets = new Map<number, number>();
	for (const { net_cents, vat_rate } of lines) nets.set(vat_rate, (nets.get(vat_rate) ?? 0) + net_cents);
	const breakdown = [...nets].toSorted(([a], [b]) => b - a).map(([rate, net_cents]) => ({ rate, net_cents, vat_cents: vatOf(net_cents, rate) }));
	const net = breakdown.reduce((sum, { net_cents }) => sum + net_cents, 0);
	const vat = breakdown.reduce((sum, { vat_cents }) => sum + vat_cents, 0);
	return { net_cents: net, vat_cents: vat, gross_cents: net + vat, vat_breakdown: breakdown };
}

/** Whether amounts fit into the columns that hold them (32 bits: 21 474 836,47 €). */
export const fits = ({ net_cents, vat_cents, gross_cents }: Amounts): boolean =>
	[net_cents, vat_cents, gross_cents].every((cents) => Math.abs(cents) <= 2_147_483_647);
