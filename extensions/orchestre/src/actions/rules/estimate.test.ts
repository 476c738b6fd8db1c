import { describe, expect, it } from 'vitest';
import { estimateOf, factorOf, leastFactor } from './estimate.ts';
import { madeUpTally } from './made-up.ts';
import { starts, topics } from './topics.ts';

const settings = { prior: 40, starts: new Map() };

describe('the gain of a kind of action', () => {
	it('is the start value, said to be one, as long as nothing is known; the interval says how little that is', () => {
		for (const topic of topics) {
			const estimate = estimateOf(topic, madeUpTally(), settings);
			expect(estimate.gain).toBeCloseTo(starts[topic].gain, 10);
			expect(estimate.origin).toBe('start');
			expect(estimate.low).toBeLessThan(estimate.gain);
			expect(estimate.high).toBeGreaterThan(estimate.gain);
		}
	});

	it('follows a company’s own outcomes the more, the more there are, and is then called measured', () => {
		// Three of four move on after it, one in four without: 50 points, where 5 were thought.
		const after = (n: number) => estimateOf('deal.plan', madeUpTally({ done: n, doneMoved: n * 0.75, others: n, othersMoved: n * 0.25 }), settings);
		const [few, some, many] = [after(8), after(80), after(2000)];
		expect(few.origin).toBe('start');
		expect([some.origin, many.origin]).toEqual(['measured', 'measured']);
		expect(few.gain).toBeGreaterThan(starts['deal.plan'].gain);
		expect(some.gain).toBeGreaterThan(few.gain);
		expect(many.gain).toBeCloseTo(0.49, 1);
		expect(many.high - many.low).toBeLessThan((few.high - few.low) / 3);
	});

	it('of what does nothing falls to a tenth of what was hoped for, and no further', () => {
		const useless = estimateOf('deal.plan', madeUpTally({ done: 500, doneMoved: 100, others: 500, othersMoved: 150 }), settings);
		expect(useless.gain).toBeCloseTo(starts['deal.plan'].gain / 10, 10);
		expect(useless.low).toBe(0);
	});

	it('compares with hold-outs alone once there are thirty: chance has chosen them', () => {
		const few = estimateOf('deal.plan', madeUpTally({ done: 100, doneMoved: 50, others: 129, othersMoved: 100, held: 29, heldMoved: 0 }), settings);
		const enough = estimateOf('deal.plan', madeUpTally({ done: 100, doneMoved: 50, others: 130, othersMoved: 100, held: 30, heldMoved: 0 }), settings);
		expect(few.held).toBe(0);
		expect(enough).toMatchObject({ held: 30, others: 30 });
		expect(enough.gain).toBeGreaterThan(few.gain + 0.2);
	});

	it('starts from the settings where they say something', () => {
		const own = { prior: 40, starts: new Map([['deal.plan' as const, { gain: 0.2, minutes: 5 }]]) };
		expect(estimateOf('deal.plan', madeUpTally(), own).gain).toBeCloseTo(0.2, 10);
	});
});

describe('a person’s own answers', () => {
	it('lower a kind with refusals, by their reason: done already is no dislike', () => {
		expect(factorOf({ done: 0, refused: { already_done: 20 } })).toBe(1);
		expect(factorOf({ done: 0, refused: { not_now: 4 } })).toBeCloseTo(0.8, 10);
		expect(factorOf({ done: 0, refused: { not_worth: 2 } })).toBeCloseTo(4 / 6, 10);
		expect(factorOf({ done: 12, refused: { not_worth: 2 } })).toBeGreaterThan(factorOf({ done: 0, refused: { not_worth: 2 } }));
	});

	it('never halve it more than once', () => {
		expect(factorOf({ done: 0, refused: { wrong: 1000 } })).toBe(leastFactor);
	});
});
