import type { VatRow } from '../../types.ts';
import type { Context, KnownAmount } from '../context.ts';
import type { LabelKind } from '../labels.ts';
import { isMoney, printedRates, scoreOf, strongest, taxOf } from './money.ts';
import { rateRows, rowsThatFit } from './rate-rows.ts';

/** Net, VAT and gross that add up. */
export type Triple = { net: KnownAmount; vat: KnownAmount; gross: KnownAmount; score: number; rate: boolean };

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
function summedTaxes(context: Context, all: VatRow[], net: number): Summed[] {
	const rows = rowsThatFit(all, net, null);
	if (rows.length < 2) return labelledTaxes(context);
	const value = rows.reduce((sum, { vat }) => sum + (vat ?? 0), 0);
	const place = context.amounts.find((amount) => amount.value === rows[0]?.vat);
	return place ? [{ ...place, value, summed: true }] : [];
}

/** Three amounts of which two add up to the third, at a rate that VAT can have. */
export function triplesOf(context: Context, amounts: readonly KnownAmount[]): Triple[] {
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
	const rows = rateRows(context);
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
		for (const vat of [...pool, ...summedTaxes(context, rows, net.value)]) {
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
	for (const triple of found) {
		const parts = rowsThatFit(rows, triple.net.value, triple.vat.value);
		const ofParts = found.filter(({ net, vat }) => parts.length > 1 && parts.some(({ base, vat: tax }) => base === net.value && tax === vat.value));
		if (parts.length > 1) triple.score = Math.max(triple.score, ...ofParts.map(({ score }) => score)) + 0.5;
	}
	return found.toSorted((one, other) => other.score - one.score);
}
