import { describe, expect, it } from 'vitest';
import { stepsOf, type Stage } from './funnel.ts';

const stage = (id: string, over: Partial<Stage> = {}): Stage => ({ id, name: id.toUpperCase(), isWon: false, isLost: false, ...over });
const stages = [stage('a'), stage('b'), stage('won', { isWon: true }), stage('lost', { isLost: true })];
const parts = (rows: Record<string, [number, number, number]>): Map<string, [number, number, number]> => new Map(Object.entries(rows));
const none = parts({});

describe('the funnel', () => {
	it('goes through the stages in order, to the won one', () => {
		expect(stepsOf(stages, { entries: parts({ b: [3, 0, 3] }), progress: none, stays: none }, () => null).map(({ id, count }) => [id, count])).toEqual([
			['a', 0],
			['b', 3],
			['won', 0],
		]);
	});
	it('says which share went on and how long it took', () => {
		const [a, b, won] = stepsOf(stages, { entries: none, progress: parts({ a: [6, 8, 8], won: [1, 1, 1] }), stays: parts({ a: [1440 * 10, 4, 4] }) }, () => null);
		expect(a).toMatchObject({ progress: 0.75, left: 8, isFew: false, days: 2.5 });
		expect(b).toMatchObject({ progress: null, days: null });
		expect(won).toMatchObject({ progress: null });
	}); // prettier-ignore
	it('names the narrowest stage, but not on a handful of cases nor without another to compare', () => {
		const narrow = (rows: Record<string, [number, number, number]>): string[] =>
			stepsOf(stages, { entries: none, progress: parts(rows), stays: none }, () => null).filter(({ isNarrow }) => isNarrow).map(({ id }) => id); // prettier-ignore
		expect(narrow({ a: [9, 10, 10], b: [5, 10, 10] })).toEqual(['b']);
		expect(narrow({ a: [9, 10, 10], b: [0, 4, 4] })).toEqual([]);
		expect(stepsOf(stages, { entries: none, progress: parts({ b: [2, 3, 3] }), stays: none }, () => null)[1]).toMatchObject({ left: 3, isFew: true });
	});
});
