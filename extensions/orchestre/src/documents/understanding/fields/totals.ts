import { ranked, type Choice } from '../choice.ts';
import type { Context, KnownAmount } from '../context.ts';
import type { LabelKind } from '../labels.ts';
import { isMoney, scoreOf, strongest } from './money.ts';
import { rateRows, rowsThatFit } from './rate-rows.ts';
import { triplesOf, type Triple } from './triples.ts';
import { regionOf, type Region } from '../page-text.ts';
import type { VatRow } from '../../types.ts';

export type Totals = {
	gross: Choice<number>[];
	net: Choice<number>[];
	vat: Choice<number>[];
	payable: Choice<number>[];
	paid: Choice<number>[];
	rows: VatRow[];
};

const evidenceOf = (context: Context, amount: KnownAmount, label: number, more: Record<string, number>): Record<string, number> => ({
	label,
	depth: context.depth(amount),
	currency: amount.currency ? 1 : 0,
	repaired: amount.repaired ? 1 : 0,
	...more,
});

/** The tax that lies between a net and a gross that both have their labels: a scan may have lost it. */
function taxBetween(net: readonly Choice<number>[], gross: readonly Choice<number>[]): { value: number; region: Region | null } | null {
	const [low] = ranked(net);
	const [high] = ranked(gross);
	if (!low || !high || (low.evidence.label ?? 0) < 0.7 || (high.evidence.label ?? 0) < 0.7) return null;
	const share = (high.value - low.value) / low.value;
	return share > 0.005 && share < 0.27 ? { value: high.value - low.value, region: high.region } : null;
}

/** The line that says why no VAT is charged. */
function exemption(context: Context): Region | null {
	const row = context.rows.find(({ text }) =>
		/tva non applicable|293 ?b|autoliquidation|exon[eé]r[eé]e? de tva|exon[eé]ration de tva|reverse charge|steuerfrei|art(?:icle|\.)? ?2(?:62|61|59|83)/iu.test(
			text,
		),
	);
	return row ? regionOf(row.tokens) : null;
}

/** Net, VAT, gross and what is to be paid. Labels nominate, sums decide: the three amounts that add up win over a label alone. */
export function totalsOf(context: Context): Totals {
	const sums = context.amounts
		.filter(isMoney)
		.filter((amount) => scoreOf(amount, 'other_money') < 0.8 || strongest(amount, 'gross', 'payable', 'net', 'vat') > 0.6);
	const triples = triplesOf(context, sums);
	const rows = rateRows(context);
	const largest = Math.max(...sums.map(({ value }) => Math.abs(value)), 1);
	const inTriple = (from: readonly Triple[], kind: 'net' | 'vat' | 'gross', value: number): number => {
		const top = from.find((triple) => triple[kind].value === value);
		return top && from[0] ? Math.max(0.1, 1 - 0.8 * (from[0].score - top.score)) : 0;
	};
	const choices = (kind: 'net' | 'vat' | 'gross', also: LabelKind | null, against: LabelKind[], from: readonly Triple[]): Choice<number>[] =>
		sums.map((amount) => {
			const label = Math.max(scoreOf(amount, kind), also ? 0.85 * scoreOf(amount, also) : 0);
			const other = strongest(amount, ...against);
			const sum = inTriple(from, kind, amount.value);
			const size = Math.sqrt(Math.abs(amount.value) / largest);
			const fits = kind === 'vat' ? 0 : size;
			const repaired = amount.repaired && sum === 0 ? 0.25 : 0;
			const score =
				0.58 * label + 0.62 * sum + (sum === 1 ? 0.25 : 0) + 0.18 * fits + 0.1 * context.depth(amount) - 0.3 * Math.max(0, other - label) - repaired;
			return { value: amount.value, region: amount, score, evidence: evidenceOf(context, amount, label, { sum, size, other }) };
		});
	const gross = choices('gross', 'payable', ['net', 'vat', 'paid', 'base', 'other_money', 'tendered'], triples);
	// Net and VAT have to add up to the very total that was chosen.
	const total = ranked(gross)[0]?.value;
	const agreeing = triples.filter((triple) => triple.gross.value === total);
	const [best] = agreeing;
	const net = choices('net', 'base', ['gross', 'vat', 'payable', 'paid', 'other_money', 'tendered'], agreeing).filter(
		({ evidence }) => (evidence.label ?? 0) > 0.3 || (evidence.sum ?? 0) > 0,
	);
	const vat = choices('vat', null, ['gross', 'net', 'payable', 'paid', 'other_money', 'base'], agreeing).filter(
		({ evidence }) => (evidence.label ?? 0) > 0.3 || (evidence.sum ?? 0) > 0,
	);
	// Tax that is the sum of several rates, or none by law, stands nowhere as an amount.
	if (best && !vat.some(({ value }) => value === best.vat.value))
		vat.push({ value: best.vat.value, region: best.vat, score: 1.2, evidence: evidenceOf(context, best.vat, 0, { sum: 1, size: 0, other: 0, summed: 1 }) });
	const difference = best ? null : taxBetween(net, gross);
	if (difference !== null)
		vat.push({
			value: difference.value,
			region: difference.region,
			score: 0.9,
			evidence: { label: 0, depth: 0.5, currency: 0, repaired: 0, sum: 0, size: 0, other: 0, computed: 1 },
		});
	const exempt = exemption(context);
	if (exempt && !best)
		vat.push({
			value: 0,
			region: exempt,
			score: 0.7,
			evidence: { label: 0, depth: context.depth(exempt), currency: 0, repaired: 0, sum: 0, size: 0, other: 0, exempt: 1 },
		});
	const payable = sums
		.filter((amount) => scoreOf(amount, 'payable') > 0.3)
		.map((amount) => ({
			value: amount.value,
			region: amount,
			score: scoreOf(amount, 'payable'),
			evidence: evidenceOf(context, amount, scoreOf(amount, 'payable'), {}),
		}));
	const paid = sums
		.filter((amount) => scoreOf(amount, 'paid') > 0.4 && scoreOf(amount, 'paid') >= strongest(amount, 'gross', 'payable', 'net'))
		.map((amount) => ({
			value: Math.abs(amount.value),
			region: amount,
			score: scoreOf(amount, 'paid'),
			evidence: evidenceOf(context, amount, scoreOf(amount, 'paid'), {}),
		}));
	const chosen = { net: ranked(net)[0]?.value ?? null, vat: ranked(vat)[0]?.value ?? null };
	return { gross, net, vat, payable, paid, rows: rowsThatFit(rows, chosen.net, chosen.vat) };
}
