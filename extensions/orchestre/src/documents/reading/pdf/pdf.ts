import type { Attachment, Message, Page, Refusal } from '../../types.ts';
import { limits } from '../limits.ts';
import { whitened } from '../picture/background.ts';
import { readPicture } from '../picture/recognise.ts';
import { notes, refusals } from '../refusals.ts';
import { numberLines } from '../rules/lines.ts';
import { isPlausible } from '../rules/plausible.ts';
import { attachmentsOf, hasScripts, withPage, withPdf } from './document.ts';
import { drawGrey } from './draw.ts';
import { loadPdfium, type Pdfium } from './library.ts';
import { layerOf, type Layer } from './text.ts';

export type ReadPdf = { pages: Page[]; pageCount: number; attachments: Attachment[]; notes: Message[]; refusal: Refusal | null };

const refused = (refusal: Refusal, pageCount = 0): ReadPdf => ({ pages: [], pageCount, attachments: [], notes: [], refusal });

const layerPage = (number: number, { width, height, turned, words }: Layer): Page => ({ number, width, height, turned, source: 'text', words });

/** A page by its picture; null when it has no size or nothing to read on it. */
async function recognisePage(library: Pdfium, document: number, number: number): Promise<Page | null> {
	return withPage(library, document, number - 1, async (page) => {
		const grey = drawGrey(library, page, limits.dpi);
		if (!grey) return null;
		// Large pages are drawn at a lower resolution.
		const dpi = (grey.width * 72) / library.FPDF_GetPageWidth(page);
		const { words, width, height, turned } = await readPicture(await whitened(grey), dpi);
		const points = 72 / dpi;
		return { number, width: width * points, height: height * points, turned, source: 'ocr', words: numberLines(words) };
	});
}

async function readPages(library: Pdfium, document: number, count: number, step: (page: number) => Promise<void>): Promise<{ pages: Page[]; left: number[] }> {
	const pages: Page[] = [];
	const left: number[] = [];
	let recognised = 0;
	for (let number = 1; number <= Math.min(count, limits.pagesRead); number++) {
		const layer = await withPage(library, document, number - 1, (page) => layerOf(library, page));
		if (!layer) continue;
		if (layer.isEmpty || isPlausible(layer.facts)) {
			pages.push(layerPage(number, layer));
			continue;
		}
		if (recognised >= limits.pagesRecognised) {
			left.push(number);
			continue;
		}
		recognised++;
		await step(number);
		const page = await recognisePage(library, document, number);
		pages.push(page && page.words.length > 0 ? page : layerPage(number, layer));
	}
	return { pages, left };
}

/** Reads a PDF: its XML attachments, the text layer of each page, and by its picture each page that has none. `step` is called before each picture. */
export async function readPdf(bytes: Uint8Array, step: (page: number) => Promise<void>): Promise<ReadPdf> {
	const library = await loadPdfium();
	const read = async (document: number): Promise<ReadPdf> => {
		const pageCount = library.FPDF_GetPageCount(document);
		if (pageCount <= 0) return refused(refusals.broken());
		if (pageCount > limits.pages) return refused(refusals.tooManyPages(pageCount), pageCount);
		const attached = attachmentsOf(library, document);
		const { pages, left } = await readPages(library, document, pageCount, step);
		const said = [...attached.notes];
		if (hasScripts(library, document, bytes)) said.push(notes.script());
		if (pageCount > limits.pagesRead) said.push(notes.pagesLeft(pageCount));
		if (left.length > 0) said.push(notes.pagesNotRecognised(left));
		return { pages, pageCount, attachments: attached.attachments, notes: said, refusal: pages.length === 0 ? refusals.broken() : null };
	};
	return withPdf(library, bytes, read, (why) => refused(why === 'locked' ? refusals.encryptedPdf() : refusals.broken()));
}
