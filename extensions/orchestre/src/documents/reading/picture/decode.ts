import { limits } from '../limits.ts';
import type { Grey } from '../rules/skew.ts';
import { sharp } from './sharp.ts';

export type Frames = { pages: number; pixels: number };

/** How many pages a picture file holds and how many pixels the largest has, without decoding it; throws when it cannot be. */
export async function framesOf(bytes: Uint8Array): Promise<Frames> {
	const library = await sharp();
	const { width = 0, height = 0, pages = 1, pageHeight } = await library(bytes, { limitInputPixels: false, failOn: 'none' }).metadata();
	return { pages, pixels: width * (pageHeight ?? height) };
}

/** Longest side at which a photo is read: enough for small print on a whole page, and no slower than a scan. */
const longest = 3400;
/** A picture smaller than this is enlarged: tesseract wants letters of twenty pixels or more. */
const shortest = 1300;

/** One page of a picture file in grey, upright as its EXIF says, on white where it is transparent. */
export async function greyOf(bytes: Uint8Array, page: number): Promise<Grey> {
	const library = await sharp();
	const picture = library(bytes, { page, limitInputPixels: limits.pixels, failOn: 'error' }).autoOrient().flatten({ background: '#ffffff' }).greyscale();
	const { width = 0, height = 0 } = await library(bytes, { page, limitInputPixels: limits.pixels }).metadata();
	const side = Math.max(width, height);
	const wanted = side > longest ? longest : side < shortest ? Math.min(side * 2, shortest * 1.5) : side;
	const sized = wanted === side ? picture : picture.resize(Math.round(wanted), Math.round(wanted), { fit: 'inside', kernel: 'cubic' });
	const out = await sized.extractChannel(0).raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
	return { data: out.data, width: out.info.width, height: out.info.height };
}
