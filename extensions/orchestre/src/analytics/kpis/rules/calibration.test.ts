import { describe, expect, it } from 'vitest';
import { binsOf, judge, meanGap } from './calibration.ts';

describe('calibration of what was told', () => {
	const bins = binsOf([
		{ cases: 80, sum: 8, came: 8 },
		{ cases: 0, sum: 0, came: 0 },
		{ cases: 20, sum: 10, came: 12 },
	]);

	it('holds what was told against what came, with the interval of the number of cases', () => {
		expect(bins).toHaveLength(2);
		expect(bins[1]).toMatchObject({ cases: 20, said: 0.5, came: 0.6 });
		expect(bins[1]?.low).toBeLessThan(0.5);
		expect(bins[1]?.high).toBeGreaterThan(0.75);
	});

	it('weighs the gap by cases', () => expect(meanGap(bins)).toBeCloseTo(0.2 * 0.1));

	it('does not blame chance', () => expect(judge(bins)).toBe('right'));

	it('sees a model that promises too much, and one that promises too little', () => {
		expect(judge(binsOf([{ cases: 200, sum: 100, came: 50 }]))).toBe('too-high');
		expect(judge(binsOf([{ cases: 200, sum: 20, came: 60 }]))).toBe('too-low');
	});

	it('says nothing of few cases', () => {
		expect(judge(binsOf([{ cases: 10, sum: 9, came: 0 }]))).toBe('too-few');
		expect(meanGap([])).toBeNull();
	});
});
