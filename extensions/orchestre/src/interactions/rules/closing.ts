import { fold } from '../../platform/text.ts';

/** Polite words that end a letter; folded. */
const formula =
	/^((bien |tres )?(cordialement|cdlt|amicalement|sincerement)( (votre|a vous|a toi))?|bien a (vous|toi)|(avec )?((nos|mes) )?((sinceres|meilleures|respectueuses|cordiales) )?salutations( (distinguees|cordiales|respectueuses))?|((best|kind|warm) )?regards)(?![a-z'])/;
const wholeSentence = /^(veuillez|(je|nous) vous (prie|prions) d')\s?agreer\b(?!.*\bexcuses?\b)/;
/** What a programme puts there. */
const mark = /^(-- ?|envoye (de|depuis|a partir de) (mon|ma) \S+( \S+){0,3}|sent from my \S+( \S+){0,3}|(obtenez|telecharge[rz]) outlook\b.{0,40})$/;
const postscript = /^p\.? ?-?s\.?( ?:|,| )/;

const isName = (word: string): boolean => /^[\p{Lu}&|/–-]/u.test(word) || /^(de|du|des|la|le)$/.test(word);

/** Whether a piece of text is a closing formula and at most a name. */
function closes(text: string): boolean {
	const folded = fold(text.trim());
	if (mark.test(folded) || mark.test(folded.replace(/\.$/, '')) || wholeSentence.test(folded)) return true;
	const found = formula.exec(folded)?.[0];
	if (!found) return false;
	const rest = text.trim().split(/\s+/).slice(found.split(' ').length);
	const names = rest.filter((word) => !/^[,.!]+$/.test(word));
	return names.length <= 5 && names.every(isName);
}

/** « … nous partons. Cordialement, Paul »: the formula at the end of the last line. */
function withoutLastWords(line: string): string {
	const found = /^(.*[.!?…,;])\s+(\S.{3,60})$/.exec(line);
	if (!found?.[1]) return line;
	// « … partons. Bien cordialement, Paul Roux »: the comma may be the formula's own.
	const sooner = /^(.*[.!?…,;])\s+(\S.{3,60}?)$/.exec(found[1]);
	if (sooner?.[1] && closes(line.slice(sooner[1].length))) return sooner[1];
	return closes(found[2] ?? '') ? found[1] : line;
}

/**
 * The lines without the signature: from a closing formula on that stands as a line of its own, or at the end of the last one. Something must
 * come before it; a postscript stays.
 */
export function withoutSignature(lines: readonly string[]): string[] {
	const at = lines.findIndex((line, index) => index > 0 && line.length < 120 && closes(line));
	const kept = at < 0 ? [...lines] : lines.slice(0, at);
	const last = kept.findLastIndex((line) => line.trim() !== '');
	if (last >= 0) kept[last] = withoutLastWords(kept[last] ?? '');
	const after = at < 0 ? -1 : lines.findIndex((line, index) => index > at && postscript.test(fold(line.trim())));
	return after < 0 ? kept : [...kept, ...lines.slice(after)];
}
