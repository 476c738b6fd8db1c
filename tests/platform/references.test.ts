import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call, type Row } from '../../scripts/support/client.ts';
import { newCompany, newDeal, stages } from '../pipeline/support.ts';
import { ask, faultyFields } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';

let directus: TestDirectus;

beforeAll(async () => {
	directus = await startDirectus();
});
afterAll(() => directus.close());

const exists = async (collection: string, id: string): Promise<boolean> => Boolean(await directus.database(collection).where({ id }).first('id'));
const add = (collection: string, row: Row): Promise<string> => call<{ id: string }>(directus.admin, 'POST', `/items/${collection}`, row).then(({ id }) => id);

describe('what is in use is not deleted, and says why', () => {
	test('a company with deals and invoices', async () => {
		const company = await newCompany(directus.admin);
		await add('opportunities', newDeal(company));
		await add('opportunities', newDeal(company));
		await add('contracts', { name: 'Cadre', company });
		const answer = await ask(directus.admin, 'DELETE', `/items/companies/${company}`);
		expect(answer.status).toBe(422);
		expect(answer.errors[0]?.message).toBe(
			'Suppression impossible : 2 affaires et 1 contrat en dépendent. Archivez plutôt cette fiche : elle quittera les listes et son historique restera.',
		);
		expect(answer.errors[0]?.extensions).toMatchObject({
			reason: 'IN_USE',
			blocked_by: [
				{ collection: 'opportunities', count: 2 },
				{ collection: 'contracts', count: 1 },
			],
		});
		expect(await exists('companies', company)).toBe(true);
	});

	test('a stage that deals went through', async () => {
		const stage = await add('stages', { name: 'Essai', key: 'essai' });
		const deal = await add('opportunities', newDeal(await newCompany(directus.admin), { stage }));
		await call(directus.admin, 'PATCH', `/items/opportunities/${deal}`, { stage: stages.discovery });
		const answer = await ask(directus.admin, 'DELETE', '/items/stages', [stage]);
		expect(answer.status).toBe(422);
		expect(answer.errors[0]?.message).toBe(
			'Suppression impossible : 1 passage d’étape en dépend. Cet historique doit rester : modifiez cette fiche plutôt que de la supprimer.',
		);
	});

	test('a payment that settles an invoice', async () => {
		const company = await newCompany(directus.admin);
		const invoice = await add('invoices', { company, direction: 'sale' });
		const payment = await add('payments', { direction: 'in', method: 'transfer', amount_cents: 100, paid_on: '2026-01-02', company });
		await add('payment_allocations', { invoice, payment, amount_cents: 100 });
		const answer = await ask(directus.admin, 'DELETE', `/items/payments/${payment}`);
		expect(answer.status).toBe(422);
		expect(answer.errors[0]?.message).toMatch(/^Suppression impossible : 1 .+ en dépend\. /);
	});

	test('what an administrator adds, also where it holds on to what would go along', async () => {
		const collection = (name: string): Promise<unknown> =>
			call(directus.admin, 'POST', '/collections', {
				collection: name,
				schema: {},
				meta: {},
				fields: [{ field: 'id', type: 'integer', schema: { is_primary_key: true, has_auto_increment: true } }],
			});
		const relate = async (from: string, to: string, on_delete: string): Promise<void> => {
			await call(directus.admin, 'POST', `/fields/${from}`, { field: 'up', type: 'integer', schema: {} });
			await call(directus.admin, 'POST', '/relations', { collection: from, field: 'up', related_collection: to, schema: { on_delete } });
		};
		for (const name of ['shelves', 'boxes', 'seals']) await collection(name);
		await relate('boxes', 'shelves', 'CASCADE');
		await relate('seals', 'boxes', 'RESTRICT');
		const shelf = await add('shelves', {});
		const seal = await add('seals', { up: await add('boxes', { up: shelf }) });
		const answer = await ask(directus.admin, 'DELETE', `/items/shelves/${shelf}`);
		expect(answer.status).toBe(422);
		expect(answer.errors[0]?.message).toBe('Suppression impossible : 1 seals en dépend. Rattachez d’abord ces éléments à une autre fiche, ou supprimez-les.');
		await call(directus.admin, 'DELETE', `/items/seals/${seal}`);
		expect((await ask(directus.admin, 'DELETE', `/items/shelves/${shelf}`)).status).toBe(204);
	});

	test('a colleague whose name stands in the records', async () => {
		const { id, client } = await directus.hire('Commercial');
		await call(client, 'POST', '/items/companies', { name: 'De lui' });
		const answer = await ask(directus.admin, 'DELETE', `/users/${id}`);
		expect(answer.status).toBe(422);
		expect(answer.errors[0]?.message).toContain('Désactivez plutôt ce compte');
	});

	test('only those who may delete at all are told what is in use', async () => {
		const company = await newCompany(directus.admin);
		await add('opportunities', newDeal(company));
		const answer = await ask(await directus.as('Commercial'), 'DELETE', `/items/companies/${company}`);
		expect(answer.status).toBe(403);
		expect(answer.errors[0]?.extensions.code).toBe('FORBIDDEN');
	});

	test('GraphQL says it too', async () => {
		const company = await newCompany(directus.admin);
		await add('opportunities', newDeal(company));
		const answer = await ask(directus.admin, 'POST', '/graphql', { query: `mutation { delete_companies_item(id: "${company}") { id } }` });
		expect(answer.errors[0]?.message).toContain('Suppression impossible : 1 affaire en dépend.');
	});

	test('what nothing depends on goes, and what follows it goes along', async () => {
		const company = await newCompany(directus.admin, { people: [{ last_name: 'Reste' }], tasks: [{ title: 'Part' }] });
		expect((await ask(directus.admin, 'DELETE', `/items/companies/${company}`)).status).toBe(204);
		expect(await directus.database('tasks').where({ company }).first()).toBeUndefined();
	});
});

describe('a reference to nothing is a fault on its field', () => {
	const unknown = randomUUID();

	test('created, changed, in an array, in a nested row and for a user', async () => {
		const company = await newCompany(directus.admin);
		const deal = await add('opportunities', newDeal(company));
		const answers = [
			await ask(directus.admin, 'POST', '/items/opportunities', newDeal(company, { campaign: unknown })),
			await ask(directus.admin, 'POST', '/items/opportunities', [newDeal(company), newDeal(company, { campaign: unknown })]),
			await ask(directus.admin, 'PATCH', `/items/opportunities/${deal}`, { campaign: unknown }),
			await ask(directus.admin, 'PATCH', '/items/opportunities', { keys: [deal], data: { campaign: unknown } }),
			await ask(directus.admin, 'PATCH', `/items/companies/${company}`, { opportunities: [newDeal(company, { campaign: unknown })] }),
			await ask(directus.admin, 'PATCH', `/items/opportunities/${deal}`, { campaign: 'pas-une-cle' }),
		];
		for (const answer of answers) {
			expect(answer.status).toBe(400);
			expect(answer.errors[0]).toMatchObject({
				message: '« Campagne » désigne un élément qui n’existe pas ou plus : choisissez-en un autre.',
				extensions: { code: 'FAILED_VALIDATION', field: 'campaign', collection: 'opportunities' },
			});
		}
		const user = await ask(directus.admin, 'POST', '/users', { email: `${randomUUID()}@example.com`, team: unknown });
		expect(faultyFields(user)).toEqual(['team']);
	});

	test('several at once are all named', async () => {
		const answer = await ask(directus.admin, 'POST', '/items/opportunities', { name: 'x', company: unknown, stage: unknown, owner: unknown });
		expect(faultyFields(answer).toSorted()).toEqual(['company', 'owner', 'stage']);
	});

	test('a row that the same call creates is there', async () => {
		const { opportunities } = await call<{ opportunities: string[] }>(directus.admin, 'POST', '/items/companies', {
			name: 'Mère',
			opportunities: [{ name: 'x', stage: stages.qualification }],
		});
		expect(opportunities).toHaveLength(1);
	});
});
