import type { Page, Word } from '../../types.ts';
import { limits } from '../limits.ts';

/** A plain text is laid out as a typewriter would: an A4 page of so many columns and lines. */
const [columns, rows] = [100, 66];
const [width, height] = [595, 842];

/** A plain text as pages of words, so that it is understood like any other; at most as many pages as are read of a PDF. */
export function layOut(text: string): Page[] {
	const lines = text.split(/\r\n?|\n|\f/);
	const pages: Page[] = [];
	for (let start = 0; start < lines.length && pages.length < limits.pagesRead; start += rows) {
		const words = lines.slice(start, start + rows).flatMap((line, row) => wordsOf(line.replaceAll('\t', '    '), row));
		if (words.length > 0) pages.push({ number: pages.length + 1, width, height, turned: 0, source: 'text', words });
	}
	return pages;
}

function wordsOf(line: string, row: number): Word[] {
	const wide = Math.max(columns, line.length);
	return [...line.matchAll(/\S+/g)].map(({ 0: text, index }) => ({
		text,
		box: [index / wide, row / rows, text.length / wide, 0.8 / rows] as const,
		confidence: 1,
		line: row + 1,
	}));
}
