import { fold } from '../../platform/text.ts';

/** Greet by themselves: what follows is the message unless it is a name. */
const hello = /^(bonjour|bonsoir|salut|coucou|hello|hi|hey|good (morning|afternoon|evening))$/;
/** Greet only when they address somebody: « Monsieur le directeur a signé » is the message. */
const titles = /^(madame|monsieur|mesdames|messieurs)$/;
const dear = /^(chere?s?|dear)$/;
/** What stands between a greeting and its comma beside names. */
const addressed = new Set(
	`madame monsieur mesdames messieurs mme mlle m mr mrs ms sir madam or dr docteur maitre cher chere chers cheres dear a tous toutes et toute l'equipe les le la de du des
	equipe team all there everyone vous ami amie amis collegue collegues client cliente clients confrere partenaire partenaires directeur directrice president presidente`.split(
		/\s+/,
	),
);
const mostNames = 7;

const bare = (word: string): string => fold(word).replaceAll(/[,!.]+$/g, '');
const isMark = (word: string | undefined): boolean => word !== undefined && /^[,!.]+$/.test(word);
const isShouted = (word: string): boolean => word.length > 1 && word === word.toLocaleUpperCase('fr');

/** Where the names that begin at `from` end with a comma, a point or the line; −1 when something else is said first. */
function endOfNames(words: readonly string[], from: number): number {
	const shouts = isShouted(words[0] ?? '');
	for (let at = from; at < Math.min(words.length, from + mostNames); at++) {
		const word = words[at] ?? '';
		if (isMark(word)) return at + 1;
		const isName = /^\p{Lu}/u.test(word) && !shouts;
		// « bonjour anna, » as a line of its own.
		const isLoneName = at === from && at === words.length - 1 && word.endsWith(',');
		if (!isName && !isLoneName && !addressed.has(bare(word))) return -1;
		if (at === words.length - 1) return at + 1;
		if (/[,!]$/.test(word) || (word.endsWith('.') && word.length > 3)) return isMark(words[at + 1]) ? at + 2 : at + 1;
	}
	return -1;
}

/** How many words from `from` on greet: 0 when none does. */
function greetingAt(words: readonly string[], from: number): number {
	const two = `${fold(words[from] ?? '')} ${bare(words[from + 1] ?? '')}`;
	const size = hello.test(bare(words[from] ?? '')) ? 1 : hello.test(two) ? 2 : 0;
	const first = bare(words[from] ?? '');
	if (size === 0 && !titles.test(first) && !dear.test(first)) return 0;
	const after = from + Math.max(size, 1);
	const stops = /[,!.]$/.test(words[after - 1] ?? '');
	if (stops || isMark(words[after]) || after >= words.length) return dear.test(first) ? 0 : after + (!stops && isMark(words[after]) ? 1 : 0) - from;
	const end = endOfNames(words, after);
	if (size > 0) return (end < 0 ? after : end) - from;
	// « Monsieur Roux, directeur, a signé » tells of him; « Cher Paul, » never does.
	return end > 0 && (dear.test(first) || end === words.length) ? end - from : 0;
}

/** A line without the greeting it begins with; the rest of it is the message. */
export function withoutGreeting(line: string): string {
	const words = line.trim().split(/\s+/);
	let at = 0;
	for (let size = greetingAt(words, 0); size > 0 && at < words.length; size = greetingAt(words, at)) at += size;
	return at === 0 ? line : words.slice(at).join(' ');
}
