import { companyKey } from '../../platform/input/name-keys.ts';
import type { EInvoice, OwnCompany } from '../types.ts';
import { numbersOf } from './fields/numbers.ts';
import { zero } from './model/decimal.ts';
import type { Invoice, Trader } from './model/types.ts';
import { creditTypes } from './rules/codes/lists.ts';

function isOurs(trader: Trader, own: OwnCompany): boolean {
	const { siren, vat } = numbersOf(trader);
	if (own.siren && siren) return own.siren === siren;
	if (own.vatNumber && vat) return own.vatNumber === vat;
	return companyKey(trader.name) !== null && companyKey(trader.name) === companyKey(own.name);
}

/**
 * Credit note: by its type, or an invoice whose total is negative. Sales or purchase is not in the XML: it is a sale when the seller is
 * the own company; without knowing who that is, it is a purchase, which is what arrives.
 */
export function classOf(invoice: Invoice, own: OwnCompany | null): EInvoice['class'] {
	const { gross } = invoice.totals;
	const isCredit = invoice.syntax === 'ubl-credit-note' || creditTypes.has(invoice.type ?? '') || (gross !== null && gross < zero);
	if (isCredit) return 'credit_note';
	return own && isOurs(invoice.seller, own) ? 'sales_invoice' : 'purchase_invoice';
}
