import type { Message } from '../../../types.ts';
import type { Invoice } from '../../model/types.ts';
import type { Finding, Rule } from '../types.ts';
import { finding, rulesOf, unless } from '../types.ts';
import { baseFindings, rateFindings, reasonFindings, vatFindings } from './amounts.ts';
import type { Category } from './categories.ts';
import { categories, categoryOf } from './categories.ts';
import { numberFindings } from './numbers.ts';
import type { Parts } from './parts.ts';
import { isUsed, partsOf } from './parts.ts';

const rule = rulesOf('vat');

const lines: Message = { fr: 'Lignes', en: 'Lines' };
const allowances: Message = { fr: 'Remises', en: 'Discounts' };
const charges: Message = { fr: 'Frais', en: 'Charges' };

/** Rule 01: what is used in lines, discounts or charges has its share in the breakdown, and just one unless there is one per rate. */
function shareFindings(invoice: Invoice, { code, name, perRate }: Category): Finding[] {
	const parts = partsOf(invoice, code);
	const count = parts.shares.length;
	if (!isUsed(parts) && count === 0) return [];
	if (perRate && isUsed(parts) === count > 0) return [];
	if (!perRate && count === 1) return [];
	return unless(
		false,
		count === 0
			? `Des lignes relèvent de la TVA ${name.fr}, mais la ventilation de la TVA ne la montre pas.`
			: `La ventilation de la TVA ${name.fr} ne correspond pas aux lignes de la facture.`,
		count === 0 ? `Lines fall under VAT ${name.en}, which the breakdown lacks.` : `The breakdown of VAT ${name.en} does not fit the lines.`,
		'vat',
	);
}

function rulesOfCategory(category: Category): Rule[] {
	const code = (number: string): string => `BR-${category.prefix}-${number}`;
	const numbers = (number: string, pick: (parts: Parts) => unknown[], what: Message, level: 'lines' | 'shares'): Rule =>
		rule(code(number), (invoice) => (pick(partsOf(invoice, category.code)).length > 0 ? numberFindings(invoice, category, what) : []), { level });
	return [
		rule(code('01'), (invoice) => shareFindings(invoice, category)),
		numbers('02', (parts) => parts.lines, lines, 'lines'),
		numbers('03', (parts) => parts.allowances, allowances, 'shares'),
		numbers('04', (parts) => parts.charges, charges, 'shares'),
		rule(code('05'), (invoice) => rateFindings(partsOf(invoice, category.code).lines, category, lines)),
		rule(code('06'), (invoice) => rateFindings(partsOf(invoice, category.code).allowances, category, allowances), { level: 'shares' }),
		rule(code('07'), (invoice) => rateFindings(partsOf(invoice, category.code).charges, category, charges), { level: 'shares' }),
		rule(code('08'), (invoice) => baseFindings(invoice, category)),
		rule(code('09'), (invoice) => vatFindings(invoice, category), { level: 'shares', inFirst: true }),
		rule(code('10'), (invoice) => reasonFindings(invoice, category), { level: 'shares' }),
	];
}

/** O stands alone: what is outside the scope of VAT shares its invoice with nothing that is inside. */
function onlyOutside(number: string, pick: (invoice: Invoice) => { category: string | null }[], fr: string, en: string): Rule {
	return rule(
		`BR-O-${number}`,
		(invoice) => {
			const isOutside = partsOf(invoice, 'O').shares.length > 0;
			const others = pick(invoice).filter((one) => one.category !== null && categoryOf(one.category) !== 'O');
			return unless(
				!isOutside || others.length === 0,
				`La facture est hors du champ de la TVA (O), mais ${fr} d’une autre catégorie.`,
				`The invoice is outside the scope of VAT (O), but ${en} of another category.`,
				'vat',
			);
		},
		{ level: 'shares' },
	);
}

const isIntraCommunity = (invoice: Invoice): boolean => partsOf(invoice, 'K').shares.length > 0;

const special: Rule[] = [
	rule(
		'BR-IC-11',
		(invoice) =>
			unless(
				!isIntraCommunity(invoice) || Boolean(invoice.delivery?.on || invoice.period?.from || invoice.period?.to),
				'Livraison intracommunautaire\u00a0: la date de livraison ou la période facturée manque.',
				'Intra-community supply: the delivery date or the invoicing period is missing.',
				'delivered_on',
			),
		{ level: 'shares' },
	),
	rule(
		'BR-IC-12',
		(invoice) =>
			unless(
				!isIntraCommunity(invoice) || Boolean(invoice.delivery?.address?.country),
				'Livraison intracommunautaire\u00a0: le pays de livraison manque.',
				'Intra-community supply: the country of delivery is missing.',
			),
		{ level: 'shares' },
	),
	onlyOutside('11', ({ breakdown }) => breakdown, 'la ventilation montre aussi de la TVA', 'the breakdown also has VAT'),
	onlyOutside('12', (invoice) => invoice.lines, 'des lignes sont', 'lines are'),
	onlyOutside('13', ({ adjustments }) => adjustments.filter((one) => !one.charge), 'des remises sont', 'discounts are'),
	onlyOutside('14', ({ adjustments }) => adjustments.filter((one) => one.charge), 'des frais sont', 'charges are'),
	rule(
		'BR-CO-09',
		({ seller, buyer, taxRepresentative }) =>
			[seller.vatNumber, buyer.vatNumber, taxRepresentative?.vatNumber]
				.filter((number): number is string => Boolean(number) && !/^[A-Z]{2}/.test(number ?? ''))
				.map((number) =>
					finding(
						`Le numéro de TVA «\u00a0${number}\u00a0» ne commence pas par un code de pays (FR, DE…).`,
						`VAT number “${number}” does not begin with a country code (FR, DE …).`,
						number === buyer.vatNumber ? 'buyer_vat_number' : 'supplier_vat_number',
					),
				),
		{ level: 'totals' },
	),
];

export const vatRules: Rule[] = [...categories.flatMap(rulesOfCategory), ...special];
