import { describe, expect, it } from 'vitest';
import { moveFault, snoozeFault } from './decisions.ts';
import { outcomeOf } from './outcome.ts';

const day = 86_400_000;

describe('an answer', () => {
	it('is given once; a second one hears that somebody was first', () => {
		expect(moveFault('open', 'done')).toBeNull();
		expect(moveFault('snoozed', 'refused')).toBeNull();
		expect(moveFault('done', 'done')).toMatch(/déjà « fait »/);
		expect(moveFault('refused', 'done')).toMatch(/déjà « écarté »/);
		expect(moveFault('closed', 'done')).toMatch(/sans objet/);
	});

	it('can be taken back', () => {
		expect([moveFault('done', 'open'), moveFault('refused', 'open'), moveFault('snoozed', 'open')]).toEqual([null, null, null]);
	});

	it('puts off to a moment to come, of the next three months', () => {
		const now = new Date('2026-11-18T08:00:00Z');
		expect(snoozeFault(new Date(now.getTime() + day), now)).toBeNull();
		expect(snoozeFault(null, now)).toMatch(/jusqu’à quand/);
		expect(snoozeFault(now, now)).toMatch(/passée/);
		expect(snoozeFault(new Date(now.getTime() + 91 * day), now)).toMatch(/90 jours/);
	});
});

describe('an outcome', () => {
	const at = (days: number): number => 1000 * day + days * day;

	it('is what happened in the weeks after, known when they are over, a win at once', () => {
		const advanced = [{ at: at(3), outcome: 'advanced' as const }];
		expect(outcomeOf(at(0), 21, advanced, at(10))).toBeNull();
		expect(outcomeOf(at(0), 21, advanced, at(21))).toEqual({ outcome: 'advanced', at: at(3), cents: null });
		expect(outcomeOf(at(0), 21, [...advanced, { at: at(9), outcome: 'won', cents: 5 }], at(10))).toEqual({ outcome: 'won', at: at(9), cents: 5 });
		expect(outcomeOf(at(0), 21, [{ at: at(9), outcome: 'lost' }, ...advanced], at(30))?.outcome).toBe('advanced');
	});

	it('does not count what came before or after', () => {
		const outside = [-1, 0, 22].map((days) => ({ at: at(days), outcome: 'advanced' as const }));
		expect(outcomeOf(at(0), 21, outside, at(30))).toEqual({ outcome: 'no_effect', at: at(21), cents: null });
	});
});
