import { describe, expect, it } from 'vitest';
import { extraUnits, isTight, usageOf, type UsageFacts } from './usage.ts';

const today = 20_000;
const facts = (over: Partial<UsageFacts>): UsageFacts => ({
	measure: 'quantity',
	unit: 'exports',
	included: 100,
	used: 0,
	recent: 0,
	recentBefore: 0,
	actors: 0,
	actorsBefore: 0,
	periodEnd: today + 20,
	...over,
});

describe('usageOf', () => {
	it('follows quantities at the pace of the last four weeks up to the end of the period', () => {
		// 70 used, 2 a day: the 30 that are left last 15 days.
		expect(usageOf(facts({ used: 70, recent: 56 }), today)).toMatchObject({ used: 70, exceededOn: today + 15 });
		expect(usageOf(facts({ used: 70, recent: 28 }), today)?.exceededOn).toBeNull();
		expect(usageOf(facts({ used: 110, recent: 56 }), today)?.exceededOn).toBeNull();
		expect(usageOf(facts({ used: 10 }), today)?.exceededOn).toBeNull();
	});

	it('counts users of 30 days, growing as they did; one month is no trend', () => {
		const seats = { measure: 'actors', included: 20 } as const;
		expect(usageOf(facts({ ...seats, actors: 17, actorsBefore: 14 }), today)).toMatchObject({ used: 17, exceededOn: today + 30 });
		expect(usageOf(facts({ ...seats, actors: 17, actorsBefore: 0 }), today)?.exceededOn).toBeNull();
		expect(usageOf(facts({ ...seats, actors: 12, actorsBefore: 11 }), today)?.exceededOn).toBeNull();
		expect(usageOf(facts({ ...seats, actors: 10, actorsBefore: 14 }), today)?.exceededOn).toBeNull();
	});

	it('sees that a client uses clearly less than before, by users and by quantity', () => {
		const seats = { measure: 'actors', included: 20 } as const;
		expect([20, 18, 17].map((actors) => usageOf(facts({ ...seats, actors, actorsBefore: 20 }), today)?.isFalling)).toEqual([false, false, true]);
		expect([100, 90, 89].map((recent) => usageOf(facts({ used: 95, recent, recentBefore: 100 }), today)?.isFalling)).toEqual([false, false, true]);
		expect(usageOf(facts({ ...seats, actors: 5 }), today)?.isFalling).toBe(false);
	});

	it('has nothing to say of a plan without a limit', () => expect(usageOf(facts({ included: 0 }), today)).toBeNull());
});

it('a plan is tight from the share on, or when the trend passes it', () => {
	const usage = { measure: 'quantity', unit: 'exports', included: 100, used: 80, exceededOn: null, isFalling: false } as const;
	expect(isTight(usage, 0.8)).toBe(true);
	expect(isTight({ ...usage, used: 79 }, 0.8)).toBe(false);
	expect(isTight({ ...usage, used: 60, exceededOn: today }, 0.8)).toBe(true);
	expect(isTight({ ...usage, used: 130, isFalling: true }, 0.8)).toBe(false);
});

it('offers a fifth more, and what is used beyond it, at most the plan once more', () => {
	const usage = { measure: 'actors', unit: 'utilisateurs', included: 20, used: 19, exceededOn: null, isFalling: false } as const;
	expect(extraUnits(usage)).toEqual({ units: 4, isCapped: false });
	expect(extraUnits({ ...usage, used: 31 })).toEqual({ units: 11, isCapped: false });
	expect(extraUnits({ ...usage, included: 2, used: 2 })).toEqual({ units: 1, isCapped: false });
	expect(extraUnits({ ...usage, used: 40 })).toEqual({ units: 20, isCapped: false });
	expect(extraUnits({ ...usage, included: 7, used: 113 })).toEqual({ units: 7, isCapped: true });
});
