import type { Adjustment, Line } from '../model/types.ts';
import type { Element } from '../xml/tree.ts';
import { at, child, childrenOf, textAt } from '../xml/tree.ts';
import type { Values } from './values.ts';
import { identifier } from './values.ts';

export function adjustmentOf(element: Element, values: Values): Adjustment {
	const tax = child(element, 'TaxCategory');
	return {
		charge: textAt(element, 'ChargeIndicator') === 'true',
		amount: values.number(element, 'Amount'),
		base: values.number(element, 'BaseAmount'),
		percent: values.number(element, 'MultiplierFactorNumeric'),
		reason: textAt(element, 'AllowanceChargeReason'),
		reasonCode: textAt(element, 'AllowanceChargeReasonCode'),
		category: textAt(tax, 'ID'),
		rate: values.number(tax, 'Percent'),
	};
}

/** An InvoiceLine or a CreditNoteLine. */
export function lineOf(element: Element, values: Values): Line {
	const item = child(element, 'Item');
	const tax = child(item, 'ClassifiedTaxCategory');
	const price = child(element, 'Price');
	const quantity = child(element, 'InvoicedQuantity', 'CreditedQuantity');
	return {
		id: textAt(element, 'ID'),
		name: textAt(item, 'Name'),
		description: textAt(item, 'Description'),
		quantity: values.numberOf(quantity),
		unit: quantity?.attributes.unitCode ?? null,
		net: values.number(element, 'LineExtensionAmount'),
		price: values.number(price, 'PriceAmount'),
		grossPrice: values.number(price, 'AllowanceCharge', 'BaseAmount'),
		priceFor: values.number(price, 'BaseQuantity'),
		period: values.period(child(element, 'InvoicePeriod'), 'StartDate', 'EndDate'),
		adjustments: childrenOf(element, 'AllowanceCharge').map((one) => adjustmentOf(one, values)),
		category: textAt(tax, 'ID'),
		rate: values.number(tax, 'Percent'),
		standardIds: childrenOf(element, 'Item').flatMap((one) => identifier(at(one, 'StandardItemIdentification', 'ID')) ?? []),
		classifications: childrenOf(item, 'CommodityClassification').flatMap((one) => identifier(child(one, 'ItemClassificationCode')) ?? []),
		attributes: childrenOf(item, 'AdditionalItemProperty').map((one) => ({ name: textAt(one, 'Name'), value: textAt(one, 'Value') })),
		originCountry: textAt(item, 'OriginCountry', 'IdentificationCode'),
		isGroup: false,
	};
}
