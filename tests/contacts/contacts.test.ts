import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { ask, faultyFields } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';

let directus: TestDirectus;
let sales: Client & { url: URL };

beforeAll(async () => {
	directus = await startDirectus();
	sales = await directus.as('Commercial');
});
afterAll(() => directus.close());

const create = (collection: string, row: Row): Promise<string> => call<{ id: string }>(sales, 'POST', `/items/${collection}`, row).then(({ id }) => id);
const read = (collection: string, id: string): Promise<Row> => directus.database(collection).where({ id }).first() as Promise<Row>;

describe('a company', () => {
	test('typed in by hand is stored clean and can be found again, by a role that may not write the keys', async () => {
		const id = await create('companies', {
			name: ' SARL  Établissements Dupont & Fils',
			siret: '732 829 320 00074',
			vat_number: 'fr 44 732829320',
			phone: '01 42 68 53 00',
			email: 'Contact@Dupont.FR',
			website: 'www.dupont.fr/',
			employees: 42,
		});
		expect(await read('companies', id)).toMatchObject({
			name: 'SARL Établissements Dupont & Fils',
			siren: '732829320',
			siret: '73282932000074',
			vat_number: 'FR44732829320',
			phone: '+33142685300',
			email: 'contact@dupont.fr',
			website: 'https://www.dupont.fr',
			name_key: 'etablissements dupont et fils',
			domain: 'dupont.fr',
			size_band: '10-49',
		});
	});

	test('keeps its keys true when it changes', async () => {
		const ids = [await create('companies', { name: 'Un', website: 'un.fr' }), await create('companies', { name: 'Deux' })];
		await call(sales, 'PATCH', '/items/companies', { keys: ids, data: { name: 'Trois SAS', website: null } });
		for (const id of ids) expect(await read('companies', id)).toMatchObject({ name_key: 'trois', domain: null });
		await call(
			sales,
			'PATCH',
			'/items/companies',
			ids.map((id, index) => ({ id, website: `site${index}.fr` })),
		);
		for (const [index, id] of ids.entries()) expect(await read('companies', id)).toMatchObject({ domain: `site${index}.fr` });
	});

	test('a national phone number is read in the stored country', async () => {
		const id = await create('companies', { name: 'Bruxelles SA', country: 'BE' });
		await call(sales, 'PATCH', `/items/companies/${id}`, { phone: '0470 12 34 56' });
		expect(await read('companies', id)).toMatchObject({ phone: '+32470123456' });
	});

	test('a size that somebody chooses along with the head count stands', async () => {
		const id = await create('companies', { name: 'Groupe', employees: 12, size_band: '250-999' });
		expect(await read('companies', id)).toMatchObject({ size_band: '250-999' });
		await call(sales, 'PATCH', `/items/companies/${id}`, { employees: 60 });
		expect(await read('companies', id)).toMatchObject({ size_band: '50-249' });
	});

	test('hears all its faults at once, on their fields and in French', async () => {
		const answer = await ask(sales, 'POST', '/items/companies', {
			name: ' ',
			siren: '123456789',
			phone: 'abc',
			email: 'x',
			vat_number: 'FR00',
			naf_code: '??',
		});
		expect(answer.status).toBe(400);
		expect(faultyFields(answer)).toEqual(['name', 'siren', 'phone', 'email', 'vat_number', 'naf_code']);
		expect(answer.errors[1]).toMatchObject({
			message: expect.stringContaining('Le SIREN « 123456789 » n’est pas valide'),
			extensions: { collection: 'companies' },
		});
	});

	test('whose identifiers contradict each other is refused, also against what is stored', async () => {
		const id = await create('companies', { name: 'Identités', siren: '732829320' });
		const answer = await ask(sales, 'PATCH', `/items/companies/${id}`, { vat_number: 'FR40303265045' });
		expect(answer.status).toBe(400);
		expect(answer.errors[0]).toMatchObject({ message: expect.stringContaining('ne correspond pas au SIREN 732829320'), extensions: { field: 'vat_number' } });
		expect(await read('companies', id)).toMatchObject({ vat_number: null });
	});

	test.each([{ name_key: 'x' }, { domain: null }, { health_score: 100 }, { churn_risk: 0 }])('cannot be given %j', async (forged) => {
		const answer = await ask(directus.admin, 'POST', '/items/companies', { name: 'Forgée', ...forged });
		expect(answer.status).toBe(400);
		expect(answer.errors[0]?.message).toContain('est calculé par Orchestre');
	});

	test.each(['<img src=x onerror=alert(1)>', '=1+1', '🥖 Martin', 'شركة'])('may be called %s', async (name) =>
		expect(await read('companies', await create('companies', { name }))).toMatchObject({ name }),
	);
});

describe('a person', () => {
	test('nested in a company is cleaned as well', async () => {
		const { people } = await call<{ people: string[] }>(sales, 'POST', '/items/companies', {
			name: 'Avec contact',
			people: [{ first_name: 'Jean-François', last_name: 'LE  GALL', mobile: '06 12 34 56 78', email: 'JF@Gall.fr' }],
		});
		expect(await read('people', people[0] ?? '')).toMatchObject({
			last_name: 'LE GALL',
			mobile: '+33612345678',
			email: 'jf@gall.fr',
			name_key: 'jean francois le gall',
		});
	});

	test('cannot be given a key, an impossible phone or no name', async () => {
		expect(faultyFields(await ask(directus.admin, 'POST', '/items/people', { last_name: '', phone: '123', name_key: 'x', anonymised_at: null }))).toEqual([
			'name_key',
			'anonymised_at',
			'last_name',
			'phone',
		]);
	});
});

test('a row whose treatment fails is not there at all', async () => {
	const before = (await directus.database('companies').count({ n: '*' }))[0];
	await ask(sales, 'POST', '/items/companies', [{ name: 'Bonne' }, { name: 'Mauvaise', siren: '732829320', vat_number: 'FR40303265045' }]);
	expect((await directus.database('companies').count({ n: '*' }))[0]).toEqual(before);
});
