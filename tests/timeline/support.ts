import { randomUUID } from 'node:crypto';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { ask, type Answer } from '../support/answer.ts';
import type { TestDirectus } from '../support/directus.ts';

export type Reached = Client & { url: URL };
export type Person = { id: string; client: Reached };
export type Event = { key: string; source: string; kind: string; collection: string; at: string; row: Row & { id: string } };
export type Page = { events: Event[]; next: string | null; kinds: string[] };

export const timeline = (client: Client, collection: string, id: string, query = ''): Promise<Answer<Page>> =>
	ask<Page>(client as Reached, 'GET', `/orchestre/timeline/${collection}/${id}${query}`);

export const sourcesOf = ({ data }: Answer<Page>): string[] => (data?.events ?? []).map(({ source }) => source).toSorted();

/** A client company with a contact, a lead, a deal, and one of everything that a timeline tells. */
export async function makeStory(directus: TestDirectus, owner: string, team: string) {
	const create = async (collection: string, row: Row): Promise<string> => (await call<{ id: string }>(directus.admin, 'POST', `/items/${collection}`, row)).id;
	const mine = { owner, team };
	const n = randomUUID().slice(0, 8);
	const stages = (await directus.database('stages').orderBy('sort').select('id')) as { id: string }[];
	const company = await create('companies', { name: `Roux ${n}`, ...mine });
	const person = await create('people', { first_name: 'Ana', last_name: `Roux ${n}`, company, ...mine });
	const lead = await create('leads', {
		first_name: 'Ana',
		last_name: 'Roux',
		email: `ana.${n}@roux-${n}.example`,
		company_name: `Roux ${n}`,
		company,
		person,
		...mine,
	});
	const deal = await create('opportunities', { name: `Roux ${n} – suivi`, company, stage: stages[0]?.id ?? '', lead, ...mine, contacts: [{ person }] });
	await call(directus.admin, 'PATCH', `/items/opportunities/${deal}`, {
		stage: stages[1]?.id ?? '',
		next_step: 'Rappeler',
		next_step_at: '2031-02-04T09:00:00Z',
	});
	await create('interactions', { kind: 'call', at: '2026-02-02T09:00:00Z', subject: 'Appel', summary: 'x'.repeat(5000), outcome: 'reached', person, ...mine });
	await create('interactions', { kind: 'email', at: '2026-02-03T09:00:00Z', subject: 'Message', lead, ...mine });
	await create('interactions', { kind: 'meeting', at: '2026-02-04T09:00:00Z', subject: 'Visite', opportunity: deal, ...mine });
	await create('tasks', { title: 'Relancer', opportunity: deal, due_at: '2031-02-05T09:00:00Z', assignee: owner, team });
	await create('tasks', { title: 'Faite', company, status: 'done', assignee: owner, team });
	await create('planning', {
		title: 'Démonstration',
		kind: 'meeting',
		starts_at: '2031-02-06T09:00:00Z',
		ends_at: '2031-02-06T10:00:00Z',
		opportunity: deal,
		...mine,
	});
	const quote = await create('quotes', { title: 'Offre', company, contact: person, opportunity: deal, issue_date: '2026-02-07', ...mine });
	await create('invoices', { title: 'Acompte', company, quote, issue_date: '2026-02-08', due_date: '2026-03-08', ...mine });
	await create('tickets', { subject: 'Accès', company, contact: person, ...mine });
	await create('documents', { title: 'Cahier des charges', type: 'report', company, opportunity: deal, dated_on: '2026-02-09', ...mine });
	await create('contracts', { name: 'Maintenance', company, opportunity: deal, signed_on: '2026-02-10', ...mine });
	return { company, person, lead, deal, quote };
}
