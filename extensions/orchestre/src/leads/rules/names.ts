import { collapse, fold, shorten } from './text.ts';

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

type Named = { first_name?: string | null; last_name?: string | null; company_name?: string | null; email?: string | null; phone?: string | null };

/** The person's own name, null when neither part is known. */
export const personName = (lead: Named): string | null => collapse([lead.first_name, lead.last_name].filter(Boolean).join(' ')) || null;

/** What a lead is called in lists: `Marie Dupont · Acme`, else its e-mail, its phone, or `Lead sans nom`. At most 255 characters. */
export function displayName(lead: Named): string {
	const names = [personName(lead), lead.company_name?.trim()].filter(Boolean);
	return shorten(names.join(' · ') || lead.email || lead.phone || 'Lead sans nom', 255);
}
