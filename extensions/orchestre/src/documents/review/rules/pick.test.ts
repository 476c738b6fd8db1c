import { describe, expect, it } from 'vitest';
import type { Word } from '../../types.ts';
import { pickAt, pickBetween, wordAt } from './pick.ts';

/** Words of lines, each character .01 wide, a blank .01. */
function wordsOf(...lines: string[]): Word[] {
	return lines.flatMap((line, index) => {
		let at = 0;
		return line.split(' ').flatMap((text) => {
			const box: Word['box'] = [at, index * 0.05, text.length * 0.01, 0.02];
			at += text.length * 0.01 + 0.01;
			return text === '' ? [] : [{ text, box, confidence: 1, line: index }];
		});
	});
}

const pick = (line: string, word: string, kind: Parameters<typeof pickAt>[2]): string => {
	const words = wordsOf(line);
	return pickAt(words, words.findIndex(({ text }) => text === word), kind).text; // prettier-ignore
};

describe('pickAt', () => {
	it('takes the whole amount, on whichever of its words one clicks', () => {
		expect(pick('Total TTC : 1 234,56 €', '234,56', 'money')).toBe('1 234,56 €');
		expect(pick('Total TTC : 1 234,56 €', '1', 'money')).toBe('1 234,56 €');
		expect(pick('Total TTC : 1 234,56 €', 'TTC', 'money')).toBe('TTC');
	});

	it('leaves out the amount of the next column', () => {
		expect(pick('100,00      20,00', '20,00', 'money')).toBe('20,00');
	});

	it('takes a written date and an IBAN in groups', () => {
		expect(pick('Paris, le 22 novembre 2026', 'novembre', 'date')).toBe('22 novembre 2026');
		expect(pick('IBAN FR76 3000 6000 0112 3456 7890 189 BIC AGRIFRPP', '6000', 'code')).toBe('FR76 3000 6000 0112 3456 7890 189');
		expect(pick('SIREN 732 829 320', '829', 'code')).toBe('732 829 320');
	});

	it('takes one word for a text', () => {
		expect(pick('Société Durand SARL', 'Durand', 'line')).toBe('Durand');
	});
});

describe('pickBetween', () => {
	it('takes what was dragged over, in either direction, lines kept apart', () => {
		const words = wordsOf('12 rue des Lilas', '75011 Paris');
		expect(pickBetween(words, 0, 5).text).toBe('12 rue des Lilas\n75011 Paris');
		expect(pickBetween(words, 3, 1).text).toBe('rue des Lilas');
		expect(pickBetween(words, 0, 5).box).toEqual([0, 0, expect.closeTo(0.16), expect.closeTo(0.07)]);
	});
});

describe('wordAt', () => {
	it('finds the word under the pointer, a little beside it, and none far from all', () => {
		const words = wordsOf('Total 12,00');
		expect(wordAt(words, 0.02, 0.01)).toBe(0);
		expect(wordAt(words, 0.07, 0.025)).toBe(1);
		expect(wordAt(words, 0.8, 0.8)).toBe(-1);
	});
});
