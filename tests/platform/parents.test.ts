import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { newCompany, newDeal } from '../pipeline/support.ts';
import { ask, faultyFields, type Answer } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';

let directus: TestDirectus;
let ours: string;
let theirs: string;
let sales: Client & { url: URL };
let finance: Client & { url: URL };

const add = (collection: string, row: Row, client: Client = directus.admin): Promise<string> =>
	call<{ id: string }>(client, 'POST', `/items/${collection}`, row).then(({ id }) => id);
const line = (over: Row = {}): Row => ({ label: 'Pose', unit_price_cents: 10_000, ...over });

/** A company with a deal and a quote of this team. */
async function dealOf(team: string): Promise<{ company: string; opportunity: string; quote: string; lead: string }> {
	const company = await newCompany(directus.admin, { team });
	const opportunity = await add('opportunities', newDeal(company, { team }));
	const quote = await add('quotes', { title: 'Pose', company, opportunity, team });
	const lead = await add('leads', { last_name: 'Lenoir', email: `${randomUUID()}@example.com`, company_name: 'Lenoir', team });
	await directus.database('leads').where({ id: lead }).update({ team, owner: null });
	return { company, opportunity, quote, lead };
}

beforeAll(async () => {
	directus = await startDirectus();
	[ours, theirs] = [await add('teams', { name: 'Nord' }), await add('teams', { name: 'Sud' })];
	sales = await directus.as('Commercial', { team: ours });
	finance = await directus.as('Finance');
});
afterAll(() => directus.close());

function expectRefused(answer: Answer, field: string): void {
	expect(answer.status).toBe(400);
	expect(faultyFields(answer)).toEqual([field]);
	expect(answer.errors[0]?.message).toMatch(/^« .+ » : cette fiche n’existe pas ou ne vous est pas accessible\.$/);
}

describe('a row is not hung on one that its author does not see', () => {
	test('lines, contacts, interactions, tasks and appointments of another team’s rows', async () => {
		const { opportunity, quote, lead, company } = await dealOf(theirs);
		expectRefused(await ask(sales, 'POST', '/items/line_items', line({ quote })), 'quote');
		expectRefused(await ask(sales, 'POST', '/items/line_items', line({ opportunity })), 'opportunity');
		expectRefused(await ask(sales, 'POST', '/items/line_items', line({ quote: { id: quote } })), 'quote');
		expectRefused(await ask(sales, 'POST', '/items/interactions', { kind: 'call', subject: 'Appel', lead }), 'lead');
		expectRefused(await ask(sales, 'POST', '/items/tasks', { title: 'Rappeler', lead }), 'lead');
		expectRefused(await ask(sales, 'POST', '/items/tasks', { title: 'Rappeler', lead: { id: lead } }), 'lead');
		expectRefused(await ask(sales, 'POST', '/items/quotes', { title: 'Autre', company, opportunity }), 'opportunity');
		const task = await add('tasks', { title: 'À moi' }, sales);
		expectRefused(await ask(sales, 'PATCH', `/items/tasks/${task}`, { lead }), 'lead');
		const rows = await directus.database('line_items').where({ quote }).orWhere({ opportunity });
		expect(rows).toEqual([]);
	});

	test('GraphQL refuses it, too', async () => {
		const { lead } = await dealOf(theirs);
		const answer = await ask(sales, 'POST', '/graphql', { query: `mutation { create_tasks_item(data: { title: "x", lead: { id: "${lead}" } }) { id } }` });
		expect(answer.errors).toHaveLength(1);
		expect(await directus.database('tasks').where({ lead, title: 'x' }).first()).toBeUndefined();
	});

	test('on their own they can, also nested and in the call that creates the parent', async () => {
		const { opportunity, quote, lead, company } = await dealOf(ours);
		for (const [collection, row] of [
			['line_items', line({ quote })],
			['line_items', line({ opportunity })],
			['interactions', { kind: 'call', subject: 'Appel', at: new Date().toISOString(), lead }],
			['tasks', { title: 'Rappeler', lead }],
		] as const) {
			expect(await ask(sales, 'POST', `/items/${collection}`, row)).toMatchObject({ status: 200, errors: [] });
		}
		const created = await ask(sales, 'POST', '/items/quotes', { title: 'Nouveau', company, lines: [line(), line()] });
		expect(created).toMatchObject({ status: 200, errors: [] });
		expect(await ask(sales, 'PATCH', `/items/quotes/${created.data?.id}`, { lines: { create: [line()], update: [], delete: [] } })).toMatchObject({
			status: 200,
		});
	});

	test('what one may change keeps a parent that one does not see', async () => {
		const { lead } = await dealOf(theirs);
		const { id, client } = await directus.hire('Commercial', { team: ours });
		const task = await add('tasks', { title: 'Pour lui', lead, assignee: id });
		expect(await ask(client, 'PATCH', `/items/tasks/${task}`, { title: 'Fait', lead })).toMatchObject({ status: 200, errors: [] });
	});
});

describe('lines of what is no draft any more stay', () => {
	test.each(['quotes', 'invoices'])('of %s, also for Finance and the administrator', async (collection) => {
		const company = await newCompany(directus.admin);
		const field = collection === 'quotes' ? 'quote' : 'invoice';
		const document = await add(collection, { company, ...(field === 'quote' ? { title: 'Pose' } : { direction: 'sale' }) });
		const first = await add('line_items', line({ [field]: document }), finance);
		expect((await ask(finance, 'PATCH', `/items/line_items/${first}`, { label: 'Dépose' })).status).toBe(200);
		await directus.database(collection).where({ id: document }).update({ status: 'sent' });
		for (const client of [finance, directus.admin as Client & { url: URL }]) {
			const answers = [
				await ask(client, 'POST', '/items/line_items', line({ [field]: document })),
				await ask(client, 'PATCH', `/items/line_items/${first}`, { quantity: 2000 }),
				await ask(client, 'PATCH', `/items/${collection}/${document}`, { lines: { create: [line()], update: [], delete: [] } }),
				await ask(client, 'PATCH', `/items/${collection}/${document}`, { lines: { create: [], update: [], delete: [first] } }),
			];
			for (const answer of answers) expect(answer.errors[0]?.message).toMatch(/ n’est plus un brouillon : ses lignes /);
			expect((await ask(client, 'DELETE', `/items/line_items/${first}`)).status).toBeGreaterThanOrEqual(400);
		}
		expect(await directus.database('line_items').where({ [field]: document })).toHaveLength(1);
	});

	test('a purchase is recorded with its lines in one call', async () => {
		const company = await newCompany(directus.admin);
		const answer = await ask(finance, 'POST', '/items/invoices', { company, direction: 'purchase', status: 'issued', lines: [line()] });
		expect(answer.errors.filter(({ message }) => message.includes('brouillon'))).toEqual([]);
	});
});
