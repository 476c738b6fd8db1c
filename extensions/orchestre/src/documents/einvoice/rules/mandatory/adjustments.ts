import type { Adjustment, Invoice } from '../../model/types.ts';
import type { Finding, Rule } from '../types.ts';
import { finding, rulesOf, unless } from '../types.ts';
import { adjustmentName, begin, lineName } from '../wording.ts';

const rule = rulesOf('mandatory', { level: 'shares' });

const hasReason = (one: Adjustment): boolean => Boolean(one.reason || one.reasonCode);
const hasAmount = (one: Adjustment): boolean => one.amount !== null;

const inDocument =
	(charge: boolean, holds: (one: Adjustment) => boolean, fr: string, en: string) =>
	({ adjustments }: Invoice): Finding[] =>
		adjustments
			.filter((one) => one.charge === charge && !holds(one))
			.map((one) => finding(`${begin(adjustmentName(one).fr)}\u00a0: il manque ${fr}.`, `${begin(adjustmentName(one).en)}: ${en} is missing.`));

const inLines =
	(charge: boolean, holds: (one: Adjustment) => boolean, fr: string, en: string) =>
	({ lines }: Invoice): Finding[] =>
		lines.flatMap((line, index) =>
			line.adjustments
				.filter((one) => one.charge === charge && !holds(one))
				.map((one) => {
					const name = lineName(line, index);
					return finding(
						`${begin(name.fr)}, ${adjustmentName(one).fr}\u00a0: il manque ${fr}.`,
						`${begin(name.en)}, ${adjustmentName(one).en}: ${en} is missing.`,
					);
				}),
		);

const reason = ['le motif', 'the reason'] as const;
const amount = ['le montant', 'the amount'] as const;
const category = ['la catégorie de TVA', 'the VAT category'] as const;
const hasCategory = (one: Adjustment): boolean => one.category !== null;

/** Discounts and charges, and the shares of VAT. The norm has the reasons twice, as BR and as BR-CO: one finding would be enough. */
export const adjustmentRules: Rule[] = [
	rule('BR-31', inDocument(false, hasAmount, ...amount)),
	rule('BR-32', inDocument(false, hasCategory, ...category)),
	rule('BR-33', inDocument(false, hasReason, ...reason)),
	rule('BR-36', inDocument(true, hasAmount, ...amount)),
	rule('BR-37', inDocument(true, hasCategory, ...category)),
	rule('BR-38', inDocument(true, hasReason, ...reason)),
	rule('BR-41', inLines(false, hasAmount, ...amount), { level: 'lines' }),
	rule('BR-42', inLines(false, hasReason, ...reason), { level: 'lines' }),
	rule('BR-43', inLines(true, hasAmount, ...amount), { level: 'lines' }),
	rule('BR-44', inLines(true, hasReason, ...reason), { level: 'lines' }),
	rule('BR-CO-21', inDocument(false, hasReason, ...reason)),
	rule('BR-CO-22', inDocument(true, hasReason, ...reason)),
	rule('BR-CO-23', inLines(false, hasReason, ...reason), { level: 'lines' }),
	rule('BR-CO-24', inLines(true, hasReason, ...reason), { level: 'lines' }),
	rule('BR-45', ({ breakdown }) =>
		unless(
			breakdown.every((one) => one.base !== null),
			'Ventilation de la TVA\u00a0: une base hors taxes manque.',
			'VAT breakdown: a taxable amount is missing.',
			'vat',
		),
	),
	rule('BR-46', ({ breakdown }) =>
		unless(
			breakdown.every((one) => one.vat !== null),
			'Ventilation de la TVA\u00a0: un montant de TVA manque.',
			'VAT breakdown: a VAT amount is missing.',
			'vat',
		),
	),
	rule('BR-47', ({ breakdown }) =>
		unless(
			breakdown.every((one) => one.category !== null),
			'Ventilation de la TVA\u00a0: une catégorie manque.',
			'VAT breakdown: a category is missing.',
			'vat',
		),
	),
	rule('BR-48', ({ breakdown }) =>
		unless(
			breakdown.every((one) => one.rate !== null || one.category === 'O'),
			'Ventilation de la TVA\u00a0: un taux manque.',
			'VAT breakdown: a rate is missing.',
			'vat',
		),
	),
];
