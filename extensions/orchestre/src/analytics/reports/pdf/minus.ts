import { fonts } from './page.ts';

type Font = { encode: (text: string, features?: unknown) => unknown; widthOfString: (text: string, size: number, features?: unknown) => number };
/** A pdfkit document, as far as this looks into it: its font in use, one object a font for the whole document, under a name that is not typed. */
type Paper = { font: (name: string) => unknown } & Record<string, unknown>;
const inUse = '_font';

/**
 * Windows's letters have no true minus, and the dash that is drawn for it may end a line, so that « –20 % » would be torn apart. Lines are broken by
 * the text, the dash is drawn afterwards: the fonts read a minus as a dash, and the text keeps its minus, which stays with its number.
 */
export function drawMinus(paper: Paper): void {
	const drawn = (text: string): string => text.replaceAll('−', '\u2013');
	for (const name of Object.values(fonts)) {
		paper.font(name);
		const font = paper[inUse] as Font | undefined;
		if (!font) continue;
		const [encode, widthOfString] = [font.encode.bind(font), font.widthOfString.bind(font)];
		font.encode = (text, features) => encode(drawn(text), features);
		font.widthOfString = (text, size, features) => widthOfString(drawn(text), size, features);
	}
}
