import type { Check, DocumentLine, Field, Message } from '../types.ts';
import type { Understood } from './parts.ts';
import { amountOf, moneyWords, rateWords, textOf, tried } from './parts.ts';

/** Rates that French law has or had since 2000, Corsica and overseas among them (BR-FR-16), in basis points. */
const frenchRates = new Set([0, 90, 105, 175, 210, 550, 700, 850, 920, 960, 1000, 1300, 1960, 2000, 2060]);

const sum = (amounts: (number | null)[]): number | null =>
	amounts.every((one): one is number => one !== null) ? amounts.reduce<number>((total, one) => total + (one ?? 0), 0) : null;

type Equation = {
	code: string;
	given: number | null;
	found: number | null;
	slack: number;
	fr: [string, string];
	en: [string, string];
	fields: Check['fields'];
	severity?: Check['severity'];
};

/** « Le total TTC (120,00 €) n’est pas … (119,00 €) : 1,00 € d’écart. » Nothing when one side is unknown. */
function equal({ code, given, found, slack, fr, en, fields, severity = 'error' }: Equation, currency: string | null): Check[] {
	if (given === null || found === null) return [];
	const gap = Math.abs(given - found);
	const [left, right, apart] = [given, found, gap].map((one) => moneyWords(one, currency));
	return [
		tried(
			code,
			gap <= slack,
			{
				right: { fr: `${fr[0]} est bien ${fr[1]}.`, en: `${en[0]} is ${en[1]}.` },
				wrong: {
					fr: `${fr[0]} (${left?.fr}) n’est pas ${fr[1]} (${right?.fr})\u00a0: ${apart?.fr} d’écart.`,
					en: `${en[0]} (${left?.en}) is not ${en[1]} (${right?.en}): ${apart?.en} apart.`,
				},
			},
			fields,
			severity,
		),
	];
}

const isXml = ({ fields }: Understood): boolean => fields.some((one) => one.source === 'xml');

/** Base × rate of each row: two cents off, or half a cent per line where VAT was rounded line by line. The norm lets XML be further off. */
function rowChecks(understood: Understood, currency: string | null): Check[] {
	const { vat, lines } = understood;
	const slack = Math.max(2, Math.ceil(lines.length / 2));
	const severity = isXml(understood) ? 'warning' : 'error';
	return vat.flatMap(({ base, rate, vat: tax }) => {
		if (rate === null) return [];
		const at = rateWords(rate);
		return equal(
			{
				code: 'VAT-ROW',
				given: tax,
				found: base === null ? null : Math.round((base * rate) / 10_000),
				slack,
				fr: [`La TVA à ${at.fr}`, `${at.fr} de sa base`],
				en: [`VAT at ${at.en}`, `${at.en} of its base`],
				fields: ['vat'],
				severity,
			},
			currency,
		);
	});
}

function totalChecks(understood: Understood, currency: string | null): Check[] {
	const { vat, fields } = understood;
	const amount = (name: Field['name']): number | null => amountOf(fields, name);
	const [net, tax, gross, paid, payable] = [amount('net'), amount('vat'), amount('gross'), amount('paid'), amount('payable')];
	const rows = vat.length > 0;
	return [
		...equal(
			{
				code: 'TOTALS',
				given: gross,
				found: sum([net, tax]),
				slack: 1,
				fr: ['Le total TTC', 'le total HT plus la TVA'],
				en: ['The gross total', 'net plus VAT'],
				fields: ['gross', 'net', 'vat'],
			},
			currency,
		),
		...equal(
			{
				code: 'VAT-TOTAL',
				given: tax,
				found: rows ? sum(vat.map((one) => one.vat)) : null,
				slack: vat.length,
				fr: ['Le total de la TVA', 'la somme de la TVA par taux'],
				en: ['The VAT total', 'the sum of VAT by rate'],
				fields: ['vat'],
			},
			currency,
		),
		...equal(
			{
				code: 'NET-TOTAL',
				given: net,
				found: rows ? sum(vat.map((one) => one.base)) : null,
				slack: vat.length,
				fr: ['Le total HT', 'la somme des bases par taux'],
				en: ['The net total', 'the sum of the bases by rate'],
				fields: ['net'],
			},
			currency,
		),
		...equal(
			{
				code: 'PAYABLE',
				given: payable,
				// XML may round what is due (BT-114), which BR-CO-16 knows.
				found: paid === null || isXml(understood) ? null : sum([gross, -paid]),
				slack: 1,
				fr: ['Le montant à payer', 'le total TTC moins ce qui est déjà réglé'],
				en: ['The amount due', 'gross less what is paid'],
				fields: ['payable', 'gross', 'paid'],
			},
			currency,
		),
	];
}

/** Lines add up to the net total, or to the gross one on till receipts: a cent off per line. What XML says has its own rules (BR-CO-10). */
function lineChecks(understood: Understood, currency: string | null): Check[] {
	const { lines, fields } = understood;
	const total = sum(lines.map((line) => line.net));
	const [net, gross] = [amountOf(fields, 'net'), amountOf(fields, 'gross')];
	if (lines.length === 0 || total === null || isXml(understood)) return [];
	const slack = lines.length;
	const isGross = gross !== null && Math.abs(total - gross) <= slack;
	return equal(
		{
			code: 'LINES',
			given: isGross ? gross : net,
			found: total,
			slack,
			fr: [isGross ? 'Le total TTC' : 'Le total HT', 'la somme des lignes'],
			en: [isGross ? 'The gross total' : 'The net total', 'the sum of the lines'],
			fields: [isGross ? 'gross' : 'net'],
		},
		currency,
	);
}

const isOff = ({ quantity, unitPrice, net }: DocumentLine): boolean => {
	if (quantity === null || unitPrice === null || net === null) return false;
	// The price was rounded to cents: half a cent per unit, and a cent for the line.
	return Math.abs((quantity * unitPrice) / 1000 - net) > 1 + Math.abs(quantity) / 2000;
};

/** A discount of a line explains it, so it warns. */
function priceCheck(understood: Understood): Check[] {
	if (isXml(understood)) return [];
	const wrong = understood.lines.filter(isOff).map((line) => line.label.split('\n')[0]?.slice(0, 60) ?? '');
	if (wrong.length === 0) return [];
	const words: Message = {
		fr: `Quantité × prix ne donne pas le montant\u00a0: ${wrong.map((name) => `«\u00a0${name}\u00a0»`).join(', ')}.`,
		en: `Quantity × price is not the amount: ${wrong.map((name) => `“${name}”`).join(', ')}.`,
	};
	return [tried('LINE-PRICE', false, { right: words, wrong: words }, [], 'warning')];
}

/** An invoice below nought is a credit note that does not say so, or a minus that was misread. */
function signCheck({ class: kind, fields }: Understood, currency: string | null): Check[] {
	const gross = amountOf(fields, 'gross') ?? amountOf(fields, 'net');
	if (gross === null || gross >= 0 || (kind !== 'purchase_invoice' && kind !== 'sales_invoice' && kind !== 'receipt')) return [];
	const amount = moneyWords(gross, currency);
	const words: Message = {
		fr: `Le total est négatif (${amount.fr})\u00a0: facture ou avoir\u00a0?`,
		en: `The total is negative (${amount.en}): an invoice or a credit note?`,
	};
	return [tried('NEGATIVE', false, { right: words, wrong: words }, ['gross'])];
}

/** A rate that France does not have was misread, or the supplier is foreign. */
function rateCheck({ vat, fields }: Understood): Check[] {
	const isFrench = textOf(fields, 'supplier_siren') !== null || (textOf(fields, 'supplier_vat_number') ?? '').startsWith('FR');
	const odd = vat.flatMap(({ rate }) => (rate === null || frenchRates.has(rate) ? [] : [rateWords(rate)]));
	if (!isFrench || odd.length === 0) return [];
	const words: Message = {
		fr: `Taux de TVA inconnu en France\u00a0: ${odd.map((one) => one.fr).join(', ')}.`,
		en: `VAT rate unknown in France: ${odd.map((one) => one.en).join(', ')}.`,
	};
	return [tried('VAT-RATE', false, { right: words, wrong: words }, ['vat'])];
}

/** Sums per rate, in total, of what is due and of the lines. */
export function arithmeticChecks(understood: Understood): Check[] {
	const currency = textOf(understood.fields, 'currency');
	return [
		...signCheck(understood, currency),
		...totalChecks(understood, currency),
		...rowChecks(understood, currency),
		...lineChecks(understood, currency),
		...priceCheck(understood),
		...rateCheck(understood),
	];
}
