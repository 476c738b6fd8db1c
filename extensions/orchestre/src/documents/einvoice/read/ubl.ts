import { profileOf } from '../model/profile.ts';
import type { Delivery, Invoice, Note, TaxShare, Totals } from '../model/types.ts';
import type { Element } from '../xml/tree.ts';
import { at, child, childrenOf, textAt } from '../xml/tree.ts';
import { adjustmentOf, lineOf } from './ubl-lines.ts';
import { addressOf, meansOf, namedTrader, traderOf } from './ubl-parties.ts';
import { Values } from './values.ts';

/** The subject code stands in front of the words, between hashes: `#PMT#Indemnité …`. */
function noteOf(element: Element): Note {
	const parts = /^#([A-Z]{3})#\s*([\s\S]*)$/.exec(element.text);
	return parts ? { code: parts[1] ?? null, text: parts[2] || null } : { code: null, text: element.text || null };
}

function totalsOf(element: Element | null, taxes: Element[], values: Values): Totals {
	return {
		lines: values.number(element, 'LineExtensionAmount'),
		allowances: values.number(element, 'AllowanceTotalAmount'),
		charges: values.number(element, 'ChargeTotalAmount'),
		net: values.number(element, 'TaxExclusiveAmount'),
		vat: taxes.flatMap((one) => {
			const amount = child(one, 'TaxAmount');
			return amount ? [{ amount: values.numberOf(amount), currency: amount.attributes.currencyID || null }] : [];
		}),
		gross: values.number(element, 'TaxInclusiveAmount'),
		paid: values.number(element, 'PrepaidAmount'),
		rounding: values.number(element, 'PayableRoundingAmount'),
		payable: values.number(element, 'PayableAmount'),
	};
}

function shareOf(element: Element, values: Values): TaxShare {
	const category = child(element, 'TaxCategory');
	return {
		base: values.number(element, 'TaxableAmount'),
		vat: values.number(element, 'TaxAmount'),
		category: textAt(category, 'ID'),
		rate: values.number(category, 'Percent'),
		reason: textAt(category, 'TaxExemptionReason'),
		reasonCode: textAt(category, 'TaxExemptionReasonCode'),
	};
}

function deliveryOf(element: Element | null, values: Values): Delivery | null {
	return element && { on: values.date(element, 'ActualDeliveryDate'), address: addressOf(at(element, 'DeliveryLocation', 'Address')) };
}

/** A UBL 2.1 Invoice or CreditNote. */
export function readUbl(root: Element): Invoice {
	const values = new Values();
	const isCredit = root.name === 'CreditNote';
	const taxes = childrenOf(root, 'TaxTotal');
	const means = childrenOf(root, 'PaymentMeans');
	const specification = textAt(root, 'CustomizationID');
	const period = child(root, 'InvoicePeriod');
	return {
		syntax: isCredit ? 'ubl-credit-note' : 'ubl-invoice',
		specification,
		profile: profileOf(specification),
		process: textAt(root, 'ProfileID'),
		number: textAt(root, 'ID'),
		issuedOn: values.date(root, 'IssueDate'),
		type: textAt(root, 'InvoiceTypeCode') ?? textAt(root, 'CreditNoteTypeCode'),
		currency: textAt(root, 'DocumentCurrencyCode'),
		taxCurrency: textAt(root, 'TaxCurrencyCode'),
		taxPointOn: values.date(root, 'TaxPointDate'),
		taxPointCode: textAt(period, 'DescriptionCode'),
		dueOn: values.date(root, 'DueDate') ?? means.map((one) => values.date(one, 'PaymentDueDate')).find(Boolean) ?? null,
		notes: childrenOf(root, 'Note').map(noteOf),
		orderReference: textAt(root, 'OrderReference', 'ID'),
		preceding: childrenOf(root, 'BillingReference').map((one) => ({
			number: textAt(one, 'InvoiceDocumentReference', 'ID'),
			issuedOn: values.date(one, 'InvoiceDocumentReference', 'IssueDate'),
		})),
		seller: traderOf(at(root, 'AccountingSupplierParty', 'Party')),
		buyer: traderOf(at(root, 'AccountingCustomerParty', 'Party')),
		payee: namedTrader(child(root, 'PayeeParty')),
		taxRepresentative: namedTrader(child(root, 'TaxRepresentativeParty')),
		delivery: deliveryOf(child(root, 'Delivery'), values),
		period: values.period(period, 'StartDate', 'EndDate'),
		paymentMeans: means.map(meansOf),
		paymentTerms: textAt(root, 'PaymentTerms', 'Note'),
		adjustments: childrenOf(root, 'AllowanceCharge').map((one) => adjustmentOf(one, values)),
		totals: totalsOf(child(root, 'LegalMonetaryTotal'), taxes, values),
		breakdown: taxes.flatMap((one) => childrenOf(one, 'TaxSubtotal').map((share) => shareOf(share, values))),
		lines: childrenOf(root, 'InvoiceLine', 'CreditNoteLine').map((one) => lineOf(one, values)),
		attachments: childrenOf(root, 'AdditionalDocumentReference')
			.filter((one) => textAt(one, 'DocumentTypeCode') !== '130')
			.map((one) => ({ reference: textAt(one, 'ID'), mime: at(one, 'Attachment', 'EmbeddedDocumentBinaryObject')?.attributes.mimeCode ?? null })),
		currencies: [...values.currencies],
		unreadable: values.unreadable,
	};
}
