import { collapse, fold, longerThan, shorten } from '../../platform/text.ts';
import { bodyOf } from './body.ts';
import { sentimentOf } from './sentiment.ts';

/** Characters that a summary has at most: three lines of a timeline. */
const longest = 280;

const abbreviations = /(?:^|\s)(?:m|mme|mlle|dr|st|ste|n|art|cf|ex|etc|env|tel|réf|ref|no)\.$/i;

/** Sentences as they stand, a line of a list being one. */
export function sentencesOf(body: string): string[] {
	const sentences: string[] = [];
	for (const line of body.split('\n')) {
		let open = '';
		for (const part of collapse(line.replace(/^\s*(?:[-*•·–]|\d+[.)])\s+/, '')).split(/(?<=[.!?…])\s+(?=[\p{Lu}\d«"(])/u)) {
			open = open ? `${open} ${part}` : part;
			if (abbreviations.test(open)) continue;
			if (open) sentences.push(open);
			open = '';
		}
		if (open) sentences.push(open);
	}
	return sentences;
}

/** What a reader looks for first, by weight: what is asked, decided, promised, wrong; sums and dates. On folded text. */
const telling: readonly [RegExp, number][] = [
	[/\b(souhait|voudr|demand|besoin|pouvez-vous|pourriez|merci de|il faut|attend|request|need|could you|please)/, 1.2],
	[/\b(valid|accord|sign|accept|refus|annul|resili|renouvel|decid|choisi|retenu|confirm|commande|approve|reject|cancel|renew)/, 1.5],
	[/\b(urgen|bloqu|panne|probleme|erreur|retard|litige|impaye|incident|rembours|blocked|delay|refund)/, 1.3],
	[/\b(avant le|d'ici|au plus tard|echeance|prochain|rappel|relanc|rendez-vous|reunion|deadline|by (monday|tuesday|wednesday|thursday|friday))/, 0.9],
	[
		/\d[\d\s.,]*(€|%|euros?|k€|eur)|\b\d{1,2}[/.]\d{1,2}\b|\b\d{1,2} (janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)/,
		0.9,
	],
];
/** Courtesy that fills letters and says nothing. */
const idle =
	/^(j'espere que|nous esperons que|dans l'attente|en vous (souhaitant|remerciant)|je reste a votre|nous restons a votre|n'hesitez pas|comme convenu[,.]?$|suite a (notre|votre) (echange|appel|conversation)[^,]{0,40}[,.]?$|hope you are|looking forward)/;

const wordsOf = (folded: string): string[] => folded.match(/[a-z0-9]{5,}/g) ?? [];

type Weighed = { index: number; text: string; weight: number };

/** A sentence tells more the more of the text's own repeated words it holds (Luhn, 1958), and of what a reader looks for. */
function weigh(sentences: readonly string[]): Weighed[] {
	const folded = sentences.map(fold);
	const counts = new Map<string, number>();
	for (const text of folded) for (const word of new Set(wordsOf(text))) counts.set(word, (counts.get(word) ?? 0) + 1);
	return sentences.map((text, index) => {
		const plain = folded[index] ?? '';
		const words = wordsOf(plain);
		const shared = words.filter((word) => (counts.get(word) ?? 0) > 1).length;
		let weight = words.length > 0 ? shared / Math.sqrt(words.length) / 2 : -1;
		for (const [pattern, worth] of telling) if (pattern.test(plain)) weight += worth;
		weight += Math.abs(sentimentOf(text).score);
		if (index === 0) weight += 0.6;
		if (text.length < 20) weight -= 1;
		if (idle.test(plain)) weight -= 3;
		return { index, text, weight };
	});
}

/**
 * The most telling sentences of a text, in its own words and order, at most 280 characters; left out is « […] ». A short text stays as it
 * is. The same text always gives the same summary; nothing leaves the machine.
 */
export function summaryOf(text: string): string {
	const body = bodyOf(text);
	const whole = collapse(body);
	if (!longerThan(whole, longest)) return whole;
	const best = weigh(sentencesOf(body)).toSorted((a, b) => b.weight - a.weight || a.index - b.index);
	const chosen: Weighed[] = [];
	let room = longest;
	for (const sentence of best) {
		// Six for the mark of what is left out.
		const size = sentence.text.length + 6;
		if (size > room) continue;
		chosen.push(sentence);
		room -= size;
	}
	// One sentence longer than all the room there is.
	if (chosen.length === 0) return shorten(best[0]?.text ?? whole, longest);
	const inOrder = chosen.toSorted((a, b) => a.index - b.index);
	return inOrder.map(({ index, text: words }, at) => (at === 0 || inOrder[at - 1]?.index === index - 1 ? words : `[…] ${words}`)).join(' ');
}
