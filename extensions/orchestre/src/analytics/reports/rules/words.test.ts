import { describe, expect, it } from 'vitest';
import { moveFrom, targetWords, valueWords } from './words.ts';

const plain = (text: string | undefined): string | undefined => text?.replaceAll(/[\u00a0\u202f]/g, ' ');
const euros = { unit: 'eur', decimals: 0, direction: 'up' } as const;
const rate = { unit: 'percent', decimals: 1, direction: 'up' } as const;
const delay = { unit: 'days', decimals: 1, direction: 'down' } as const;

describe('a figure against an earlier one', () => {
	it('says by how much, and whether that is good', () => {
		expect(plain(moveFrom({ ...euros, value: 1_254_000 }, 1_120_000)?.text)).toBe('+12 % (contre 11 200 €)');
		expect(moveFrom({ ...euros, value: 1_254_000 }, 1_120_000)).toMatchObject({ way: 'up', isGood: true });
		expect(moveFrom({ ...delay, value: 4000 }, 3000)).toMatchObject({ way: 'up', isGood: false });
	});

	it('counts percentages in points', () => {
		expect(plain(moveFrom({ ...rate, value: 2150 }, 2300)?.text)).toBe('−1,5 point (contre 23 %)');
		expect(plain(moveFrom({ ...rate, value: 3150 }, 2300)?.text)).toBe('+8,5 points (contre 23 %)');
	});

	it('makes no percentage of nought, and nothing of what is not known', () => {
		expect(plain(moveFrom({ ...euros, value: 50_000 }, 0)?.text)).toBe('+500 € (contre 0 €)');
		expect(plain(moveFrom({ ...euros, value: 0 }, 0)?.text)).toBe('Inchangé (contre 0 €)');
		expect(moveFrom({ ...euros, value: null }, 100)).toBeNull();
		expect(moveFrom({ ...euros, value: 100 }, null)).toBeNull();
	});
});

describe('a figure against its target', () => {
	it('says how much of the way is done', () => {
		expect(plain(targetWords({ ...euros, value: 8_000_000, target: 10_000_000 })?.text)).toBe('80 % de l’objectif (100 000 €)');
		expect(targetWords({ ...euros, value: 12, target: 10 })).toMatchObject({ isReached: true });
	});

	it('asks for less where less is better', () => {
		expect(targetWords({ ...delay, value: 2000, target: 3000 })).toMatchObject({ isReached: true });
		expect(plain(targetWords({ ...delay, value: 4000, target: 3000 })?.text)).toBe('au-dessus de l’objectif (3 jours)');
	});
});

it('says why there is no value', () => {
	const figure = { ...rate, key: 'x', name: 'x', formula: '', period: { kind: 'week', start: '', end: '' }, target: null, previous: null, previousYear: null, version: 1, history: [], changes: [] } as const; // prettier-ignore
	expect(valueWords({ ...figure, history: [], changes: [], value: null, cases: 3, minCases: 10 })).toBe('Trop peu de cas (3 sur 10)');
	expect(valueWords({ ...figure, history: [], changes: [], value: null, cases: 0, minCases: 1 })).toBe('Pas encore de donnée');
});
