import { fold } from '../../../platform/text.ts';
import type { Block } from '../blocks.ts';
import type { Found } from '../by-class.ts';
import { ranked, type Choice } from '../choice.ts';
import type { Context } from '../context.ts';
import type { Identifier } from '../identifiers.ts';
import { linesOf } from '../lines.ts';
import { issueDays } from './days.ts';
import { numbersOf } from './number.ts';
import { identifiersFor, namesOf } from './parties.ts';
import { currencies, isMoney, totalsOf } from './totals.ts';

/** The shop: what the top of the ticket says in its own lines, with the legal mentions and domains as proof. */
function merchants(context: Context, blocks: readonly Block[], identifiers: readonly Identifier[]): Choice<string>[] {
	return namesOf(context, 'supplier', blocks, identifiers);
}

/**
 * What was paid: the total that its label names, that was tendered (by card, in cash less the change) and that the articles add up to.
 * A scan misreads labels more often than figures, so that what repeats and what adds up counts as much as a label.
 */
function paidTotals(context: Context, gross: readonly Choice<number>[]): Choice<number>[] {
	const sums = context.amounts.filter(isMoney).filter(({ value }) => value > 0);
	const tendered = new Map<number, number>();
	for (const amount of sums) tendered.set(amount.value, Math.max(tendered.get(amount.value) ?? 0, amount.kinds.tendered ?? 0));
	const change = sums.filter((amount) => /rendu|monnaie|change/.test(fold(amount.row.text)));
	const cash = sums.filter(({ kinds }) => (kinds.tendered ?? 0) > 0.3);
	const settled = new Set(change.flatMap((back) => cash.map((given) => given.value - back.value)).filter((value) => value > 0));
	const counts = new Map<number, number>();
	for (const { value } of sums) counts.set(value, (counts.get(value) ?? 0) + 1);
	let running = 0;
	const running_sums = new Set<number>();
	for (const { value } of sums) {
		running += value;
		running_sums.add(running);
	}
	return gross.map((choice) => {
		const paid = Math.max(tendered.get(choice.value) ?? 0, settled.has(choice.value) ? 1 : 0);
		const often = Math.min(1, ((counts.get(choice.value) ?? 1) - 1) / 2);
		const added = running_sums.has(choice.value) && (counts.get(choice.value) ?? 0) > 1 ? 1 : 0;
		const given = change.length > 0 && cash.some(({ value }) => value === choice.value) && !settled.has(choice.value) ? 1 : 0;
		return {
			...choice,
			score: choice.score + 0.25 * paid + 0.2 * often + 0.25 * added - 0.35 * given,
			evidence: { ...choice.evidence, paid, often, added, given },
		};
	});
}

/** A ticket or receipt: where, when, how much, and the VAT in it. */
export function receiptFields(context: Context, blocks: readonly Block[], identifiers: readonly Identifier[]): Found {
	const { gross, net, vat, rows } = totalsOf(context);
	const total = paidTotals(context, gross);
	const names = merchants(context, blocks, identifiers);
	const best = ranked(total)[0]?.value ?? null;
	return {
		fields: {
			merchant: names,
			supplier_name: names,
			supplier_siret: identifiersFor(context, 'supplier', 'siret', blocks, identifiers, false),
			supplier_siren: identifiersFor(context, 'supplier', 'siren', blocks, identifiers, false),
			supplier_vat_number: identifiersFor(context, 'supplier', 'vat_number', blocks, identifiers, false),
			issued_on: issueDays(context),
			number: numbersOf(context),
			currency: currencies(context),
			gross: total,
			net: net.filter(({ value }) => best === null || value <= best),
			vat: vat.filter(({ value }) => best === null || value < best),
		},
		lines: linesOf(context, null, best),
		vat: rows,
	};
}
