import { describe, expect, it } from 'vitest';
import { changesOf, type Known, type State } from './change.ts';

const today = 20_000;
const active: State = { status: 'active', mrr: 50_000, startedDay: 19_000, cancelledDay: null, endsDay: null, reason: null };
const known: Known = { status: 'active', mrr: 50_000, day: 19_500 };
const told = (state: Partial<State>, from: Known | null = known) =>
	changesOf({ ...active, ...state }, from, today).map(({ kind, day, before, after }) => [kind, day, before, after]);

describe('the history of a subscription', () => {
	it('begins with what is there, and says nothing where nothing changed', () => {
		expect(told({}, null)).toEqual([['new', 19_000, 0, 50_000]]);
		expect([told({}), told({ status: 'trial' }, null)]).toEqual([[], []]);
		expect(told({ status: 'cancelled', cancelledDay: 19_990 }, null)).toEqual([
			['new', 19_000, 0, 50_000],
			['cancellation', 19_990, 50_000, 50_000],
		]);
	});

	it('tells a revenue that went up or down, also with a change of status', () => {
		expect([told({ mrr: 60_000 }), told({ mrr: 30_000 })]).toEqual([[['expansion', today, 50_000, 60_000]], [['contraction', today, 50_000, 30_000]]]);
		expect(told({ mrr: 30_000, status: 'cancelled' })).toEqual([
			['contraction', today, 50_000, 30_000],
			['cancellation', today, 30_000, 30_000],
		]);
	});

	it('tells notice, its withdrawal, the end and the return; what ended brings nothing', () => {
		expect(told({}, { ...known, status: 'cancelled' })).toEqual([['retention', today, 50_000, 50_000]]);
		expect(told({ status: 'cancelled', cancelledDay: 19_400 }), 'a day of an earlier notice').toEqual([['cancellation', today, 50_000, 50_000]]);
		expect(told({ status: 'ended', endsDay: 19_995 })).toEqual([['end', 19_995, 50_000, 0]]);
		expect(told({}, { ...known, status: 'ended', mrr: 0 })).toEqual([['reactivation', today, 0, 50_000]]);
		expect([told({ status: 'paused' }), told({}, { ...known, status: 'paused' })].map(([row]) => row?.[0])).toEqual(['pause', 'resume']);
	});
});
