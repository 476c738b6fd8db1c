import { describe, expect, it } from 'vitest';
import { upsellOdds } from './odds.ts';

describe('upsellOdds', () => {
	it('draws few upsells towards all deals, and a product towards the upsells', () => {
		const odds = upsellOdds({ deals: 100, won: 30 }, { deals: 30, won: 21 }, new Map([['stock', { deals: 4, won: 0 }]]));
		// (21 + 10 × .3) / 40, then (0 + 20 × .6) / 24.
		expect(odds?.get('')?.probability).toBeCloseTo(0.6, 10);
		expect(odds?.get('stock')?.probability).toBeCloseTo(0.5, 10);
	});

	it('is less sure with fewer deals', () => {
		const width = (deals: number): number => {
			const found = upsellOdds({ deals, won: deals / 2 }, { deals, won: deals / 2 }, new Map())?.get('');
			return (found?.high ?? 0) - (found?.low ?? 0);
		};
		expect(width(10)).toBeGreaterThan(2 * width(200));
		expect(width(10)).toBeLessThan(0.5);
	});

	it('says nothing without any closed deal, and stays within 0 and 1', () => {
		expect(upsellOdds({ deals: 0, won: 0 }, { deals: 0, won: 0 }, new Map())).toBeNull();
		const sure = upsellOdds({ deals: 5, won: 5 }, { deals: 5, won: 5 }, new Map())?.get('');
		expect(sure?.probability).toBe(1);
		expect(sure?.high).toBeLessThanOrEqual(1);
		expect(sure?.low).toBeLessThan(1);
	});
});
