import { limits } from '../limits.ts';
import { notes } from '../refusals.ts';
import { hasEntities, textOf } from '../rules/text.ts';
import type { Attachment, Message } from '../../types.ts';
import { withMemory, type Pdfium } from './library.ts';

/** Why PDFium did not open a file (fpdfview.h, FPDF_ERR_*). */
const passwordError = 4;

/** Opens a PDF for as long as `work` runs; `locked` and `broken` are what it gets instead of a document. */
export async function withPdf<T>(
	pdfium: Pdfium,
	bytes: Uint8Array,
	work: (document: number) => Promise<T>,
	failed: (why: 'locked' | 'broken') => T,
): Promise<T> {
	const pointer = pdfium.malloc(bytes.length);
	if (pointer === 0) throw new RangeError('out of memory');
	pdfium.HEAPU8.set(bytes, pointer);
	const document = pdfium.FPDF_LoadMemDocument(pointer, bytes.length, 0);
	try {
		if (document === 0) return failed(pdfium.FPDF_GetLastError() === passwordError ? 'locked' : 'broken');
		return await work(document);
	} finally {
		if (document !== 0) pdfium.FPDF_CloseDocument(document);
		pdfium.free(pointer);
	}
}

/** Runs `work` on a page (from 0); null when the file lacks or breaks it. */
export async function withPage<T>(pdfium: Pdfium, document: number, index: number, work: (page: number) => Promise<T> | T): Promise<T | null> {
	let page = pdfium.FPDF_LoadPage(document, index);
	if (page === 0) return null;
	try {
		// What is filled into forms and noted on top becomes part of the page, so that it is read and drawn like the rest. 1 is success.
		if (pdfium.FPDFPage_GetAnnotCount(page) > 0 && pdfium.FPDFPage_Flatten(page, 0) === 1) {
			pdfium.FPDF_ClosePage(page);
			page = pdfium.FPDF_LoadPage(document, index);
		}
		return page === 0 ? null : await work(page);
	} finally {
		if (page !== 0) pdfium.FPDF_ClosePage(page);
	}
}

/** Whether it brings scripts: in the document's list, or named anywhere (an action on a page or a button). */
export const hasScripts = (pdfium: Pdfium, document: number, bytes: Uint8Array): boolean =>
	pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0 || Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes('/JavaScript');

function nameOf(pdfium: Pdfium, attachment: number): string {
	const size = Math.min(2048, pdfium.FPDFAttachment_GetName(attachment, 0, 0));
	if (size <= 2) return '';
	return withMemory(pdfium, size, (buffer) => {
		pdfium.FPDFAttachment_GetName(attachment, buffer, size);
		return Buffer.from(pdfium.HEAPU8.subarray(buffer, buffer + size - 2)).toString('utf16le');
	});
}

function bytesOf(pdfium: Pdfium, attachment: number): Uint8Array | null {
	return withMemory(pdfium, 8, (size) => {
		if (!pdfium.FPDFAttachment_GetFile(attachment, 0, 0, size)) return null;
		const length = pdfium.HEAPU32[size / 4] ?? 0;
		if (length === 0 || length > limits.xmlBytes) return null;
		return withMemory(pdfium, length, (buffer) => {
			if (!pdfium.FPDFAttachment_GetFile(attachment, buffer, length, size)) return null;
			return pdfium.HEAPU8.slice(buffer, buffer + length);
		});
	});
}

/** The XML files in a PDF, up to 5 MB each and without entities of their own; everything else is only named. */
export function attachmentsOf(pdfium: Pdfium, document: number): { attachments: Attachment[]; notes: Message[] } {
	const attachments: Attachment[] = [];
	const passed: Message[] = [];
	const count = Math.min(limits.attachments, pdfium.FPDFDoc_GetAttachmentCount(document));
	for (let index = 0; index < count; index++) {
		const attachment = pdfium.FPDFDoc_GetAttachment(document, index);
		if (attachment === 0) continue;
		const name = nameOf(pdfium, attachment) || `${index + 1}`;
		const bytes = /\.xml$/i.test(name) ? bytesOf(pdfium, attachment) : null;
		const text = bytes ? textOf(bytes) : null;
		if (text === null) passed.push(notes.attachment(name.slice(0, 80)));
		else if (hasEntities(text)) passed.push(notes.attachmentEntities(name.slice(0, 80)));
		else attachments.push({ name, text });
	}
	return { attachments, notes: passed };
}
