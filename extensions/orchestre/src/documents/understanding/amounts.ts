import { regionOf, tokensBetween, type Region, type Row, type Sheet } from './page-text.ts';

/** A number on a page. `value` is in hundredths; `decimals` as printed; `currency` when a sign or code stands by it. */
export type Amount = Region & {
	row: Row;
	from: number;
	to: number;
	text: string;
	value: number;
	/** The number as printed, with all of its decimals (quantities). */
	exact: number;
	decimals: number;
	currency: string | null;
	percent: boolean;
	/** Letters were taken for digits (a scan). */
	repaired: boolean;
};

const signs: Record<string, string> = {
	'€': 'EUR',
	$: 'USD',
	'£': 'GBP',
	chf: 'CHF',
	eur: 'EUR',
	euro: 'EUR',
	euros: 'EUR',
	usd: 'USD',
	gbp: 'GBP',
	us$: 'USD',
};
const currencyMark = String.raw`€|\$|£|US\$|EUR(?:OS?)?|USD|GBP|CHF`;
const digits = String.raw`\d{1,3}(?:[ .'’]\d{3})+(?:,\d{1,4})?|\d{1,3}(?:[ ,'’]\d{3})+(?:\.\d{1,4})?|\d+(?:[.,]\d{1,4})?`;
const pattern = new RegExp(
	String.raw`(?<![\w.,/°-])(?<before>${currencyMark})?\s?(?<minus>[-−–(])?\s?(?<lead>${currencyMark})?\s?(?<number>${digits})(?:\s?(?<close>\)|-(?!\w)))?\s?(?<after>${currencyMark}(?![A-Za-z])|%)?(?![\w°/]|[.,:-]\d)`,
	'giu',
);

/** What the eye of a machine takes for digits. */
const confused: Record<string, string> = { O: '0', o: '0', D: '0', Q: '0', l: '1', I: '1', '|': '1', i: '1', S: '5', B: '8', Z: '2' };
const likeNumber = /(?<![\w])[\dOoDQlI|iSBZ]{1,3}(?:[ .,]?[\dOoDQlI|iSBZ]{3})*[.,] ?[\dOoDQlI|iSBZ]{2}(?![\w])/g;

/** Letters within what can only be an amount become digits; the text keeps its length, so places stay. */
export const withDigits = (text: string): string =>
	text.replaceAll(likeNumber, (found) =>
		(found.match(/\d/g)?.length ?? 0) >= 2 ? found.replaceAll(/[OoDQlI|iSBZ]/g, (letter) => confused[letter] ?? letter) : found,
	);

/** `1 234,56`, `1.234,56` and `1,234.56` in hundredths, with the decimals that were printed. */
export function readNumber(text: string, style: ',' | '.'): { value: number; exact: number; decimals: number } | null {
	const plain = text.replaceAll(/[\s'’]/gu, '');
	const marks = [...plain.matchAll(/[.,]/g)];
	const last = marks.at(-1);
	let cut = -1;
	if (last) {
		const tail = plain.length - last.index - 1;
		const kinds = new Set(marks.map(([mark]) => mark));
		if (kinds.size === 2) cut = last.index;
		else if (marks.length === 1 && (tail !== 3 || (last[0] === style && plain.startsWith('0')))) cut = last.index;
	}
	const whole = (cut < 0 ? plain : plain.slice(0, cut)).replaceAll(/[.,]/g, '');
	const fraction = cut < 0 ? '' : plain.slice(cut + 1);
	if (!/^\d{1,10}$/.test(whole) || !/^\d{0,4}$/.test(fraction)) return null;
	const exact = Number(`${whole}.${fraction || '0'}`);
	return { value: Math.round(Number(`${exact}e2`)), exact, decimals: fraction.length };
}

/** Whether the document writes decimals with a comma or a point: what stands before two last digits. */
export function decimalStyle(sheets: readonly Sheet[]): ',' | '.' {
	let commas = 0;
	for (const sheet of sheets)
		for (const row of sheet.rows) commas += (row.text.match(/\d,\d{2}(?!\d)/g)?.length ?? 0) - (row.text.match(/\d\.\d{2}(?![\d.])/g)?.length ?? 0);
	return commas >= 0 ? ',' : '.';
}

/** The numbers of one row that may be amounts, quantities or rates. */
export function amountsIn(row: Row, style: ',' | '.', scanned: boolean): Amount[] {
	const text = scanned
		? withDigits(row.text).replaceAll(/(\d) ?([.,]) (\d{2})(?!\d)/g, (whole, a: string, mark: string, b: string) => `${a}${mark}${b}`.padEnd(whole.length))
		: row.text;
	return [...text.matchAll(pattern)].flatMap((match) => {
		const { before, lead, minus, number = '', close, after } = match.groups ?? {};
		const read = readNumber(number, style);
		if (!read) return [];
		const from = match.index + (match[0].length - match[0].trimStart().length);
		const to = match.index + match[0].trimEnd().length;
		const tokens = tokensBetween(row, from, to);
		if (tokens.length === 0) return [];
		const mark = (before ?? lead ?? (after === '%' ? undefined : after))?.toLowerCase();
		const negative = minus === '(' ? close === ')' : minus !== undefined || close === '-';
		return [
			{
				...regionOf(tokens),
				row,
				from,
				to,
				text: number,
				value: negative && read.value !== 0 ? -read.value : read.value,
				exact: negative ? -read.exact : read.exact,
				decimals: read.decimals,
				currency: mark ? (signs[mark] ?? null) : null,
				percent: after === '%',
				repaired: text.slice(from, to) !== row.text.slice(from, to),
			},
		];
	});
}

/** All numbers of the pages. */
export function amountsOf(sheets: readonly Sheet[]): Amount[] {
	const style = decimalStyle(sheets);
	return sheets.flatMap((sheet) => sheet.rows.flatMap((row) => amountsIn(row, style, sheet.source === 'ocr')));
}
