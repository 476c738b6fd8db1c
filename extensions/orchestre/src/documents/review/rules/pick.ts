import type { Box, Word } from '../../types.ts';
import type { InputKind } from './form.ts';
import { toValue } from './printed.ts';

/** Words of a page that were taken together: their text, and the box around them. */
export type Picked = { text: string; box: Box; from: number; to: number };

/** How far apart two words of one line may stand and still belong together, in heights of the line. */
const near = 1.2;
/** The longest date or IBAN has so many words. */
const longest = 9;

export function around(words: readonly Word[]): Box {
	const left = Math.min(...words.map(({ box }) => box[0]));
	const top = Math.min(...words.map(({ box }) => box[1]));
	return [left, top, Math.max(...words.map(({ box }) => box[0] + box[2])) - left, Math.max(...words.map(({ box }) => box[1] + box[3])) - top];
}

const picked = (words: readonly Word[], from: number, to: number): Picked => {
	const chosen = words.slice(from, to + 1);
	const text = chosen.map((word, index) => (index === 0 ? '' : word.line === chosen[index - 1]?.line ? ' ' : '\n') + word.text).join('');
	return { text, box: around(chosen), from, to };
};

/** The word at a point of the page (shares of it), or the nearest within a small distance; -1 for none. */
export function wordAt(words: readonly Word[], x: number, y: number): number {
	let best = -1;
	let least = 0.012;
	for (const [index, { box }] of words.entries()) {
		const away = Math.max(box[0] - x, x - box[0] - box[2], 0) + Math.max(box[1] - y, y - box[1] - box[3], 0);
		if (away < least) [best, least] = [index, away];
	}
	return best;
}

const follows = (one: Word | undefined, other: Word | undefined): boolean =>
	!!one && !!other && one.line === other.line && other.box[0] - one.box[0] - one.box[2] < near * Math.max(one.box[3], other.box[3]);

/** Lengths tell which of several readings is whole: `234,56` is right, but `1 234,56` is what stands there. */
const isWhole = (kind: InputKind, text: string): boolean => {
	const { value, isWrong } = toValue(kind, text);
	return !isWrong && value !== null;
};

/** For codes: a run of groups that have digits, as `FR76 3000 6000 …` and `732 829 320` are printed. */
const isGroup = (kind: InputKind, text: string): boolean => kind !== 'code' || /\d/.test(text);

/**
 * What a click on a word means for a field of this kind: for amounts, dates and codes the longest run of neighbours around it that
 * reads as one; for all else the word itself.
 */
export function pickAt(words: readonly Word[], index: number, kind: InputKind): Picked {
	let [best, size] = [picked(words, index, index), 0];
	if (!['money', 'date', 'code', 'days'].includes(kind)) return best;
	for (let from = index; from >= 0 && index - from < longest; from--) {
		if (from < index && !(follows(words[from], words[from + 1]) && isGroup(kind, words[from]?.text ?? ''))) break;
		for (let to = index; to < words.length && to - from < longest; to++) {
			if (to > index && !(follows(words[to - 1], words[to]) && isGroup(kind, words[to]?.text ?? ''))) break;
			const one = picked(words, from, to);
			if (to - from + 1 > size && isWhole(kind, one.text)) [best, size] = [one, to - from + 1];
		}
	}
	return best;
}

/** What was dragged over: the words between the two, in the order in which people read. */
export const pickBetween = (words: readonly Word[], one: number, other: number): Picked => picked(words, Math.min(one, other), Math.max(one, other));
