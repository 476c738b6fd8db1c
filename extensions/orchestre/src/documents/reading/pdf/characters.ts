import { limits } from '../limits.ts';
import { affineOf, mapPoint, mapRectangle, type Affine, type Edges } from './geometry.ts';
import { withMemory, type Pdfium } from './library.ts';

/** A character as shown: shares of the page. `direction` in quarter turns clockwise from level; `base` is the height it stands on. */
export type Character = { text: string; ink: Edges; band: Edges; base: number; direction: number; afterGap: boolean };

const ligatures: Record<string, string> = { ﬀ: 'ff', ﬁ: 'fi', ﬂ: 'fl', ﬃ: 'ffi', ﬄ: 'ffl', ﬅ: 'st', ﬆ: 'st' };

/** The sign for a code; null for blanks, '' for what is not to be read. PDFium gives 2 for the hyphen of a broken word. */
function signOf(code: number): string | null {
	if (code === 2 || code === 0xad || code === 0xfffe) return '-';
	if (code < 32 || code === 0x7f) return code === 0 ? '' : null;
	// Half of a pictograph: PDFium does not give the other half.
	if (code >= 0xd800 && code <= 0xdfff) return '';
	const sign = String.fromCodePoint(code);
	if (/[\s\u200b\ufeff]/u.test(sign)) return null;
	return ligatures[sign] ?? sign;
}

/** Quarter turns clockwise of writing at this angle (radians, counterclockwise in the page's own coordinates) as shown. */
function directionOf(angle: number, { a, b, c, d }: Affine): number {
	const [x, y] = [Math.cos(angle), Math.sin(angle)];
	const [right, down] = [a * x + c * y, b * x + d * y];
	if (Math.abs(right) >= Math.abs(down)) return right >= 0 ? 0 : 2;
	return down > 0 ? 1 : 3;
}

type Scratch = { at: (pointer: number) => number; pointer: number };

function boxes(pdfium: Pdfium, text: number, index: number, affine: Affine, { at, pointer }: Scratch): { ink: Edges; band: Edges } | null {
	if (!pdfium.FPDFText_GetCharBox(text, index, pointer, pointer + 8, pointer + 16, pointer + 24)) return null;
	const [left, right, bottom, top] = [at(0), at(8), at(16), at(24)];
	const ink = mapRectangle(affine, left, bottom, right, top);
	if (!pdfium.FPDFText_GetLooseCharBox(text, index, pointer)) return { ink, band: ink };
	const float = (offset: number): number => pdfium.HEAPF32[pointer / 4 + offset] ?? 0;
	// FS_RECTF: left, top, right, bottom.
	const band = mapRectangle(affine, float(0), float(3), float(2), float(1));
	// Some fonts claim no height, or several lines of it; a dot or a dash has little ink of its own.
	const [claimed, own, advance] = [Math.abs(float(1) - float(3)), top - bottom, Math.abs(float(2) - float(0))];
	return { ink, band: claimed < own * 0.8 || claimed > 6 * Math.max(own, advance) ? ink : band };
}

/** The characters of a page in the order of its content, blanks left out; `unmapped` are those whose sign the PDF does not tell. */
export function charactersOf(pdfium: Pdfium, page: number): { characters: Character[]; unmapped: number } {
	const text = pdfium.FPDFText_LoadPage(page);
	if (text === 0) return { characters: [], unmapped: 0 };
	const affine = affineOf(pdfium, page);
	const characters: Character[] = [];
	let unmapped = 0;
	try {
		withMemory(pdfium, 32, (pointer) => {
			const scratch: Scratch = { at: (offset) => pdfium.HEAPF64[(pointer + offset) / 8] ?? 0, pointer };
			const count = Math.min(pdfium.FPDFText_CountChars(text), limits.charactersPerPage);
			let afterGap = true;
			for (let index = 0; index < count; index++) {
				const sign = signOf(pdfium.FPDFText_GetUnicode(text, index));
				if (sign === null) {
					afterGap = true;
					continue;
				}
				if (sign === '' || sign === '\ufffd' || pdfium.FPDFText_HasUnicodeMapError(text, index) === 1) unmapped++;
				const found = sign === '' ? null : boxes(pdfium, text, index, affine, scratch);
				if (!found) continue;
				const direction = directionOf(pdfium.FPDFText_GetCharAngle(text, index), affine);
				pdfium.FPDFText_GetCharOrigin(text, index, pointer, pointer + 8);
				const [, base] = mapPoint(affine, scratch.at(0), scratch.at(8));
				characters.push({ text: sign, ...found, base, direction, afterGap });
				afterGap = false;
			}
		});
	} finally {
		pdfium.FPDFText_ClosePage(text);
	}
	return { characters, unmapped };
}
