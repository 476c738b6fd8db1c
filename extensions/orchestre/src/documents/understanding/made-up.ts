import type { OwnCompany, Reading, Word } from '../types.ts';

/** Nobody: no name and no number of ours. */
export const stranger: OwnCompany = { name: '', siren: null, vatNumber: null, iban: null, emailDomain: null };

/**
 * A page of 595 × 842 points from drawn text, for tests: one string per line, 14 points apart, six points per character, so that words
 * stand in columns as they do in the string.
 */
export function pageOf(lines: readonly string[], source: 'text' | 'ocr' = 'text'): Reading {
	const words: Word[] = lines.flatMap((line, number) =>
		[...line.matchAll(/\S+/g)].map(({ 0: text, index }) => ({
			text,
			box: [(30 + index * 5) / 595, (40 + number * 14) / 842, (text.length * 5 - 1.5) / 595, 10 / 842] as const,
			confidence: source === 'ocr' ? 0.9 : 1,
			line: number,
		})),
	);
	return {
		format: 'pdf',
		method: source,
		pageCount: 1,
		pages: [{ number: 1, width: 595, height: 842, turned: 0, source, words }],
		attachments: [],
		source: null,
		language: 'fr',
		notes: [],
		refusal: null,
	};
}
