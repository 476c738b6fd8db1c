import { describe, expect, it } from 'vitest';
import { dayMs } from '../../platform/time/paris.ts';
import { inputFaults } from './input.ts';
import { isForManager, ruleText } from './limits.ts';

const limits = { maxCents: 200_000, maxRate: 2000 };
const now = new Date('2026-12-24T09:00:00Z');
const fieldsOf = (payload: Record<string, unknown>, isNew = true): string[] => inputFaults(payload, isNew, now).map(({ field }) => field);

describe('the limit of a manager', () => {
	it('is one of the amount and one of the discount, each included', () => {
		const asked = [
			{ cents: 200_000, rate: 2000 },
			{ cents: 200_001, rate: null },
			{ cents: 100, rate: 2001 },
			{ cents: null, rate: null },
			{ cents: null, rate: null, isForeign: true },
		];
		expect(asked.map((one) => isForManager(one, limits))).toEqual([true, false, false, true, false]);
		expect(ruleText({ cents: 100, rate: 2001 }, limits)).toBe('Au-dessus de 20 % de remise : la direction décide');
	});
});

describe('what is sent', () => {
	it('names an amount, unless it is about something else', () => {
		expect(fieldsOf({ kind: 'discount' })).toEqual(['amount_cents']);
		expect(fieldsOf({ kind: 'other' })).toEqual([]);
		expect(fieldsOf({ kind: 'contract', amount_cents: '120000', discount_rate: 10_000 })).toEqual([]);
	});

	it('has a deadline to come, within sixty days', () => {
		const inDays = (days: number): string[] => fieldsOf({ deadline: new Date(now.getTime() + days * dayMs).toISOString() });
		expect([inDays(-1), inDays(0), inDays(1), inDays(60), inDays(61)].map(({ length }) => length)).toEqual([1, 1, 0, 0, 1]);
		expect(fieldsOf({ deadline: null }, false), 'not taken away').toEqual(['deadline']);
	});

	it('stays as it was sent but for its decision, its approver and its deadline', () => {
		expect(fieldsOf({ status: 'approved', comment: 'x', approver: 'y' }, false)).toEqual([]);
		expect(fieldsOf({ title: 'x', company: 'y', requester: 'z' }, false)).toEqual(['title', 'company', 'requester']);
	});
});
