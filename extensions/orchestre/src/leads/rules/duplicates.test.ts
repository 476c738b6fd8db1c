import { describe, expect, it } from 'vitest';
import { PossibleDuplicates, type DuplicateRow } from './duplicates.ts';
import { daysBefore, lead, monday } from './test-leads.ts';

const findDuplicate = (one: DuplicateRow, rows: readonly DuplicateRow[]): ReturnType<PossibleDuplicates['of']> => new PossibleDuplicates(rows).of(one);
const row = (id: string, age: number, changes: Partial<DuplicateRow> = {}): DuplicateRow => ({
	...lead({ id, date_created: daysBefore(monday, age) }),
	...changes,
});
const fresh = row('new', 0, {
	first_name: 'Marie',
	last_name: 'Dupont',
	email: 'marie@acme.fr',
	phone: '+33612345678',
	siren: '552100554',
	company_name: 'Acme SAS',
});

describe('a lead is a possible duplicate of', () => {
	it('one with the same e-mail, whatever its case', () =>
		expect(findDuplicate(fresh, [row('a', 1, { email: 'Marie@Acme.fr' })])).toEqual({ of: 'a', reason: 'Même e-mail' }));
	it('one with the same phone', () => expect(findDuplicate(fresh, [row('a', 1, { phone: '+33612345678' })])).toEqual({ of: 'a', reason: 'Même téléphone' }));
	it('one with the same person at the same SIREN', () =>
		expect(findDuplicate(fresh, [row('a', 1, { siren: '552100554', first_name: 'MARIE', last_name: 'dupont' })])).toEqual({
			of: 'a',
			reason: 'Même personne et même SIREN',
		}));
	it('one with the same last name in the same company', () =>
		expect(findDuplicate(fresh, [row('a', 1, { company_name: 'ACME', last_name: 'Dupont' })])).toEqual({
			of: 'a',
			reason: 'Même nom dans la même entreprise',
		}));
	it('the oldest of several, with every clue it shares', () => {
		const rows = [row('b', 2, { email: fresh.email }), row('a', 9, { email: fresh.email, phone: fresh.phone }), row('c', 5, { phone: fresh.phone })];
		expect(findDuplicate(fresh, rows)).toEqual({ of: 'a', reason: 'Même e-mail, même téléphone' });
		expect(findDuplicate(fresh, [row('b', 2, { email: fresh.email }), row('a', 2, { email: fresh.email })])?.of).toBe('a');
	});
});

describe('a lead is no duplicate of', () => {
	it('itself', () => expect(findDuplicate(fresh, [{ ...fresh }])).toBeNull());
	it('a row that is marked as a copy of it, directly or through others', () => {
		expect(findDuplicate(fresh, [row('a', 1, { email: fresh.email, duplicate_of: 'new' })])).toBeNull();
		expect(findDuplicate(fresh, [row('a', 3, { email: fresh.email, duplicate_of: 'b' }), row('b', 1, { duplicate_of: 'new' })])).toBeNull();
	});
	it('a row that was marked as its copy meanwhile', () => {
		const possible = new PossibleDuplicates([fresh, row('a', 1, { email: fresh.email })]);
		possible.mark('a', 'new');
		expect(possible.of(fresh)).toBeNull();
	});
	it('a row that shares only what is missing', () => expect(findDuplicate(row('x', 0), [row('a', 1)])).toBeNull());
	it('somebody else at the same SIREN or company', () =>
		expect(findDuplicate(fresh, [row('a', 1, { siren: fresh.siren, company_name: 'Acme', first_name: 'Paul', last_name: 'Durand' })])).toBeNull());
	it('a colleague behind the same switchboard; a mobile is one person’s', () => {
		const desk = { ...fresh, phone: '+33142685300' };
		expect(findDuplicate(desk, [row('a', 1, { phone: '+33142685300', last_name: 'Durand' })])).toBeNull();
		expect(findDuplicate(desk, [row('a', 1, { phone: '+33142685300' })])?.of).toBe('a');
		expect(findDuplicate(fresh, [row('a', 1, { phone: fresh.phone, last_name: 'Durand' })])?.of).toBe('a');
	});
});
