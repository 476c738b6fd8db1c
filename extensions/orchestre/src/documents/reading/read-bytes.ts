import type { Page, Reading, Refusal } from '../types.ts';
import { limits } from './limits.ts';
import { readPdf } from './pdf/pdf.ts';
import { readImage } from './picture/image.ts';
import { notes, refusals } from './refusals.ts';
import { falseExtension, kindNames, kindOf, pdfStart, type Kind } from './rules/kind.ts';
import { languageOf } from './rules/language.ts';
import { textOfWords } from './rules/lines.ts';
import { layOut } from './rules/plain.ts';
import { hasEntities, textOf } from './rules/text.ts';

/** Told before each page whose picture is read: the time for one page begins anew. */
export type Step = (page: number) => Promise<void>;

const nothing: Reading = {
	format: 'unknown',
	method: 'none',
	pageCount: 0,
	pages: [],
	attachments: [],
	source: null,
	language: null,
	notes: [],
	refusal: null,
};

export const refusedReading = (refusal: Refusal, over: Partial<Reading> = {}): Reading => ({ ...nothing, ...over, refusal });

/** The words of all pages, a page after the other. */
export const textOfPages = (pages: readonly Page[]): string =>
	pages
		.map(({ words }) => textOfWords(words))
		.filter((text) => text !== '')
		.join('\n\n');

/** Why a kind of file is not read at all. */
function refusalOf(kind: Kind): Refusal | null {
	if (kind === 'heic') return refusals.heic();
	if (kind === 'locked_zip' || kind === 'locked_office') return refusals.encrypted(kindNames[kind]);
	if (kind === 'zip' || kind === 'rar' || kind === 'seven_zip' || kind === 'gzip') return refusals.archive(kindNames[kind]);
	if (kind === 'unknown' || kind === 'program') return refusals.unknown();
	if (['gif', 'bmp', 'svg', 'html', 'rtf', 'office', 'open_document', 'old_office'].includes(kind)) return refusals.unsupported(kindNames[kind]);
	return null;
}

const misnamed = (extension: string, kind: Kind): Refusal =>
	kind === 'unknown' ? refusals.damagedOrMisnamed(extension) : refusals.wrongExtension(extension, kindNames[kind]);

/** Whether the pages say anything: letters or digits that were read with some certainty. */
function isBlank(pages: readonly Page[]): boolean {
	const words = pages.flatMap((page) => page.words.filter(({ confidence }) => page.source === 'text' || confidence >= 0.5));
	const characters = words.reduce((sum, { text }) => sum + (text.match(/[\p{L}\p{N}]/gu)?.length ?? 0), 0);
	return characters < (pages.every(({ source }) => source === 'text') ? 1 : 6);
}

function withLanguage(reading: Reading): Reading {
	const text = reading.pages.length > 0 ? textOfPages(reading.pages) : (reading.source ?? '');
	return { ...reading, language: languageOf(text) };
}

async function readDrawn(bytes: Uint8Array, kind: Kind, step: Step): Promise<Reading> {
	const isPdf = kind === 'pdf';
	const read = isPdf ? await readPdf(bytes.subarray(pdfStart(bytes)), step) : { attachments: [], ...(await readImage(bytes, step)) };
	const reading: Reading = { ...nothing, ...read, format: isPdf ? 'pdf' : 'image' };
	if (reading.refusal) return reading;
	const blank = reading.pages.filter((page) => isBlank([page])).map(({ number }) => number);
	// A PDF with an e-invoice in it says something, whatever its pages show.
	if (blank.length === reading.pages.length && reading.attachments.length === 0) return { ...reading, pages: [], refusal: refusals.unreadable() };
	if (blank.length > 0) reading.notes = [...reading.notes, notes.blankPages(blank)];
	return { ...reading, method: reading.pages.some(({ source }) => source === 'ocr') ? 'ocr' : 'text' };
}

function readWritten(text: string, kind: Kind): Reading {
	if (text.trim() === '') return refusedReading(refusals.empty());
	if (kind === 'xml') {
		if (hasEntities(text)) return refusedReading(refusals.xmlEntities(), { format: 'xml' });
		if (text.length > limits.xmlBytes) return refusedReading(refusals.tooBig(text.length), { format: 'xml' });
		return { ...nothing, format: 'xml', method: 'xml', source: text };
	}
	const isCard = kind === 'vcard';
	const pages = isCard ? [] : layOut(text);
	return { ...nothing, format: isCard ? 'vcard' : 'text', method: 'text', source: text, pages, pageCount: pages.length };
}

/**
 * Reads a file by its bytes; `name` only tells whether it claims to be something else. It throws nothing for a bad file. Meant for a
 * process of its own: what it calls may take all memory there is, and never come back.
 */
export async function readBytes(bytes: Uint8Array, name: string, step: Step): Promise<Reading> {
	if (bytes.length === 0) return refusedReading(refusals.empty());
	if (bytes.length > limits.bytes) return refusedReading(refusals.tooBig(bytes.length));
	const text = textOf(bytes);
	const kind = kindOf(bytes, text);
	const claimed = falseExtension(name, kind);
	const refusal = refusalOf(kind);
	if (refusal) return refusedReading(claimed && refusal.code === 'unsupported' ? misnamed(claimed, kind) : refusal);
	const isWritten = kind === 'xml' || kind === 'vcard' || kind === 'text';
	const reading = isWritten ? readWritten(text ?? '', kind) : await readDrawn(bytes, kind, step);
	if (claimed) reading.notes = [notes.otherExtension(claimed, kindNames[kind]), ...reading.notes];
	return withLanguage(reading);
}
