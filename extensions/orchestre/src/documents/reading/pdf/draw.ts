import { limits } from '../limits.ts';
import type { Grey } from '../rules/skew.ts';
import type { Pdfium } from './library.ts';

/** Bitmap formats and flags of fpdfview.h. */
const [greyFormat, bgrxFormat] = [1, 3];
const [withNotes, inGrey] = [0x01, 0x08];

/** Pixels of a page at a resolution, less where it would be more than a picture may have. */
function sizeAt(pdfium: Pdfium, page: number, dpi: number): { width: number; height: number } {
	const [wide, high] = [pdfium.FPDF_GetPageWidth(page), pdfium.FPDF_GetPageHeight(page)];
	if (!(wide > 0 && high > 0 && Number.isFinite(wide * high))) return { width: 0, height: 0 };
	const wanted = dpi / 72;
	const scale = Math.min(wanted, Math.sqrt(limits.pixels / (wide * high)));
	return { width: Math.max(1, Math.floor(wide * scale)), height: Math.max(1, Math.floor(high * scale)) };
}

function draw(pdfium: Pdfium, page: number, dpi: number, format: number, channels: number): Grey | null {
	const { width, height } = sizeAt(pdfium, page, dpi);
	if (width === 0) return null;
	const stride = (width * channels + 3) & ~3;
	const buffer = pdfium.malloc(stride * height);
	if (buffer === 0) throw new RangeError('out of memory');
	const bitmap = pdfium.FPDFBitmap_CreateEx(width, height, format, buffer, stride);
	try {
		if (bitmap === 0) return null;
		pdfium.FPDFBitmap_FillRect(bitmap, 0, 0, width, height, 0xffffffff);
		pdfium.FPDF_RenderPageBitmap(bitmap, page, 0, 0, width, height, 0, format === greyFormat ? withNotes | inGrey : withNotes);
		const data = new Uint8Array(width * height * channels);
		for (let row = 0; row < height; row++)
			data.set(pdfium.HEAPU8.subarray(buffer + row * stride, buffer + row * stride + width * channels), row * width * channels);
		return { data, width, height };
	} finally {
		if (bitmap !== 0) pdfium.FPDFBitmap_Destroy(bitmap);
		pdfium.free(buffer);
	}
}

/** A page in grey; null when it has no size. */
export const drawGrey = (pdfium: Pdfium, page: number, dpi: number): Grey | null => draw(pdfium, page, dpi, greyFormat, 1);

/** A page in colour, red, green, blue and nothing for each pixel; null when it has no size. */
export function drawColour(pdfium: Pdfium, page: number, dpi: number): Grey | null {
	const picture = draw(pdfium, page, dpi, bgrxFormat, 4);
	if (!picture) return null;
	const { data } = picture;
	for (let index = 0; index < data.length; index += 4) {
		const blue = data[index] ?? 0;
		data[index] = data[index + 2] ?? 0;
		data[index + 2] = blue;
		data[index + 3] = 255;
	}
	return picture;
}
