import type { Message, Page, Refusal } from '../../types.ts';
import { limits } from '../limits.ts';
import { notes, refusals } from '../refusals.ts';
import { numberLines } from '../rules/lines.ts';
import { whitened } from './background.ts';
import { framesOf, greyOf } from './decode.ts';
import { readPicture } from './recognise.ts';

export type ReadImage = { pages: Page[]; pageCount: number; notes: Message[]; refusal: Refusal | null };

const refused = (refusal: Refusal, pageCount = 0): ReadImage => ({ pages: [], pageCount, notes: [], refusal });

/** The size a picture is taken to have on paper, in points: its longer side that of an A4 page. */
const longerSide = 842;

/** Reads a picture file, page by page (TIFF has several). `step` is called before each page. */
export async function readImage(bytes: Uint8Array, step: (page: number) => Promise<void>): Promise<ReadImage> {
	const frames = await framesOf(bytes).catch(() => null);
	if (!frames || frames.pixels === 0) return refused(refusals.broken());
	if (frames.pixels > limits.pixels) return refused(refusals.tooManyPixels(frames.pixels), frames.pages);
	const pages: Page[] = [];
	const count = Math.min(frames.pages, limits.pagesRecognised);
	for (let index = 0; index < count; index++) {
		await step(index + 1);
		const grey = await greyOf(bytes, index).catch(() => null);
		if (!grey) {
			if (index === 0) return refused(refusals.broken(), frames.pages);
			continue;
		}
		const paper = Math.max(grey.width, grey.height) / longerSide;
		const { words, width, height, turned } = await readPicture(await whitened(grey), 72 * paper);
		pages.push({ number: index + 1, width: width / paper, height: height / paper, turned, source: 'ocr', words: numberLines(words) });
	}
	return { pages, pageCount: frames.pages, notes: frames.pages > count ? [notes.framesLeft(frames.pages)] : [], refusal: null };
}
