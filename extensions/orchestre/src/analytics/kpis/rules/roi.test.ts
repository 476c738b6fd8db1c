import { describe, expect, it } from 'vitest';
import { roiOf, verdictOf } from './roi.ts';

const deals = (cost: number, ...amounts: number[]) => ({
	cost,
	revenue: amounts.reduce((sum, amount) => sum + amount, 0),
	squares: amounts.reduce((sum, amount) => sum + amount ** 2, 0),
	won: amounts.length,
});

describe('return of a campaign', () => {
	it('is what came in beyond the cost, by the cost', () => expect(roiOf(deals(1000, 1500, 500))?.value).toBeCloseTo(1));

	it('has an interval that one large deal makes wide', () => {
		const [one, many] = [roiOf(deals(1000, 4000)), roiOf(deals(1000, ...Array<number>(40).fill(100)))];
		expect(one?.value).toBe(many?.value);
		expect((one?.high ?? 0) - (one?.low ?? 0)).toBeGreaterThan(3 * ((many?.high ?? 0) - (many?.low ?? 0)));
		expect(one?.low).toBe(-1);
	});

	it('is not said of what cost nothing', () => expect(roiOf(deals(0, 1000))).toBeNull());

	it('pays only when the low end does, and loses only when the high end does', () => {
		const rich = deals(1000, ...Array<number>(20).fill(500));
		const poor = deals(100_000, ...Array<number>(20).fill(500));
		expect(verdictOf(roiOf(rich), rich.won, false)).toBe('pays');
		expect(verdictOf(roiOf(poor), poor.won, false)).toBe('loses');
		expect(verdictOf(roiOf(poor), poor.won, true)).toBe('open');
	});

	it('says that there are too few deals', () => {
		const two = deals(1000, 3000, 3000);
		expect(verdictOf(roiOf(two), 2, false)).toBe('too-few');
		expect(verdictOf(null, 0, false)).toBe('too-few');
	});

	it('calls a finished campaign without any deal a loss', () => expect(verdictOf(roiOf(deals(1000)), 0, false)).toBe('loses'));
});
