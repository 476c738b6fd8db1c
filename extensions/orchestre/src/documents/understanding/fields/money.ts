import type { Choice } from '../choice.ts';
import type { Context, KnownAmount } from '../context.ts';
import type { LabelKind } from '../labels.ts';

/** How well a kind of label goes with an amount. */
export const scoreOf = (amount: KnownAmount, kind: LabelKind): number => amount.kinds[kind] ?? 0;
/** The same for the best of several kinds. */
export const strongest = (amount: KnownAmount, ...kinds: LabelKind[]): number => Math.max(0, ...kinds.map((kind) => scoreOf(amount, kind)));

/** Whether a number can be a sum of money: two decimals or a currency beside it. */
export const isMoney = ({ percent, decimals, currency }: KnownAmount): boolean => !percent && (decimals === 2 || (currency !== null && decimals !== 1));

export const legalRates = new Set([2000, 1000, 550, 210, 850, 1900, 700, 2100, 600, 2200, 2500, 1700, 810, 770, 260, 400, 500, 900, 1050, 1300]);

/** Rates that are printed anywhere on the pages, in basis points. */
export function printedRates(context: Context): Set<number> {
	const rates = new Set<number>();
	for (const amount of context.amounts)
		if ((amount.percent || legalRates.has(amount.value)) && amount.value >= 0 && amount.value <= 2700) rates.add(amount.value);
	return rates;
}

/** Tax on a base at a rate, in cents, half up. */
export const taxOf = (base: number, rate: number): number => Math.sign(base) * Math.round((Math.abs(base) * rate) / 10_000);

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
