import { describe, expect, it } from 'vitest';
import type { DayAction } from './read.ts';
import { cardOf, exchangeOf, progressOf, whereOf } from './view.ts';

const now = new Date(2026, 10, 18, 15);
const reasons: NonNullable<DayAction['reasons']> = {
	topic: 'deal.quote',
	next: { kind: 'quote_ending', urgent: false, at: '2026-11-20', about: { collection: 'quotes', id: 'q', name: 'DEV-1', at: '2026-11-20' } },
	why: 'Sans réponse.',
	lines: [],
	gain: { gain: 0.1, low: 0, high: 0.2, origin: 'start', done: 0, others: 0, held: 0 },
	range: { low: 0, high: 1 },
	urgent: false,
};
const action = (over: Partial<DayAction> = {}): DayAction => ({
	id: 'a1',
	title: 'Relancer le devis',
	state: 'open',
	topic: 'deal.quote',
	recommended_action: 'Sans réponse.',
	action_kind: 'call',
	expected_value_cents: 120_000,
	minutes: 15,
	reasons,
	refusal_reason: null,
	opportunity: { id: 'd1', name: 'Parc de Lyon', stage: { name: 'Proposition' } },
	company: { id: 'c1', name: 'Atelier Roux', phone: '+33100000000' },
	...over,
});

describe('a card', () => {
	it('says what the record’s form says, in the reader’s language, and about whom', () => {
		const card = cardOf(action(), now, 'fr');
		expect(card).toMatchObject({ title: 'Relancer le devis', who: 'Parc de Lyon · Atelier Roux · Proposition', phone: '+33100000000', advice: null });
		expect(card.where).toBe('/content/opportunities/d1');
		expect(card.why.replaceAll(/\s/g, ' ')).toBe('Le devis DEV-1 reste sans réponse et n’est valable que jusqu’au 20 nov. 2026.');
		expect(cardOf(action(), now, 'en').title).toBe('Chase the quote');
	});

	it('keeps the advice of the deal’s health', () => {
		const advised = action({ title: 'Relancer Ana Roux', recommended_action: 'Appelez Ana Roux.' });
		expect(cardOf(advised, now, 'fr')).toMatchObject({ title: 'Relancer Ana Roux', why: 'Sans réponse.', advice: 'Appelez Ana Roux.' });
	});

	it('calls a task late once its hour has passed', () => {
		const task = (hour: number): string => {
			const next = { kind: 'task_today' as const, urgent: false, at: new Date(2026, 10, 18, hour).toISOString(), about: null };
			return cardOf(action({ reasons: { ...reasons, next } }), now, 'fr').why;
		};
		expect(task(16)).toMatch(/^Tâche à faire aujourd’hui/);
		expect(task(14)).toMatch(/^Tâche en retard/);
	});

	it('does not repeat what the title says', () => {
		const invoice = action({
			title: 'Relancer Atelier Roux pour la facture',
			topic: 'invoice.overdue',
			opportunity: null,
			invoice: { id: 'i', number: 'F-1' },
		});
		expect(cardOf(invoice, now, 'fr').who).toBe('F-1');
	});

	it('opens the record that its topic is about', () => {
		expect(whereOf(action({ topic: 'invoice.overdue', invoice: { id: 'i1' } }))).toBe('/content/invoices/i1');
		expect(whereOf(action({ topic: 'approval.decide', approval: { id: 'v1' } }))).toBe('/content/validation/v1');
		expect(whereOf(action({ topic: 'insight.upsell', opportunity: null }))).toBe('/content/companies/c1');
		expect(whereOf(action({ topic: 'task.due', opportunity: null, company: null, task: { id: 't1' } }))).toBe('/content/tasks/t1');
		expect(whereOf(action({ topic: 'insight.other', opportunity: null, company: null, basis: 'b1' }))).toBe('/content/insights/b1');
	});
});

describe('the day', () => {
	it('counts what is done, and what is left', () => {
		const answered = [action({ state: 'done' }), action({ state: 'refused' })];
		expect(progressOf([action(), action()], answered)).toEqual({ done: 1, all: 3, minutes: 30, cents: 240_000 });
	});

	it('logs an exchange with what is one', () => {
		expect([exchangeOf(action()), exchangeOf(action({ topic: 'task.due' })), exchangeOf(action({ action_kind: 'review' }))]).toEqual(['call', null, null]);
	});
});
