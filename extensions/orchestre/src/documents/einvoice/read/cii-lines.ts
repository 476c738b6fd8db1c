import type { Adjustment, Line } from '../model/types.ts';
import type { Element } from '../xml/tree.ts';
import { at, child, childrenOf, textAt } from '../xml/tree.ts';
import type { Values } from './values.ts';
import { identifier } from './values.ts';

const isYes = (text: string | null): boolean => text === 'true' || text === '1';

/** A SpecifiedTradeAllowanceCharge; without an indicator it is an allowance. */
export function adjustmentOf(element: Element, values: Values): Adjustment {
	const tax = child(element, 'CategoryTradeTax');
	return {
		charge: isYes(textAt(element, 'ChargeIndicator', 'Indicator') ?? textAt(element, 'ChargeIndicator')),
		amount: values.number(element, 'ActualAmount'),
		base: values.number(element, 'BasisAmount'),
		percent: values.number(element, 'CalculationPercent'),
		reason: textAt(element, 'Reason'),
		reasonCode: textAt(element, 'ReasonCode'),
		category: textAt(tax, 'CategoryCode'),
		rate: values.number(tax, 'RateApplicablePercent|ApplicablePercent'),
	};
}

/** Transport and the like of the extended profile, with its own tax: a charge. */
export function logisticsOf(element: Element, values: Values): Adjustment {
	const tax = child(element, 'AppliedTradeTax');
	return {
		charge: true,
		amount: values.number(element, 'AppliedAmount'),
		base: null,
		percent: null,
		reason: textAt(element, 'Description') ?? 'Transport',
		reasonCode: null,
		category: textAt(tax, 'CategoryCode'),
		rate: values.number(tax, 'RateApplicablePercent|ApplicablePercent'),
	};
}

/** An IncludedSupplyChainTradeLineItem of CII or ZUGFeRD 1. */
export function lineOf(element: Element, values: Values): Line {
	const product = child(element, 'SpecifiedTradeProduct');
	const agreement = child(element, 'SpecifiedLineTradeAgreement', 'SpecifiedSupplyChainTradeAgreement');
	const quantity = at(element, 'SpecifiedLineTradeDelivery|SpecifiedSupplyChainTradeDelivery', 'BilledQuantity');
	const settlement = child(element, 'SpecifiedLineTradeSettlement', 'SpecifiedSupplyChainTradeSettlement');
	const tax = child(settlement, 'ApplicableTradeTax');
	const price = child(agreement, 'NetPriceProductTradePrice');
	const document = child(element, 'AssociatedDocumentLineDocument');
	const kind = textAt(document, 'LineStatusReasonCode');
	return {
		id: textAt(document, 'LineID'),
		name: textAt(product, 'Name') ?? textAt(document, 'IncludedNote', 'Content'),
		description: textAt(product, 'Description'),
		quantity: values.numberOf(quantity),
		unit: quantity?.attributes.unitCode ?? null,
		net: values.number(settlement, 'SpecifiedTradeSettlementLineMonetarySummation|SpecifiedTradeSettlementMonetarySummation', 'LineTotalAmount'),
		price: values.number(price, 'ChargeAmount'),
		grossPrice: values.number(agreement, 'GrossPriceProductTradePrice', 'ChargeAmount'),
		priceFor: values.number(price, 'BasisQuantity'),
		period: values.period(child(settlement, 'BillingSpecifiedPeriod'), 'StartDateTime', 'EndDateTime'),
		adjustments: childrenOf(settlement, 'SpecifiedTradeAllowanceCharge').map((one) => adjustmentOf(one, values)),
		category: textAt(tax, 'CategoryCode'),
		rate: values.number(tax, 'RateApplicablePercent|ApplicablePercent'),
		standardIds: childrenOf(product, 'GlobalID').flatMap((one) => identifier(one) ?? []),
		classifications: childrenOf(product, 'DesignatedProductClassification').flatMap((one) => identifier(child(one, 'ClassCode')) ?? []),
		attributes: childrenOf(product, 'ApplicableProductCharacteristic').map((one) => ({ name: textAt(one, 'Description'), value: textAt(one, 'Value') })),
		originCountry: textAt(product, 'OriginTradeCountry', 'ID'),
		isGroup: kind === 'GROUP' || kind === 'INFORMATION',
	};
}
