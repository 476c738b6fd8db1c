import { describe, expect, it } from 'vitest';
import { grouped, stampOf } from './groups.ts';
import type { Row, TimelineEvent } from './types.ts';
import { tell } from './words.ts';

const now = new Date(2026, 10, 18, 10);
const event = (collection: string, row: Record<string, unknown>, source = collection): TimelineEvent => ({
	key: source,
	source,
	kind: 'task',
	collection,
	at: '2026-11-01',
	row: { id: 'x', ...row } as Row,
});
const labels: Record<string, string> = {
	email: 'E-mail',
	inbound: 'Entrant',
	negative: 'Négatif',
	local: 'Règles locales',
	openai: 'Résumé par OpenAI',
	call: 'Appel',
	visit: 'Visite',
	outbound: 'Sortant',
	reached: 'Interlocuteur joint',
	sent: 'Envoyée',
	invoice: 'Facture',
};
const told = (one: TimelineEvent) => {
	const said = tell(one, now, 'fr', (_collection, _field, value) => labels[value] ?? null);
	return { ...said, facts: said.facts.map((fact) => fact.replaceAll(/\s/g, ' ')) };
};

describe('an event', () => {
	it('is told in French words, with who and with whom', () => {
		const call = event('interactions', {
			kind: 'call',
			direction: 'outbound',
			subject: 'Point',
			outcome: 'reached',
			duration_minutes: 25,
			owner: { id: 'u', name: 'Léa Martin' },
			person: { id: 'p', name: 'Ana Roux' },
			lead: null,
		});
		expect(told(call)).toMatchObject({
			icon: 'call',
			title: 'Point',
			facts: ['Appel sortant', 'Interlocuteur joint', '25 min'],
			who: 'Léa Martin',
			links: [{ collection: 'people', id: 'p', name: 'Ana Roux' }],
		});
	});

	it('agrees with its kind', () => {
		expect(told(event('interactions', { kind: 'visit', direction: 'outbound' })).facts).toEqual(['Visite sortante']);
		expect(told(event('interactions', { kind: 'email', direction: 'inbound' })).facts).toEqual(['E-mail entrant']);
	});

	it('says how an exchange sounds, and who says so', () => {
		const mail = {
			kind: 'email',
			direction: 'inbound',
			subject: 'Panne',
			summary: 'Tout est bloqué.',
			sentiment: 'negative',
			sentiment_source: 'local',
			summary_source: 'openai',
		};
		const said = told(event('interactions', mail));
		expect(said).toMatchObject({ tone: 'bad', text: 'Tout est bloqué.', facts: ['E-mail entrant', 'ton négatif (Règles locales)', 'Résumé par OpenAI'] });
		expect(told(event('interactions', { ...mail, sentiment: 'neutral', summary_source: null })).facts).toEqual(['E-mail entrant']);
		expect(told(event('interactions', { ...mail, sentiment_source: null, summary: null })).facts).toEqual(['E-mail entrant', 'ton négatif']);
	});

	it('says of an invoice what is left and that it is late, but never of a purchase’s credit note', () => {
		const invoice = {
			type: 'invoice',
			number: 'FAC-1',
			direction: 'sale',
			status: 'sent',
			gross_cents: 120_000,
			remaining_cents: 20_050,
			due_date: '2026-11-01',
		};
		expect(told(event('invoices', invoice))).toMatchObject({
			title: 'Facture FAC-1',
			flag: 'En retard',
			tone: 'bad',
			facts: ['Envoyée', '1 200 € TTC', 'reste 200,50 €', 'échéance 1 nov. 2026'],
		});
		expect(told(event('invoices', { ...invoice, type: 'credit_note' })).flag).toBeNull();
		expect(told(event('invoices', { ...invoice, due_date: '2026-11-18' })).flag).toBeNull();
	});

	it('tells a won deal, an expired quote, a late task', () => {
		expect(told(event('stage_changes', { from_stage: { id: 'a', name: 'Offre' }, to_stage: { id: 'b', name: 'Gagnée', is_won: true } }))).toMatchObject({
			title: 'Affaire gagnée',
			tone: 'good',
		});
		expect(told(event('quotes', { number: 'DEV-1', title: 'Suivi', status: 'sent', valid_until: '2026-11-17' }))).toMatchObject({
			title: 'Devis DEV-1 · Suivi',
			flag: 'Expiré',
		});
		expect(told(event('tasks', { title: 'Relance', status: 'todo', due_at: '2026-11-17T09:00:00Z' }))).toMatchObject({ flag: 'En retard', tone: 'bad' });
		expect(told(event('tasks', { title: 'Relance', status: 'done', due_at: '2026-11-17T09:00:00Z' })).flag).toBeNull();
	});

	it('does not speak of what a role may not see', () => {
		expect(told(event('opportunities', { name: 'Roux' }, 'deal-opened'))).toMatchObject({ title: 'Affaire ouverte : Roux', facts: [], who: null });
		expect(told(event('planning', { starts_at: 'x' })).title).toBe('Occupé');
		expect(told(event('unknown', {})).title).toBe('Sans titre');
	});
});

describe('groups', () => {
	it('go from what is ahead through the days of the week to months', () => {
		const at = (day: number, hour = 9): { at: string } => ({ at: new Date(2026, 10, day, hour).toISOString() });
		const groups = grouped([at(25), at(19, 1), at(18), at(17), at(13), { at: '2026-11-10' }, { at: '2026-11-02' }, { at: '2025-11-02' }], now, 'fr');
		expect(groups.map(({ label, events }) => [label, events.length])).toEqual([
			['À venir', 2],
			['Aujourd’hui', 1],
			['Hier', 1],
			['Vendredi 13 novembre', 1],
			['Novembre 2026', 2],
			['Novembre 2025', 1],
		]);
	});

	it('stamp an hour below a day, and a day below a month', () => {
		expect(stampOf(new Date(2026, 10, 18, 9, 5).toISOString(), now, 'fr')).toBe('09:05');
		expect(stampOf('2026-11-18', now, 'fr')).toBe('');
		expect(stampOf('2026-10-02', now, 'fr')).toBe('2 oct.');
		expect(stampOf('2027-01-02', now, 'fr')).toBe('2 janv. 2027');
	});
});
