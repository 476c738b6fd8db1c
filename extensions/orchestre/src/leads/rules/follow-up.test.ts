import { describe, expect, it } from 'vitest';
import { planFollowUp, slaMinutes } from './follow-up.ts';
import { lead, monday, settings } from './test-leads.ts';
import type { Lead } from './types.ts';

const shipped = settings();
const known: Partial<Lead> = { first_name: 'Marie', last_name: 'Dupont', company_name: 'Acme', email: 'marie@acme.fr', phone: '+33612345678' };
const plan = (changes: Partial<Lead> = {}, grade = 'A1', changed = {}) =>
	planFollowUp(lead({ ...known, ...changes }), grade, { ...shipped, ...changed }, monday);
const kinds = (changes: Partial<Lead>, grade = 'A1'): string[] => plan(changes, grade).tasks.map(({ kind }) => kind);

describe('the shipped plan', () => {
	it('calls an A within an hour, writes the next day and calls again on the third', () => {
		expect(plan().tasks).toEqual([
			{ title: 'Appeler Marie Dupont', kind: 'call', priority: 'urgent', dueAt: new Date('2026-11-23T10:00:00Z'), originKey: 'lead:lead-1:follow_up:1' },
			{
				title: 'Envoyer à Marie Dupont le compte rendu et deux créneaux de démonstration',
				kind: 'email',
				priority: 'high',
				dueAt: new Date('2026-11-24T09:00:00Z'),
				originKey: 'lead:lead-1:follow_up:2',
			},
			{
				title: 'Faire le point avec Marie Dupont et fixer la prochaine étape',
				kind: 'call',
				priority: 'high',
				dueAt: new Date('2026-11-26T09:00:00Z'),
				originKey: 'lead:lead-1:follow_up:3',
			},
		]);
	});
	it('has three tasks for every A, B and C and two for every D', () => {
		for (const letter of ['A', 'B', 'C', 'D'])
			for (const digit of [1, 2, 3, 4]) expect(plan({}, `${letter}${digit}`).tasks).toHaveLength(letter === 'D' ? 2 : 3);
	});
	it('has its first task due when the SLA ends, which is counted in working time', () => {
		for (const grade of ['A1', 'B1', 'C1', 'D1']) expect(plan({}, grade).slaDueAt).toEqual(plan({}, grade).tasks[0]?.dueAt);
		expect(['A1', 'B2', 'C3', 'D4'].map((grade) => slaMinutes(grade, shipped))).toEqual([60, 540, 1620, 2700]);
		expect(planFollowUp(lead(known), 'A1', shipped, new Date('2026-12-24T16:30:00Z')).slaDueAt).toEqual(new Date('2026-12-28T08:30:00Z'));
	});
	it('gives one key per task, the same each time', () => {
		const keys = plan().tasks.map(({ originKey }) => originKey);
		expect(new Set(keys).size).toBe(3);
		expect(plan().tasks.map(({ originKey }) => originKey)).toEqual(keys);
	});
});

describe('a lead that may not be called', () => {
	it('as a private person without consent gets e-mails instead', () => {
		const consumer = { company_name: null };
		expect(kinds(consumer)).toEqual(['email', 'email', 'email']);
		expect(plan(consumer).tasks[0]?.title).toBe('Écrire à Marie Dupont (appel sans consentement interdit)');
		expect(kinds({ ...consumer, phone_consent: 'given' })).toEqual(['call', 'email', 'call']);
	});
	it('is no private person once a company, an account or a SIREN is known', () => {
		for (const company of [{ company_name: 'Acme' }, { company_name: null, company: 'c1' }, { company_name: null, siren: '552100554' }])
			expect(kinds(company)[0]).toBe('call');
	});
	it('after a refusal gets e-mails, company or not', () => expect(kinds({ phone_consent: 'refused' })).toEqual(['email', 'email', 'email']));
	it('without a number gets e-mails', () =>
		expect(plan({ phone: null }).tasks[0]).toMatchObject({ kind: 'email', title: 'Écrire à Marie Dupont · Acme (téléphone inconnu)' }));
});

describe('a lead that may not be written to', () => {
	it('is called instead, if that is allowed', () => {
		expect(kinds({ email_consent: 'refused' })).toEqual(['call', 'call', 'call']);
		expect(kinds({ email: null })).toEqual(['call', 'call', 'call']);
	});
	it('nor called leaves one task: to ask for consent', () => {
		expect(plan({ email_consent: 'refused', phone_consent: 'refused' }).tasks).toMatchObject([
			{ kind: 'review', title: 'Recueillir le consentement de Marie Dupont · Acme (appel refusé, e-mail refusé)' },
		]);
	});
	it('for want of any address leaves one task: to find one', () => {
		expect(plan({ email: null, phone: null }).tasks).toMatchObject([
			{ kind: 'review', title: 'Compléter les coordonnées de Marie Dupont · Acme (téléphone inconnu, e-mail inconnu)' },
		]);
	});
});

describe('the plan of an administrator', () => {
	it('may name letters instead of grades, and people or companies in titles', () => {
		const follow_up_plan = [{ grades: ['B'], title: 'Voir {name} chez {company} : {company}', kind: 'meeting', priority: 'low', delay: 2, unit: 'days' }];
		expect(plan({}, 'B3', { follow_up_plan }).tasks).toMatchObject([{ title: 'Voir Marie Dupont chez Acme : Acme', kind: 'meeting' }]);
		expect(plan({ company_name: '$& $1' }, 'B3', { follow_up_plan }).tasks[0]?.title).toBe('Voir Marie Dupont chez $& $1 : $& $1');
	});
	it('cannot leave the first contact until after the SLA', () =>
		expect(plan({}, 'B1', { sla_b: 30 }).tasks[0]?.dueAt).toEqual(new Date('2026-11-23T09:30:00Z')));
	it('may hold nonsense delays without stopping the lead', () => {
		for (const delay of [-5, Number.NaN, 1e12]) {
			const follow_up_plan = [{ grades: ['A1'], title: 'x', kind: 'call', priority: 'low', delay, unit: 'minutes' }];
			expect(plan({}, 'A1', { follow_up_plan }).tasks[0]?.dueAt.getTime()).toBeGreaterThanOrEqual(monday.getTime());
		}
	});
	it('switched off leaves no task but keeps the SLA', () =>
		expect(plan({}, 'A1', { follow_up_enabled: false })).toEqual({ tasks: [], slaDueAt: new Date('2026-11-23T10:00:00Z') }));
	it('never makes a title longer than the column', () => {
		expect([...(plan({ first_name: '😀'.repeat(255) }).tasks[0]?.title ?? '')].length).toBeLessThanOrEqual(255);
	});
});
