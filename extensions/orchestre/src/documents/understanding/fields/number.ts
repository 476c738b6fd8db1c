import type { Choice } from '../choice.ts';
import type { Context } from '../context.ts';
import type { Label, LabelKind } from '../labels.ts';
import { gap, regionOf, type Row, type Token } from '../page-text.ts';

/** What follows a label: cleaned text with where it stood. */
type Reference = { value: string; tokens: Token[] };

const clean = (text: string): string => text.replace(/^[:#°º.\-–—=>*('"«]+/u, '').replace(/[,;:.)'"»*]+$/u, '');
const dateLike = /^(?:\d{1,2}[./-]\d{1,2}[./-]\d{2,4}|\d{4}-\d{2}-\d{2})$/;
const amountLike = /^\d{1,6}[.,]\d{2}(?:€|EUR)?$/;
const contactLike = /@|www\.|^\+?\d{2}\.\d{2}\.\d{2}|^\+33|%$|^(?:[A-Z]{2}\d{20,}|(?:DE|GB|EL)\d{9}|FR\w{2}\d{9}|ATU\d{8}|BE\d{10}|ES\w\d{7}\w)$/;

/** Whether a text can be the number of a document: figures, perhaps with letters, dashes and slashes. */
export const isReference = (text: string): boolean =>
	/\d/.test(text) &&
	text.length <= 35 &&
	/^[\p{L}\d][\p{L}\d\-_/.#°+]*$/u.test(text) &&
	!dateLike.test(text) &&
	!amountLike.test(text) &&
	!contactLike.test(text);

const stops = /^(?:du|vom|le|dated|date|of|from|page|en|client|au|pour|the|-|–|\||:)$/i;

/** The number that begins at a token: parts that stand close together belong together (`FA 2024-001`, `10 123 456 789`, `2024 / 17`). */
function referenceFrom(tokens: readonly Token[], first: string): Reference | null {
	const kept: Token[] = [];
	let value = '';
	for (const [place, token] of tokens.entries()) {
		const text = place === 0 ? clean(first) : clean(token.text);
		const before = tokens[place - 1];
		if (text === '') {
			if (value !== '' && !/^[-/]$/.test(token.text)) break;
			if (
				value !== '' &&
				/^[-/]$/.test(token.text) &&
				tokens[place + 1] &&
				/^\d/.test(tokens[place + 1]?.text ?? '') &&
				!dateLike.test(tokens[place + 1]?.text ?? '')
			) {
				value += token.text;
				kept.push(token);
			}
			continue;
		}
		if (value === '') {
			if (stops.test(text)) return null;
			if (!isReference(text) && !(/^[A-Z]{1,5}$/.test(text) && /^\d/.test(tokens[place + 1]?.text ?? ''))) return null;
		} else {
			const close = before !== undefined && gap(before, token) < 0.85;
			const glued = /[-/]$/.test(value) || /^[-/]\d/.test(token.text);
			const grouped = /^(?:\d{1,4} )*\d{1,4}$/.test(value) && /^\d{2,4}$/.test(text) && value.replaceAll(' ', '').length + text.length <= 16;
			const prefixed = /^[A-Z]{1,5}$/.test(value) && /^\d/.test(text);
			if (!close || dateLike.test(text) || !(glued || grouped || prefixed)) break;
			value += glued ? '' : ' ';
		}
		value += glue(value, text, token.text);
		kept.push(token);
	}
	return value !== '' && /\d/.test(value) ? { value, tokens: kept } : null;
}

const glue = (before: string, text: string, raw: string): string => (before !== '' && /^[-/]/.test(raw) ? raw.replace(/[,;:.)]+$/, '') : text);

/** What stands to the right of a label in its row. */
function rightOf(label: Label): Reference | null {
	const { row } = label;
	const last = row.compactOwner[label.to - 1] ?? 0;
	const own = row.tokens[last];
	if (!own) return null;
	let lettersLeft = 0;
	for (let at = label.to; at < row.compact.length && row.compactOwner[at] === last; at++) lettersLeft++;
	const rest = lettersLeft > 0 ? own.text.slice(own.text.length - lettersLeft) : '';
	const start = clean(rest) === '' ? last + 1 : last;
	const tokens = row.tokens.slice(start);
	const [first] = tokens;
	if (!first) return null;
	const leading = tokens.findIndex((token, place) => clean(place === 0 && start === last ? rest : token.text) !== '');
	if (leading < 0) return null;
	const value = tokens.slice(leading);
	return referenceFrom(value, leading === 0 && start === last ? rest : (value[0]?.text ?? ''));
}

/** What stands under a label, within three lines. */
function below(label: Label, rows: readonly Row[]): Reference | null {
	const tall = label.y1 - label.y0;
	for (const row of rows) {
		if (row.page !== label.page || row.index <= label.row.index || row.y0 - label.y1 > 3 * tall) continue;
		const start = row.tokens.findIndex((token) => token.x1 > label.x0 - 0.5 * tall && token.x0 < label.x1 && token.x0 >= label.x0 - 3 * tall);
		const first = row.tokens[start];
		if (!first) continue;
		return referenceFrom(row.tokens.slice(start), first.text);
	}
	return null;
}

/** Numbers after labels of one kind, the likeliest first. */
export function referencesOf(context: Context, kind: LabelKind): Choice<string>[] {
	const { rows, labels, depth } = context;
	const words = labels.filter((label) => label.kind === 'number' && label.strength === 0.6);
	return labels
		.filter((label) => label.kind === kind)
		.flatMap((label) => {
			const before =
				label.strength < 0.5
					? words.filter((word) => word.page === label.page && ((word.row === label.row && word.x0 < label.x0) || label.y0 >= word.y0 - 2))
					: [];
			const near = before.some((word) => word.row === label.row || label.y0 - word.y1 < 2.5 * (word.y1 - word.y0));
			const titled = near ? 0.75 : before.length > 0 ? (label.strength > 0.3 ? 0.6 : 0.5) : 0;
			const strength = Math.max(titled, label.strength);
			const right = rightOf(label);
			const under = right ? null : below(label, rows);
			const reference = right ?? under;
			if (!reference) return [];
			const { value, tokens } = reference;
			const long = value.replaceAll(/\D/g, '').length;
			const year = /^(?:19|20)\d{2}$/.test(value);
			const plain = value.length < 3 || year ? 0.25 : 0;
			const phone = /^0\d(?: \d{2}){4}$/.test(value) || (/^\d{5}$/.test(value) && /[A-ZÉ]{3}/.test(tokens.at(-1)?.text ?? '')) ? 0.3 : 0;
			const score = strength * (right ? 1 : 0.85) - plain - phone - 0.15 * Math.min(1, depth(label)) - (strength < 0.7 && long < 3 ? 0.2 : 0);
			return [
				{
					value,
					region: regionOf(tokens),
					score,
					evidence: {
						label: strength,
						beside: right ? 1 : 0,
						depth: depth(label),
						short: value.length < 4 ? 1 : 0,
						mixed: /\p{L}/u.test(value) || /[-/]/.test(value) ? 1 : 0,
						year: year ? 1 : 0,
					},
				},
			];
		});
}

const bare = /^(?:FA|FC|FAC|FACT|F|INV|RE|RG|AV|DEV|DE|D|VF|FV|AVO|FR|IN|CN)[-_/]?(?:20\d{2}|\d{2})?[-_/]?\d{2,8}(?:[-_/]\d+)*$/i;

/** The number of the document: after its label, else a text that has the form of one near the top. */
export function numbersOf(context: Context): Choice<string>[] {
	const labelled = referencesOf(context, 'number');
	const others = new Set(
		['order', 'customer', 'delivery_note', 'invoice_reference'].flatMap((kind) => referencesOf(context, kind as LabelKind).map(({ value }) => value)),
	);
	const free = context.rows.flatMap((row) =>
		row.tokens.flatMap((token) => {
			const value = clean(token.text);
			if (!bare.test(value) || !isReference(value) || value.length < 6) return [];
			return [
				{
					value,
					region: regionOf([token]),
					score: 0.35 - 0.2 * context.depth(token),
					evidence: { label: 0, beside: 0, depth: context.depth(token), short: 0, mixed: 1, year: 0 },
				},
			];
		}),
	);
	const said = new Map<string, number>();
	for (const { value } of [...labelled, ...free]) said.set(value, (said.get(value) ?? 0) + 1);
	return [...labelled, ...free].map((choice) => ({
		...choice,
		score: choice.score + 0.08 * Math.min(2, (said.get(choice.value) ?? 1) - 1) - (others.has(choice.value) ? 0.35 : 0),
		evidence: { ...choice.evidence, other: others.has(choice.value) ? 1 : 0 },
	}));
}
