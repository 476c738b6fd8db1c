import { describe, expect, it } from 'vitest';
import { chooseCompany, choosePerson, type CompanyCandidate, type PersonCandidate } from './match.ts';
import { companyValues, missingValues, opportunityValues, personValues } from './outcome.ts';
import { isTooLate } from './record.ts';
import type { LeadFacts } from './types.ts';
import { summaryOf, undoneSentence } from './words.ts';

const nothing = Object.fromEntries(
	'first_name last_name email phone job_title decision_role language linkedin person company_name siren company website industry size_band employees revenue_keur region city country need product budget_cents timing current_solution source campaign reseller email_consent phone_consent consent_at consent_proof owner team'
		.split(' ')
		.map((field) => [field, null]),
);
const lead = (over: Partial<LeadFacts> = {}): LeadFacts => ({ id: 'l', status: 'qualified', ...nothing, ...over }) as LeadFacts;
const company = (over: Partial<CompanyCandidate> = {}): CompanyCandidate => ({
	id: 'c',
	name: 'Atelier Roux',
	siren: null,
	name_key: 'atelier roux',
	is_client: false,
	...over,
});
const person = (over: Partial<PersonCandidate> = {}): PersonCandidate => ({
	id: 'p',
	company: null,
	first_name: 'Ana',
	last_name: 'Roux',
	name_key: 'ana roux',
	...over,
});
const roux = lead({ company_name: 'Atelier ROUX SARL', siren: '303265045', first_name: 'Ana', last_name: 'Roux', email: 'ana@roux.example' });

describe('the company of a lead', () => {
	it('is found by SIREN before its name, and by the key of its name', () => {
		const bySiren = company({ id: 'siren', name: 'Roux Menuiserie', name_key: 'roux menuiserie', siren: '303265045' });
		expect(chooseCompany(roux, [company(), bySiren])).toEqual({ kind: 'existing', row: bySiren });
		expect(chooseCompany(roux, [company()])).toEqual({ kind: 'existing', row: company() });
	});

	it('is another one when the name is the same and the SIREN is not', () => {
		expect(chooseCompany(roux, [company({ siren: '552100554' })])).toEqual({ kind: 'new' });
	});

	it('is for a person to choose when two could be meant', () => {
		expect(chooseCompany(roux, [company(), company({ id: 'c2' })])).toEqual({
			kind: 'ambiguous',
			sentence: '2 entreprises portent le nom « Atelier Roux » : choisissez la bonne dans « Compte existant ».',
		});
	});

	it('is called like a private person, and is nothing without any name', () => {
		const consumer = lead({ first_name: 'Ana', last_name: 'Roux' });
		expect(chooseCompany(consumer, [])).toEqual({ kind: 'new' });
		expect(companyValues(consumer, false)).toEqual({ name: 'Ana Roux' });
		expect(chooseCompany(lead({ email: 'x@y.example' }), [])).toEqual({ kind: 'none' });
	});

	it('keeps e-mail and phone when there is no person to keep them', () => {
		const nameless = lead({ company_name: 'Roux', email: 'contact@roux.example', phone: '+33144556677' });
		expect(companyValues(nameless, true)).toEqual({ name: 'Roux', email: 'contact@roux.example', phone: '+33144556677' });
		expect(choosePerson(nameless, null, [])).toEqual({ kind: 'none' });
	});
});

describe('the person of a lead', () => {
	it('is found by e-mail: of the same name first, then of the same company', () => {
		const twin = person({ id: 'twin', first_name: 'Luc', name_key: 'luc roux' });
		expect(choosePerson(roux, 'c', [twin])).toEqual({ kind: 'existing', row: twin });
		expect(choosePerson(roux, 'c', [twin, person()])).toEqual({ kind: 'existing', row: person() });
		expect(choosePerson(roux, 'c', [person({ id: 'x' }), person({ company: 'c' })])).toMatchObject({ row: { id: 'p' } });
		expect(choosePerson(roux, null, [person({ id: 'x' }), person()])).toMatchObject({
			kind: 'ambiguous',
			sentence: expect.stringContaining('ana@roux.example'),
		});
	});

	it('takes a French mobile as a mobile, a single name as a last name, and no consent that was not asked for', () => {
		expect(personValues(lead({ first_name: 'Ana', phone: '+33612345678', email_consent: 'unknown', consent_proof: 'Formulaire' }))).toEqual({
			last_name: 'Ana',
			mobile: '+33612345678',
		});
		expect(personValues(lead({ last_name: 'Roux', phone: '+33144556677', email_consent: 'given', consent_proof: 'Formulaire' }))).toEqual({
			last_name: 'Roux',
			phone: '+33144556677',
			email_consent: 'given',
			email_consent_proof: 'Formulaire',
		});
	});
});

describe('a row that is there', () => {
	it('gets what it lacks, and keeps what it has', () => {
		expect(missingValues({ city: 'Lille', website: '', siren: null }, { city: 'Nantes', website: 'https://roux.example', siren: '303265045' })).toEqual({
			website: 'https://roux.example',
			siren: '303265045',
		});
		expect(missingValues({ phone: '+33612345678', mobile: null }, { mobile: '+33612345678' })).toEqual({});
	});

	it('never has its consent answered anew, nor another proof put beside it', () => {
		const given = { email_consent: 'given', email_consent_at: 'x', email_consent_proof: 'y' };
		expect(missingValues({ email_consent: 'refused', email_consent_at: null, email_consent_proof: null }, given)).toEqual({});
		expect(missingValues({ email_consent: 'unknown', email_consent_at: null, email_consent_proof: null }, given)).toEqual(given);
	});
});

describe('the opportunity of a lead', () => {
	const circumstances = {
		companyName: 'Atelier Roux',
		isClient: false,
		productName: null,
		stage: 's',
		owner: 'u',
		team: 't',
		now: new Date('2026-11-22T23:30:00Z'),
	};

	it('has its budget, the first stage, its origin, and a date that follows from the timing', () => {
		const values = opportunityValues(
			lead({
				need: 'Remplacer notre outil.\nVite.',
				budget_cents: 2_500_000,
				timing: 'quarter',
				source: 'website',
				campaign: 'k',
				reseller: 'r',
				current_solution: 'Excel',
			}),
			circumstances,
		);
		expect(values).toEqual({
			name: 'Atelier Roux – Remplacer notre outil. Vite',
			stage: 's',
			kind: 'new',
			amount_cents: 2_500_000,
			// In Paris it is the 23rd already.
			close_date: '2027-02-21',
			description: 'Remplacer notre outil.\nVite.\n\nSolution actuelle : Excel',
			lead: 'l',
			source: 'website',
			campaign: 'k',
			reseller: 'r',
			owner: 'u',
			team: 't',
		});
	});

	it('is an upsell for a client, named after the product; nothing is made up', () => {
		expect(opportunityValues(lead(), { ...circumstances, isClient: true, productName: 'Pack Pro' })).toEqual({
			name: 'Atelier Roux – Pack Pro',
			stage: 's',
			kind: 'upsell',
			description: 'Produit demandé : Pack Pro',
			lead: 'l',
			owner: 'u',
			team: 't',
		});
	});
});

it('a conversion can be taken back for thirty days', () => {
	const at = new Date('2026-11-01T12:00:00Z');
	expect(isTooLate(at, new Date('2026-12-01T12:00:00Z'))).toBe(false);
	expect(isTooLate(at, new Date('2026-12-01T12:00:01Z'))).toBe(true);
});

it('what was done is said in one French sentence', () => {
	const moved = [1, 2].map((n) => ({ collection: 'interactions' as const, id: String(n), set: {}, before: {} }));
	expect(
		summaryOf({ company: { name: 'Roux' }, person: { name: 'Ana Roux' }, opportunity: { name: 'Roux – Pro' } }, { created: ['opportunity', 'person'], moved }),
	).toBe('Affaire « Roux – Pro » créée, entreprise « Roux » retrouvée et contact « Ana Roux » créé. 2 échanges suivent l’affaire.');
	expect(undoneSentence([{ collection: 'companies', item: 'c', name: 'Roux', reason: 'modifiée depuis la conversion' }])).toBe(
		'Conversion annulée : le lead est rouvert. Laissé en place : « Roux » (modifiée depuis la conversion).',
	);
});
