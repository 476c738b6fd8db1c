import type { Box, Word } from '../../types.ts';

/** A word that has no line yet; `band` is top and bottom of its line of writing (not of its ink: a dash has one, too), same measure as `box`. */
export type LooseWord = { text: string; box: Box; confidence: number; band: readonly [top: number, bottom: number] };

type Line = { middle: number; height: number; words: LooseWord[] };

/** How far the middles of two bands may be apart, as a share of the smaller height, to be one line. */
const tolerance = 0.5;

const joins = (line: Line, middle: number, height: number): boolean => Math.abs(line.middle - middle) < tolerance * Math.min(line.height, height);

/**
 * Words in reading order, with the number of their line from the top of the page. What stands at the same height is one line, across
 * columns and cells: a label and its value belong together whatever drew them.
 */
export function numberLines(loose: readonly LooseWord[]): Word[] {
	const lines: Line[] = [];
	const placed = loose.map((word) => ({ word, middle: (word.band[0] + word.band[1]) / 2, height: Math.max(1e-6, word.band[1] - word.band[0]) }));
	for (const { word, middle, height } of placed.toSorted((one, other) => one.middle - other.middle)) {
		// Sorted by their middles, so only lines that began shortly above can still be met.
		const near = lines.slice(-6).filter((line) => joins(line, middle, height));
		const line = near.toSorted((one, other) => Math.abs(one.middle - middle) - Math.abs(other.middle - middle))[0];
		if (!line) {
			lines.push({ middle, height, words: [word] });
			continue;
		}
		line.words.push(word);
		line.middle += (middle - line.middle) / line.words.length;
		line.height += (height - line.height) / line.words.length;
	}
	return lines
		.toSorted((one, other) => one.middle - other.middle)
		.flatMap(({ words }, index) =>
			words.toSorted((one, other) => one.box[0] - other.box[0]).map(({ text, box, confidence }) => ({ text, box, confidence, line: index + 1 })),
		);
}

/** The text of a page, one line after the other. */
export function textOfWords(words: readonly Word[]): string {
	let line = 0;
	let text = '';
	for (const word of words) {
		text += (text === '' ? '' : word.line === line ? ' ' : '\n') + word.text;
		line = word.line;
	}
	return text;
}
