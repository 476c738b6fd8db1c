import { describe, expect, it } from 'vitest';
import { acts, minutesOf, totalOf } from './acts.ts';

describe('acts', () => {
	it('take the minutes that the company says, and ours where it says nothing', () =>
		expect(minutesOf([{ act: 'documents', minutes: 9.5 }])).toEqual({ ...minutesOf(null), documents: 9.5, tasks: acts.tasks.minutes }));

	it('leave aside what makes no sense', () =>
		expect(
			minutesOf([
				{ act: 'dreams', minutes: 5 },
				{ act: 'tasks', minutes: -1 },
				{ act: 'messages', minutes: null },
				{ act: 'messages', minutes: 'x' },
			]),
		).toEqual(minutesOf(undefined)));

	it('count an act of a person in the rate, and not in the minutes saved', () =>
		expect(
			totalOf([
				{ act: 'tasks', automatic: 30, manual: 10, minutes: 2 },
				{ act: 'documents', automatic: 0, manual: 40, minutes: 6 },
			]),
		).toEqual({ automatic: 30, total: 80, minutes: 60 }));
});
