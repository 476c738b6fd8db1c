import { ranked, type Choice } from '../choice.ts';
import type { Context, KnownAmount } from '../context.ts';
import type { LabelKind } from '../labels.ts';
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

const scoreOf = (amount: KnownAmount, kind: LabelKind): number => amount.kinds[kind] ?? 0;
const strongest = (amount: KnownAmount, ...kinds: LabelKind[]): number => Math.max(0, ...kinds.map((kind) => scoreOf(amount, kind)));

/** Whether a number can be a sum of money: two decimals or a currency beside it. */
export const isMoney = ({ percent, decimals, currency }: KnownAmount): boolean => !percent && (decimals === 2 || (currency !== null && decimals !== 1));

const legalRates = new Set([2000, 1000, 550, 210, 850, 1900, 700, 2100, 600, 2200, 2500, 1700, 810, 770, 260, 400, 500, 900, 1050, 1300]);

/** Rates that are printed anywhere on the pages, in basis points. */
export function printedRates(context: Context): Set<number> {
	const rates = new Set<number>();
	for (const amount of context.amounts)
		if ((amount.percent || legalRates.has(amount.value)) && amount.value >= 0 && amount.value <= 2700) rates.add(amount.value);
	return rates;
}

/** Tax on a base at a rate, in cents, half up. */
const taxOf = (base: number, rate: number): number => Math.sign(base) * Math.round((Math.abs(base) * rate) / 10_000);

type Triple = { net: KnownAmount; vat: KnownAmount; gross: KnownAmount; score: number; rate: boolean };

/** One amount per value and page row is enough; the largest values matter most. */
function considered(amounts: readonly KnownAmount[]): KnownAmount[] {
	const best = new Map<number, KnownAmount>();
	for (const amount of amounts) {
		const worth = strongest(amount, 'gross', 'net', 'vat', 'payable', 'base');
		const before = best.get(amount.value);
		if (!before || worth > strongest(before, 'gross', 'net', 'vat', 'payable', 'base')) best.set(amount.value, amount);
	}
	return [...best.values()].toSorted((one, other) => Math.abs(other.value) - Math.abs(one.value)).slice(0, 140);
}

/** The same value may be printed as net, base and subtotal: its best label of a kind, wherever it stands. */
function bestKind(amounts: readonly KnownAmount[], kind: LabelKind): Map<number, number> {
	const best = new Map<number, number>();
	for (const amount of amounts) best.set(amount.value, Math.max(best.get(amount.value) ?? 0, scoreOf(amount, kind)));
	return best;
}

type Summed = KnownAmount & { summed: true };

/** `TVA 10 %  12,00` and `TVA 20 %  8,00`, without their bases: the sum of the taxes of all rates that are named once. */
function labelledTaxes(context: Context): Summed[] {
	const found = new Map<number, KnownAmount>();
	for (const amount of context.amounts) {
		if (!isMoney(amount) || scoreOf(amount, 'vat') < 0.5) continue;
		const rate = context.amounts.find((one) => one.row === amount.row && one.percent);
		if (rate && !found.has(rate.value)) found.set(rate.value, amount);
	}
	const [first] = found.values();
	return first && found.size > 1 ? [{ ...first, value: [...found.values()].reduce((sum, { value }) => sum + value, 0), summed: true }] : [];
}

/** The tax of several rates whose sum is printed nowhere: rows that agree with their rate and whose bases add up to the net. */
function summedTaxes(context: Context, net: number): Summed[] {
	const rows = rowsThatFit(rateRows(context), net, null);
	if (rows.length < 2) return labelledTaxes(context);
	const value = rows.reduce((sum, { vat }) => sum + (vat ?? 0), 0);
	const place = context.amounts.find((amount) => amount.value === rows[0]?.vat);
	return place ? [{ ...place, value, summed: true }] : [];
}

/** Three amounts of which two add up to the third, at a rate that VAT can have. */
function triplesOf(context: Context, amounts: readonly KnownAmount[]): Triple[] {
	const rates = printedRates(context);
	const pool = considered(amounts);
	const byValue = new Map(pool.map((amount) => [amount.value, amount]));
	const kinds = {
		net: bestKind(amounts, 'net'),
		vat: bestKind(amounts, 'vat'),
		gross: bestKind(amounts, 'gross'),
		payable: bestKind(amounts, 'payable'),
		base: bestKind(amounts, 'base'),
	};
	const of = (kind: keyof typeof kinds, value: number): number => kinds[kind].get(value) ?? 0;
	const largest = Math.max(...pool.map(({ value }) => Math.abs(value)), 1);
	const found: Triple[] = [];
	const judge = (net: KnownAmount, vat: KnownAmount, gross: KnownAmount, rate: boolean): void => {
		const total = Math.max(of('gross', gross.value), 0.85 * of('payable', gross.value));
		const labels = of('net', net.value) + 0.3 * of('base', net.value) + of('vat', vat.value) + 1.3 * total;
		// A gross that is called net, or a net that is called gross, is one step of a longer sum.
		const crossed = net.value === gross.value ? 0 : Math.max(0, of('gross', net.value) - of('net', net.value)) + Math.max(0, of('net', gross.value) - total);
		if (crossed > 0.6 && net.value !== gross.value) return;
		found.push({
			net,
			vat,
			gross,
			rate,
			score: 0.5 + labels + (rate ? 0.5 : 0) + 0.6 * Math.sqrt(Math.abs(gross.value) / largest) + 0.15 * context.depth(gross) - 0.8 * crossed,
		});
	};
	for (const net of pool) {
		for (const vat of [...pool, ...summedTaxes(context, net.value)]) {
			if (
				net.value === 0 ||
				vat.value === 0 ||
				Math.sign(net.value) !== Math.sign(vat.value) ||
				Math.abs(vat.value) > 0.275 * Math.abs(net.value) ||
				Math.abs(vat.value) < 0.004 * Math.abs(net.value)
			)
				continue;
			const gross = byValue.get(net.value + vat.value);
			if (gross) judge(net, vat, gross, 'summed' in vat || [...rates].some((one) => one > 0 && Math.abs(taxOf(net.value, one) - vat.value) <= 1));
		}
		const zero = amounts.find((amount) => amount.value === 0 && scoreOf(amount, 'vat') > 0.4);
		if (zero && of('net', net.value) > 0.4 && Math.max(of('gross', net.value), of('payable', net.value)) > 0.4) judge(net, zero, net, true);
	}
	// The last line of a table of rates is the sum of the others.
	const rows = rateRows(context);
	for (const triple of found) {
		const parts = rowsThatFit(rows, triple.net.value, triple.vat.value);
		const ofParts = found.filter(({ net, vat }) => parts.length > 1 && parts.some(({ base, vat: tax }) => base === net.value && tax === vat.value));
		if (parts.length > 1) triple.score = Math.max(triple.score, ...ofParts.map(({ score }) => score)) + 0.5;
	}
	return found.toSorted((one, other) => other.score - one.score);
}

/** Rows of a table of rates: on one line a rate, its base and its tax, which agree. */
export function rateRows(context: Context): VatRow[] {
	const found = new Map<string, VatRow>();
	for (const row of context.rows) {
		const here = context.amounts.filter((amount) => amount.row === row);
		const rates = here.filter(({ percent, value, decimals, currency }) => percent || (decimals !== null && currency === null && legalRates.has(value)));
		const sums = here.filter(isMoney);
		for (const rate of rates)
			for (const base of sums)
				for (const vat of sums) {
					if (base === vat || base === rate || vat === rate || rate.value <= 0 || base.value === 0) continue;
					// A line of the table of goods may hold quantity, price and total, but seldom its own tax.
					if (Math.abs(taxOf(base.value, rate.value) - vat.value) > 1 || Math.abs(vat.value) < 2) continue;
					found.set(`${rate.value}/${base.value}`, { category: 'S', rate: rate.value, base: base.value, vat: vat.value, reason: null });
				}
	}
	return [...found.values()];
}

const evidenceOf = (context: Context, amount: KnownAmount, label: number, more: Record<string, number>): Record<string, number> => ({
	label,
	depth: context.depth(amount),
	currency: amount.currency ? 1 : 0,
	repaired: amount.repaired ? 1 : 0,
	...more,
});

/** The subset of rate rows whose bases add up to the net and whose taxes add up to the VAT; all rows when nothing is known. */
function rowsThatFit(rows: VatRow[], net: number | null, vat: number | null): VatRow[] {
	const some = rows.slice(0, 8);
	for (let mask = 1; mask < 1 << some.length; mask++) {
		const chosen = some.filter((_, place) => mask & (1 << place));
		const sum = (key: 'base' | 'vat'): number => chosen.reduce((total, row) => total + (row[key] ?? 0), 0);
		if (new Set(chosen.map(({ rate }) => rate)).size === chosen.length && (vat === null || sum('vat') === vat) && (net === null || sum('base') === net))
			return chosen;
	}
	return [];
}

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

const marks: [RegExp, string][] = [
	[/€|\beur(?:os?)?\b/gi, 'EUR'],
	[/\$|\busd\b/gi, 'USD'],
	[/£|\bgbp\b/gi, 'GBP'],
	[/\bchf\b/gi, 'CHF'],
];

/** The currency that stands by the amounts, else anywhere; euro when none is named. */
export function currencies(context: Context): Choice<string>[] {
	const beside = Map.groupBy(
		context.amounts.filter(({ currency }) => currency !== null),
		({ currency }) => currency as string,
	);
	const text = context.rows.map((row) => row.text).join('\n');
	const found = marks.flatMap(([pattern, value]) => {
		const near = beside.get(value) ?? [];
		const count = text.match(pattern)?.length ?? 0;
		const declared = new RegExp(String.raw`(?:devise|currency|w[aä]hrung)[^\n]{0,25}\b${value}\b`, 'i').test(text) ? 1 : 0;
		const totals = near.some((amount) => strongest(amount, 'gross', 'payable') > 0.5) ? 1 : 0;
		return count > 0
			? [
					{
						value,
						region: near[0] ?? null,
						score: Math.min(0.5, 0.1 * near.length) + Math.min(0.2, 0.04 * count) + 0.5 * declared + 0.3 * totals,
						evidence: { beside: Math.min(1, near.length / 5), declared, totals, assumed: 0 },
					},
				]
			: [];
	});
	return found.length > 0 ? found : [{ value: 'EUR', region: null, score: 0.2, evidence: { beside: 0, declared: 0, totals: 0, assumed: 1 } }];
}
