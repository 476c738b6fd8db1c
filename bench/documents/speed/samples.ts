import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { withPage, withPdf } from '../../../extensions/orchestre/src/documents/reading/pdf/document.ts';
import { drawGrey } from '../../../extensions/orchestre/src/documents/reading/pdf/draw.ts';
import { loadPdfium } from '../../../extensions/orchestre/src/documents/reading/pdf/library.ts';
import type { Grey } from '../../../extensions/orchestre/src/documents/reading/rules/skew.ts';
import { root } from '../../../scripts/support/environment.mjs';

export const dpi = 200;

/** The public e-invoices; throws with where they are looked for. */
export function eInvoices(): string {
	const folder = join(resolve(root, process.env.SHARED_DIR ?? '../shared'), 'data', 'e-invoices');
	if (!existsSync(folder)) throw new Error(`The public e-invoices are not at ${folder} (SHARED_DIR names the folder that has data/ in it).`);
	return folder;
}

/** Files of one ending among them, always in the same order. */
export const filesOf = (ending: RegExp): string[] =>
	readdirSync(eInvoices(), { recursive: true, encoding: 'utf8' })
		.filter((file) => ending.test(file) && !file.includes('en16931'))
		.sort()
		.map((file) => join(eInvoices(), file));

/** Eight invoices of different writers, French ones among them. */
export const samples = (): string[] => {
	const files = filesOf(/correct.*\.pdf$/i);
	const french = files.filter((file) => file.includes('FNFE')).slice(0, 3);
	const others = files.filter((file) => !french.includes(file));
	const step = Math.max(1, Math.floor(others.length / 5));
	return [...french, ...others.filter((_, index) => index % step === 0).slice(0, 5)];
};

/** The first page of a PDF in grey as it is drawn to be recognised. */
export async function firstPage(file: string): Promise<Grey> {
	const pdfium = await loadPdfium();
	const drawn = await withPdf(
		pdfium,
		readFileSync(file),
		(document) => withPage(pdfium, document, 0, (page) => drawGrey(pdfium, page, dpi)),
		() => null,
	);
	if (!drawn) throw new Error(`${file} cannot be drawn`);
	return drawn;
}
