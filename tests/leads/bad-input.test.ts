import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../../scripts/support/client.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hireSalesPeople, newLead, readLead } from './support.ts';

let directus: TestDirectus;

beforeAll(async () => {
	directus = await startDirectus();
	await hireSalesPeople(directus.admin, 1, 500);
});
afterAll(() => directus.close());

type Refusal = { status: number; errors: { message: string; extensions: { code: string; field?: string } }[] };

async function post(body: unknown): Promise<Refusal & { data?: { id: string } }> {
	const response = await fetch(`${directus.url}/items/leads`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', authorization: `Bearer ${await directus.admin.getToken()}` },
		body: JSON.stringify(body),
	});
	return { status: response.status, ...((await response.json()) as Omit<Refusal, 'status'>) };
}

describe('what makes no sense is refused on its field, in French, and nothing is written', () => {
	test.each([
		['an e-mail without a domain', { email: 'pas-un-email' }, 'email'],
		['a phone number of letters', { phone: 'appelez-moi' }, 'phone'],
		['a SIREN with a wrong check digit', { siren: '123456789' }, 'siren'],
		['an object for a name', { last_name: { $gt: '' } }, 'last_name'],
		['an array for an e-mail', { email: ['a@b.example'] }, 'email'],
		['letters for a head count', { employees: 'beaucoup' }, 'employees'],
		['a number beyond 32 bits', { budget_cents: 3_000_000_000 }, 'budget_cents'],
		['a negative head count', { employees: -4 }, 'employees'],
		['an impossible date', { demo_requested_at: '2026-02-30' }, 'demo_requested_at'],
		['a megabyte for a name', { last_name: 'x'.repeat(1_000_000) }, 'last_name'],
		['a source that is no choice', { source: 'zzz' }, 'source'],
		['a country that does not exist', { country: 'ZZ' }, 'country'],
		['an interest that has not happened yet', { demo_requested_at: '2099-01-01T10:00:00Z' }, 'demo_requested_at'],
		['nobody at all', { first_name: '', last_name: null, email: null, phone: null, company_name: ' ' }, 'last_name'],
		['a NUL character', { first_name: 'a\u0000b' }, 'first_name'],
	])('%s', async (_what, over, field) => {
		const answer = await post(newLead(over));
		expect(answer.status).toBe(400);
		expect(answer.errors.map(({ extensions }) => extensions.field)).toContain(field);
		expect(answer.errors[0]?.message).not.toMatch(/Validation failed|Internal/);
	});

	test('a company that does not exist', async () => {
		const answer = await post(newLead({ company: '11111111-1111-4111-8111-111111111111' }));
		expect(answer.status).toBe(400);
	});

	test('the same external id a second time', async () => {
		expect((await post(newLead({ external_id: 'formulaire-1' }))).status).toBe(200);
		const answer = await post(newLead({ external_id: 'formulaire-1' }));
		expect(answer.status).toBe(400);
		expect(answer.errors[0]?.extensions).toMatchObject({ code: 'RECORD_NOT_UNIQUE', field: 'external_id' });
	});
});

test.each([
	['emoji', '🚀 Fusée & Cie'],
	['right-to-left text', 'شركة الأمل'],
	['HTML', '<img src=x onerror=alert(1)>'],
	['a formula', '=HYPERLINK("http://x.example";"ici")'],
	['SQL', `Robert'); DROP TABLE leads;--`],
	['a template', '{{constructor.constructor("return 1")()}}'],
])('%s in a name is kept word for word', async (_what, name) => {
	const answer = await post(newLead({ company_name: name }));
	expect(answer.status).toBe(200);
	const lead = await readLead(directus.admin, answer.data?.id ?? '');
	expect(lead.company_name).toBe(name);
	expect(lead.display_name).toContain(name);
});

test('a phone number in any French form is kept as E.164, an e-mail in lower case, a SIREN without blanks', async () => {
	const { data } = await post(newLead({ phone: '06.12.34 56 78', email: ' Jean.DUPONT@Exemple.Example', siren: '732 829 320' }));
	expect(await readLead(directus.admin, data?.id ?? '')).toMatchObject({ phone: '+33612345678', email: 'jean.dupont@exemple.example', siren: '732829320' });
});

test('a megabyte of stated need is answered clearly and the server stays up', async () => {
	const answer = await post(newLead({ need: 'é'.repeat(600_000) }));
	expect([200, 400, 413]).toContain(answer.status);
	expect((await call<string>(directus.admin, 'GET', '/items/leads', undefined, { limit: 1 })).length).toBe(1);
});
