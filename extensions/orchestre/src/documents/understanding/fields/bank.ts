import { fold } from '../../../platform/text.ts';
import type { FieldName } from '../../types.ts';
import type { Block } from '../blocks.ts';
import type { Choice } from '../choice.ts';
import type { Context } from '../context.ts';
import { ibanOfRib, isValidRib } from '../identifiers.ts';
import { canBeName, tidyName } from '../names.ts';
import { cellsOf, regionOf, type Row } from '../page-text.ts';
import { isMoney } from './money.ts';
import { foldedInPlace } from '../dates.ts';

const banks =
	/\b(?:bnp paribas|societe generale|sg\b|credit agricole(?: [\p{L}'’ -]{3,30})?|lcl|credit lyonnais|la banque postale|banque postale|caisse d'epargne(?: [\p{L}'’ -]{3,30})?|banque populaire(?: [\p{L}'’ -]{3,30})?|bred(?: banque populaire)?|credit mutuel(?: [\p{L}'’ -]{3,30})?|cic(?: [\p{L}'’ -]{3,30})?|hsbc|ccf|boursobank|boursorama|fortuneo|hello bank|qonto|shine|revolut|n26|ing|axa banque|banque courtois|credit cooperatif|credit du nord|monabanq|orange bank|ma french bank|manager\.one|memo bank|nickel|olinda|treezor|banque de france|banque palatine|arkea|tarneaud|banque [\p{L}'’ -]{3,30}|[\p{L}'’]+ bank|deutsche bank|commerzbank|sparkasse(?: [\p{L}]+)?)/u;

const holderLabel =
	/^(?:titulaires?(?: du compte)?(?: *\/ *account (?:owner|holder))?|account (?:owner|holder)|intitule(?: du compte)?|nom(?: du titulaire| et adresse du titulaire)?|kontoinhaber|compte de|beneficiaire|au nom de|raison sociale)\b[^:]{0,25}:?\s*/;

/** The bank that a page names; the legal owner of a brand counts as the brand. */
export function bankNames(context: Context): Choice<string>[] {
	return context.rows.flatMap((row) =>
		cellsOf(row).flatMap(({ text, region }) => {
			const match = banks.exec(foldedInPlace(text));
			if (!match) return [];
			const after = /(?:banque|domiciliation|bank|etablissement)\s*:?\s*(.{3,40})/i.exec(text)?.[1];
			const value = after && banks.test(foldedInPlace(after)) ? after.trim() : text.slice(match.index, match.index + match[0].length).trim();
			const early = 1 - context.depth(region);
			return [
				{
					value,
					region,
					score: 0.5 + 0.25 * early + 0.1 * Math.min(1, (region.y1 - region.y0) / 20),
					evidence: { early, label: after ? 1 : 0, whole: text.length < match[0].length + 5 ? 1 : 0 },
				},
			];
		}),
	);
}

/** Who an account belongs to: after its label or under it, else the name of the address on the page. */
export function holders(context: Context, blocks: readonly Block[]): Choice<string>[] {
	const labelled = context.rows.flatMap((row) =>
		cellsOf(row).flatMap(({ text, region }) => {
			const match = holderLabel.exec(fold(text));
			if (!match) return [];
			const said = tidyName(text.slice(match[0].length));
			if (said.length > 2 && !/\d{4}/.test(said)) return [{ value: said, region, score: 0.9, evidence: { label: 1, beside: 1 } }];
			const next = nextTo(row, region, context);
			return next ? [{ value: next.value, region: next.region, score: 0.8, evidence: { label: 1, beside: 0 } }] : [];
		}),
	);
	const addressed = blocks
		.filter(({ oneLine, height }) => !oneLine && height < 0.6)
		.flatMap((block) => {
			const line = block.lines.slice(0, -1).find(({ text }) => canBeName(tidyName(text)) && !banks.test(foldedInPlace(text)));
			return line
				? [{ value: tidyName(line.text), region: line, score: 0.45 + (block.side > 0.5 ? 0.1 : 0) - 0.1 * block.height, evidence: { label: 0, beside: 0 } }]
				: [];
		});
	return [...labelled, ...addressed];
}

function nextTo(row: Row, label: { x0: number; x1: number; y1: number }, context: Context): { value: string; region: ReturnType<typeof regionOf> } | null {
	const right = cellsOf(row).find(({ region, text }) => region.x0 > label.x1 && canBeName(tidyName(text)));
	if (right) return { value: tidyName(right.text), region: right.region };
	for (const other of context.rows) {
		if (other.page !== row.page || other.index <= row.index || other.y0 - label.y1 > 30) continue;
		const cell = cellsOf(other).find(({ region, text }) => Math.abs(region.x0 - label.x0) < 40 && canBeName(tidyName(text)));
		if (cell) return { value: tidyName(cell.text), region: cell.region };
	}
	return null;
}

/** IBANs that a RIB spells out in its four boxes. */
export function ribIbans(context: Context): Choice<string>[] {
	return context.rows.flatMap((row) => {
		const match = /(?<!\d)(\d{5})\s+(\d{5})\s+([0-9A-Z]{11})\s+(\d{2})(?!\d)/.exec(row.text);
		const [, bank = '', branch = '', account = '', key = ''] = match ?? [];
		return match && isValidRib(bank, branch, account, key)
			? [{ value: ibanOfRib(bank, branch, account, key), region: regionOf(row.tokens), score: 0.85, evidence: { checked: 1, labelled: 0, lean: 0.5, ours: 0 } }]
			: [];
	});
}

function balances(context: Context, kind: 'opening' | 'closing'): Choice<number>[] {
	const other = kind === 'opening' ? 'closing' : 'opening';
	const days = context.dates.map(({ value }) => value).toSorted();
	return context.amounts.filter(isMoney).flatMap((amount) => {
		const label = amount.kinds[kind] ?? 0;
		const against = amount.kinds[other] ?? 0;
		const words = fold(amount.row.text);
		const general = /solde/.test(words) && !/total/.test(words) ? 0.3 : 0;
		if (label < 0.2 && general === 0) return [];
		const depth = context.depth(amount);
		const dated = context.dates.find(({ row }) => row === amount.row)?.value;
		const late = dated && days.length > 1 ? (dated === days.at(-1) ? 1 : dated === days[0] ? -1 : 0) : 0;
		const side = kind === 'closing' ? late : -late;
		const owed = /debiteur|\bdebit\b/.test(words) || /-/.test(amount.row.text.slice(Math.max(0, amount.from - 2), amount.from)) ? 1 : 0;
		const value = owed && amount.value > 0 && /debiteur/.test(words) ? -amount.value : amount.value;
		return [
			{
				value,
				region: amount,
				score: label + general - 0.5 * against + 0.2 * (kind === 'closing' ? depth : 1 - depth) + 0.25 * side,
				evidence: { label, against, depth, general, side },
			},
		];
	});
}

/** The period of a statement: after `du … au …`, else between its first and last day. */
function periods(context: Context): { starts: Choice<string>[]; ends: Choice<string>[] } {
	const [starts, ends]: [Choice<string>[], Choice<string>[]] = [[], []];
	for (const row of context.rows) {
		const here = context.dates.filter((date) => date.row === row);
		const [first, second] = here;
		if (!first || !second || second.value < first.value) continue;
		const between = fold(row.text.slice(first.to, second.from));
		if (!/^\s*(?:au|to|-|–|a|bis)\s*$/.test(between)) continue;
		const evidence = { range: 1, depth: context.depth(first), single: 0 };
		starts.push({ value: first.value, region: first, score: 0.9 - 0.3 * evidence.depth, evidence });
		ends.push({ value: second.value, region: second, score: 0.9 - 0.3 * evidence.depth, evidence });
	}
	for (const date of context.dates) {
		const before = fold(date.row.text.slice(Math.max(0, date.from - 22), date.from));
		const single = /arrete au|releve au|solde au|situation au|\bau\s*$/.test(before) ? 1 : 0;
		const opening = /(?:ancien|precedent|initial|anterieur)|\bdu\s*$/.test(fold(date.row.text.slice(0, date.from))) ? 1 : 0;
		const depth = context.depth(date);
		ends.push({ value: date.value, region: date, score: 0.3 * single + 0.1 + 0.05 * depth - 0.3 * opening, evidence: { range: 0, depth, single } });
		starts.push({ value: date.value, region: date, score: 0.35 * opening + 0.1 * (1 - depth), evidence: { range: 0, depth, single: opening } });
	}
	return { starts, ends };
}

/** What stands on a bank statement, beyond the account. */
export function statementFields(context: Context): Partial<Record<FieldName, Choice[]>> {
	const { starts, ends } = periods(context);
	return { opening_balance: balances(context, 'opening'), closing_balance: balances(context, 'closing'), starts_on: starts, ends_on: ends };
}
