/** Pure text similarity. No library: the kept ones bring a dozen measures for the thirty lines that are needed. */

function matchesOf(a: string, b: string): { matches: number; transposed: number } {
	const reach = Math.max(0, Math.floor(Math.max(a.length, b.length) / 2) - 1);
	const taken = new Uint8Array(b.length);
	const inA: number[] = [];
	for (let i = 0; i < a.length; i++) {
		for (let j = Math.max(0, i - reach); j <= Math.min(b.length - 1, i + reach); j++) {
			if (taken[j] || a.charCodeAt(i) !== b.charCodeAt(j)) continue;
			taken[j] = 1;
			inA.push(a.charCodeAt(i));
			break;
		}
	}
	let transposed = 0;
	for (let j = 0, at = 0; j < b.length; j++) if (taken[j]) transposed += inA[at++] === b.charCodeAt(j) ? 0 : 1;
	return { matches: inA.length, transposed: transposed / 2 };
}

function jaro(a: string, b: string): number {
	const { matches, transposed } = matchesOf(a, b);
	return matches === 0 ? 0 : (matches / a.length + matches / b.length + (matches - transposed) / matches) / 3;
}

/**
 * Jaro-Winkler (Winkler 1990): 1 for equal texts, 0 for nothing in common; a common beginning of up to four letters counts more.
 * The better of both directions, because the plain measure depends on the order in rare cases and ours must not.
 */
export function jaroWinkler(a: string, b: string): number {
	if (a === b) return 1;
	const base = Math.max(jaro(a, b), jaro(b, a));
	let prefix = 0;
	while (prefix < 4 && prefix < a.length && a[prefix] === b[prefix]) prefix++;
	return base + prefix * 0.1 * (1 - base);
}

const digitsOf = (text: string): string => (text.match(/\d+/g) ?? []).join(' ');

/** A slip of the pen: alike, and the same numbers (`Agence 1` and `Agence 2` are two). */
export const isNear = (a: string, b: string, from = 0.92): boolean =>
	Math.min(a.length, b.length) >= 3 && digitsOf(a) === digitsOf(b) && jaroWinkler(a, b) >= from;

export const sorted = (name: string): string => name.split(' ').toSorted().join(' ');

/** Whether all words of one name are in the other, which has more of them. */
export function isPartOf(a: string, b: string): boolean {
	const [short = [], long = []] = [a.split(' '), b.split(' ')].toSorted((one, other) => one.length - other.length);
	return short.length < long.length && short.every((word) => long.includes(word));
}

/** What a word sounds like, roughly: first letter and consonants, doubles once. `Duppond` and `Dupont` share it. */
export const skeleton = (name: string): string =>
	name
		.replaceAll(/[^a-z0-9]/g, '')
		.replaceAll('ph', 'f')
		.replaceAll(/[dt]$/g, 't')
		.replaceAll(/(?<!^)[aeiouyhw]/g, '')
		.replaceAll(/(.)\1+/g, '$1');
