import type { FieldName } from '../../../types.ts';
import type { Invoice, Trader } from '../../model/types.ts';
import type { Rule } from '../types.ts';
import { finding, rulesOf } from '../types.ts';
import { categoryOf } from '../vat/categories.ts';
import {
	allowanceReasons,
	categoryCodes,
	countries,
	creditTypes,
	currencies,
	invoiceTypes,
	isEas,
	isIcd,
	isPaymentMeans,
	isVatex,
	mimeTypes,
	taxPoints,
} from './lists.ts';

const rule = rulesOf('codes', { level: 'totals' });

/**
 * What the figures and the records depend on. A wrong code elsewhere changes nothing of what is filed, and the lists grow every half-year:
 * it warns.
 */
const decisive = new Set(['BR-CL-03', 'BR-CL-04', 'BR-CL-05', 'BR-CL-14', 'BR-CL-17', 'BR-CL-18']);

type List = [
	code: string,
	read: (invoice: Invoice) => (string | null | undefined)[],
	isKnown: (code: string) => boolean,
	fr: string,
	en: string,
	field?: FieldName,
];

const traders = ({ seller, buyer, payee, taxRepresentative }: Invoice): Trader[] => [seller, buyer, payee, taxRepresentative].filter((one) => one !== null);

const isIn =
	(list: ReadonlySet<string>) =>
	(code: string): boolean =>
		list.has(code);

/** UBL keeps invoices and credit notes apart; CII has one list. */
function isType(syntax: Invoice['syntax'], code: string): boolean {
	if (syntax === 'ubl-credit-note') return creditTypes.has(code);
	return invoiceTypes.has(code) || (syntax !== 'ubl-invoice' && creditTypes.has(code));
}

const lists: List[] = [
	['BR-CL-03', (invoice) => invoice.currencies, isIn(currencies), 'La devise d’un montant', 'The currency of an amount', 'currency'],
	['BR-CL-04', (invoice) => [invoice.currency], isIn(currencies), 'La devise', 'The currency', 'currency'],
	['BR-CL-05', (invoice) => [invoice.taxCurrency], isIn(currencies), 'La devise de la TVA', 'The VAT currency'],
	['BR-CL-06', (invoice) => [invoice.taxPointCode], isIn(taxPoints), 'Le code d’exigibilité de la TVA', 'The VAT point code'],
	[
		'BR-CL-10',
		(invoice) => traders(invoice).flatMap((one) => one.ids.map((id) => id.scheme)),
		isIcd,
		'Le type d’un identifiant',
		'The scheme of an identifier',
	],
	['BR-CL-11', (invoice) => traders(invoice).map((one) => one.legalId?.scheme), isIcd, 'Le type d’une immatriculation', 'The scheme of a registration'],
	[
		'BR-CL-14',
		(invoice) => [...traders(invoice).map((one) => one.address?.country), invoice.delivery?.address?.country],
		isIn(countries),
		'Le pays d’une adresse',
		'The country of an address',
	],
	['BR-CL-15', (invoice) => invoice.lines.map((line) => line.originCountry), isIn(countries), 'Le pays d’origine d’un article', 'An item’s country of origin'],
	['BR-CL-16', (invoice) => invoice.paymentMeans.map((one) => one.code), isPaymentMeans, 'Le moyen de paiement', 'The means of payment'],
	[
		'BR-CL-17',
		(invoice) => [...invoice.breakdown, ...invoice.adjustments].map((one) => one.category),
		(code) => categoryCodes.has(categoryOf(code) ?? ''),
		'La catégorie de TVA',
		'The VAT category',
		'vat',
	],
	[
		'BR-CL-18',
		(invoice) => invoice.lines.map((line) => line.category),
		(code) => categoryCodes.has(categoryOf(code) ?? ''),
		'La catégorie de TVA d’une ligne',
		'The VAT category of a line',
		'vat',
	],
	[
		'BR-CL-19',
		(invoice) => [...invoice.adjustments, ...invoice.lines.flatMap((line) => line.adjustments)].filter((one) => !one.charge).map((one) => one.reasonCode),
		isIn(allowanceReasons),
		'Le code du motif d’une remise',
		'The reason code of a discount',
	],
	[
		'BR-CL-21',
		(invoice) => invoice.lines.flatMap((line) => line.standardIds.map((id) => id.scheme)),
		isIcd,
		'Le type d’un code d’article',
		'The scheme of an item identifier',
	],
	['BR-CL-22', (invoice) => invoice.breakdown.map((one) => one.reasonCode), isVatex, 'Le code du motif d’exonération', 'The VAT exemption reason code', 'vat'],
	['BR-CL-24', (invoice) => invoice.attachments.map((one) => one.mime), isIn(mimeTypes), 'Le type d’une pièce jointe', 'The type of an attachment'],
	[
		'BR-CL-25',
		(invoice) => traders(invoice).map((one) => one.electronic?.scheme),
		isEas,
		'Le type d’une adresse électronique',
		'The scheme of an electronic address',
	],
];

const typeRule = rule('BR-CL-01', ({ syntax, type }) =>
	type === null || isType(syntax, type)
		? []
		: [
				finding(
					`Le type de document «\u00a0${type}\u00a0» n’est pas celui d’une facture ou d’un avoir.`,
					`Document type “${type}” is no invoice or credit note.`,
				),
			],
);

export const codeRules: Rule[] = [
	typeRule,
	...lists.map(([code, read, isKnown, fr, en, field]) =>
		rule(
			code,
			(invoice) => {
				const wrong = new Set(read(invoice).filter((one): one is string => Boolean(one) && !isKnown(one ?? '')));
				return [...wrong].map((one) =>
					finding(
						`${fr} («\u00a0${one}\u00a0») n’est pas dans la liste officielle.`,
						`${en} (“${one}”) is not on the official list.`,
						...(field ? [field] : []),
					),
				);
			},
			{ severity: decisive.has(code) ? 'error' : 'warning' },
		),
	),
];
