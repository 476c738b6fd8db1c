import { describe, expect, it } from 'vitest';
import { median, medianInterval, quantile, verdict } from './figures.ts';

describe('figures', () => {
	it('takes the middle, whatever the order', () => {
		expect(median([3, 1, 2])).toBe(2);
		expect(median([4, 1, 3, 2])).toBe(2.5);
		expect(median([])).toBeNaN();
	});

	it('takes quantiles by rank: no value that was not measured', () => {
		const values = Array.from({ length: 20 }, (_, index) => 20 - index);
		expect(quantile(values, 0.5)).toBe(10);
		expect(quantile(values, 0.95)).toBe(19);
		expect(quantile(values, 1)).toBe(20);
		expect(quantile([7], 0.05)).toBe(7);
	});

	it('gives the interval of the sign test: all of the range below nine values, one from each end then', () => {
		// Tables of the binomial distribution: P(X <= 0 | 6) = 0.0156, P(X <= 1 | 9) = 0.0195, P(X <= 1 | 8) = 0.035.
		expect(medianInterval([5, 1, 2, 3, 4])).toEqual({ low: 1, high: 5 });
		expect(medianInterval([1, 2, 3, 4, 5, 6, 7, 8])).toEqual({ low: 1, high: 8 });
		expect(medianInterval([1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual({ low: 2, high: 8 });
	});

	it('holds the true median nineteen times in twenty', () => {
		let state = 7;
		const next = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
		let held = 0;
		for (let trial = 0; trial < 2000; trial++) {
			const { low, high } = medianInterval(Array.from({ length: 11 }, () => next() ** 3));
			if (low <= 0.125 && high >= 0.125) held++;
		}
		expect(held / 2000).toBeGreaterThan(0.94);
	});

	it('says faster, slower or equal only when the rounds agree', () => {
		expect(verdict([1.1, 1.12, 1.08, 1.11, 1.13, 1.09])).toBe('faster');
		expect(verdict([0.9, 0.88, 0.91, 0.92, 0.89, 0.9])).toBe('slower');
		expect(verdict([1.01, 0.99, 1, 1.02, 0.98, 1])).toBe('equal');
		expect(verdict([0.7, 1.3, 1, 1.2, 0.8, 1.1])).toBe('unclear');
		expect(verdict([1.2, 1.3, 0.9, 1.2, 1.3, 1.4])).toBe('unclear');
	});
});
