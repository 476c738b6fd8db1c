import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { call } from '../../scripts/support/client.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { heard, stepsOf } from '../support/plans.ts';

const isSqlite = !inject('services');
let directus: TestDirectus;

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false' });
});
afterAll(() => directus.close());

const ana = { first_name: 'Ana', last_name: 'Roux', email: 'ana@atelier-roux.example', phone: '0199001234', company_name: 'Atelier Roux', siren: '732829320' };

/** Indexes that find the few leads that share something with a new one. */
const narrow = /PRIMARY|autoindex|leads_email_index|leads_phone_index|leads_siren|company_key|leads_last_name|leads_duplicate_of_index/;
/** Steps that read more of `leads`, `people` or `companies` the more there are. */
const wide = async (work: () => Promise<unknown>): Promise<string[]> =>
	(await stepsOf(directus, await heard(directus, work)))
		.filter(
			({ detail }) =>
				/^(SCAN|SEARCH) (leads|people|companies)\b/.test(detail) &&
				!narrow.test(detail) &&
				!/\((email|phone|mobile|siren|name_key|domain|company)[=>]/.test(detail),
		)
		.map(({ sql, detail }) => `${detail}: ${sql}`);

it.runIf(isSqlite).each([
	['everything', ana],
	['an e-mail only', { last_name: 'Roux', email: 'paul@atelier-roux.example' }],
	['a phone number only', { last_name: 'Roux', phone: '0199001235' }],
	['a company only', { last_name: 'Roux', company_name: 'Atelier Roux' }],
])('a new lead with %s reads of the others only those that share something with it, however many there are', async (_what, lead) => {
	expect(await wide(() => call(directus.admin, 'POST', '/items/leads', lead))).toEqual([]);
});

it.runIf(isSqlite).each([
	['leads', ana],
	['people', { first_name: 'Ana', last_name: 'Roux', email: ana.email, phone: '+33199001234' }],
	['companies', { name: 'Atelier Roux', siren: ana.siren, phone: '+33199001234' }],
])('the warning while typing reads of %s only what shares something with what is typed', async (collection, values) => {
	expect(await wide(() => call(directus.admin, 'POST', '/orchestre/duplicates/similar', { collection, values }))).toEqual([]);
});
