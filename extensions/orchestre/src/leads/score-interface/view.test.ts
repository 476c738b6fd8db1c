import { describe, expect, it } from 'vitest';
import type { Reason } from '../rules/types.ts';
import { barOf, barScale, gradeDistance, historyMarks, parseGrade, reasonsOf, signed, stepPath, sumOf, type ScoreChange } from './view.ts';

const reason = (rule: string, points: number, side: Reason['side'] = 'fit'): Reason => ({ rule, name: rule, side, points, fact: null, at: null });
const change = (at: string, points: number): ScoreChange => ({ id: at, at, points, grade: 'B2', previous_grade: null, cause: 'updated' });

describe('grades', () => {
	it('are a letter and a digit, and nothing else', () => {
		expect(parseGrade('B2')).toEqual({ letter: 'B', digit: '2' });
		for (const wrong of [null, '', 'B', 'E1', 'A5', 'b2', 'A1 ']) expect(parseGrade(wrong)).toBeNull();
	});

	it('go from A1 to D4', () => {
		expect(gradeDistance({ letter: 'A', digit: '1' })).toBe(0);
		expect(gradeDistance({ letter: 'D', digit: '4' })).toBe(6);
	});
});

describe('reasons', () => {
	it('come side by side, the heaviest first, for or against', () => {
		const reasons = [reason('small', 2), reason('visit', 30, 'engagement'), reason('against', -15), reason('big', 20), reason('also small', 2)];
		expect(reasonsOf(reasons, 'fit').map(({ name }) => name)).toEqual(['big', 'against', 'small', 'also small']);
		expect(sumOf(reasons)).toBe(39);
	});

	it('are signed with a real minus', () => {
		expect([20, -5, 0].map(signed)).toEqual(['+20', '−5', '0']);
	});
});

describe('bars', () => {
	it('share one scale around zero', () => {
		const scale = barScale([{ points: 30 }, { points: -10 }, { points: 15 }]);
		expect(scale.zero).toBe(25);
		expect(barOf(30, scale)).toEqual({ start: 25, length: 75 });
		expect(barOf(-10, scale)).toEqual({ start: 0, length: 25 });
	});

	it('start at the edge when nothing speaks against', () => {
		expect(barScale([{ points: 10 }])).toEqual({ zero: 0, perPoint: 10 });
		expect(barScale([])).toEqual({ zero: 0, perPoint: 100 });
	});
});

describe('history', () => {
	it('goes in steps until now, the highest score on top', () => {
		const marks = historyMarks([change('2026-11-01T00:00:00Z', 20), change('2026-11-06T00:00:00Z', 60)], new Date('2026-11-11T00:00:00Z'));
		expect(marks.map(({ x, y }) => [x, y])).toEqual([
			[0, 90],
			[50, 10],
		]);
		expect(stepPath(marks)).toBe('M0.0,90.0H50.0V10.0H100');
	});

	it('is a level line for one score', () => {
		expect(stepPath(historyMarks([change('2026-11-01T00:00:00Z', 20)], new Date('2026-11-01T00:00:00Z')))).toBe('M0.0,50.0H100');
		expect(stepPath([])).toBe('');
	});
});
