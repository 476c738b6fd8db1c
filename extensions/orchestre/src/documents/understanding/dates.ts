import { fold } from '../../platform/text.ts';
import { regionOf, tokensBetween, type Region, type Row, type Sheet } from './page-text.ts';

/** A day on a page, `2026-11-22`. `swapped` is the other reading of 03/04/2026, where there is one. */
export type FoundDate = Region & { row: Row; from: number; to: number; value: string; swapped: string | null };

const months: Record<string, number> = {};
for (const [index, names] of [
	'janvier janv jan january januar jaenner',
	'fevrier fevr fev february feb februar',
	'mars mar march marz maerz mrz',
	'avril avr april apr',
	'mai may',
	'juin june jun juni',
	'juillet juil july jul juli',
	'aout aou august aug',
	'septembre sept september sep',
	'octobre oct october oktober okt',
	'novembre nov november',
	'decembre dec december dezember dez',
].entries())
	for (const name of names.split(' ')) months[name] = index + 1;
const monthNames = Object.keys(months)
	.toSorted((one, other) => other.length - one.length)
	.join('|');

const numeric = /(?<!\d[.])(?<![\d,/-])(\d{1,2}) ?([./-]) ?(\d{1,2}) ?\2 ?(\d{4}|\d{2})(?![\d%]|[./,-]\d)/g;
const iso = /(?<!\d)(\d{4})[-/.](\d{2})[-/.](\d{2})(?!\d)/g;
const solid = /(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)/g;
const dayFirst = new RegExp(String.raw`(?<!\d)(\d{1,2})(?:er|st|nd|rd|th)?[. -]{0,2}(${monthNames})\.?,?[ -]{0,2}(\d{4}|\d{2})(?!\d)`, 'g');
const monthFirst = new RegExp(String.raw`(?<![a-z])(${monthNames})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})(?!\d)`, 'g');

const daysIn = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** A day that exists, within what a company's papers may bear; null otherwise. */
export function isoDate(year: number, month: number, day: number): string | null {
	const full = year < 100 ? (year > 70 ? 1900 + year : 2000 + year) : year;
	if (full < 1970 || full > 2099 || month < 1 || month > 12 || day < 1 || day > daysIn(full, month)) return null;
	return `${full}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}

type Raw = { index: number; length: number; value: string | null; swapped: string | null };

function* rawDates(text: string): Generator<Raw> {
	for (const { 0: all, 1: day, 3: month, 4: year, index } of text.matchAll(numeric))
		yield {
			index,
			length: all.length,
			value: isoDate(Number(year), Number(month), Number(day)) ?? isoDate(Number(year), Number(day), Number(month)),
			swapped: isoDate(Number(year), Number(month), Number(day)) ? isoDate(Number(year), Number(day), Number(month)) : null,
		};
	for (const pattern of [iso, solid])
		for (const { 0: all, 1: year, 2: month, 3: day, index } of text.matchAll(pattern))
			yield { index, length: all.length, value: isoDate(Number(year), Number(month), Number(day)), swapped: null };
	for (const { 0: all, 1: day, 2: month = '', 3: year, index } of text.matchAll(dayFirst))
		yield { index, length: all.length, value: isoDate(Number(year), months[month] ?? 0, Number(day)), swapped: null };
	for (const { 0: all, 1: month = '', 2: day, 3: year, index } of text.matchAll(monthFirst))
		yield { index, length: all.length, value: isoDate(Number(year), months[month] ?? 0, Number(day)), swapped: null };
}

/** Folded letter by letter, so that places stay; what would grow (a ligature) becomes a blank. */
export const foldedInPlace = (text: string): string =>
	[...text].map((letter) => (fold(letter).length === letter.length ? fold(letter) : ' '.repeat(letter.length))).join('');

/** The days in one row, from left to right. */
export function datesIn(row: Row): FoundDate[] {
	return [...rawDates(foldedInPlace(row.text).replaceAll('\t', ' '))]
		.flatMap(({ index, length, value, swapped }) => {
			const tokens = tokensBetween(row, index, index + length);
			return value && tokens.length > 0 ? [{ ...regionOf(tokens), row, from: index, to: index + length, value, swapped }] : [];
		})
		.toSorted((one, other) => one.from - other.from);
}

/** Whether months stand first: proved by a date whose second number is no month (02/17/26), else by nothing. */
function monthsFirst(sheets: readonly Sheet[]): boolean {
	let proof = 0;
	for (const sheet of sheets)
		for (const row of sheet.rows)
			for (const [, first, , second] of row.text.matchAll(numeric))
				proof += (Number(second) > 12 && Number(first) <= 12 ? 1 : 0) - (Number(first) > 12 ? 1 : 0);
	return proof > 0;
}

/** All days of the pages; of two readings the one that the document's other dates prove, and day first when nothing does. */
export function datesOf(sheets: readonly Sheet[]): FoundDate[] {
	const american = monthsFirst(sheets);
	return sheets.flatMap((sheet) =>
		sheet.rows.flatMap((row) => datesIn(row).map((date) => (american && date.swapped ? { ...date, value: date.swapped, swapped: date.value } : date))),
	);
}

const addMonths = (date: string, count: number): string => {
	const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
	const total = year * 12 + month - 1 + count;
	const [toYear, toMonth] = [Math.floor(total / 12), (total % 12) + 1];
	return isoDate(toYear, toMonth, Math.min(day, daysIn(toYear, toMonth))) ?? date;
};

/** So many days or months later, `2026-11-22`. */
export function later(date: string, count: number, unit: 'day' | 'month'): string {
	if (unit === 'month') return addMonths(date, count);
	return new Date(Date.parse(`${date}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10);
}

/** The last day of a date's month. */
export const endOfMonth = (date: string): string => {
	const [year = 0, month = 1] = date.split('-').map(Number);
	return isoDate(year, month, daysIn(year, month)) ?? date;
};
