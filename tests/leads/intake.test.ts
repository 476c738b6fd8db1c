import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call } from '../../scripts/support/client.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { completeFields, count, hireSalesPeople, newLead, readLead, sumOf, type LeadResult } from './support.ts';

let directus: TestDirectus;

beforeAll(async () => {
	directus = await startDirectus();
	await hireSalesPeople(directus.admin, 3, 200);
});
afterAll(() => directus.close());

function expectTreated(lead: LeadResult): void {
	expect(lead.grade).toMatch(/^[A-D][1-4]$/);
	expect(lead.reasons.length).toBeGreaterThan(3);
	expect(sumOf(lead, 'fit')).toBe(lead.fit_points);
	expect(sumOf(lead, 'engagement')).toBe(lead.engagement_points);
	expect(sumOf(lead)).toBe(lead.points);
	expect(lead.owner).not.toBeNull();
	expect(lead.assignment.owner).toBe(lead.owner);
	expect(lead.assignment.candidates).toHaveLength(3);
	expect(lead.sla_due_at).not.toBeNull();
	expect(lead.tasks.length).toBeGreaterThanOrEqual(2);
	expect(lead.tasks.every(({ assignee, origin }) => assignee === lead.owner && origin === 'leads.follow_up')).toBe(true);
	expect(lead.scores).toEqual([expect.objectContaining({ grade: lead.grade, points: lead.points, cause: 'created' })]);
}

describe('a lead comes out scored, explained, assigned and followed up', () => {
	test('when it is created alone by REST, in the answer itself', async () => {
		const lead = await call<LeadResult>(directus.admin, 'POST', '/items/leads', newLead(), { fields: completeFields.join(',') });
		expectTreated(lead);
	});

	test('when an array is created', async () => {
		const leads = await call<{ id: string }[]>(directus.admin, 'POST', '/items/leads', [newLead(), newLead(), newLead()]);
		for (const { id } of leads) expectTreated(await readLead(directus.admin, id));
	});

	test('when it is created nested in a company', async () => {
		const company = await call<{ leads: string[] }>(directus.admin, 'POST', '/items/companies', { name: 'Maison Imbriquée', leads: [newLead(), newLead()] });
		expect(company.leads).toHaveLength(2);
		for (const id of company.leads) expectTreated(await readLead(directus.admin, id));
	});

	test('when it is created by GraphQL', async () => {
		const answer = await call<{ create_leads_item: { id: string } }>(directus.admin, 'POST', '/graphql', {
			query: `mutation { create_leads_item(data: { last_name: "Graphe", email: "g@graphe.example", company_name: "Graphe" }) { id } }`,
		});
		expectTreated(await readLead(directus.admin, answer.create_leads_item.id));
	});

	test('when a file is imported', async () => {
		const form = new FormData();
		form.append(
			'file',
			new Blob(['last_name,email,company_name\nImport,un@import.example,Import SA\nImporte,deux@import.example,Import SA\n'], { type: 'text/csv' }),
			'leads.csv',
		);
		const response = await fetch(`${directus.url}/utils/import/leads`, {
			method: 'POST',
			body: form,
			headers: { authorization: `Bearer ${await directus.admin.getToken()}` },
		});
		expect(response.status).toBe(200);
		const leads = await call<{ id: string }[]>(directus.admin, 'GET', '/items/leads', undefined, { 'filter[email][_contains]': 'import.example' });
		expect(leads).toHaveLength(2);
		for (const { id } of leads) expectTreated(await readLead(directus.admin, id));
	});

	test('when a system that may only send leads sends it', async () => {
		const api = await directus.as('API');
		const { id } = await call<{ id: string }>(api, 'POST', '/items/leads', newLead());
		expectTreated(await readLead(directus.admin, id));
	});

	test('when a sales person types it in', async () => {
		const sales = await directus.as('Commercial');
		const { id } = await call<{ id: string }>(sales, 'POST', '/items/leads', newLead());
		expectTreated(await readLead(directus.admin, id));
		expect((await readLead(sales, id)).grade).toMatch(/^[A-D][1-4]$/);
	});
});

test('a lead without an owner to be had waits for one, and the decision says why', async () => {
	await call(directus.admin, 'PATCH', '/items/settings', { assignment_enabled: false });
	const lead = await call<LeadResult>(directus.admin, 'POST', '/items/leads', newLead(), { fields: completeFields.join(',') });
	expect(lead.owner).toBeNull();
	await call(directus.admin, 'PATCH', '/items/settings', { assignment_enabled: true });
	await call(directus.admin, 'PATCH', `/items/leads/${lead.id}`, { city: 'Lille' });
	expect((await readLead(directus.admin, lead.id)).owner).not.toBeNull();
});

test('the trail says who created the lead and that Orchestre treated it', async () => {
	const { id } = await call<{ id: string }>(directus.admin, 'POST', '/items/leads', newLead());
	const trail = async (): Promise<{ action: string; user: string }[]> =>
		(await directus.database('directus_activity').where({ collection: 'leads', item: id }).orderBy('id')) as { action: string; user: string }[];
	const rows = await trail();
	expect(rows.map(({ action }) => action)).toEqual(['create', 'update']);
	expect(rows[1]?.user).toBe('00000000-0000-4000-8000-000000000001');
	const tasks = (await directus.database('tasks').where({ lead: id })) as { id: string }[];
	expect(tasks.length).toBeGreaterThan(0);
	for (const task of tasks) expect(await count(directus.database, 'directus_activity', { collection: 'tasks', item: task.id, action: 'create' })).toBe(1);

	await call(directus.admin, 'PATCH', `/items/leads/${id}`, { budget_cents: 90_000_000 });
	const [byPerson, byOrchestre] = (await trail()).slice(2);
	expect(byPerson?.user).toBe(rows[0]?.user);
	expect(byOrchestre).toMatchObject({ action: 'update', user: '00000000-0000-4000-8000-000000000001' });
});

test('the second lead of a person is flagged with the first and says why', async () => {
	const first = await call<{ id: string }>(directus.admin, 'POST', '/items/leads', newLead({ email: 'Double@Meme.example' }));
	const second = await call<LeadResult>(directus.admin, 'POST', '/items/leads', newLead({ email: ' double@meme.EXAMPLE ' }), {
		fields: completeFields.join(','),
	});
	expect(second.duplicate_of).toBe(first.id);
	expect(second.duplicate_reason).toBeTruthy();
});

test('a flow tells the owner of a new lead, once', async () => {
	const lead = await call<LeadResult>(directus.admin, 'POST', '/items/leads', newLead(), { fields: '*' });
	await expect.poll(() => count(directus.database, 'directus_notifications', { collection: 'leads', item: lead.id }), { timeout: 8000 }).toBe(1);
	expect(await count(directus.database, 'jobs', { kind: 'leads.announce', item: lead.id, state: 'done' })).toBe(1);
});

test('a lead whose treatment fails is not there at all', async () => {
	const before = await count(directus.database, 'leads');
	await directus.database.schema.renameTable('lead_scores', 'lead_scores_away');
	try {
		await expect(call(directus.admin, 'POST', '/items/leads', newLead())).rejects.toThrow();
	} finally {
		await directus.database.schema.renameTable('lead_scores_away', 'lead_scores');
	}
	expect(await count(directus.database, 'leads')).toBe(before);
	expectTreated(await call<LeadResult>(directus.admin, 'POST', '/items/leads', newLead(), { fields: completeFields.join(',') }));
});
