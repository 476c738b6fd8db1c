import { fold } from '../../platform/text.ts';
import { concessions, entryOf, expressionAt, negators, stronger, turns, weaker, type Entry } from './lexicon.ts';

/** As the fields of interactions, tickets and survey answers have it. */
export type Tone = 'positive' | 'neutral' | 'negative';

/** `score`: from −1 to 1, for ordering; `words`: what decided, at most eight. */
export type Sentiment = { sentiment: Tone; score: number; words: string[] };

type Hit = { word: string; weight: number };

/** Words that a negation reaches. */
const reach = 5;
const joins = new Set(['et', 'car', 'donc', 'and']);
const secondHalves = new Set(['pas', 'plus', 'jamais', 'guere', 'aucun', 'aucune', 'rien', 'nullement']);

/** Whether the words `from` to `to` (without it) are denied by those around them, which count from `earliest` on. */
function isNegated(words: readonly string[], from: number, to: number, earliest: number): boolean {
	let isOpen = false;
	const begin = Math.max(earliest, from - reach);
	// What is joined on is a statement of its own: « pas été livré et personne … ».
	const join = words.slice(begin, from).findLastIndex((word) => joins.has(word));
	for (let index = begin + join + 1; index < from; index++) {
		const word = words[index] ?? '';
		const next = words[index + 1] ?? '';
		if (word === 'ne' || word === 'n') isOpen = true;
		// « ne … que » restricts, « pas seulement » adds.
		else if (word === 'que' && isOpen) return false;
		else if (word === 'plus' && (isOpen || next.startsWith('aucun') || next === 'de' || next === 'd')) return true;
		else if (negators.has(word) && next !== 'seulement' && next !== 'uniquement' && next !== 'only') return true;
	}
	// « ne marche pas », « ne tient jamais ses délais »: it stands between the two halves.
	return isOpen && words.slice(to, to + 3).some((word) => secondHalves.has(word));
}

function factorOf(words: readonly string[], at: number): number {
	let factor = 1;
	for (const word of words.slice(Math.max(0, at - 2), at)) factor *= stronger.has(word) ? 1.4 : weaker.has(word) ? 0.6 : 1;
	return factor;
}

/** Hits of one part of a sentence, between two commas. */
function hitsOf(words: readonly string[]): Hit[] {
	const hits: Hit[] = [];
	// The « pas » of « pas mal de » denies nothing.
	let shield = 0;
	for (let at = 0; at < words.length;) {
		const found = expressionAt(words, at);
		const entry: Entry | undefined = found?.entry ?? entryOf(words[at] ?? '');
		const length = found?.length ?? 1;
		if (entry && (entry.weight !== 0 || entry.negated !== 0)) {
			const weight = (isNegated(words, at, at + length, shield) ? entry.negated : entry.weight) * factorOf(words, at);
			if (weight !== 0) hits.push({ word: words.slice(at, at + length).join(' '), weight });
		}
		at += length;
		if (found && found.entry.weight >= 0) shield = at;
	}
	return hits;
}

const isCourtesy = ({ word }: Hit): boolean => /^(merci|grand merci|mille merci|remerci|bravo|super|chapeau|felicit|thank)/.test(word);
const mending = /^(resol|solutionn|corrig|repar)/;
const sumOf = (hits: readonly Hit[]): number => hits.reduce((sum, { weight }) => sum + weight, 0);

/** What one sentence says; folded. */
function readSentence(sentence: string): Hit[] {
	let [before, after]: [Hit[], Hit[]] = [[], []];
	let hasTurned = false;
	for (const part of sentence.split(/[,;:()«»"–—]|\s-\s/)) {
		const words = part.match(/[a-z0-9]+|\p{Extended_Pictographic}/gu) ?? [];
		const turn = words.findIndex((word) => turns.has(word));
		const granted = concessions.has(words[0] ?? '') || (words[0] === 'bien' && words[1] === 'que') ? 0.2 : 1;
		const read = (some: readonly string[]): Hit[] => hitsOf(some).map((hit) => ({ ...hit, weight: hit.weight * granted }));
		if (turn < 0) (hasTurned ? after : before).push(...read(words));
		else {
			before.push(...after, ...read(words.slice(0, turn)));
			after = read(words.slice(turn + 1));
			hasTurned = true;
		}
	}
	if (hasTurned && after.length > 0) before = before.map((hit) => ({ ...hit, weight: hit.weight * 0.4 }));
	const isMended = [...before, ...after].some(({ word, weight }) => weight > 0 && mending.test(word));
	// « Le problème est résolu » is good news.
	const hits = [...before, ...after].map((hit) => (isMended && hit.weight < 0 ? { ...hit, weight: hit.weight * 0.2 } : hit));
	const negative = sumOf(hits.filter(({ weight }) => weight < 0));
	// « Bravo, encore une panne », « merci de corriger cette erreur »: courtesy or irony, no praise.
	const told = negative <= -0.7 ? hits.filter((hit) => !isCourtesy(hit)) : hits;
	const factor = sentence.endsWith('?') ? 0.4 : sentence.endsWith('!') ? 1.2 : 1;
	return told.map((hit) => ({ ...hit, weight: hit.weight * factor }));
}

/** More than any letter; a pasted log is not read to its end. */
const longestText = 20_000;

export const sentencesOf = (text: string): string[] => text.match(/[^.!?…\n]+[.!?…]*/g) ?? [];

const clear = 0.45;

/**
 * The tone of a business text by local rules: a lexicon with negation, intensity, turns (« mais ») and concessions (« malgré »); French,
 * English tolerated. The same text always has the same tone; nothing leaves the machine. How often it is right: docs/decisions/116.
 */
export function sentimentOf(text: string): Sentiment {
	const sentences = sentencesOf(fold(text.slice(0, longestText)));
	const hits = sentences.flatMap((sentence) => readSentence(sentence.trim()));
	const sum = sumOf(hits);
	// As in VADER (Hutto & Gilbert, 2014): sum / √(sum² + a), here with a = 4.
	const score = Math.round((sum / Math.sqrt(sum * sum + 4)) * 100) / 100;
	// What a long letter says in passing is not its tone.
	const needed = clear + 0.05 * Math.min(Math.max(sentences.length - 1, 0), 20);
	const sentiment = Math.abs(sum) < needed ? 'neutral' : sum > 0 ? 'positive' : 'negative';
	const words = hits.toSorted((a, b) => Math.abs(b.weight) - Math.abs(a.weight)).map(({ word }) => word);
	return { sentiment, score, words: [...new Set(words)].slice(0, 8) };
}
