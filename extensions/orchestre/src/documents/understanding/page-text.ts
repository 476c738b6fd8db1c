import { fold } from '../../platform/text.ts';
import type { Box, Page } from '../types.ts';

/** A word with its place in points of the page (the origin is the top left corner). */
export type Token = { text: string; page: number; x0: number; y0: number; x1: number; y1: number; confidence: number };

/**
 * Words that stand side by side. `text` has a space between neighbours and a tab where a column ends; `owner` tells the token that each
 * character came from (-1 for blanks). `compact` is the same text folded and without blanks, for labels, whose letters are often spread.
 */
export type Row = {
	page: number;
	/** Place of the row on its page, from 0. */
	index: number;
	y0: number;
	y1: number;
	tokens: Token[];
	text: string;
	owner: number[];
	compact: string;
	compactOwner: number[];
	/** Whether a token begins at this character of `compact`. */
	compactStart: boolean[];
};

export type Sheet = { number: number; width: number; height: number; source: 'text' | 'ocr'; rows: Row[] };

/**
 * From which gap on, in heights of a letter, another column begins: more than twice the usual gap between the page's words, which is wide
 * where letters are all of one width (tickets, old programs) or lines are justified.
 */
function columnGapOf(rows: readonly Token[][]): number {
	const gaps = rows.flatMap((tokens) => tokens.slice(1).map((token, place) => gap(tokens[place] as Token, token))).filter((one) => one > 0.1 && one < 2);
	const usual = gaps.toSorted((one, other) => one - other)[Math.floor(gaps.length / 2)] ?? 0.4;
	return Math.max(1.15, Math.min(2.2, 2.3 * usual));
}

const middle = (token: Token): number => (token.y0 + token.y1) / 2;
const height = (token: Token): number => Math.max(1, token.y1 - token.y0);

/** A dash's box is as flat as the dash: it gets the height that letters have on the page, around its own middle. */
function levelled(tokens: Token[]): Token[] {
	const heights = tokens.filter(({ text }) => text.length > 1).map(height);
	const usual = heights.toSorted((one, other) => one - other)[Math.floor(heights.length / 2)] ?? 0;
	return tokens.map((token) => {
		const missing = 0.6 * usual - height(token);
		return missing > 0 ? { ...token, y0: token.y0 - missing / 2, y1: token.y1 + missing / 2 } : token;
	});
}

function tokensOf(page: Page): Token[] {
	const tokens = page.words.map(({ text, box: [left, top, width, tall], confidence }) => ({
		text: text.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim(),
		page: page.number,
		x0: left * page.width,
		y0: top * page.height,
		x1: (left + width) * page.width,
		y1: (top + tall) * page.height,
		confidence,
	}));
	return levelled(tokens.filter(({ text }) => text !== ''));
}

/** Gathers tokens by the height at which they stand, whatever order the file had them in. */
function gathered(tokens: readonly Token[]): Token[][] {
	const rows: { tokens: Token[]; middle: number; height: number }[] = [];
	for (const token of tokens.toSorted((one, other) => middle(one) - middle(other))) {
		const row = rows.at(-1);
		if (row && Math.abs(middle(token) - row.middle) < 0.42 * Math.min(row.height, height(token))) {
			row.tokens.push(token);
			row.middle += (middle(token) - row.middle) / row.tokens.length;
			row.height += (height(token) - row.height) / row.tokens.length;
		} else rows.push({ tokens: [token], middle: middle(token), height: height(token) });
	}
	return rows.map((row) => row.tokens.toSorted((one, other) => one.x0 - other.x0));
}

/** The gap between two neighbours, in heights of their letters. */
export const gap = (left: Token, right: Token): number => (right.x0 - left.x1) / Math.min(height(left), height(right));

function rowOf(tokens: Token[], page: number, index: number, columnGap: number): Row {
	const row: Row = {
		page,
		index,
		y0: Math.min(...tokens.map((token) => token.y0)),
		y1: Math.max(...tokens.map((token) => token.y1)),
		tokens,
		text: '',
		owner: [],
		compact: '',
		compactOwner: [],
		compactStart: [],
	};
	tokens.forEach((token, place) => {
		const before = tokens[place - 1];
		if (before) {
			row.text += gap(before, token) > columnGap ? '\t' : ' ';
			row.owner.push(-1);
		}
		row.text += token.text;
		for (let at = 0; at < token.text.length; at++) row.owner.push(place);
		let first = true;
		for (const letter of fold(token.text).replaceAll(/\s/gu, '')) {
			row.compact += letter;
			for (let at = 0; at < letter.length; at++) {
				row.compactOwner.push(place);
				row.compactStart.push(first);
				first = false;
			}
		}
	});
	return row;
}

function sheetOf(page: Page): Sheet {
	const rows = gathered(tokensOf(page));
	const columnGap = columnGapOf(rows);
	return {
		number: page.number,
		width: page.width,
		height: page.height,
		source: page.source,
		rows: rows.map((tokens, index) => rowOf(tokens, page.number, index, columnGap)),
	};
}

/** The pages as rows of words from top to bottom. */
export const sheetsOf = (pages: readonly Page[]): Sheet[] => pages.map(sheetOf);

export type Region = { page: number; x0: number; y0: number; x1: number; y1: number; confidence: number };

/** What several tokens cover together; as sure as the least sure of them. */
export const regionOf = (tokens: readonly Token[]): Region => ({
	page: tokens[0]?.page ?? 1,
	x0: Math.min(...tokens.map((token) => token.x0)),
	y0: Math.min(...tokens.map((token) => token.y0)),
	x1: Math.max(...tokens.map((token) => token.x1)),
	y1: Math.max(...tokens.map((token) => token.y1)),
	confidence: Math.min(...tokens.map((token) => token.confidence)),
});

/** The tokens behind some characters of a row's `text`. */
export const tokensBetween = (row: Row, from: number, to: number): Token[] =>
	[...new Set(row.owner.slice(from, to))].filter((place) => place >= 0).map((place) => row.tokens[place] as Token);

/** Cells of a row: words between two column gaps, with where they begin in `text`. */
export function cellsOf(row: Row): { text: string; from: number; region: Region }[] {
	let from = 0;
	return row.text
		.split('\t')
		.map((text) => {
			const cell = { text, from, region: regionOf(tokensBetween(row, from, from + text.length)) };
			from += text.length + 1;
			return cell;
		})
		.filter(({ text }) => text.trim() !== '');
}

/** A region as shares of its page. */
export function boxOf(region: Region, sheets: readonly Sheet[]): Box | null {
	const sheet = sheets.find(({ number }) => number === region.page);
	if (!sheet) return null;
	const share = (value: number, whole: number): number => Math.round((value / whole) * 1e5) / 1e5;
	return [share(region.x0, sheet.width), share(region.y0, sheet.height), share(region.x1 - region.x0, sheet.width), share(region.y1 - region.y0, sheet.height)];
}
