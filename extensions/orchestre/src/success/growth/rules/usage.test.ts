import { describe, expect, it } from 'vitest';
import { extraUnits, isTight, usageOf, type UsageFacts } from './usage.ts';

const today = 20_000;
const facts = (over: Partial<UsageFacts>): UsageFacts => ({
	measure: 'quantity',
	unit: 'exports',
	included: 100,
	used: 0,
	recent: 0,
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

	it('has nothing to say of a plan without a limit', () => expect(usageOf(facts({ included: 0 }), today)).toBeNull());
});

it('a plan is tight from the share on, or when the trend passes it', () => {
	const usage = { measure: 'quantity', unit: 'exports', included: 100, used: 80, exceededOn: null } as const;
	expect(isTight(usage, 0.8)).toBe(true);
	expect(isTight({ ...usage, used: 79 }, 0.8)).toBe(false);
	expect(isTight({ ...usage, used: 60, exceededOn: today }, 0.8)).toBe(true);
});

it('offers a fifth more, and what is used beyond it', () => {
	const usage = { measure: 'actors', unit: 'utilisateurs', included: 20, used: 19, exceededOn: null } as const;
	expect(extraUnits(usage)).toBe(4);
	expect(extraUnits({ ...usage, used: 31 })).toBe(11);
	expect(extraUnits({ ...usage, included: 2, used: 2 })).toBe(1);
});
