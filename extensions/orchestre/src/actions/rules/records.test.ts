import { describe, expect, it } from 'vitest';
import { nextAction, type About, type Facts } from '../../timeline/next/rules.ts';
import { candidateOf, dealStake, leadStake, type OpenRecord } from './records.ts';

const now = new Date('2026-11-18T08:00:00Z');
const inHours = (hours: number): string => new Date(now.getTime() + hours * 3_600_000).toISOString();
const about = (collection: string, name: string, at: string | null): About => ({ collection, id: `${collection}-1`, name, at });
const nothing = { unanswered: null, lastContactAt: null, task: null, appointment: null, quote: null, invoice: null, ticket: null, alert: null };
const plain = {
	who: 'Atelier Roux',
	owner: 'me',
	team: 'us',
	links: {},
	assignee: null,
	taskKind: null,
	invoiceCents: null,
	stakeCents: 100,
	stakeText: 'x',
	health: null,
};
const lead = (over: Partial<NonNullable<Facts['lead']>> = {}, more: Partial<Facts> = {}, rest: Partial<OpenRecord> = {}): OpenRecord => ({
	...plain,
	kind: 'lead',
	id: 'l1',
	name: 'Ana Roux',
	facts: { ...nothing, subject: 'leads', lead: { status: 'new', deal: null, duplicate: null, slaDueAt: inHours(2), contacted: false, ...over }, ...more },
	...rest,
});
const deal = (more: Partial<Facts> = {}, rest: Partial<OpenRecord> = {}): OpenRecord => ({
	...plain,
	kind: 'deal',
	id: 'd1',
	name: 'Parc Roux',
	facts: { ...nothing, subject: 'opportunities', deal: { closed: false, closeDate: null, nextStep: null, nextStepAt: null }, ...more },
	...rest,
});
const of = (one: OpenRecord) => candidateOf(one, now, now);

describe('a record’s action of the day', () => {
	it('is what its own form says, word by word', () => {
		for (const one of [lead(), lead({ contacted: true, status: 'qualified' }), deal(), deal({ quote: about('quotes', 'DEV-1', '2026-11-20') })])
			expect(of(one)?.next).toEqual(nextAction(one.facts, now));
		expect(of(lead())).toMatchObject({ topic: 'lead.first_contact', title: 'Appeler Ana Roux', why: 'Premier contact attendu le 18 novembre 2026 à 11 h 00.', urgent: true });
		expect(of(lead({ contacted: true, status: 'qualified' }))?.topic).toBe('lead.convert');
		expect(of(deal())?.topic).toBe('deal.plan');
		expect(of(deal({ quote: about('quotes', 'DEV-1', '2026-11-20') }))).toMatchObject({ topic: 'deal.quote', links: { quote: 'quotes-1' } });
	}); // prettier-ignore

	it('is nothing where the form asks for nothing today', () => {
		expect(of(deal({ appointment: about('planning', 'Visite', inHours(50)) }))).toBeNull();
		expect(of(deal({ appointment: about('planning', 'Visite', inHours(2)) }))).toBeNull();
		expect(of(lead({ status: 'lost' }))).toBeNull();
	});

	it('is not somebody else’s task', () => {
		const task = about('tasks', 'Relancer', inHours(-3));
		expect(of(deal({ task }, { assignee: 'me' }))).toMatchObject({ topic: 'deal.task', title: 'Relancer', links: { task: 'tasks-1' } });
		expect(of(deal({ task }, { assignee: 'other' }))).toBeNull();
	});

	it('of a deal that is not well is what its health recommends', () => {
		const action = { kind: 'call' as const, title: 'Relancer Ana Roux', text: 'Appelez Ana Roux.', days: 1 };
		const health = { action, reasons: [{ code: 'idle' as const, weight: 3, text: 'Aucune activité depuis 30 jours.' }] };
		expect(of(deal({ alert: { ...about('alerts', 'Affaire en danger', null), detail: 'Appelez Ana Roux.' } }, { health }))).toMatchObject({
			topic: 'deal.alert',
			title: 'Relancer Ana Roux',
			why: 'Aucune activité depuis 30 jours.',
			advice: 'Appelez Ana Roux.',
			means: 'call',
		});
	});

	it('is one thing about an invoice, whichever deal it came from', () => {
		const one = of(deal({ invoice: about('invoices', 'FAC-1', '2026-10-01') }, { invoiceCents: 120_000 }));
		expect(one).toMatchObject({ topic: 'invoice.overdue', record: { collection: 'invoices', id: 'invoices-1' }, stakeCents: 120_000 });
	});

	it('names whom to answer', () => {
		const message = deal({ unanswered: about('interactions', 'Question', inHours(-30)) });
		expect(of(message)).toMatchObject({ topic: 'deal.answer', title: 'Répondre à Atelier Roux', urgent: true });
		expect(of(deal({ unanswered: about('interactions', 'Question', inHours(-24 * 17)) }))?.urgent).toBe(false);
	});

	it('is urgent when a first contact is due, and not for weeks on end', () => {
		expect(of(lead({ slaDueAt: inHours(-20) }))?.urgent).toBe(true);
		expect(of(lead({ slaDueAt: inHours(-24 * 6) }))?.urgent).toBe(false);
		expect(of(lead({ slaDueAt: inHours(30) }))?.urgent).toBe(false);
	});
});

describe('what is at stake', () => {
	const ground = { dealCents: 2_000_000, winRate: 0.4, nominalCents: 50_000 };

	it('of a lead is budget × conversion × win rate, each with its source in words', () => {
		expect(leadStake({ budgetCents: 1_000_000, probability: 2500, grade: 'A1' }, ground).stakeCents).toBe(100_000);
		expect(leadStake({ budgetCents: null, probability: null, grade: 'B2' }, ground).stakeCents).toBe(144_000);
		expect(leadStake({ budgetCents: null, probability: null, grade: 'B2' }, ground).stakeText.replaceAll(/\s/g, ' ')).toBe(
			'20 000 € d’une affaire moyenne × 18 % de conversion × 40 % de gain',
		);
	});

	it('of a deal is amount × probability; one without an amount counts as an average one', () => {
		expect(dealStake({ amountCents: 500_000, probability: 5000 }, ground).stakeCents).toBe(250_000);
		expect(dealStake({ amountCents: null, probability: 1000 }, ground).stakeCents).toBe(200_000);
	});
});
