import { profileOf } from '../model/profile.ts';
import type { Invoice, TaxShare, Totals } from '../model/types.ts';
import type { Element } from '../xml/tree.ts';
import { at, child, childrenOf, textAt } from '../xml/tree.ts';
import { adjustmentOf, lineOf, logisticsOf } from './cii-lines.ts';
import { meansOf, placeOf, traderIf, traderOf } from './cii-parties.ts';
import { Values } from './values.ts';

function totalsOf(element: Element | null, values: Values): Totals {
	return {
		lines: values.number(element, 'LineTotalAmount'),
		allowances: values.number(element, 'AllowanceTotalAmount'),
		charges: values.number(element, 'ChargeTotalAmount'),
		net: values.number(element, 'TaxBasisTotalAmount'),
		vat: childrenOf(element, 'TaxTotalAmount').map((one) => ({ amount: values.numberOf(one), currency: one.attributes.currencyID || null })),
		gross: values.number(element, 'GrandTotalAmount'),
		paid: values.number(element, 'TotalPrepaidAmount'),
		rounding: values.number(element, 'RoundingAmount'),
		payable: values.number(element, 'DuePayableAmount'),
	};
}

const shareOf = (element: Element, values: Values): TaxShare => ({
	base: values.number(element, 'BasisAmount'),
	vat: values.number(element, 'CalculatedAmount'),
	category: textAt(element, 'CategoryCode'),
	rate: values.number(element, 'RateApplicablePercent|ApplicablePercent'),
	reason: textAt(element, 'ExemptionReason'),
	reasonCode: textAt(element, 'ExemptionReasonCode'),
});

/**
 * A Cross Industry Invoice (Factur-X, ZUGFeRD 2, XRechnung) or the Cross Industry Document of ZUGFeRD 1, which says the same under
 * other names.
 */
export function readCii(root: Element): Invoice {
	const values = new Values();
	const isFirst = root.name === 'CrossIndustryDocument';
	const context = child(root, 'ExchangedDocumentContext', 'SpecifiedExchangedDocumentContext');
	const document = child(root, 'ExchangedDocument', 'HeaderExchangedDocument');
	const trade = child(root, 'SupplyChainTradeTransaction', 'SpecifiedSupplyChainTradeTransaction');
	const agreement = child(trade, 'ApplicableHeaderTradeAgreement', 'ApplicableSupplyChainTradeAgreement');
	const delivery = child(trade, 'ApplicableHeaderTradeDelivery', 'ApplicableSupplyChainTradeDelivery');
	const settlement = child(trade, 'ApplicableHeaderTradeSettlement', 'ApplicableSupplyChainTradeSettlement');
	const terms = childrenOf(settlement, 'SpecifiedTradePaymentTerms');
	const taxes = childrenOf(settlement, 'ApplicableTradeTax');
	const specification = textAt(context, 'GuidelineSpecifiedDocumentContextParameter', 'ID');
	const deliveredOn = values.date(delivery, 'ActualDeliverySupplyChainEvent', 'OccurrenceDateTime');
	const shipTo = placeOf(child(delivery, 'ShipToTradeParty'));
	return {
		syntax: isFirst ? 'zugferd-1' : 'cii',
		specification,
		profile: profileOf(specification),
		process: textAt(context, 'BusinessProcessSpecifiedDocumentContextParameter', 'ID'),
		number: textAt(document, 'ID'),
		issuedOn: values.date(document, 'IssueDateTime'),
		type: textAt(document, 'TypeCode'),
		currency: textAt(settlement, 'InvoiceCurrencyCode'),
		taxCurrency: textAt(settlement, 'TaxCurrencyCode'),
		taxPointOn: taxes.map((one) => values.date(one, 'TaxPointDate')).find(Boolean) ?? null,
		taxPointCode: taxes.map((one) => textAt(one, 'DueDateTypeCode')).find(Boolean) ?? null,
		dueOn: terms.map((one) => values.date(one, 'DueDateDateTime')).find(Boolean) ?? null,
		notes: childrenOf(document, 'IncludedNote').map((one) => ({ code: textAt(one, 'SubjectCode'), text: textAt(one, 'Content') })),
		orderReference: textAt(agreement, 'BuyerOrderReferencedDocument', 'IssuerAssignedID') ?? textAt(agreement, 'BuyerOrderReferencedDocument', 'ID'),
		preceding: childrenOf(settlement, 'InvoiceReferencedDocument').map((one) => ({
			number: textAt(one, 'IssuerAssignedID') ?? textAt(one, 'ID'),
			issuedOn: values.date(one, 'FormattedIssueDateTime'),
		})),
		seller: traderOf(child(agreement, 'SellerTradeParty')),
		buyer: traderOf(child(agreement, 'BuyerTradeParty')),
		payee: traderIf(child(settlement, 'PayeeTradeParty')),
		taxRepresentative: traderIf(child(agreement, 'SellerTaxRepresentativeTradeParty')),
		delivery: deliveredOn || shipTo ? { on: deliveredOn, address: shipTo } : null,
		period: values.period(child(settlement, 'BillingSpecifiedPeriod'), 'StartDateTime', 'EndDateTime'),
		paymentMeans: childrenOf(settlement, 'SpecifiedTradeSettlementPaymentMeans').map(meansOf),
		paymentTerms: terms.map((one) => textAt(one, 'Description')).find(Boolean) ?? null,
		adjustments: [
			...childrenOf(settlement, 'SpecifiedTradeAllowanceCharge').map((one) => adjustmentOf(one, values)),
			...childrenOf(settlement, 'SpecifiedLogisticsServiceCharge').map((one) => logisticsOf(one, values)),
		],
		totals: totalsOf(child(settlement, 'SpecifiedTradeSettlementHeaderMonetarySummation', 'SpecifiedTradeSettlementMonetarySummation'), values),
		breakdown: taxes.map((one) => shareOf(one, values)),
		lines: childrenOf(trade, 'IncludedSupplyChainTradeLineItem').map((one) => lineOf(one, values)),
		attachments: childrenOf(agreement, 'AdditionalReferencedDocument')
			.filter((one) => textAt(one, 'TypeCode') === '916')
			.map((one) => ({ reference: textAt(one, 'IssuerAssignedID'), mime: at(one, 'AttachmentBinaryObject')?.attributes.mimeCode ?? null })),
		currencies: [...values.currencies],
		unreadable: values.unreadable,
	};
}
