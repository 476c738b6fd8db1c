import type { DocumentLine, Field, FieldName, Party, VatRow } from '../../types.ts';
import type { Decimal } from '../model/decimal.ts';
import { inParts, over, zero } from '../model/decimal.ts';
import type { Address, Adjustment, Invoice, Line, Trader } from '../model/types.ts';
import { categoryOf } from '../rules/vat/categories.ts';
import { numbersOf } from './numbers.ts';

const cents = (value: Decimal | null): number | null => (value === null ? null : inParts(value, 100));

/** A field as XML says it: no place on a page, and sure as far as reading goes. */
function field(name: FieldName, value: string | number | null | undefined, others: (string | number)[] = []): Field[] {
	if (value === null || value === undefined || value === '') return [];
	const candidate = (one: string | number) => ({ value: one, page: null, box: null, confidence: 1 });
	return [{ name, ...candidate(value), source: 'xml', evidence: { xml: 1 }, alternatives: others.filter((one) => one !== value).map(candidate) }];
}

/** `12 rue des Lilas, 75011 Paris, FR` */
export function addressLine(address: Address | null): string | null {
	if (!address) return null;
	const town = [address.postcode, address.city].filter(Boolean).join(' ');
	return [...address.lines, town, address.country].filter(Boolean).join(', ') || null;
}

/** `0225:123456789`, the way directories write it; without a scheme as it stands. */
const electronicAddress = ({ electronic }: Trader): string | null =>
	electronic?.value ? (electronic.scheme ? `${electronic.scheme}:${electronic.value}` : electronic.value) : null;

function partyFields(party: Party, trader: Trader): Field[] {
	const { siren, siret, vat } = numbersOf(trader);
	return [
		...field(`${party}_name`, trader.name),
		...field(`${party}_siren`, siren),
		...field(`${party}_siret`, siret),
		...field(`${party}_vat_number`, vat),
		...field(`${party}_address`, addressLine(trader.address)),
		...field(`${party}_electronic_address`, electronicAddress(trader)),
	];
}

const compact = (text: string): string => text.replaceAll(/\s/g, '').toUpperCase();
const isIbanLike = (text: string): boolean => /^[A-Z]{2}\d{2}[0-9A-Z]{8,30}$/.test(text);

/** The account that is to be credited; an account number of another kind (a German one of old) is no IBAN and is left out. */
function bankFields(invoice: Invoice): Field[] {
	const accounts = invoice.paymentMeans.flatMap((one) => one.accounts).map((one) => ({ ...one, iban: compact(one.id ?? '') }));
	const [first, ...others] = accounts.filter((one) => isIbanLike(one.iban));
	if (!first) return [];
	return [
		...field(
			'iban',
			first.iban,
			others.map((one) => one.iban),
		),
		...field('bic', first.bic && compact(first.bic)),
		...field('account_holder', first.holder),
	];
}

/** The total of VAT in the invoice's own currency. */
function vatOf({ totals, currency, breakdown }: Invoice): Decimal | null {
	const own = totals.vat.find((one) => one.currency === currency) ?? totals.vat.find((one) => one.currency === null) ?? totals.vat[0];
	if (own) return own.amount;
	return breakdown.length > 0 && breakdown.every((one) => one.vat === zero) ? zero : null;
}

/**
 * What leaves the room. Amounts are as the XML has them: positive in a credit note of type 381, negative where an invoice of type 380
 * credits by negative totals.
 */
export function fieldsOf(invoice: Invoice): Field[] {
	const { totals } = invoice;
	return [
		...partyFields('supplier', invoice.seller),
		...partyFields('buyer', invoice.buyer),
		...bankFields(invoice),
		...field('number', invoice.number),
		...field('issued_on', invoice.issuedOn),
		...field('due_on', invoice.dueOn),
		...field('delivered_on', invoice.delivery?.on ?? invoice.period?.to),
		...field('currency', invoice.currency),
		...field('net', cents(totals.net)),
		...field('vat', cents(vatOf(invoice))),
		...field('gross', cents(totals.gross)),
		...field('paid', cents(totals.paid)),
		...field('payable', cents(totals.payable)),
		...field('order_reference', invoice.orderReference),
		...field(
			'invoice_reference',
			invoice.preceding[0]?.number,
			invoice.preceding.slice(1).flatMap((one) => one.number ?? []),
		),
	];
}

const basisPoints = (rate: Decimal | null): number | null => (rate === null ? null : inParts(rate, 100));

function lineOf(line: Line): DocumentLine {
	const price = line.price !== null && line.priceFor !== null && line.priceFor > zero ? over(line.price, line.priceFor) : line.price;
	return {
		label: [line.name, line.description === line.name ? null : line.description].filter(Boolean).join('\n'),
		quantity: line.quantity === null ? null : inParts(line.quantity, 1000),
		unit: line.unit,
		unitPrice: cents(price),
		vatRate: basisPoints(line.rate),
		net: cents(line.net),
		page: null,
		box: null,
		confidence: 1,
	};
}

/** Headings of the extended profile are left out: they repeat what their lines say. */
export const linesOf = (invoice: Invoice): DocumentLine[] => invoice.lines.filter((line) => !line.isGroup).map(lineOf);

function adjustmentOf({ charge, amount, reason, category, rate }: Adjustment): DocumentLine[] {
	if (amount === null || amount === zero) return [];
	const net = cents(charge ? amount : -amount);
	// Only the standard category has a rate that must be said; the others have none, or nought.
	const vatRate = basisPoints(rate) ?? (categoryOf(category) === 'S' ? null : 0);
	const label = [charge ? 'Frais' : 'Remise', reason].filter(Boolean).join('\u00a0: ');
	return [{ label, quantity: 1000, unit: null, unitPrice: net, vatRate, net, page: null, box: null, confidence: 1 }];
}

/** Discounts and charges on the whole (BG-20, BG-21) as lines at their own rate. */
export const adjustmentsOf = (invoice: Invoice): DocumentLine[] => invoice.adjustments.flatMap(adjustmentOf);

export const vatRowsOf = (invoice: Invoice): VatRow[] =>
	invoice.breakdown.map((one) => ({
		category: categoryOf(one.category),
		rate: basisPoints(one.rate),
		base: cents(one.base),
		vat: cents(one.vat),
		reason: one.reason ?? one.reasonCode,
	}));
