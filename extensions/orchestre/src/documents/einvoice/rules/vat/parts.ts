import type { Decimal } from '../../model/decimal.ts';
import { fromWhole, ofCents, zero } from '../../model/decimal.ts';
import type { Adjustment, Invoice, Line, TaxShare } from '../../model/types.ts';
import { categoryOf } from './categories.ts';

/** What of an invoice falls under one VAT category. */
export type Parts = { lines: Line[]; allowances: Adjustment[]; charges: Adjustment[]; shares: TaxShare[] };

const isOf = (code: string) => (one: { category: string | null }) => categoryOf(one.category) === code;

export function partsOf({ lines, adjustments, breakdown }: Invoice, code: string): Parts {
	const own = adjustments.filter(isOf(code));
	return {
		lines: lines.filter((line) => !line.isGroup).filter(isOf(code)),
		allowances: own.filter((one) => !one.charge),
		charges: own.filter((one) => one.charge),
		shares: breakdown.filter(isOf(code)),
	};
}

const ofRate = (rate: Decimal | null | undefined) => (one: { rate: Decimal | null }) => rate === undefined || (one.rate ?? zero) === (rate ?? zero);

const total = (amounts: (Decimal | null)[]): Decimal => amounts.reduce<Decimal>((sum, amount) => sum + (amount ?? zero), zero);

/** Lines plus charges less discounts of these parts, at one rate when it is given. */
export function baseOf({ lines, allowances, charges }: Parts, rate?: Decimal | null): Decimal {
	return (
		total(lines.filter(ofRate(rate)).map((line) => line.net)) +
		total(charges.filter(ofRate(rate)).map((one) => one.amount)) -
		total(allowances.filter(ofRate(rate)).map((one) => one.amount))
	);
}

export const isUsed = ({ lines, allowances, charges }: Parts): boolean => lines.length + allowances.length + charges.length > 0;

export const countOf = ({ lines, allowances, charges }: Parts): number => lines.length + allowances.length + charges.length;

/**
 * The norm's own schematron lets VAT be a whole unit off what base and rate give, because many issuers round line by line: less than
 * one in UBL, up to one in CII.
 */
export const unitSlack = ({ syntax }: Pick<Invoice, 'syntax'>): Decimal => (syntax.startsWith('ubl') ? ofCents(99) : fromWhole(1));
