import { describe, expect, it } from 'vitest';
import { bandPath, linePath, niceStep, scaleOf, shareOf, ticksOf } from './scale.ts';

describe('ticks', () => {
	it('are round, hold every value and zero', () => {
		expect(ticksOf([37, 81])).toEqual([0, 25, 50, 75, 100]);
		expect(ticksOf([-12, 30])).toEqual([-20, 0, 20, 40]);
		expect(ticksOf([0.3])).toEqual([0, 0.1, 0.2, 0.30000000000000004]);
	});
	it('of things that are counted are integers', () => {
		expect(ticksOf([2], { whole: true })).toEqual([0, 1, 2]);
		expect(ticksOf([3], { parts: 2, whole: true })).toEqual([0, 2, 4]);
	});
	it('exist where nothing happened', () => {
		expect(ticksOf([])).toEqual([0, 1]);
		expect(niceStep(0)).toBe(1);
	});
});

describe('paths', () => {
	it('break where a value is missing', () => {
		expect(linePath([{ x: 0, y: 1 }, { x: 1, y: 2 }, null, { x: 3, y: 4 }])).toBe('M0,1L1,2M3,4'); // prettier-ignore
	});
	it('close a band along its lower edge', () => {
		expect(bandPath([{ x: 0, y: 1 }, { x: 1, y: 2 }, null], [{ x: 0, y: 5 }, { x: 1, y: 6 }, { x: 2, y: 7 }])).toBe('M0,1L1,2L1,6L0,5Z'); // prettier-ignore
		expect(bandPath([null], [null])).toBe('');
	});
	it('map ends to ends', () => {
		const y = scaleOf([0, 100], [200, 0]);
		expect([y(0), y(25), y(100)]).toEqual([200, 150, 0]);
		expect(scaleOf([5, 5], [0, 10])(5)).toBe(0);
	});
	it('keep shares within the bar', () => {
		expect([shareOf(1, 4), shareOf(9, 4), shareOf(-1, 4), shareOf(1, 0)]).toEqual([0.25, 1, 0, 0]);
	});
});
