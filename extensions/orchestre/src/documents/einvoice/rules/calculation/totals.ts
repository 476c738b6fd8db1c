import type { FieldName } from '../../../types.ts';
import type { Decimal } from '../../model/decimal.ts';
import { distance, ofCents, percentOf, sameCents, toCents, zero } from '../../model/decimal.ts';
import type { Adjustment, Invoice } from '../../model/types.ts';
import type { Finding, Rule } from '../types.ts';
import { finding, rulesOf } from '../types.ts';
import { unitSlack } from '../vat/parts.ts';
import { money, percent } from '../wording.ts';

const rule = rulesOf('calculation', { inFirst: true });

/** A sum of amounts of which one is unknown is unknown. */
function sum(amounts: (Decimal | null)[]): Decimal | null {
	let total = zero;
	for (const amount of amounts) {
		if (amount === null) return null;
		total += amount;
	}
	return total;
}

type Claim = { invoice: Invoice; given: Decimal | null; found: Decimal | null; fr: [given: string, found: string]; en: [given: string, found: string] };

/** « Le total … est de 120,00 €, mais … donnent 100,00 € : 20,00 € d’écart. » */
function compare({ invoice, given, found, fr, en }: Claim, slack: Decimal, ...fields: FieldName[]): Finding[] {
	if (given === null || found === null || sameCents(given, found) || distance(given, found) <= slack) return [];
	const [left, right, gap] = [money(given, invoice), money(found, invoice), money(distance(given, found), invoice)];
	return [
		finding(
			`${fr[0]} est de ${left.fr}, mais ${fr[1]} ${right.fr}\u00a0: ${gap.fr} d’écart.`,
			`${en[0]} is ${left.en}, but ${en[1]} ${right.en}: ${gap.en} apart.`,
			...fields,
		),
	];
}

/** The extended profile may round line by line: a cent per amount that is summed up (BR-FXEXT-CO-10 to 15). */
const slackOf = (invoice: Invoice, parts: number): Decimal => (invoice.profile.extended ? ofCents(Math.max(1, parts)) : zero);

const partsIn = ({ lines, adjustments }: Invoice): number => lines.length + adjustments.length;

const isCharge = (one: Adjustment): boolean => one.charge;
const isAllowance = (one: Adjustment): boolean => !one.charge;

/** Several totals of VAT in one currency are as wrong as none: `'twice'`. */
function documentVat({ totals, currency }: Invoice): Decimal | null | 'twice' | 'foreign' {
	const own = totals.vat.filter((one) => one.currency === null || currency === null || one.currency === currency);
	if (own.length > 1) return 'twice';
	if (own.length === 0 && totals.vat.length > 0) return 'foreign';
	return own[0]?.amount ?? null;
}

function lineTotal(invoice: Invoice): Finding[] {
	const summed = invoice.lines.filter((line) => !line.isGroup);
	if (summed.length === 0 && invoice.syntax === 'zugferd-1') return [];
	const found = sum(summed.map((line) => line.net));
	return compare(
		{ invoice, given: invoice.totals.lines, found, fr: ['Le total des lignes', 'leur somme donne'], en: ['The sum of the lines', 'they add up to'] },
		slackOf(invoice, summed.length),
		'net',
	);
}

function adjustmentTotal(invoice: Invoice, kind: (one: Adjustment) => boolean, total: Decimal | null, fr: [string, string], en: [string, string]): Finding[] {
	const parts = invoice.adjustments.filter(kind);
	if (total === null && parts.length === 0) return [];
	return compare({ invoice, given: total ?? zero, found: sum(parts.map((one) => one.amount)), fr, en }, slackOf(invoice, parts.length), 'net');
}

function grossTotal(invoice: Invoice): Finding[] {
	const vat = documentVat(invoice);
	if (vat === 'twice') {
		return [finding('Le total de la TVA est donné plusieurs fois dans la même devise.', 'The VAT total is given more than once in the same currency.', 'vat')];
	}
	if (vat === 'foreign') {
		return [finding('Le total de la TVA n’est pas donné dans la devise de la facture.', 'The VAT total is not given in the invoice’s currency.', 'vat')];
	}
	const { net, gross } = invoice.totals;
	return compare(
		{
			invoice,
			given: gross,
			found: sum([net, vat ?? zero]),
			fr: ['Le total TTC', 'le total HT et la TVA donnent'],
			en: ['The total with VAT', 'the total without VAT plus VAT gives'],
		},
		slackOf(invoice, partsIn(invoice)),
		'gross',
		'net',
		'vat',
	);
}

function vatTotal(invoice: Invoice): Finding[] {
	const vat = documentVat(invoice);
	if (typeof vat === 'string' || invoice.breakdown.length === 0) return [];
	return compare(
		{
			invoice,
			given: vat,
			found: sum(invoice.breakdown.map((one) => one.vat)),
			fr: ['Le total de la TVA', 'la TVA par taux donne'],
			en: ['The VAT total', 'the VAT by rate adds up to'],
		},
		slackOf(invoice, invoice.breakdown.length),
		'vat',
	);
}

/** Base × rate, per share of VAT. */
function shares(invoice: Invoice): Finding[] {
	return invoice.breakdown.flatMap(({ base, rate, vat }) => {
		if (base === null || vat === null) return [];
		const name = percent(rate ?? zero);
		return compare(
			{
				invoice,
				given: vat,
				found: toCents(percentOf(base, rate ?? zero)),
				fr: [`La TVA à ${name.fr}`, `${name.fr} de ${money(base, invoice).fr} donnent`],
				en: [`VAT at ${name.en}`, `${name.en} of ${money(base, invoice).en} gives`],
			},
			unitSlack(invoice),
			'vat',
		);
	});
}

export const totalRules: Rule[] = [
	rule('BR-CO-10', lineTotal),
	rule(
		'BR-CO-11',
		(invoice) =>
			adjustmentTotal(
				invoice,
				isAllowance,
				invoice.totals.allowances,
				['Le total des remises', 'leur somme donne'],
				['The sum of discounts', 'they add up to'],
			),
		{ level: 'shares', inFirst: false },
	),
	rule(
		'BR-CO-12',
		(invoice) =>
			adjustmentTotal(invoice, isCharge, invoice.totals.charges, ['Le total des frais', 'leur somme donne'], ['The sum of charges', 'they add up to']),
		{ level: 'shares', inFirst: false },
	),
	rule(
		'BR-CO-13',
		(invoice) => {
			const { lines, allowances, charges, net } = invoice.totals;
			const found = sum([lines, allowances === null ? zero : -allowances, charges ?? zero]);
			return compare(
				{
					invoice,
					given: net,
					found,
					fr: ['Le total HT', 'les lignes, moins les remises, plus les frais, donnent'],
					en: ['The total without VAT', 'lines less discounts plus charges gives'],
				},
				slackOf(invoice, partsIn(invoice)),
				'net',
			);
		},
		{ level: 'shares' },
	),
	rule('BR-CO-14', vatTotal, { level: 'shares' }),
	rule('BR-CO-15', grossTotal, { level: 'totals' }),
	rule(
		'BR-CO-16',
		(invoice) => {
			const { gross, paid, rounding, payable } = invoice.totals;
			return compare(
				{
					invoice,
					given: payable,
					found: sum([gross, paid === null ? zero : -paid, rounding ?? zero]),
					fr: ['Le montant à payer', 'le total TTC, moins ce qui est déjà réglé, donne'],
					en: ['The amount due', 'the total with VAT less what is paid gives'],
				},
				zero,
				'payable',
				'gross',
				'paid',
			);
		},
		{ level: 'shares', inFirst: false },
	),
	rule('BR-CO-17', shares, { level: 'shares' }),
];
