import { fold } from '../../platform/text.ts';

let known: Map<string, string> | null = null;

/** French and English names of all countries, without accents or case. */
function names(): Map<string, string> {
	const found = new Map<string, string>();
	const languages = [new Intl.DisplayNames('fr', { type: 'region', fallback: 'none' }), new Intl.DisplayNames('en', { type: 'region', fallback: 'none' })];
	const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
	for (const code of letters.flatMap((first) => letters.map((second) => first + second)))
		for (const language of languages) {
			const name = language.of(code);
			if (name && !found.has(fold(name))) found.set(fold(name), code);
		}
	for (const [name, code] of [
		['usa', 'US'],
		['etats unis', 'US'],
		['uk', 'GB'],
		['grande-bretagne', 'GB'],
		['angleterre', 'GB'],
		['hollande', 'NL'],
	] as const)
		found.set(name, code);
	return found;
}

/** The two letters of a country given by code or by French or English name; null when there is none such. */
export function toCountry(words: string): string | null {
	known ??= names();
	const code = known.get(fold(words));
	if (code) return code;
	return /^[a-z]{2}$/i.test(words) ? words.toUpperCase() : null;
}
