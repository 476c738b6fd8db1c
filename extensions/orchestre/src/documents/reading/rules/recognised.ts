import type { LooseWord } from './lines.ts';

/** What tesseract's table says of one page: words, and how sure it is of their characters on the whole (0 to 1). */
export type Recognised = {
	words: LooseWord[];
	confidence: number;
	characters: number;
	/** Whether most words stand upended: tesseract reads lines that run from top to bottom as well, but a page whose words all do lies on its side. */
	isUpended: boolean;
};

/** Of the columns of a TSV row (tesseract, `GetTSVText`). */
const [levelColumn, boxColumn, textColumn] = [0, 6, 11];
const [lineLevel, wordLevel] = [4, 5];

const hasWriting = (text: string): boolean => /[\p{L}\p{N}€$£%]/u.test(text);

type Found = { word: LooseWord; line: readonly [top: number, bottom: number] };

/** The words of a TSV table. Signs without a letter or digit that it doubts are dropped: they are rules of tables, dirt and stamps. */
export function readTable(tsv: string, width: number, height: number): Recognised {
	const found: Found[] = [];
	let line: Found['line'] = [0, 0];
	let sure = 0;
	let characters = 0;
	// Letters of longer words by what their boxes look like: high ones less wide ones.
	let upended = 0;
	const round = (value: number): number => Math.round(value * 1e5) / 1e5;
	for (const row of tsv.split('\n')) {
		const cells = row.split('\t');
		const level = Number(cells[levelColumn]);
		if (level !== lineLevel && level !== wordLevel) continue;
		const [left = 0, top = 0, wide = 0, high = 0, score = 0] = cells.slice(boxColumn, textColumn).map(Number);
		if (level === lineLevel) {
			line = [top / height, (top + high) / height];
			continue;
		}
		const text = (cells[textColumn] ?? '').trim();
		const confidence = Math.min(1, Math.max(0, score / 100));
		if (text === '' || (!hasWriting(text) && confidence < 0.6)) continue;
		const box = [round(left / width), round(top / height), round(wide / width), round(high / height)] as const;
		found.push({ word: { text, box, confidence: Math.round(confidence * 1000) / 1000, band: [box[1], box[1] + box[3]] }, line });
		sure += confidence * text.length;
		characters += text.length;
		if (text.length > 3) upended += text.length * Math.sign(high - wide);
	}
	return { words: inBands(found), confidence: characters === 0 ? 0 : sure / characters, characters, isUpended: upended > 0 };
}

/** A dash or a dot has no height of its own: it gets that of its line, where the line is as high as writing is. */
function inBands(found: readonly Found[]): LooseWord[] {
	const heights = found.filter(({ word }) => hasWriting(word.text)).map(({ word }) => word.box[3]);
	const usual = heights.toSorted((one, other) => one - other)[Math.floor(heights.length / 2)] ?? 0;
	return found.map(({ word, line }) => (hasWriting(word.text) || line[1] - line[0] > 2 * usual ? word : { ...word, band: line }));
}
