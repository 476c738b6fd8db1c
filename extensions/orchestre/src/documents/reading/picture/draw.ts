import type { Refusal } from '../../types.ts';
import { drawColour } from '../pdf/draw.ts';
import { withPage, withPdf } from '../pdf/document.ts';
import { loadPdfium } from '../pdf/library.ts';
import { limits } from '../limits.ts';
import { refusals } from '../refusals.ts';
import { kindOf, pdfStart } from '../rules/kind.ts';
import { sharp } from './sharp.ts';

/** A page as people look at it, as WebP. */
export type Drawing = { picture: Uint8Array; width: number; height: number; type: 'image/webp' };
export type Draw = { page: number; turned: number; width: number };

type Source = { data: Uint8Array; raw?: { width: number; height: number; channels: 4 }; page?: number };

/** Whether the page lies on its side before it is turned: its width is then what will be its height. */
const isSideways = ({ turned }: Draw): boolean => Math.round(turned / 90) % 2 === 1;

async function sourceOf(bytes: Uint8Array, draw: Draw): Promise<Source | Refusal> {
	if (kindOf(bytes, null) !== 'pdf') return { data: bytes, page: draw.page - 1 };
	const library = await loadPdfium();
	const across = isSideways(draw) ? library.FPDF_GetPageHeight : library.FPDF_GetPageWidth;
	return withPdf<Source | Refusal>(
		library,
		bytes.subarray(pdfStart(bytes)),
		async (document) => {
			const drawn = await withPage(library, document, draw.page - 1, (page) => drawColour(library, page, (draw.width * 72) / across(page)));
			return drawn ? { data: drawn.data, raw: { width: drawn.width, height: drawn.height, channels: 4 } } : refusals.broken();
		},
		(why) => (why === 'locked' ? refusals.encryptedPdf() : refusals.broken()),
	);
}

/** Draws a page (from 1) about `width` pixels wide and turns it as it was when it was read, so that the boxes of its words fit. */
export async function drawPage(bytes: Uint8Array, draw: Draw): Promise<Drawing | Refusal> {
	const source = await sourceOf(bytes, draw);
	if ('code' in source) return source;
	const library = await sharp();
	const limitInputPixels = limits.pixels;
	try {
		const picture = source.raw ? library(source.data, { raw: source.raw }) : library(source.data, { page: source.page ?? 0, limitInputPixels }).autoOrient();
		const sized = source.raw ? picture : picture.resize({ [isSideways(draw) ? 'height' : 'width']: draw.width, withoutEnlargement: true });
		const flat = await sized.flatten({ background: '#ffffff' }).removeAlpha().toColourspace('srgb').raw().toBuffer({ resolveWithObject: true });
		const { width, height, channels } = flat.info;
		const upright = library(flat.data, { raw: { width, height, channels } }).rotate(draw.turned, { background: '#ffffff' });
		const out = await upright.webp({ quality: 80, effort: 2 }).toBuffer({ resolveWithObject: true });
		return { picture: out.data, width: out.info.width, height: out.info.height, type: 'image/webp' };
	} catch {
		return refusals.broken();
	}
}
