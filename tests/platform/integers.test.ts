import { afterAll, beforeAll, expect, test } from 'vitest';
import { newCompany, newDeal } from '../pipeline/support.ts';
import { ask, faultyFields } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';

let directus: TestDirectus;
let company: string;

beforeAll(async () => {
	directus = await startDirectus();
	company = await newCompany(directus.admin);
});
afterAll(() => directus.close());

const stored = async (): Promise<unknown[]> =>
	(await directus.database('opportunities').where({ company }).select('amount_cents')).map((row: { amount_cents: unknown }) => row.amount_cents);

test.each([
	['a fraction of a cent', 1.5],
	['a word', 'beaucoup'],
	['an object', { $gt: 0 }],
	['a boolean', true],
	['a fraction as text', '12.5'],
	['more than 32 bits', 99_999_999_999],
])('%s is refused as an amount, in French and on its field', async (_what, amount) => {
	const before = await stored();
	const answer = await ask(directus.admin, 'POST', '/items/opportunities', newDeal(company, { amount_cents: amount as number }));
	expect(answer.status).toBe(400);
	expect(faultyFields(answer)).toContain('amount_cents');
	expect(answer.errors[0]?.message).toMatch(/^« .+ » (attend un nombre entier|dépasse le plus grand nombre possible)\.$/);
	expect(await stored()).toEqual(before);
});

test('an integer is taken, as a number or as text, and nothing at all too', async () => {
	for (const amount of [120_000, '120000', null])
		expect((await ask(directus.admin, 'POST', '/items/opportunities', newDeal(company, { amount_cents: amount }))).status).toBe(200);
	expect((await stored()).map((value) => (value === null ? null : Number(value)))).toEqual(expect.arrayContaining([120_000, 120_000, null]));
});

test('a change is checked like a creation', async () => {
	const [{ id }] = (await directus.database('opportunities').where({ company }).limit(1).select('id')) as [{ id: string }];
	expect((await ask(directus.admin, 'PATCH', `/items/opportunities/${id}`, { amount_cents: 0.1 })).status).toBe(400);
});
