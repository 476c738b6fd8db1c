import { describe, expect, it } from 'vitest';
import { dayMs } from '../../../platform/time/paris.ts';
import { momentsOf } from '../../../predictions/rules/churn.ts';
import { daysToRenewal } from '../rules/renewal.ts';
import { isLeftBetween, knownRevenueAt, runningAt, type Spell } from '../rules/spells.ts';
import { spellsOf } from './spell-rows.ts';

type Row = Record<string, unknown>;

const at = (iso: string): number => Date.parse(`${iso}T09:00:00Z`);
const subscription = (over: Row = {}): Row => ({ id: 's', company: 'c', status: 'active', started_on: '2023-01-10', mrr_cents: 90_000, date_created: '2023-01-10T09:00:00Z', ...over }); // prettier-ignore
const contract = (id: string, over: Row): Row => ({ id, company: 'c', status: 'signed', renewal: 'none', signed_on: over['starts_on'], ...over });
const change = (kind: string, day: string, mrr = 50_000): Row => ({ subscription: 's', kind, changed_on: day, recorded_at: `${day}T08:00:00Z`, mrr_after_cents: mrr }); // prettier-ignore

const spells = (subscriptions: Row[], changes: Row[] = [], contracts: Row[] = []): Spell[] => spellsOf(subscriptions, changes, contracts).get('c') ?? [];
const first = contract('a', { starts_on: '2024-01-01', ends_on: '2024-12-31' });
const second = (signed: string): Row => contract('b', { starts_on: '2025-01-01', ends_on: '2025-12-31', signed_on: signed });

describe('a contract that another follows', () => {
	it('looks as if it were the last until the other is signed', () => {
		const look = at('2024-11-15');
		const [alone, followed] = [spells([], [], [first]), spells([], [], [first, second('2024-12-20')])];
		expect([daysToRenewal(alone, look), daysToRenewal(followed, look)]).toEqual([46, 46]);
		expect(daysToRenewal(followed, at('2024-12-22')), 'signed').toBeNull();
		expect([isLeftBetween(alone, look, look + 90 * dayMs), isLeftBetween(followed, look, look + 90 * dayMs)]).toEqual([true, false]);
	});

	it('ends all the same: nothing runs two years after both, and somebody who began with it counts from there', () => {
		const both = spells([], [], [first, second('2024-12-20')]);
		expect(runningAt(both, at('2025-06-01')).map(({ since }) => since)).toEqual([both[0]?.start]);
		expect(runningAt(both, at('2027-12-31'))).toEqual([]);
		expect(isLeftBetween(both, at('2025-12-01'), at('2026-02-01')), 'the second is followed by none').toBe(true);
	});

	it('signed after the horizon was a departure, whatever came later', () => {
		const late = spells([], [], [first, second('2025-02-20')]);
		expect(isLeftBetween(late, at('2024-12-01'), at('2025-02-01'))).toBe(true);
		expect(isLeftBetween(late, at('2024-12-01'), at('2025-03-01'))).toBe(false);
		expect(runningAt(late, at('2025-01-15')), 'not signed yet').toEqual([]);
	});

	it('by tacit renewal comes to its term each time, and runs until the other begins', () => {
		const tacit = { ...first, renewal: 'tacit', renewal_months: 12 };
		expect(daysToRenewal(spells([], [], [tacit]), at('2026-12-21'))).toBe(10);
		expect(runningAt(spells([], [], [tacit]), at('2027-06-01'))).toHaveLength(1);
		expect(runningAt(spells([], [], [tacit, contract('b', { starts_on: '2025-02-01', ends_on: '2026-01-31' })]), at('2025-01-15'))).toHaveLength(1);
	});
});

describe('a notice', () => {
	const horizonMs = 90 * dayMs;
	const asked = change('cancellation', '2024-03-01');

	it('that was withdrawn later stood until then, for the looks and for what came of them', () => {
		const stood = spells([subscription()], [asked]);
		const withdrawn = spells([subscription()], [asked, change('retention', '2024-07-01')]);
		const looks = (own: Spell[]) => momentsOf(own, { horizonMs, until: at('2024-06-30') });
		expect(looks(stood).length).toBeGreaterThan(2);
		expect(looks(withdrawn)).toEqual(looks(stood));
		expect(runningAt(withdrawn, at('2024-05-01'))).toEqual([]);
		expect(runningAt(withdrawn, at('2024-08-01'))).toHaveLength(1);
		expect(isLeftBetween(withdrawn, at('2024-01-15'), at('2024-04-15'))).toBe(true);
		expect(isLeftBetween(withdrawn, at('2024-01-15'), at('2024-07-15')), 'withdrawn within the horizon').toBe(false);
	});

	it('given once more after a withdrawal stands from the second time on', () => {
		const own = spells([subscription({ status: 'cancelled', cancelled_on: '2025-02-01', ends_on: '2025-03-01' })], [asked, change('retention', '2024-04-01'), change('cancellation', '2025-02-01')]); // prettier-ignore
		expect([runningAt(own, at('2024-12-01')).length, runningAt(own, at('2025-02-02')).length]).toEqual([1, 0]);
		expect(isLeftBetween(own, at('2024-12-01'), at('2025-03-01'))).toBe(true);
	});
});

describe('a client that ended and came back', () => {
	const changes = [change('new', '2023-01-10'), change('cancellation', '2024-03-01'), change('end', '2024-04-01', 0), change('reactivation', '2025-01-15', 70_000)];
	const own = spells([subscription({ ends_on: '2024-04-01' })], changes);

	it('has left, was away, and is a client again since its return', () => {
		expect(isLeftBetween(own, at('2024-02-01'), at('2024-05-01'))).toBe(true);
		expect([runningAt(own, at('2024-10-01')).length, runningAt(own, at('2025-06-01')).length]).toEqual([0, 1]);
		expect(runningAt(own, at('2025-06-01')).map((one) => knownRevenueAt(one, at('2025-06-01')))).toEqual([70_000]);
	});
});

describe('the revenue of a subscription without a history', () => {
	const own = spells([subscription({ date_updated: '2026-03-01T10:00:00Z' })])[0] as Spell;

	it('is known since its last change, not before', () => {
		expect([knownRevenueAt(own, at('2025-06-01')), knownRevenueAt(own, at('2026-06-01'))]).toEqual([null, 90_000]);
	});
});

describe('the anniversary of a subscription', () => {
	it('is the day of the calendar, in leap years and others', () => {
		const days = (start: string, look: string) => daysToRenewal(spells([subscription({ started_on: start })]), at(look));
		expect([days('2023-01-10', '2026-01-09'), days('2023-01-10', '2026-01-10'), days('2023-01-10', '2026-01-11')]).toEqual([1, 0, 364]);
		expect([days('2024-02-29', '2027-02-27'), days('2020-03-01', '2027-02-27')]).toEqual([1, 2]);
		expect(days('2023-01-10', '2023-01-10')).toBe(365);
	});
});
