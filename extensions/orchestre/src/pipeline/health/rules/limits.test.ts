import { describe, expect, it } from 'vitest';
import { survivalOf, timeBy } from '../../../platform/survival.ts';
import { levelDue } from './escalation.ts';
import { stageLimit, winnersLimit } from './limits.ts';
import { shipped } from './made-up.ts';

describe('how long winners stay in a stage', () => {
	it('is the day by which four in five have left', () => {
		expect(winnersLimit({ days: new Map([[3, 2], [5, 2], [9, 4], [30, 2]]), winners: 10 })).toBe(9); // prettier-ignore
		expect(winnersLimit({ days: new Map([[7, 1]]), winners: 1 })).toBe(7);
		expect(winnersLimit({ days: new Map(), winners: 0 })).toBeNull();
	});
	it('does not depend on the order in which they are read', () =>
		expect(winnersLimit({ days: new Map([[30, 2], [9, 4], [3, 2], [5, 2]]), winners: 10 })).toBe(9)); // prettier-ignore
	it('counts at twenty of them; with fewer the stage’s own days hold, else those of the settings', () => {
		const stage = { targetDays: 12, winnerDays: 25, winnerCount: 20 };
		expect(stageLimit(stage, shipped)).toEqual({ days: 25, winners: 20, source: 'winners' });
		expect(stageLimit({ ...stage, winnerCount: 19 }, shipped)).toEqual({ days: 12, winners: 19, source: 'stage' });
		expect(stageLimit({ targetDays: null, winnerDays: null, winnerCount: null }, shipped)).toEqual({ days: 30, winners: 0, source: 'settings' });
	});
});

describe('the survival curve', () => {
	/** Remission of leukaemia under 6-MP, the example of every textbook (Freireich 1963; Kleinbaum and Klein, Survival Analysis, table 2.1). */
	const freireich = new Map(
		[[6, 3, 1], [7, 1, 0], [9, 0, 1], [10, 1, 1], [11, 0, 1], [13, 1, 0], [16, 1, 0], [17, 0, 1], [19, 0, 1], [20, 0, 1], [22, 1, 0], [23, 1, 0], [25, 0, 1], [32, 0, 2], [34, 0, 1], [35, 0, 1]].map(([time = 0, left = 0, still = 0]) => [time, { left, still }]),
	); // prettier-ignore
	it('is that of the textbook, with its censored patients', () =>
		expect(survivalOf(freireich).map(({ time, survival }) => [time, Number(survival.toFixed(4))])).toEqual([
			[6, 0.8571],
			[7, 0.8067],
			[10, 0.7529],
			[13, 0.6902],
			[16, 0.6275],
			[22, 0.5378],
			[23, 0.4482],
		]));
	it('knows no time that the curve does not reach', () => {
		expect(timeBy(survivalOf(freireich), 0.5)).toBe(23);
		expect(timeBy(survivalOf(freireich), 0.8)).toBeNull();
	});
});

it('a deal in danger is the manager’s after one term and Direction’s after two, if it is worth it', () => {
	expect([0, 2, 3, 5, 6].map((days) => levelDue(days, 5_000_000, shipped))).toEqual([0, 0, 1, 1, 2]);
	expect(levelDue(20, 4_999_999, shipped)).toBe(1);
});
