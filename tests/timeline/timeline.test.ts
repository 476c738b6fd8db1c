import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, type Row } from '../../scripts/support/client.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { makeStory, sourcesOf, timeline, type Event, type Person } from './support.ts';

let directus: TestDirectus;
let team: string;
let seller: Person;
let story: Awaited<ReturnType<typeof makeStory>>;

const create = async (collection: string, row: Row): Promise<string> => (await call<{ id: string }>(directus.admin, 'POST', `/items/${collection}`, row)).id;
const hire = async (role: string, over: Row = {}): Promise<Person> => (await directus.hire(role, over)) as Person;
/** The tasks of a new lead come from the assignment; here the story counts. */
const told = async (client: Person['client'], collection: string, id: string): Promise<string[]> =>
	sourcesOf(await timeline(client, collection, id, '?limit=100')).filter((source) => source !== 'task-due' && source !== 'task-open');

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false' });
	team = await create('teams', { name: `Nord ${randomUUID()}`, kind: 'sales' });
	seller = await hire('Commercial', { team, first_name: 'Léa', last_name: 'Martin' });
	story = await makeStory(directus, seller.id, team);
});
afterAll(() => directus.close());

const everything = [
	'contract',
	'deal-moved',
	'deal-opened',
	'document',
	'interaction',
	'interaction',
	'interaction',
	'invoice',
	'lead-received',
	'meeting',
	'quote',
	'task-done',
	'ticket',
];

describe('a timeline', () => {
	it('tells of a company what belongs to it, to its people, its leads and its deals', async () => {
		expect(await told(seller.client, 'companies', story.company)).toEqual(everything);
		const { data } = await timeline(seller.client, 'companies', story.company, '?kinds=task');
		expect(data?.events.map(({ row }) => row['title'])).toEqual(expect.arrayContaining(['Relancer', 'Faite']));
	});

	it('tells of a deal its own, its lead and what its quotes were billed with', async () => {
		expect(await told(seller.client, 'opportunities', story.deal)).toEqual([
			'contract',
			'deal-moved',
			'deal-opened',
			'document',
			'interaction',
			'interaction',
			'invoice',
			'lead-received',
			'meeting',
			'quote',
		]);
	});

	it('tells of a person what names them, their leads and deals, but not what others said in the deal', async () => {
		expect(await told(seller.client, 'people', story.person)).toEqual([
			'contract',
			'deal-moved',
			'deal-opened',
			'document',
			'interaction',
			'interaction',
			'lead-received',
			'quote',
			'ticket',
		]);
		const { data } = await timeline(seller.client, 'people', story.person, '?kinds=interaction');
		expect(data?.events.map(({ row }) => row['subject'])).toEqual(['Message', 'Appel']);
	});

	it('tells of a lead what became of it', async () => {
		expect(await told(seller.client, 'leads', story.lead)).toEqual([
			'contract',
			'deal-moved',
			'deal-opened',
			'document',
			'interaction',
			'interaction',
			'invoice',
			'lead-received',
			'meeting',
			'quote',
		]);
	});

	it('shows a converted lead on the company and the person that it became, and takes their links along', async () => {
		const lead = await create('leads', {
			first_name: 'Ugo',
			last_name: 'Blanc',
			email: `ugo.${randomUUID()}@example.com`,
			company_name: `Blanc ${randomUUID()}`,
			status: 'qualified',
			owner: seller.id,
			team,
		});
		await create('interactions', { kind: 'call', at: '2026-01-05T09:00:00Z', lead, subject: 'Premier appel', owner: seller.id, team });
		const done = await call<{ company: { id: string }; person: { id: string }; opportunity: { id: string; name: string } }>(
			seller.client,
			'POST',
			`/orchestre/leads/${lead}/convert`,
		);
		for (const [collection, id] of [
			['leads', lead],
			['companies', done.company.id],
			['people', done.person.id],
			['opportunities', done.opportunity.id],
		] as const) {
			const { data } = await timeline(seller.client, collection, id);
			const find = (source: string): Event | undefined => data?.events.find((event) => event.source === source);
			expect(find('lead-converted')?.row['converted_opportunity']).toMatchObject({ id: done.opportunity.id, name: done.opportunity.name });
			expect(find('interaction')?.row).toMatchObject({ subject: 'Premier appel', lead: { id: lead }, owner: { name: 'Léa Martin' } });
		}
	});

	it('is read page by page without losing or repeating anything, by kind if wanted', async () => {
		const company = await create('companies', { name: `Long ${randomUUID()}`, owner: seller.id, team });
		// Imported calls share one moment, and papers one day.
		await call(
			directus.admin,
			'POST',
			'/items/interactions',
			Array.from({ length: 60 }, (_, index) => ({ kind: 'call', at: '2026-03-02T11:00:00Z', subject: `Appel ${index}`, company, owner: seller.id, team })),
		);
		await call(
			directus.admin,
			'POST',
			'/items/documents',
			Array.from({ length: 45 }, (_, index) => ({ title: `Papier ${index}`, type: 'report', dated_on: '2026-03-02', company, owner: seller.id, team })),
		);
		await call(
			directus.admin,
			'POST',
			'/items/interactions',
			Array.from({ length: 120 }, (_, index) => ({ kind: 'email', at: new Date(Date.UTC(2025, 0, 1 + index)).toISOString(), company, owner: seller.id, team })),
		);
		const seen: Event[] = [];
		let before = '';
		for (let page = 0; page < 30; page += 1) {
			const { data, status } = await timeline(seller.client, 'companies', company, `?limit=25${before && `&before=${before}`}`);
			expect(status).toBe(200);
			seen.push(...(data?.events ?? []));
			if (!data?.next) break;
			before = data.next;
		}
		expect(seen).toHaveLength(225);
		expect(new Set(seen.map(({ key }) => key)).size).toBe(225);
		expect(seen[0]?.source).toBe('document');
		const { data } = await timeline(seller.client, 'companies', company, '?kinds=document&limit=100');
		expect(data).toMatchObject({ next: null, events: expect.objectContaining({ length: 45 }) });
	});

	it('cuts texts that are longer than a page', async () => {
		const { data } = await timeline(seller.client, 'people', story.person, '?kinds=interaction');
		expect(String(data?.events.at(-1)?.row['summary'])).toHaveLength(2001);
	});

	it('refuses what it cannot answer in a French sentence', async () => {
		expect(await timeline(seller.client, 'companies', story.company, '?limit=1000')).toMatchObject({
			status: 400,
			errors: [{ message: 'Une page compte de 1 à 100 événements.' }],
		});
		expect(await timeline(seller.client, 'companies', story.company, '?kinds=secret')).toMatchObject({ status: 400 });
		expect(await timeline(seller.client, 'companies', story.company, '?before=rien')).toMatchObject({ status: 400 });
		expect(await timeline(seller.client, 'jobs', story.company)).toMatchObject({ status: 404 });
		expect(await timeline(seller.client, 'companies', randomUUID())).toMatchObject({ status: 403 });
	});
});

describe('rights on a timeline', () => {
	it.each(['Direction', 'Manager', 'Commercial', 'Finance', 'Succès client', 'Opérations'])('show a %s of another team no more than lists do', async (role) => {
		const stranger = await hire(role, { team: await create('teams', { name: `Sud ${randomUUID()}`, kind: 'sales' }) });
		const { data, status } = await timeline(stranger.client, 'companies', story.company, '?limit=100');
		expect(status).toBe(200);
		const shown = new Map<string, string[]>();
		for (const { collection, row } of data?.events ?? []) shown.set(collection, [...(shown.get(collection) ?? []), row.id]);
		for (const [collection, ids] of shown) {
			const visible = await call<{ id: string }[]>(stranger.client, 'GET', `/items/${collection}`, undefined, {
				'filter[id][_in]': ids.join(),
				fields: 'id',
				limit: '-1',
			});
			expect(visible.map(({ id }) => id).toSorted(), `${role}, ${collection}`).toEqual([...new Set(ids)].toSorted());
		}
		const lists = await Promise.all(
			(['invoices', 'quotes', 'tickets', 'contracts', 'opportunities', 'leads'] as const).map(async (collection) => {
				const answer = await call<{ id: string }[]>(stranger.client, 'GET', `/items/${collection}`, undefined, {
					'filter[company][_eq]': story.company,
					fields: 'id',
				}).catch(() => []);
				return [collection, answer.length] as const;
			}),
		);
		for (const [collection, length] of lists) expect(new Set(shown.get(collection)).size, `${role}, ${collection}`).toBe(length);
	});

	it('keep fields back that a role may not see, and still tell the rest', async () => {
		const operations = await hire('Opérations');
		const { data } = await timeline(operations.client, 'opportunities', story.deal);
		const opened = data?.events.find(({ source }) => source === 'deal-opened');
		expect(opened?.row['name']).toMatch(/^Roux/);
		expect(opened?.row).not.toHaveProperty('amount_cents');
	});

	it('keep a lead back from colleagues who may not read it, and everything from who is outside', async () => {
		const stranger = await hire('Commercial', { team: await create('teams', { name: `Sud ${randomUUID()}`, kind: 'sales' }) });
		expect((await timeline(stranger.client, 'leads', story.lead)).status).toBe(403);
		expect((await timeline(stranger.client, 'opportunities', story.deal)).status).toBe(403);
		expect((await timeline((await hire('Revendeur')).client, 'companies', story.company)).status).toBe(403);
		expect((await fetch(new URL(`/orchestre/timeline/companies/${story.company}`, directus.url))).status).toBe(403);
	});
});
