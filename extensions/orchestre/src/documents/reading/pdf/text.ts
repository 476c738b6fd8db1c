import { limits } from '../limits.ts';
import { numberLines, textOfWords, type LooseWord } from '../rules/lines.ts';
import type { LayerFacts } from '../rules/plausible.ts';
import type { Word } from '../../types.ts';
import { charactersOf, type Character } from './characters.ts';
import { affineOf, boxOf, mapRectangle, turnEdges, type Edges } from './geometry.ts';
import { withMemory, type Pdfium } from './library.ts';

/** A page's text layer: size in points as it stands upright, and by how much it had to be turned clockwise for that. */
export type Layer = { width: number; height: number; turned: number; words: Word[]; facts: LayerFacts; isEmpty: boolean };

/** Types of page objects (fpdf_edit.h). */
const [pathType, imageType, formType] = [2, 3, 5];

/** How much of the page pictures cover (0 to 1), and how many strokes are drawn: writing may be in either. */
function drawingsOf(pdfium: Pdfium, page: number): { covered: number; paths: number; count: number } {
	const affine = affineOf(pdfium, page);
	const count = pdfium.FPDFPage_CountObjects(page);
	let covered = 0;
	let paths = 0;
	withMemory(pdfium, 16, (edges) => {
		for (let index = 0; index < Math.min(count, 2000); index++) {
			const object = pdfium.FPDFPage_GetObject(page, index);
			const type = pdfium.FPDFPageObj_GetType(object);
			if (type === pathType) paths++;
			if (type !== imageType && type !== formType) continue;
			if (!pdfium.FPDFPageObj_GetBounds(object, edges, edges + 4, edges + 8, edges + 12)) continue;
			const at = (offset: number): number => pdfium.HEAPF32[edges / 4 + offset] ?? 0;
			const box = boxOf(mapRectangle(affine, at(0), at(1), at(2), at(3)));
			if (box) covered += box[2] * box[3];
		}
	});
	return { covered: Math.min(1, covered), paths, count };
}

/** Quarter turns clockwise in which most characters run: 0 from left to right, 1 downwards … */
function mainDirection(characters: readonly Character[]): number {
	const counts = [0, 0, 0, 0];
	for (const { direction } of characters) counts[direction] = (counts[direction] ?? 0) + 1;
	return counts.indexOf(Math.max(...counts));
}

const union = (one: Edges, other: Edges): Edges => ({
	left: Math.min(one.left, other.left),
	top: Math.min(one.top, other.top),
	right: Math.max(one.right, other.right),
	bottom: Math.max(one.bottom, other.bottom),
});

/** Whether a character goes on with the word of the one before: same line, no gap. `wide` and `high` are the page's size in points. */
function goesOn(before: Character, next: Character, wide: number, high: number): boolean {
	if (next.afterGap || next.direction !== before.direction) return false;
	const size = (next.band.bottom - next.band.top) * high;
	if (before.direction !== 0) return true;
	// Between what the font gives them, not between their inks: a dot has little of it.
	const gap = (next.band.left - before.band.right) * wide;
	const shift = Math.abs(next.base - before.base) * high;
	return gap < 0.3 * size && gap > -1.5 * size && shift < 0.35 * size;
}

type Part = { text: string; ink: Edges; band: Edges; direction: number };

function partsOf(characters: readonly Character[], wide: number, high: number): Part[] {
	const parts: Part[] = [];
	let before: Character | null = null;
	for (const character of characters) {
		const part = parts.at(-1);
		if (part && before && goesOn(before, character, wide, high)) {
			part.text += character.text;
			part.ink = union(part.ink, character.ink);
			part.band = union(part.band, character.band);
		} else parts.push({ text: character.text, ink: character.ink, band: character.band, direction: character.direction });
		before = character;
	}
	return parts;
}

/** The words of a page's text layer with where they stand. Pages whose writing runs up or down are turned upright. */
export function layerOf(pdfium: Pdfium, page: number): Layer {
	const { characters: found, unmapped } = charactersOf(pdfium, page);
	const main = mainDirection(found);
	// Writing that runs downwards is level after three quarters.
	const quarters = (4 - main) % 4;
	const size = [pdfium.FPDF_GetPageWidth(page), pdfium.FPDF_GetPageHeight(page)] as const;
	const [width, height] = quarters % 2 === 0 ? size : ([size[1], size[0]] as const);
	const characters = found.map((character) => turned(character, quarters));
	const level: LooseWord[] = [];
	const slanted: Word[] = [];
	for (const { text, ink, band, direction } of partsOf(characters, width, height)) {
		const box = boxOf(ink);
		if (!box) continue;
		if (direction === 0) level.push({ text, box, confidence: 1, band: [band.top, band.bottom] });
		else slanted.push({ text, box, confidence: 1, line: 0 });
	}
	const words = numberLines(level);
	// What is written along the margin comes last, each on a line of its own.
	const last = words.at(-1)?.line ?? 0;
	words.push(...slanted.map((word, index) => ({ ...word, line: last + 1 + index })));
	const { covered, paths, count } = drawingsOf(pdfium, page);
	const text = textOfWords(words);
	// Writing that was drawn as outlines shows as many strokes and few characters.
	const isOutlined = paths > 60 && text.length < limits.textLayer;
	return { width, height, turned: quarters * 90, words, facts: { text, unmapped, covered: isOutlined ? 1 : covered }, isEmpty: count === 0 };
}

const turned = (character: Character, quarters: number): Character => {
	if (quarters === 0) return character;
	const [ink, band] = [turnEdges(character.ink, quarters), turnEdges(character.band, quarters)];
	const direction = (character.direction + quarters) % 4;
	return { ...character, ink, band, base: direction === 0 ? band.bottom : character.base, direction };
};
