import { companyKey } from '../../platform/input/name-keys.ts';
import { fold } from '../../platform/text.ts';
import { isClosed, properCase, type RegisterAnswer, type Unit } from './register.ts';
import type { Choice } from './types.ts';

/** What is known of the company that is looked for. */
export type Wanted = { name: string | null; siren: string | null; postalCode: string | null; city: string | null };

/** `sentence`: French, for people. */
export type Match =
	{ kind: 'found'; unit: Unit; how: string } | { kind: 'ambiguous'; choices: Choice[]; sentence: string } | { kind: 'none' | 'closed'; sentence: string };

/** All the names under which a unit goes; usual names stand in brackets behind the full one. */
function namesOf({ nom_complet, nom_raison_sociale, sigle }: Unit): string[] {
	const parts = (nom_complet ?? '').split(/[()]/).map((part) => part.trim());
	return [...parts, nom_complet, nom_raison_sociale, sigle].filter((name): name is string => Boolean(name));
}

function pairsOf(word: string): Map<string, number> {
	const pairs = new Map<string, number>();
	for (let index = 0; index + 1 < word.length; index++) {
		const pair = word.slice(index, index + 2);
		pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
	}
	return pairs;
}

/** Dice's coefficient over pairs of letters: 1 for the same key, 0 for nothing in common. */
export function similarity(a: string, b: string): number {
	if (a === b) return 1;
	const [left, right] = [pairsOf(a), pairsOf(b)];
	let shared = 0;
	for (const [pair, count] of left) shared += Math.min(count, right.get(pair) ?? 0);
	const total = Math.max(0, a.length - 1) + Math.max(0, b.length - 1);
	return total === 0 ? 0 : (2 * shared) / total;
}

const nameSimilarity = (wanted: string, unit: Unit): number => Math.max(0, ...namesOf(unit).map((name) => similarity(wanted, companyKey(name) ?? '')));

const townOf = (name: string): string =>
	fold(name)
		.replaceAll(/[^a-z]+/g, ' ')
		.replaceAll(/\bst\b/g, 'saint')
		.replaceAll(/\bste\b/g, 'sainte')
		.trim();

/** Whether a unit has a place there: true, false, or null when nothing is known to compare. */
function isThere({ postalCode, city }: Wanted, { siege, matching_etablissements }: Unit): boolean | null {
	if (!postalCode && !city) return null;
	return [siege, ...(matching_etablissements ?? [])].some((one) => {
		if (!one) return false;
		if (postalCode) return one.code_postal === postalCode;
		const [here, there] = [townOf(city ?? ''), townOf(one.libelle_commune ?? '')];
		return here !== '' && (there === here || there.startsWith(`${here} `));
	});
}

const choiceOf = (unit: Unit, score: number): Choice => ({
	siren: unit.siren,
	name: unit.nom_complet ?? unit.nom_raison_sociale ?? unit.siren,
	place: unit.siege?.libelle_commune ? `${unit.siege.code_postal ?? ''} ${properCase(unit.siege.libelle_commune)}`.trim() : null,
	activity: unit.activite_principale ?? null,
	similarity: Math.round(score * 100) / 100,
});

/** From here on a name is taken for the same, when the place agrees; below `worthShowing` it is not even shown. */
const sameName = 0.9;
const worthShowing = 0.5;

/**
 * Which unit of an answer is meant. A SIREN says it. A name says it only together with the place, and without a rival there; a name
 * alone only when the register knows this one name once. Anything else is a person's choice: a guess would mix two companies.
 */
export function matchUnit(wanted: Wanted, answer: RegisterAnswer): Match {
	if (wanted.siren) {
		const unit = answer.results.find(({ siren }) => siren === wanted.siren);
		if (!unit) return { kind: 'none', sentence: 'Le registre ne connaît pas ce SIREN, ou ne le diffuse pas.' };
		return isClosed(unit)
			? { kind: 'closed', sentence: `Cette entreprise est cessée${unit.date_fermeture ? ` depuis le ${unit.date_fermeture}` : ''} d’après le registre.` }
			: { kind: 'found', unit, how: 'SIREN' };
	}
	const key = companyKey(wanted.name);
	if (!key) return { kind: 'none', sentence: 'Il faut un SIREN ou un nom d’entreprise pour chercher dans le registre.' };
	const scored = answer.results
		.filter((unit) => !isClosed(unit))
		.map((unit) => ({ unit, score: nameSimilarity(key, unit), there: isThere(wanted, unit) }))
		.filter(({ score }) => score >= worthShowing)
		.toSorted((a, b) => Number(b.there) - Number(a.there) || b.score - a.score || a.unit.siren.localeCompare(b.unit.siren));
	const same = scored.filter(({ score, there }) => score >= sameName && there === true);
	const [only, rival] = same;
	if (only && !rival) return { kind: 'found', unit: only.unit, how: 'nom et lieu' };
	const exact = scored.filter(({ score }) => score === 1);
	const [single, second] = exact;
	const wholeAnswer = answer.total_results <= answer.results.length;
	if (single && !second && single.there === null && wholeAnswer) return { kind: 'found', unit: single.unit, how: 'nom, seul de ce nom' };
	if (scored.length === 0) return { kind: 'none', sentence: 'Aucune entreprise active de ce nom dans le registre.' };
	return {
		kind: 'ambiguous',
		choices: scored.slice(0, 5).map(({ unit, score }) => choiceOf(unit, score)),
		sentence: 'Plusieurs entreprises peuvent convenir, ou le lieu ne suffit pas à le dire : choisissez la bonne.',
	};
}
