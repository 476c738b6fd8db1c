import { fold, shorten } from '../text.ts';

/** Legal forms that are never a company's own name, wherever they stand. */
const forms = new Set(
	'sarl sas sasu sa eurl eirl sci scp selarl selas selasu scop scic snc sca scs gie gmbh ltd limited llc llp plc inc bv nv srl sprl bvba'.split(' '),
);
/** Legal forms that are words or initials elsewhere: left out only at the end. */
const endings = new Set('ag kg ug ei co corp company sl spa oy ab as aps pty se'.split(' '));

/**
 * A company's name reduced to what tells it apart: no accents, case, punctuation or legal form. Two rows with the same
 * key are probably one company. Null when there is no letter or digit; a name made only of legal forms stays whole.
 */
export function companyKey(name: string | null | undefined): string | null {
	if (!name) return null;
	const spelt = fold(name.normalize('NFKC'))
		.replaceAll(/\b(?:[a-z]\.){2,}(?:[a-z]\b)?/g, (initials) => `${initials.replaceAll('.', '')} `)
		.replaceAll('&', ' et ')
		.replaceAll('+', ' plus ');
	const words = spelt.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
	let kept = words.filter((word) => !forms.has(word));
	while (kept.length > 1 && endings.has(kept.at(-1) ?? '')) kept = kept.slice(0, -1);
	const key = (kept.length > 0 ? kept : words).join(' ');
	return key ? shorten(key, 255) : null;
}

/** A person's name for comparisons: `Jean-François LE GALL` and `Jean Francois Le Gall` are one. Null without letters. */
export function nameKey(...parts: (string | null | undefined)[]): string | null {
	const key = fold(parts.filter(Boolean).join(' '))
		.split(/[^\p{L}\p{N}]+/u)
		.filter(Boolean)
		.join(' ');
	return key || null;
}
