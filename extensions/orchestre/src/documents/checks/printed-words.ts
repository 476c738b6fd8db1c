import { ibanFault, ibanLength } from '../../platform/input/iban.ts';
import { fold } from '../../platform/text.ts';
import type { Page } from '../types.ts';

/** The words of the pages, line by line: blanks between words, one line of the page per line. */
export function printedText(pages: Page[]): string {
	const lines = pages.flatMap(({ words }) => {
		const byLine = new Map<number, string[]>();
		for (const word of words) byLine.set(word.line, [...(byLine.get(word.line) ?? []), word.text]);
		return [...byLine.values()].map((parts) => parts.join(' '));
	});
	return lines.join('\n').normalize('NFKC');
}

const months: string[][] = [
	['janvier', 'janv', 'january', 'januar', 'jan'],
	['fevrier', 'fevr', 'fev', 'february', 'februar', 'feb'],
	['mars', 'march', 'marz', 'mar'],
	['avril', 'avr', 'april', 'apr'],
	['mai', 'may'],
	['juin', 'june', 'juni', 'jun'],
	['juillet', 'juil', 'july', 'juli', 'jul'],
	['aout', 'august', 'aug'],
	['septembre', 'september', 'sept', 'sep'],
	['octobre', 'october', 'oktober', 'oct', 'okt'],
	['novembre', 'november', 'nov'],
	['decembre', 'december', 'dezember', 'dec', 'dez'],
];

const gap = String.raw`[\s./,-]{1,3}`;

/** Whether a date stands in the text, however it is written: 22/11/2026, 22.11.26, 2026-11-22, 22 novembre 2026, Nov 22, 2026. */
export function hasDate(text: string, iso: string): boolean {
	const [year = '', month = '', day = ''] = iso.split('-');
	const numbers = [`0?${Number(day)}`, `0?${Number(month)}`] as const;
	const name = `(?:${months[Number(month) - 1]?.join('|')})\\.?`;
	const years = `(?:${year}|${year.slice(2)})`;
	const first = `${numbers[0]}(?:er|st|nd|rd|th)?`;
	const forms = [
		`${numbers[0]}${gap}${numbers[1]}${gap}${years}`,
		`${numbers[1]}/${numbers[0]}/${years}`,
		`${first}${gap}${name}${gap}${years}`,
		`${name}${gap}${first}${gap}${years}`,
		`${year}[-./]?${month}[-./]?${day}`,
	];
	return forms.some((form) => new RegExp(`(?<!\\d)${form}(?!\\d)`).test(fold(text)));
}

/** Whether an amount of hundredths stands in the text, with a point or a comma, thousands grouped or not; the sign does not count. */
export function hasAmount(text: string, cents: number): boolean {
	const digits = String(Math.abs(cents)).padStart(3, '0');
	const whole = digits.slice(0, -2).replaceAll(/\B(?=(?:\d{3})+$)/g, String.raw`[\s.,'’]?`);
	const fraction = digits.slice(-2);
	const decimals =
		fraction === '00' ? String.raw`(?:\s?[.,]\s?(?:0{1,2}|-{1,2})(?!\d)|(?=\s?(?:€|eur\b|[^\d.,\s]|$)))` : String.raw`\s?[.,]\s?${fraction}(?!\d)`;
	return new RegExp(`(?<![\\d])${whole}${decimals}`, 'im').test(text);
}

/** Whether a number or name stands in the text, whatever blanks were printed or lost in it. */
export function hasWords(text: string, words: string): boolean {
	const bare = (from: string): string => fold(from).replaceAll(/\s/g, '');
	const wanted = bare(words);
	// A number of one or two characters stands in any page: it has to be a word of its own.
	return wanted.length > 2 ? bare(text).includes(wanted) : fold(text).split(/\s+/).includes(wanted);
}

/**
 * Every valid IBAN in the text, in capitals without blanks. It stands on one line, in groups or as one word: what follows a long word is
 * no part of it, or one text in a hundred would agree by chance.
 */
export function ibansIn(text: string): string[] {
	const found = [...text.toUpperCase().matchAll(/(?<![A-Z0-9])([A-Z]{2})\d{2}[0-9A-Z]*/g)].flatMap((match) => {
		const length = ibanLength(match[1] ?? '');
		const isOneWord = match[0].length > 8;
		const line =
			text
				.toUpperCase()
				.slice(match.index, match.index + 80)
				.split('\n')[0] ?? '';
		const compact = isOneWord ? match[0] : line.replaceAll(/[\s.-]/g, '').slice(0, length ?? 0);
		return ibanFault(compact) === null ? [compact] : [];
	});
	return [...new Set(found)];
}
