import { days } from './words/days.ts';
import { identifiers } from './words/identifiers.ts';
import { money } from './words/money.ts';
import { regionOf, type Region, type Row, type Sheet } from './page-text.ts';

/** What a printed label announces. Kinds without a field of ours are there so that they keep their values from being taken for others. */
export type LabelKind =
	| 'number'
	| 'order'
	| 'invoice_reference'
	| 'customer'
	| 'delivery_note'
	| 'issued'
	| 'due'
	| 'delivered'
	| 'starts'
	| 'ends'
	| 'valid'
	| 'other_date'
	| 'gross'
	| 'net'
	| 'vat'
	| 'payable'
	| 'paid'
	| 'base'
	| 'other_money'
	| 'opening'
	| 'closing'
	| 'tendered'
	| 'before';

export type Label = Region & { kind: LabelKind; strength: number; row: Row; from: number; to: number };

/** `Total (excl. VAT)`, `TTC (dont TVA)`: what a bracket adds belongs to the label before it. */
const aside = String.raw`(?:,?\(?(?:excl?|incl?|inkl|ohne|inclus|hors|dont|zzgl|comprise?)\.?(?:ust|mwst|vat|tva|tax|taxes)\.?\)?)?`;
const withAside = new Set<LabelKind>(['gross', 'net', 'payable']);

const rules = [...identifiers, ...days, ...money].map((one) => ({
	...one,
	pattern: new RegExp(withAside.has(one.kind) ? `(?:${one.pattern.source})${aside}` : one.pattern.source, 'gu'),
}));

const letter = /[\p{L}\p{N}]/u;

function boundaries(row: Row, from: number, to: number): boolean {
	const before = row.compact[from - 1];
	const after = row.compact[to];
	const startsWell = row.compactStart[from] === true || before === undefined || !letter.test(before);
	const endsWell = after === undefined || row.compactStart[to] === true || !letter.test(after) || (/\d/.test(after) && !/\d/.test(row.compact[to - 1] ?? ''));
	return startsWell && endsWell;
}

/** Ends of the runs of letters of `compact` that no wide gap parts: a label does not reach across columns. */
function chunksOf(row: Row): [number, number][] {
	const chunks: [number, number][] = [];
	let from = 0;
	for (let at = 1; at <= row.compact.length; at++) {
		const [left, right] = [row.tokens[row.compactOwner[at - 1] as number], row.tokens[row.compactOwner[at] as number]];
		const wide = left && right && left !== right && right.x0 - left.x1 > 2 * (right.y1 - right.y0);
		if (!wide && at < row.compact.length) continue;
		chunks.push([from, at]);
		from = at;
	}
	return chunks;
}

const dayKinds = new Set(days.map(({ kind }) => kind));
const moneyKinds = new Set(money.map(({ kind }) => kind));

/** `Net à payer avant le 12/03` announces a sum and a day. */
const bothMeant = (one: Label, other: Label): boolean =>
	(dayKinds.has(one.kind) && moneyKinds.has(other.kind)) || (moneyKinds.has(one.kind) && dayKinds.has(other.kind));

/** The labels in one row; where two overlap the longer one stays, so that `date d’échéance` is no `date`. */
export function labelsIn(row: Row): Label[] {
	const found: Label[] = [];
	const chunks = chunksOf(row).map(([from, to]) => ({ start: from, text: row.compact.slice(from, to) }));
	for (const { kind, strength, pattern } of rules)
		for (const [from, to] of chunks.flatMap(({ start, text }) =>
			[...text.matchAll(pattern)].map(({ 0: all, index }) => [start + index, start + index + all.length] as const),
		)) {
			if (to === from || !boundaries(row, from, to)) continue;
			const tokens = [...new Set(row.compactOwner.slice(from, to))].flatMap((place) => row.tokens[place] ?? []);
			found.push({ ...regionOf(tokens), kind, strength, row, from, to });
		}
	const longest = found.toSorted((one, other) => other.to - other.from - (one.to - one.from) || other.strength - one.strength);
	const kept: Label[] = [];
	for (const label of longest) if (!kept.some((other) => label.from < other.to && other.from < label.to && !bothMeant(label, other))) kept.push(label);
	return kept.toSorted((one, other) => one.from - other.from);
}

/** All labels of the pages. */
export const labelsOf = (sheets: readonly Sheet[]): Label[] => sheets.flatMap((sheet) => sheet.rows.flatMap(labelsIn));
