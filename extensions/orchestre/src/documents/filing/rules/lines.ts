import { documentTotals, netOf, vatOf } from '../../../finance/rules/totals.ts';
import { formatAmount } from '../../../platform/amount.ts';
import { shorten } from '../../../platform/text.ts';
import { moneyWords } from '../../checks/parts.ts';
import type { DocumentLine, VatRow } from '../../types.ts';

/** A line as `line_items` keeps it. */
export type BookLine = { label: string; description: string | null; quantity: number; unit: string; unit_price_cents: number; vat_rate: number };

export type Totals = { net: number | null; vat: number | null; gross: number | null };

/** `difference`: cents by which our own sums miss the document's gross; `isWhole`: the lines are the document's own, not its totals. */
export type Booked = { lines: BookLine[]; difference: number; isWhole: boolean };

const frenchRates = [2000, 1000, 550, 210, 0] as const;

/** UN/ECE codes and the words that stand on paper. */
const units: Readonly<Record<string, string>> = {
	HUR: 'hour', h: 'hour', heure: 'hour', heures: 'hour', DAY: 'day', jour: 'day', jours: 'day', j: 'day', MON: 'month', mois: 'month',
	ANN: 'year', an: 'year', KGM: 'kg', kg: 'kg', MTR: 'm', m: 'm', MTK: 'm2', m2: 'm2', KMT: 'km', km: 'km', LS: 'package', forfait: 'package',
}; // prettier-ignore

const unitOf = (unit: string | null): string => units[unit ?? ''] ?? units[(unit ?? '').toLowerCase()] ?? 'unit';

function lineOf({ label, quantity, unit, unitPrice, net, vatRate }: DocumentLine, rate: number, currency: string): BookLine | null {
	if (net === null) return null;
	const words = { label: shorten(label.trim() || 'Ligne', 255), vat_rate: vatRate ?? rate };
	if (quantity !== null && unitPrice !== null && netOf({ quantity, unit_price_cents: unitPrice, discount: 0 }) === net)
		return { ...words, description: null, quantity, unit: unitOf(unit), unit_price_cents: unitPrice };
	// A discount, or a price in tenths of a cent: the line's net is what counts.
	const said = [quantity === null ? '' : formatAmount(quantity, 'quantity', 'fr'), unitPrice === null ? '' : moneyWords(unitPrice, currency).fr].filter(
		Boolean,
	);
	return { ...words, description: said.length > 0 ? said.join(' × ') : null, quantity: 1000, unit: 'unit', unit_price_cents: net };
}

const difference = (lines: readonly BookLine[], gross: number): number =>
	gross - documentTotals(lines.map((line) => ({ net_cents: netOf({ ...line, discount: 0 }), vat_rate: line.vat_rate }))).gross_cents;

const sumLine = (label: string, net: number, rate: number): BookLine => ({
	label,
	description: null,
	quantity: 1000,
	unit: 'unit',
	unit_price_cents: net,
	vat_rate: rate,
});

const atRate = (rate: number): string => `Total à ${formatAmount(rate, 'percent', 'fr')} de TVA`;

/** The rate that turns this net into this VAT, to the cent or two that suppliers round by. */
export const rateOf = (net: number, vat: number): number | null => frenchRates.find((rate) => Math.abs(vatOf(net, rate) - vat) <= 2) ?? null;

/** Cents that suppliers round by, for each rate. */
const slack = 2;

/**
 * The lines of a document as our books take them: its own, where they come to its net; else one a VAT rate; else one of all. Cents of the
 * supplier's own rounding go into a line of their own, so that what is to be paid is right. Null when no rate can be told.
 */
export function bookLines(lines: readonly DocumentLine[], vat: readonly VatRow[], totals: Totals, currency = 'EUR'): Booked | null {
	const gross = totals.gross ?? (totals.net !== null && totals.vat !== null ? totals.net + totals.vat : null);
	const net = totals.net ?? (gross !== null && totals.vat !== null ? gross - totals.vat : null);
	const tax = totals.vat ?? (gross !== null && net !== null ? gross - net : null);
	if (gross === null) return null;
	const rates = vat.flatMap(({ rate, base }) => (rate === null || base === null ? [] : [{ rate, base }]));
	const only = rates.length === 1 ? rates[0]?.rate : net !== null && tax !== null ? rateOf(net, tax) : null;
	const own = lines.map((line) => (line.vatRate === null && (only === null || only === undefined) ? null : lineOf(line, only ?? 0, currency)));
	const whole = own.filter((line) => line !== null);
	const tried: { lines: BookLine[]; isWhole: boolean }[] = [];
	if (whole.length > 0 && whole.length === lines.length) tried.push({ lines: whole, isWhole: true });
	if (rates.length > 0) tried.push({ lines: rates.map(({ rate, base }) => sumLine(atRate(rate), base, rate)), isWhole: false });
	if (net !== null && only !== null && only !== undefined) tried.push({ lines: [sumLine('Total', net, only)], isWhole: false });
	const booked = tried.map((one): Booked => ({ ...one, difference: difference(one.lines, gross) }));
	const near = ({ lines: mine, difference: cents }: Booked): boolean =>
		Math.abs(cents) <= slack * Math.max(1, new Set(mine.map(({ vat_rate }) => vat_rate)).size);
	const best =
		booked.find(({ difference: cents }) => cents === 0) ?? booked.find(near) ?? booked.toSorted((a, b) => Math.abs(a.difference) - Math.abs(b.difference))[0];
	if (!best || best.difference === 0 || !near(best)) return best ?? null;
	return { ...best, lines: [...best.lines, sumLine('Écart d’arrondi du fournisseur', best.difference, 0)], difference: 0 };
}
