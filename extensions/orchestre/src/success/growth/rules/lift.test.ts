import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../../learners/random.ts';
import { liftOf, liftRules } from './lift.ts';

const many = (n: number, ...basket: string[]): string[][] => Array.from({ length: n }, () => basket);

describe('liftOf', () => {
	it('is the share among holders against the share among all, drawn towards 1', () => {
		// 75 % of 24 holders against 41.7 % of 60: 1.8, of which ten holders at the base rate leave (18 + 4.17) / 34 / .4167.
		const found = liftOf({ both: 18, holders: 24, owners: 25, clients: 60 });
		expect(found?.lift).toBeCloseTo(1.565, 3);
		expect(found?.low).toBeGreaterThan(1);
		expect(found?.high).toBeGreaterThan(found?.lift ?? 0);
	});

	it('says nothing of chance: the interval holds 1, and widens for fewer clients', () => {
		const few = liftOf({ both: 3, holders: 4, owners: 25, clients: 60 });
		expect(few?.low).toBeLessThan(1);
		const none = liftOf({ both: 100, holders: 240, owners: 250, clients: 600 });
		expect(none?.lift).toBeCloseTo(1, 2);
		expect(none?.low).toBeLessThan(1);
		const more = liftOf({ both: 180, holders: 240, owners: 250, clients: 600 });
		expect((more?.high ?? 0) - (more?.low ?? 0)).toBeLessThan(0.4);
	});

	it('needs holders', () => expect(liftOf({ both: 0, holders: 0, owners: 5, clients: 10 })).toBeNull());
});

describe('liftRules', () => {
	const baskets = [...many(18, 'maintenance', 'stock'), ...many(6, 'maintenance'), ...many(7, 'pilotage', 'stock'), ...many(29, 'pilotage')];

	it('finds what goes together, with the counts behind it, and nothing else', () => {
		const rules = liftRules(baskets, { minSupport: 8, minLift: 1.2 });
		expect(rules.map(({ has, offers }) => [has, offers])).toEqual([
			['stock', 'maintenance'],
			['maintenance', 'stock'],
		]);
		expect(rules.find(({ has }) => has === 'maintenance')).toMatchObject({ both: 18, holders: 24, owners: 25, clients: 60 });
	});

	it('asks for the support and the strength that the company wants', () => {
		expect(liftRules(baskets, { minSupport: 19, minLift: 1.2 })).toEqual([]);
		expect(liftRules(baskets, { minSupport: 8, minLift: 2 })).toEqual([]);
	});

	it('gives the same answer whatever the order of clients and lines', () => {
		const turned = baskets.toReversed().map((basket) => basket.toReversed());
		expect(liftRules(turned, { minSupport: 3, minLift: 1 })).toEqual(liftRules(baskets, { minSupport: 3, minLift: 1 }));
	});

	it('lets chance through as seldom as its interval promises: about one link in two hundred', () => {
		const random = randomFrom(26);
		let found = 0;
		for (let round = 0; round < 20; round++) {
			const noise = Array.from({ length: 200 }, () => Array.from({ length: 30 }, (_, index) => `p${index}`).filter(() => random() < 0.3));
			found += liftRules(noise, { minSupport: 8, minLift: 1 }).length;
		}
		expect(found / (20 * 870)).toBeLessThan(0.01);
	});
});
