import { formatAmount, formatNumber } from '../../platform/amount.ts';
import type { Check, Field, FieldName, Message, Page, Understanding } from '../types.ts';

/** What is looked at: what a reader understood, or what an e-invoice says. */
export type Understood = Pick<Understanding, 'class' | 'fields' | 'lines' | 'vat'>;

/** `today` as `2026-11-22`; `pages` as they are printed, to hold fields from XML against. */
export type CheckContext = { today: string; pages?: Page[] };

export const fieldNamed = (fields: Field[], name: FieldName): Field | null => fields.find((one) => one.name === name) ?? null;

/** The value of a text field; null when it is missing or a number. */
export function textOf(fields: Field[], name: FieldName): string | null {
	const value = fieldNamed(fields, name)?.value;
	return typeof value === 'string' && value !== '' ? value : null;
}

/** The value of an amount in hundredths; null when it is missing. */
export function amountOf(fields: Field[], name: FieldName): number | null {
	const value = fieldNamed(fields, name)?.value;
	return typeof value === 'number' ? value : null;
}

/** Hundredths of the document's currency as people read them. */
export function moneyWords(cents: number, currency: string | null): Message {
	if (currency === null || currency === 'EUR') return { fr: formatAmount(cents, 'eur', 'fr'), en: formatAmount(cents, 'eur', 'en') };
	return { fr: `${formatNumber(cents, 'eur', 'fr')}\u00a0${currency}`, en: `${formatNumber(cents, 'eur', 'en')}\u00a0${currency}` };
}

export const rateWords = (basisPoints: number): Message => ({ fr: formatAmount(basisPoints, 'percent', 'fr'), en: formatAmount(basisPoints, 'percent', 'en') });

type Said = { right: Message; wrong: Message };

/** One rule tried: what is said when it holds and when it does not. */
export const tried = (code: string, passed: boolean, { right, wrong }: Said, fields: FieldName[], severity: Check['severity'] = 'error'): Check => ({
	code,
	passed,
	severity,
	message: passed ? right : wrong,
	fields,
});
