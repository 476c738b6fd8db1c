import { limits } from '../limits.ts';

/** What a text layer is made of. `unmapped`: glyphs whose character the PDF does not tell. */
export type LayerFacts = { text: string; unmapped: number; covered: number };

/**
 * Whether a page's text layer says what the eye sees: enough characters, few that are no writing, and words of a plausible length.
 * `covered` is the share of the page that pictures cover: a page with a stamp of a few words over a scan is a scan.
 */
export function isPlausible({ text, unmapped, covered }: LayerFacts): boolean {
	const characters = text.replace(/\s+/g, '');
	const count = characters.length;
	if (count < limits.textLayer) return count > 0 && covered < 0.3 && isWriting(characters, unmapped);
	// A scan with a line of text on it, as fax servers and scanners print one.
	if (covered > 0.8 && count < 4 * limits.textLayer) return false;
	const words = text.split(/\s+/).filter(Boolean);
	const mean = count / words.length;
	return isWriting(characters, unmapped) && mean < 40;
}

/** Letters, digits and usual signs; not the replacement mark, private use or boxes. */
function isWriting(characters: string, unmapped: number): boolean {
	const odd = characters.match(/[\p{Co}\p{Cn}\p{Cc}\ufffd]/gu)?.length ?? 0;
	const letters = characters.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
	return (odd + unmapped) / characters.length < 0.1 && letters / characters.length > 0.5;
}
