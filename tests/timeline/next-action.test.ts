import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { ask, type Answer } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { makeStory, type Person, type Reached } from './support.ts';

type Next = { kind: string; urgent: boolean; about: { id: string; name: string; who?: string | null } | null; links: Record<string, string> };

let directus: TestDirectus;
let team: string;
let seller: Person;

const create = async (collection: string, row: Row): Promise<string> => (await call<{ id: string }>(directus.admin, 'POST', `/items/${collection}`, row)).id;
const hire = async (role: string, over: Row = {}): Promise<Person> => (await directus.hire(role, over)) as Person;
const next = (client: Client, collection: string, id: string): Promise<Answer<Next>> =>
	ask<Next>(client as Reached, 'GET', `/orchestre/next-action/${collection}/${id}`);
const kind = async (client: Client, collection: string, id: string): Promise<string | undefined> => (await next(client, collection, id)).data?.kind;
const inHours = (hours: number): string => new Date(Date.now() + hours * 3_600_000).toISOString();

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false' });
	team = await create('teams', { name: `Nord ${randomUUID()}`, kind: 'sales' });
	seller = await hire('Commercial', { team, first_name: 'Léa', last_name: 'Martin' });
});
afterAll(() => directus.close());

describe('the next action', () => {
	it('of a new lead is a call, until one is logged with the rights of whoever logs it', async () => {
		const lead = await create('leads', { first_name: 'Ana', last_name: 'Roux', email: `ana.${randomUUID()}@example.com`, owner: seller.id, team });
		const first = await next(seller.client, 'leads', lead);
		expect(first).toMatchObject({ status: 200, data: { kind: 'first_contact', links: { lead } } });
		const row = { kind: 'call', at: new Date().toISOString(), outcome: 'reached', ...first.data?.links };
		const logged = await ask(seller.client, 'POST', '/items/interactions', row);
		expect(logged.status).toBe(200);
		expect(await directus.database('interactions').where({ id: logged.data?.id }).first()).toMatchObject({
			lead,
			owner: seller.id,
			team,
			user_created: seller.id,
		});
		expect(await kind(seller.client, 'leads', lead)).not.toBe('first_contact');
	});

	it('of a deal follows what is done about it: a late task, a quote that ends, a close date, a next step', async () => {
		const stages = (await directus.database('stages').orderBy('sort').select('id')) as { id: string }[];
		const mine = { owner: seller.id, team };
		const company = await create('companies', { name: `Roux ${randomUUID()}`, ...mine });
		const person = await create('people', { last_name: 'Roux', company, ...mine });
		const deal = await create('opportunities', { name: 'Suivi', company, stage: stages[0]?.id ?? '', contacts: [{ person }], ...mine });
		expect(await next(seller.client, 'opportunities', deal)).toMatchObject({ data: { kind: 'plan', links: { opportunity: deal, company, person } } });
		const task = await create('tasks', { title: 'Relancer', opportunity: deal, due_at: inHours(-30), assignee: seller.id, team });
		expect(await next(seller.client, 'opportunities', deal)).toMatchObject({
			data: { kind: 'overdue_task', urgent: true, about: { id: task, name: 'Relancer', who: 'Léa Martin' } },
		});
		expect(await kind(seller.client, 'companies', company)).toBe('overdue_task');
		await call(seller.client, 'PATCH', `/items/tasks/${task}`, { status: 'done' });
		const quote = await create('quotes', {
			title: 'Offre',
			company,
			contact: person,
			opportunity: deal,
			status: 'sent',
			valid_until: inHours(60).slice(0, 10),
			...mine,
		});
		expect(await next(seller.client, 'people', person)).toMatchObject({ data: { kind: 'quote_ending', about: { id: quote } } });
		await call(directus.admin, 'PATCH', `/items/quotes/${quote}`, { status: 'refused' });
		await call(directus.admin, 'PATCH', `/items/opportunities/${deal}`, {
			close_date: inHours(-48).slice(0, 10),
			next_step: 'Démo',
			next_step_at: inHours(100),
		});
		expect(await kind(seller.client, 'opportunities', deal)).toBe('close_date_past');
		await call(directus.admin, 'PATCH', `/items/opportunities/${deal}`, { close_date: inHours(2000).slice(0, 10) });
		// The watch over the pipeline has raised alerts of its own in the meantime.
		await directus.database('alerts').where({ opportunity: deal }).update({ state: 'done' });
		expect(await next(seller.client, 'opportunities', deal)).toMatchObject({ data: { kind: 'planned', about: { name: 'Démo' } } });
		const alert = await create('alerts', {
			kind: 'deal_stalled',
			severity: 'warning',
			title: 'Affaire immobile',
			recommended_action: 'Appeler Ana.',
			opportunity: deal,
			assignee: seller.id,
			team,
		});
		await create('alerts', { kind: 'other', severity: 'info', title: 'Pour information', opportunity: deal, assignee: seller.id, team });
		expect(await next(seller.client, 'opportunities', deal)).toMatchObject({ data: { kind: 'alert', about: { id: alert, name: 'Affaire immobile' } } });
		await call(seller.client, 'PATCH', `/items/alerts/${alert}`, { state: 'done' });
		await directus.database('alerts').where({ opportunity: deal }).update({ state: 'done' });
		await create('interactions', { kind: 'email', direction: 'inbound', at: inHours(-2), subject: 'Question', opportunity: deal, ...mine });
		expect(await next(seller.client, 'opportunities', deal)).toMatchObject({ data: { kind: 'answer', about: { name: 'Question' } } });
		await create('interactions', { kind: 'email', at: inHours(-1), subject: 'Réponse', opportunity: deal, ...mine });
		expect(await kind(seller.client, 'opportunities', deal)).toBe('planned');
	});

	it('of a converted lead is its deal', async () => {
		const lead = await create('leads', {
			first_name: 'Ugo',
			last_name: 'Blanc',
			email: `ugo.${randomUUID()}@example.com`,
			company_name: `Blanc ${randomUUID()}`,
			status: 'qualified',
			owner: seller.id,
			team,
		});
		const { opportunity } = await call<{ opportunity: { id: string } }>(seller.client, 'POST', `/orchestre/leads/${lead}/convert`);
		expect(await next(seller.client, 'leads', lead)).toMatchObject({
			data: { kind: 'open_deal', about: { id: opportunity.id }, links: { opportunity: opportunity.id } },
		});
	});

	it('never names what its reader may not see', async () => {
		const { company, lead } = await makeStory(directus, seller.id, team);
		await create('tasks', { title: 'Secret', company, due_at: inHours(-30), assignee: seller.id, team });
		expect(await next(seller.client, 'companies', company)).toMatchObject({ data: { about: { name: 'Secret' } } });
		const stranger = await hire('Commercial', { team: await create('teams', { name: `Sud ${randomUUID()}`, kind: 'sales' }) });
		for (const role of ['Manager', 'Finance', 'Opérations']) {
			const other = role === 'Manager' ? stranger : await hire(role);
			const answer = await next(other.client, 'companies', company);
			expect(answer.status).toBe(200);
			expect(JSON.stringify(answer.data)).not.toContain('Secret');
		}
		expect((await next(stranger.client, 'leads', lead)).status).toBe(403);
		expect((await next((await hire('Revendeur')).client, 'companies', company)).status).toBe(403);
	});
});
