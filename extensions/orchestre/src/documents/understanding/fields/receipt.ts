import { fold } from '../../../platform/text.ts';
import type { Block } from '../blocks.ts';
import type { Found } from '../by-class.ts';
import { ranked, type Choice } from '../choice.ts';
import type { Context } from '../context.ts';
import type { Identifier } from '../identifiers.ts';
import { linesOf } from '../lines.ts';
import { canBeName, nameKey, tidyName } from '../names.ts';
import { cellsOf } from '../page-text.ts';
import { issueDays } from './days.ts';
import { numbersOf } from './number.ts';
import { identifiersFor } from './parties.ts';
import { namesOf } from './party-names.ts';
import { currencies, isMoney } from './money.ts';
import { totalsOf } from './totals.ts';

const noShop = /^(?:ticket|carte|cb\b|bienvenue|duplicata|recu|facturette|justificatif|client|date|le \d|tel|merci|ouvert|caisse|siret|tva)/;

/** The shop: the first lines of the ticket, the larger the likelier; legal mentions and domains name it otherwise. */
function merchants(context: Context, blocks: readonly Block[], identifiers: readonly Identifier[]): Choice<string>[] {
	const [sheet] = context.sheets;
	const heights = (sheet?.rows ?? []).map(({ y0, y1 }) => y1 - y0).toSorted((one, other) => one - other);
	const usual = heights[Math.floor(heights.length / 2)] ?? 10;
	const top = (sheet?.rows ?? [])
		.flatMap((row) => cellsOf(row))
		.slice(0, 6)
		.map(({ text, region }, place) => ({ name: tidyName(text), region, place }))
		.filter(({ name }) => canBeName(name) && !noShop.test(fold(name)))
		.map(({ name, region, place }) => {
			const large = Math.min(1, Math.max(0, (region.y1 - region.y0) / usual - 1));
			return {
				value: name,
				region,
				score: 0.8 - 0.13 * place + 0.3 * large,
				evidence: { block: 0, headed: 0, legal: 0, said: 0, top: 0.8 - 0.13 * place, domain: 0, own: 0, places: 0, against: 0, form: 0, large },
			};
		});
	const other = namesOf(context, 'supplier', blocks, identifiers).map((choice) => ({
		...choice,
		score: 0.6 * choice.score,
		evidence: { ...choice.evidence, large: 0 },
	}));
	const known = new Map(other.map((choice) => [nameKey(choice.value), choice.score]));
	return [...top.map((choice) => ({ ...choice, score: choice.score + 0.4 * (known.get(nameKey(choice.value)) ?? 0) })), ...other];
}

/**
 * What was paid: the total that its label names, that was tendered (by card, in cash less the change) and that the articles add up to.
 * A scan misreads labels more often than figures, so that what repeats and what adds up counts as much as a label.
 */
function paidTotals(context: Context, gross: readonly Choice<number>[]): Choice<number>[] {
	const sums = context.amounts.filter(isMoney).filter(({ value }) => value > 0);
	// On a ticket, what was paid is the total.
	const settledAs = new Map<number, number>();
	for (const amount of sums) settledAs.set(amount.value, Math.max(settledAs.get(amount.value) ?? 0, amount.kinds.paid ?? 0));
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
		const paid = Math.max(tendered.get(choice.value) ?? 0, settledAs.get(choice.value) ?? 0, settled.has(choice.value) ? 1 : 0);
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
			supplier_siret: identifiersFor(context, 'supplier', 'siret', blocks, identifiers),
			supplier_siren: identifiersFor(context, 'supplier', 'siren', blocks, identifiers),
			supplier_vat_number: identifiersFor(context, 'supplier', 'vat_number', blocks, identifiers),
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
