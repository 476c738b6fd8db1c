import type { VatRow } from '../../types.ts';
import type { Context } from '../context.ts';
import { isMoney, legalRates, taxOf } from './money.ts';

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

/** The subset of rate rows whose bases add up to the net and whose taxes add up to the VAT; all rows when nothing is known. */
export function rowsThatFit(rows: VatRow[], net: number | null, vat: number | null): VatRow[] {
	const some = rows.slice(0, 8);
	for (let mask = 1; mask < 1 << some.length; mask++) {
		const chosen = some.filter((_, place) => mask & (1 << place));
		const sum = (key: 'base' | 'vat'): number => chosen.reduce((total, row) => total + (row[key] ?? 0), 0);
		if (new Set(chosen.map(({ rate }) => rate)).size === chosen.length && (vat === null || sum('vat') === vat) && (net === null || sum('base') === net))
			return chosen;
	}
	return [];
}
