import { describe, expect, it } from 'vitest';
import { nextAction, type About, type Facts } from './rules.ts';
import { morningIn } from './working-day.ts';
import { say } from './words.ts';

const now = new Date('2026-11-18T10:00:00Z');
const inHours = (hours: number): string => new Date(now.getTime() + hours * 3_600_000).toISOString();
const row = (name: string, at: string | null): About => ({ collection: 'tasks', id: name, name, at });
const nothing = { unanswered: null, lastContactAt: null, task: null, appointment: null, quote: null, invoice: null, ticket: null, alert: null };
const lead = (over: Partial<NonNullable<Facts['lead']>> = {}, more: Partial<Facts> = {}): Facts => ({
	...nothing,
	subject: 'leads',
	lead: { status: 'new', deal: null, duplicate: null, slaDueAt: inHours(1 / 3), contacted: false, ...over },
	...more,
});
const deal = (over: Partial<NonNullable<Facts['deal']>> = {}, more: Partial<Facts> = {}): Facts => ({
	...nothing,
	subject: 'opportunities',
	deal: { closed: false, closeDate: null, nextStep: null, nextStepAt: null, ...over },
	...more,
});
const company = (more: Partial<Facts> = {}): Facts => ({ ...nothing, subject: 'companies', ...more });
const kind = (facts: Facts): string => nextAction(facts, now).kind;
const french = (facts: Facts): string => say(nextAction(facts, now), now, 'fr').reason.replaceAll(/\s/g, ' ');

describe('the next action', () => {
	it('of a lead is its first contact before the deadline, urgent in the last two hours and after it', () => {
		expect(nextAction(lead(), now)).toMatchObject({ kind: 'first_contact', urgent: true });
		expect(nextAction(lead({ slaDueAt: inHours(5) }), now).urgent).toBe(false);
		expect(french(lead())).toMatch(/^Premier contact attendu le 18 nov\. 2026 à \d\d:20, dans 20 min\.$/);
		expect(french(lead({ slaDueAt: inHours(-3) }))).toMatch(/: 3 h de retard\.$/);
		expect(kind(lead({ contacted: true }))).toBe('plan');
	});

	it('is to look at a possible duplicate before anybody calls, but not once there was a contact', () => {
		const duplicate = row('Ana Roux', null);
		expect(kind(lead({ duplicate }))).toBe('check_duplicate');
		expect(kind(lead({ duplicate, contacted: true }))).toBe('plan');
	});

	it('of what is over is the deal, or nothing', () => {
		expect(kind(lead({ status: 'converted', deal: row('Roux', null) }, { task: row('Vieille', inHours(-50)) }))).toBe('open_deal');
		expect(kind(lead({ status: 'lost' }))).toBe('closed');
		expect(kind(deal({ closed: true }, { task: row('Vieille', inHours(-50)) }))).toBe('closed');
	});

	it('puts who waits before what is late, what is late before what ends, and that before what is planned', () => {
		const everything: Partial<Facts> = {
			unanswered: row('Question', inHours(-3)),
			ticket: row('Panne', inHours(-1)),
			invoice: row('FAC-1', '2026-10-01'),
			task: row('Relance', inHours(-24)),
			alert: { ...row('Affaire immobile', null), detail: 'Appeler le décideur.' },
			quote: row('DEV-1', '2026-11-20'),
			appointment: row('Visite', inHours(2)),
		};
		const order: string[] = [];
		const left = { ...everything };
		for (const [fact, expected] of [
			['unanswered', 'answer'],
			['ticket', 'ticket_late'],
			['invoice', 'invoice_overdue'],
			['task', 'overdue_task'],
			['quote', 'quote_ending'],
			['appointment', 'appointment_today'],
			['alert', 'alert'],
		] as const) {
			order.push(kind(company(left)));
			expect(order.at(-1)).toBe(expected);
			left[fact] = null;
		}
		expect(kind(company(left))).toBe('plan');
	});

	it('says what an alert recommends', () => {
		const stalled = deal({}, { alert: { ...row('Affaire immobile', null), detail: 'Appeler le décideur.' } });
		expect(say(nextAction(stalled, now), now, 'fr')).toMatchObject({ title: 'Affaire immobile', reason: 'Appeler le décideur.' });
		expect(kind(deal({ closed: true }, { alert: stalled.alert }))).toBe('closed');
	});

	it('chases a quote from a week before its end until a month after', () => {
		const ending = (on: string): string => kind(deal({ nextStepAt: inHours(100) }, { quote: row('DEV-1', on) }));
		expect([ending('2026-11-30'), ending('2026-11-24'), ending('2026-11-01'), ending('2026-10-10')]).toEqual([
			'planned',
			'quote_ending',
			'quote_ending',
			'planned',
		]);
		expect(french(deal({}, { quote: row('DEV-1', '2026-11-24') }))).toBe('Le devis DEV-1 reste sans réponse et n’est valable que jusqu’au 24 nov. 2026.');
	});

	it('of a deal without a next step is to plan one; a step in the past and a close date in the past are said', () => {
		expect(kind(deal())).toBe('plan');
		expect(kind(deal({ nextStepAt: inHours(-1) }))).toBe('next_step_late');
		expect(kind(deal({ nextStep: 'Démo', nextStepAt: inHours(50) }))).toBe('planned');
		expect(kind(deal({ closeDate: '2026-11-17', nextStepAt: inHours(50) }))).toBe('close_date_past');
		expect(kind(deal({ closeDate: '2026-11-18', nextStepAt: inHours(50) }))).toBe('planned');
	});

	it('proposes the conversion of a qualified lead for which nothing is planned', () => {
		expect(kind(lead({ status: 'qualified', contacted: true }))).toBe('convert');
		expect(kind(lead({ status: 'qualified', contacted: true }, { appointment: row('Démo', inHours(60)) }))).toBe('planned');
	});

	it('leaves a client alone that was talked to in the last quarter', () => {
		expect(kind(company({ lastContactAt: inHours(-24 * 30) }))).toBe('quiet');
		expect(kind(company({ lastContactAt: inHours(-24 * 100) }))).toBe('plan');
		expect(french(company({ lastContactAt: inHours(-24 * 3) }))).toBe('Dernier échange il y a 3 jours.');
	});

	it('takes the earliest of what is planned, and a task without a date last', () => {
		const planned = nextAction(
			deal({ nextStep: 'Démo', nextStepAt: inHours(40) }, { task: row('Sans date', null), appointment: row('Visite', inHours(90)) }),
			now,
		);
		expect(planned).toMatchObject({ kind: 'planned', about: { name: 'Démo' } });
		expect(french(company({ task: row('Sans date', null) }))).toBe('C’est prévu, sans date.');
	});

	it('says whose task it is, and no French marks in English', () => {
		const late = company({ task: { ...row('Relance', inHours(-24)), who: 'Léa Martin' } });
		expect(french(late)).toMatch(/^Tâche en retard : elle était prévue le 17 nov\. 2026 à \d\d:00 \(Léa Martin\)\.$/);
		expect(say(nextAction(late, now), now, 'en')).toMatchObject({ title: 'Relance', button: 'Mark as done' });
	});
});

describe('a morning', () => {
	it('is at nine on a working day', () => {
		const friday = new Date(2026, 10, 20, 15, 40);
		expect(morningIn(1, friday)).toEqual(new Date(2026, 10, 23, 9));
		expect(morningIn(2, friday)).toEqual(new Date(2026, 10, 23, 9));
		expect(morningIn(4, friday)).toEqual(new Date(2026, 10, 24, 9));
	});
});
