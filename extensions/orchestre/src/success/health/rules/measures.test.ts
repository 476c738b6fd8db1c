import { describe, expect, it } from 'vitest';
import { measureContact, measurePayments, measurePlan, measureSatisfaction, measureTickets } from './measures.ts';
import { holds, overrideFaults } from './override.ts';
import { measureUsage, seasonOf } from './usage.ts';

const usage = (recent: number, before: number, over: object = {}) => ({ recent, before, firstDays: 200, lastDays: 1, ...over });
const steady = { season: 1 };

describe('usage', () => {
	it('is compared with the 90 days before', () => {
		expect(measureUsage(usage(58, 300), steady)).toEqual({ score: 44, text: 'Usage en baisse de 42 % sur 30 jours' });
		expect(measureUsage(usage(100, 300), steady)).toEqual({ score: 100, text: 'Usage stable sur 30 jours' });
		expect(measureUsage(usage(150, 300), steady)).toEqual({ score: 100, text: 'Usage en hausse de 50 % sur 30 jours' });
	});

	it('makes little of a change that is chance', () => {
		const few = measureUsage(usage(3, 18), steady).score ?? 0;
		const many = measureUsage(usage(300, 1800), steady).score ?? 0;
		expect(few).toBeGreaterThan(many + 20);
	});

	it('is left out where nothing is measured, or too shortly', () => {
		expect(measureUsage(usage(0, 0, { firstDays: null, lastDays: null }), steady)).toEqual({ score: null, text: 'Pas de mesure d’usage' });
		expect(measureUsage(usage(5, 3, { firstDays: 40 }), steady)).toEqual({ score: null, text: 'Usage mesuré depuis 40 jours : trop tôt pour comparer' });
	});

	it('says how long nothing was used', () => {
		expect(measureUsage(usage(0, 300, { lastDays: 47 }), steady)).toEqual({ score: 0, text: 'Aucun usage depuis 47 jours' });
		expect(measureUsage(usage(0, 0, { lastDays: 210, firstDays: 300 }), steady)).toEqual({ score: 0, text: 'Aucun usage depuis 210 jours' });
	});

	it('counts a beginner’s days only since the first', () => {
		// Thirty days before the last thirty: twenty events there are a pace of twenty a month.
		expect(measureUsage(usage(20, 20, { firstDays: 60 }), steady)).toEqual({ score: 100, text: 'Usage stable sur 30 jours' });
	});

	it('takes August from everybody alike', () => {
		expect(measureUsage(usage(60, 300), { season: 0.6 })).toEqual({ score: 100, text: 'Usage en baisse de 40 % sur 30 jours, tous clients −40 %' });
		expect(seasonOf({ clients: 200, recent: 600, before: 3000 })).toBe(0.6);
		expect(seasonOf({ clients: 200, recent: 0, before: 3000 })).toBe(0.5);
		expect(seasonOf({ clients: 200, recent: 1500, before: 3000 })).toBe(1);
		expect(seasonOf({ clients: 19, recent: 600, before: 3000 })).toBe(1);
	});
});

describe('support', () => {
	const tickets = { year: 4, month: 1, urgent: 0, high: 0, late: 0, negative: 0 };
	it('costs by what is open, late, and of a bad tone', () => {
		expect(measureTickets(tickets)).toEqual({ score: 100, text: 'Tickets traités dans les temps, sans tension' });
		expect(measureTickets({ ...tickets, urgent: 2, late: 1, negative: 1 })).toEqual({
			score: 15,
			text: '2 tickets urgents ouverts, 1 ticket hors délai et 1 ticket au ton négatif en 90 jours',
		});
		expect(measureTickets({ ...tickets, year: 9, month: 6 })).toEqual({ score: 85, text: '6 tickets en 30 jours' });
		expect(measureTickets({ ...tickets, year: 0 }).score).toBeNull();
	});
});

describe('payments', () => {
	const invoices = { year: 12, overdue: 0, overdueCents: 0, oldestDays: 0, disputed: 0, paid: 6, lateDays: 12 };
	it('cost by what is overdue, disputed, and paid late by habit', () => {
		expect(measurePayments(invoices)).toEqual({ score: 100, text: 'Factures réglées dans les temps' });
		expect(measurePayments({ ...invoices, overdue: 2, overdueCents: 1_234_500, oldestDays: 20 }).text).toMatch(
			/^2 factures échues depuis 20 jours \(12\s345 €\)$/u,
		);
		expect(measurePayments({ ...invoices, overdue: 2, overdueCents: 100, oldestDays: 400 }).score).toBe(25);
		expect(measurePayments({ ...invoices, lateDays: 90 })).toEqual({ score: 80, text: 'Règlements en retard de 15 jours en moyenne' });
		expect(measurePayments({ ...invoices, year: 0 }).score).toBeNull();
	});
});

it('contact falls from recent to nothing in three times as long', () => {
	const settings = { contactDays: 30 };
	expect([0, 30, 75, 120, 500].map((days) => measureContact(days, settings).score)).toEqual([100, 100, 50, 0, 0]);
	expect(measureContact(null, settings)).toEqual({ score: null, text: 'Aucun échange noté' });
});

it('satisfaction counts the newest answers twice', () => {
	expect(measureSatisfaction({ recent: 1, recentSum: 20, older: 2, olderSum: 200 })).toEqual({ score: 60, text: 'Satisfaction de 60 sur 100 (3 réponses)' });
	expect(measureSatisfaction({ recent: 0, recentSum: 0, older: 0, olderSum: 0 }).score).toBeNull();
});

it('a plan costs by its late milestones', () => {
	expect(measurePlan({ open: 3, late: 2, oldestDays: 12, reached: 0, lateDays: 0 })).toEqual({
		score: 58,
		text: '2 jalons en retard (12 jours pour le plus ancien)',
	});
	expect(measurePlan({ open: 1, late: 0, oldestDays: 0, reached: 2, lateDays: 8 })).toEqual({
		score: 96,
		text: 'Jalons atteints avec 4 jours de retard en moyenne',
	});
	expect(measurePlan({ open: 0, late: 0, oldestDays: 0, reached: 0, lateDays: 0 }).score).toBeNull();
});

describe('an override', () => {
	const today = 20_500; // 2026-02-16
	const good = { band: 'good', reason: 'Accord signé', until: '2026-03-01' } as const;
	it('needs a reason and an end within six months', () => {
		expect(overrideFaults(good, today, true)).toEqual([]);
		expect(overrideFaults({ ...good, until: '2026-02-16' }, today, true)).toEqual([]);
		expect(overrideFaults({ ...good, reason: ' ok ' }, today, true).map(({ field }) => field)).toEqual(['health_override_reason']);
		for (const until of [null, '2026-02-15', '2026-08-16'])
			expect(overrideFaults({ ...good, until }, today, true).map(({ field }) => field)).toEqual(['health_override_until']);
		expect(overrideFaults({ band: null, reason: null, until: null }, today, false)).toEqual([]);
		expect(overrideFaults(good, today, false).map(({ field }) => field)).toEqual(['health_override']);
	});

	it('holds through its last day', () => {
		expect(holds(good, today)).toBe(true);
		expect(holds({ ...good, until: '2026-02-16' }, today)).toBe(true);
		expect(holds({ ...good, until: '2026-02-15' }, today)).toBe(false);
		expect(holds({ band: null, until: '2026-03-01' }, today)).toBe(false);
	});
});
