import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { count, newLead } from './support.ts';

type Reached = Client & { url: URL };
type Named = { id: string; name: string };
type Converted = { lead: string; company: Named; person: Named | null; opportunity: Named; created: string[]; already: boolean; summary: string };
type Undone = { leadStatus: string; kept: { collection: string; item: string; reason: string }[]; report: string };
type Preview = { possible: boolean; missing: string[]; company: { id: string | null; name: string } | null; opportunity: { name: string; values: Row } | null };

let directus: TestDirectus;
let team: string;
let seller: { id: string; client: Reached };
let manager: { id: string; client: Reached };

const create = async (collection: string, row: Row): Promise<string> => (await call<{ id: string }>(directus.admin, 'POST', `/items/${collection}`, row)).id;
const read = (collection: string, id: string): Promise<Record<string, unknown>> =>
	directus.database(collection).where({ id }).first() as Promise<Record<string, unknown>>;
const hire = async (role: string, over: Row): Promise<{ id: string; client: Reached }> => (await directus.hire(role, over)) as { id: string; client: Reached };
const lead = (over: Row = {}): Promise<string> => create('leads', newLead({ owner: seller.id, team, ...over }) as Row);
const convert = (client: Client, id: string) => ask<Converted>(client as Reached, 'POST', `/orchestre/leads/${id}/convert`);
const undo = (client: Client, id: string) => ask<Undone>(client as Reached, 'POST', `/orchestre/leads/${id}/convert/undo`);
const preview = (client: Client, id: string) => ask<Preview>(client as Reached, 'GET', `/orchestre/leads/${id}/convert/preview`);
const converted = async (client: Client, id: string): Promise<Converted> => {
	const answer = await convert(client, id);
	expect(answer).toMatchObject({ status: 200, errors: [] });
	return answer.data as Converted;
};
const load = async (user: string): Promise<Record<string, number>> => {
	const row = (await directus.database('workloads').where({ user }).first()) as { open_leads: number; converted_leads: number };
	return { open: Number(row.open_leads), converted: Number(row.converted_leads) };
};
const outcome = async (): Promise<number[]> =>
	Promise.all(['companies', 'people', 'opportunities', 'opportunity_contacts'].map((table) => count(directus.database, table)));

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false' });
});
afterAll(() => directus.close());

beforeEach(async () => {
	team = await create('teams', { name: `Nord ${randomUUID()}`, kind: 'sales' });
	const sells = { team, takes_leads: true, lead_capacity: 500, hired_on: '2020-01-06', languages: ['fr'] };
	seller = await hire('Commercial', sells);
	manager = await hire('Manager', { team });
});

describe('a conversion', () => {
	it('makes company, person and opportunity of what the lead says, in the name of whoever asked, with nothing to type again', async () => {
		const id = await lead({ phone: '06 12 34 56 78', website: 'https://roux.example', city: 'Lille', decision_role: 'decision_maker', email_consent: 'given' });
		const done = await converted(seller.client, id);
		const before = await read('leads', id);
		expect(done).toMatchObject({
			created: ['company', 'person', 'opportunity'],
			already: false,
			summary: expect.stringMatching(/^Affaire « .+ » créée, entreprise/),
		});
		expect(await read('companies', done.company.id)).toMatchObject({
			name: before['company_name'],
			name_key: before['company_key'],
			industry: 'tech',
			size_band: '50-249',
			city: 'Lille',
			domain: 'roux.example',
			lifecycle: 'prospect',
			owner: seller.id,
			team,
			user_created: seller.id,
		});
		expect(await read('people', done.person?.id ?? '')).toMatchObject({
			first_name: 'Camille',
			last_name: before['last_name'],
			email: before['email'],
			mobile: '+33612345678',
			job_title: 'Directrice commerciale',
			company: done.company.id,
			email_consent: 'given',
			owner: seller.id,
		});
		expect(await read('opportunities', done.opportunity.id)).toMatchObject({
			name: `${String(before['company_name'])} – Remplacer notre outil de suivi`,
			company: done.company.id,
			amount_cents: 2_500_000,
			stage: '35000000-0000-4000-8000-000000000001',
			probability: 1000,
			kind: 'new',
			source: 'website',
			lead: id,
			owner: seller.id,
			team,
			user_created: seller.id,
		});
		expect(await directus.database('opportunity_contacts').where({ opportunity: done.opportunity.id })).toMatchObject([
			{ person: done.person?.id, role: 'decision_maker' },
		]);
		expect(await count(directus.database, 'stage_changes', { opportunity: done.opportunity.id })).toBe(1);
		expect(before).toMatchObject({ status: 'converted', converted_opportunity: done.opportunity.id, company: done.company.id, person: done.person?.id });
		expect(before['converted_at']).not.toBeNull();
		// The company that the conversion made is no account that was known: the score stays.
		expect(await count(directus.database, 'lead_scores', { lead: id })).toBe(1);
		const trail = (await directus.database('directus_activity').where({ collection: 'leads', item: id, action: 'update' }).pluck('user')) as string[];
		expect(trail).toContain(seller.id);
		const [told] = await directus.database('directus_notifications').where({ recipient: seller.id, collection: 'opportunities' });
		expect(told).toMatchObject({ item: done.opportunity.id });
	});

	it('moves counters, cancels the prospecting, and takes exchanges, appointments and open tasks along', async () => {
		const id = await lead();
		const at = '2026-01-05T09:00:00Z';
		const other = await create('companies', { name: `Autre ${randomUUID()}` });
		const [mine, linked] = [
			await create('interactions', { kind: 'call', at, lead: id, owner: manager.id, subject: 'Appel' }),
			await create('interactions', { kind: 'email', at, lead: id, company: other, subject: 'Message' }),
		];
		const visit = await create('planning', { title: 'Visite', starts_at: '2031-01-06T09:00:00Z', ends_at: '2031-01-06T10:00:00Z', lead: id });
		const [todo, finished] = [await create('tasks', { title: 'Devis', lead: id }), await create('tasks', { title: 'Faite', lead: id, status: 'done' })];
		const automatic = await count(directus.database, 'tasks', { lead: id, origin: 'leads.follow_up', status: 'todo' });
		expect(automatic).toBeGreaterThan(0);
		expect(await load(seller.id)).toEqual({ open: 1, converted: 0 });

		const { opportunity, company, person, summary } = await converted(seller.client, id);
		expect(summary).toContain('2 échanges, 1 rendez-vous et 1 tâche suivent l’affaire.');
		expect(await read('interactions', mine)).toMatchObject({
			lead: id,
			opportunity: opportunity.id,
			company: company.id,
			person: person?.id,
			owner: manager.id,
		});
		expect(await read('interactions', linked)).toMatchObject({ lead: id, opportunity: opportunity.id, company: other });
		expect(await read('planning', visit)).toMatchObject({ lead: id, opportunity: opportunity.id, company: company.id });
		expect(await read('tasks', todo)).toMatchObject({ lead: null, opportunity: opportunity.id, status: 'todo' });
		expect(await read('tasks', finished)).toMatchObject({ lead: id, opportunity: null });
		expect(await count(directus.database, 'tasks', { lead: id, origin: 'leads.follow_up', status: 'cancelled' })).toBe(automatic);
		expect(await load(seller.id)).toEqual({ open: 0, converted: 1 });

		expect(await undo(seller.client, id)).toMatchObject({ status: 200, data: { leadStatus: 'new', kept: [] } });
		expect(await read('interactions', mine)).toMatchObject({ lead: id, opportunity: null, company: null, person: null });
		expect(await read('interactions', linked)).toMatchObject({ lead: id, opportunity: null, company: other });
		expect(await read('planning', visit)).toMatchObject({ lead: id, opportunity: null, company: null });
		expect(await read('tasks', todo)).toMatchObject({ lead: id, opportunity: null });
		expect(await count(directus.database, 'tasks', { lead: id, origin: 'leads.follow_up', status: 'todo' })).toBe(automatic);
		expect(await load(seller.id)).toEqual({ open: 1, converted: 0 });
	});

	it('finds the company by SIREN or name and the person by e-mail, fills what they lack and overwrites nothing', async () => {
		const n = randomUUID().slice(0, 8);
		const company = await create('companies', { name: `Menuiserie ${n}`, city: 'Lyon', is_client: true, owner: manager.id });
		const person = await create('people', {
			first_name: 'Camille',
			last_name: 'Durand',
			email: `camille.${n}@example.com`,
			job_title: 'Gérante',
			phone_consent: 'refused',
		});
		const id = await lead({
			company_name: `MENUISERIE ${n} SAS`,
			city: 'Lille',
			industry: 'construction',
			email: `camille.${n}@example.com`,
			job_title: 'Acheteuse',
			decision_role: 'champion',
			phone_consent: 'given',
			consent_proof: 'Salon',
		});
		const done = await converted(seller.client, id);
		expect(done).toMatchObject({ created: ['opportunity'], company: { id: company }, person: { id: person } });
		expect(await read('companies', company)).toMatchObject({ name: `Menuiserie ${n}`, city: 'Lyon', industry: 'construction', owner: manager.id });
		expect(await read('people', person)).toMatchObject({
			last_name: 'Durand',
			job_title: 'Gérante',
			decision_role: 'champion',
			company,
			phone_consent: 'refused',
			phone_consent_proof: null,
		});
		expect(await read('opportunities', done.opportunity.id)).toMatchObject({ kind: 'upsell', company });

		await call(directus.admin, 'PATCH', `/items/companies/${company}`, { industry: 'retail' });
		expect(await undo(seller.client, id)).toMatchObject({ status: 200, data: { kept: [] } });
		expect(await read('companies', company)).toMatchObject({ city: 'Lyon', industry: 'retail', region: null });
		expect(await read('people', person)).toMatchObject({ decision_role: null, company: null, job_title: 'Gérante' });
		expect(await read('leads', id)).toMatchObject({ company: null, person: null });
	});

	it('takes the open opportunity that somebody made of the lead by hand', async () => {
		const id = await lead();
		const company = await create('companies', { name: `À la main ${randomUUID()}` });
		const opportunity = await create('opportunities', { name: 'Déjà là', company, stage: '35000000-0000-4000-8000-000000000001', lead: id });
		expect(await converted(seller.client, id)).toMatchObject({ created: ['person'], opportunity: { id: opportunity }, company: { id: company } });
	});

	it('is one, however many ask for it at once', async () => {
		const id = await lead();
		const before = await outcome();
		const answers = await Promise.all(Array.from({ length: 50 }, () => convert(seller.client, id)));
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
		expect(new Set(answers.map(({ data }) => data?.opportunity.id)).size).toBe(1);
		expect(answers.filter(({ data }) => data?.already === false)).toHaveLength(1);
		expect(await outcome()).toEqual(before.map((n) => n + 1));
	});

	it('makes one company of several leads that are converted at once', async () => {
		const name = `Ensemble ${randomUUID()}`;
		const ids = await Promise.all(Array.from({ length: 6 }, () => lead({ company_name: name })));
		const answers = await Promise.all(ids.map((id) => converted(seller.client, id)));
		expect(new Set(answers.map(({ company }) => company.id)).size).toBe(1);
		expect(await count(directus.database, 'companies', { name })).toBe(1);
	});

	it('is whole or not at all', async () => {
		const { database } = directus;
		const id = await lead();
		const exchange = await create('interactions', { kind: 'call', at: '2026-01-05T09:00:00Z', lead: id });
		const before = [
			await outcome(),
			await read('leads', id),
			await load(seller.id),
			await count(database, 'directus_notifications', { collection: 'opportunities' }),
		];
		// The last statement of all: the counters that the treatment writes just before the commit.
		if (inject('services')) {
			await database.raw(`create function no_more() returns trigger as $$ begin raise exception 'no'; end $$ language plpgsql`);
			await database.raw('create trigger no_more before update on workloads for each row execute function no_more()');
		} else await database.raw(`create trigger no_more before update on workloads begin select raise(abort, 'no'); end`);
		const { status } = await convert(seller.client, id);
		await database.raw(inject('services') ? 'drop function no_more cascade' : 'drop trigger no_more');
		expect(status).toBe(500);
		expect([
			await outcome(),
			await read('leads', id),
			await load(seller.id),
			await count(database, 'directus_notifications', { collection: 'opportunities' }),
		]).toEqual(before);
		expect(await read('interactions', exchange)).toMatchObject({ opportunity: null, company: null });
		await converted(seller.client, id);
	});

	it('says in French what is missing, before and when it is asked for', async () => {
		const id = await lead({ first_name: null, last_name: null, company_name: null });
		const sentence = 'Indiquez le nom de l’entreprise, ou celui de la personne.';
		expect((await preview(seller.client, id)).data).toMatchObject({ possible: false, missing: [sentence] });
		expect(await convert(seller.client, id)).toMatchObject({ status: 400, errors: [{ message: sentence, extensions: { missing: [sentence] } }] });
		const lost = await lead({ status: 'lost', lost_reason: 'no_budget' });
		expect((await convert(seller.client, lost)).errors[0]?.message).toBe('Ce lead est perdu : rouvrez-le avant de le convertir.');
		const name = `Double ${randomUUID()}`;
		await create('companies', { name });
		await create('companies', { name });
		expect((await convert(seller.client, await lead({ company_name: name }))).errors[0]?.message).toContain('choisissez la bonne dans « Compte existant »');
	});

	it('is previewed with what it would find and make, and nothing changes', async () => {
		const id = await lead();
		const before = [await outcome(), await read('leads', id)];
		const { status, data } = await preview(seller.client, id);
		expect(status).toBe(200);
		expect(data).toMatchObject({ possible: true, missing: [], company: { id: null }, opportunity: { values: { amount_cents: 2_500_000 } } });
		expect([await outcome(), await read('leads', id)]).toEqual(before);
	});
});

describe('taking a conversion back', () => {
	it('deletes what it made, and the lead is as before', async () => {
		const id = await lead({ status: 'qualified' });
		const before = await outcome();
		await converted(seller.client, id);
		const undone = await undo(seller.client, id);
		expect(undone).toMatchObject({ status: 200, data: { leadStatus: 'qualified', kept: [] } });
		expect(await outcome()).toEqual(before);
		expect(await read('leads', id)).toMatchObject({
			status: 'qualified',
			converted_at: null,
			converted_opportunity: null,
			conversion: null,
			company: null,
			closed_at: null,
		});
		expect(await undo(seller.client, id)).toMatchObject({ status: 409, errors: [{ message: 'Ce lead n’est pas converti.' }] });
		expect((await converted(seller.client, id)).created).toEqual(['company', 'person', 'opportunity']);
	});

	it('keeps what somebody has worked with since, says why, and takes it up again when the lead is converted anew', async () => {
		const id = await lead();
		const { opportunity, company, person } = await converted(seller.client, id);
		await call(seller.client, 'PATCH', `/items/opportunities/${opportunity.id}`, { amount_cents: 100 });
		const undone = await undo(seller.client, id);
		expect(undone.data?.kept.map(({ item, reason }) => [item, reason])).toEqual([
			[opportunity.id, 'modifiée depuis la conversion'],
			[person?.id, 'liée depuis à un autre élément'],
			[company.id, expect.stringMatching(/^liée depuis à un élément/)],
		]);
		expect(undone.data?.report).toContain('Laissé en place');
		expect(await read('leads', id)).toMatchObject({ converted_opportunity: null, status: 'new' });
		expect(await converted(seller.client, id)).toMatchObject({ created: [], opportunity: { id: opportunity.id }, company: { id: company.id } });
	});

	it('keeps an opportunity that got a contact or an exchange', async () => {
		for (const link of ['contact', 'exchange'] as const) {
			const id = await lead();
			const { opportunity } = await converted(seller.client, id);
			const other = await create('people', { last_name: 'Autre' });
			if (link === 'contact') await create('opportunity_contacts', { opportunity: opportunity.id, person: other });
			else await create('interactions', { kind: 'call', at: '2026-01-05T09:00:00Z', opportunity: opportunity.id });
			expect((await undo(seller.client, id)).data?.kept[0]).toMatchObject({ item: opportunity.id });
			expect(await read('opportunities', opportunity.id)).toBeDefined();
		}
	});

	it('is possible for thirty days, and only for what the button did', async () => {
		const id = await lead();
		await converted(seller.client, id);
		const old = new Date(Date.now() - 31 * 86_400_000);
		await directus.database('leads').where({ id }).update({ converted_at: old });
		expect((await undo(seller.client, id)).errors[0]?.message).toBe('Une conversion s’annule pendant 30 jours : celle-ci est plus ancienne.');
		await directus.database('leads').where({ id }).update({ converted_at: new Date(), conversion: null });
		expect((await undo(seller.client, id)).errors[0]?.message).toContain('n’a pas été faite par le bouton');
	});

	it('is the only way back from “Converti”, and nobody forges its record', async () => {
		const id = await lead();
		await converted(seller.client, id);
		const reopened = await ask(seller.client, 'PATCH', `/items/leads/${id}`, { status: 'qualified' });
		expect(reopened).toMatchObject({ status: 400, errors: [{ message: expect.stringContaining('« Annuler la conversion »') }] });
		for (const client of [seller.client, directus.admin as Reached])
			for (const forged of [{ conversion: { created: ['company'] } }, { converted_opportunity: null }, { converted_at: null }])
				expect((await ask(client, 'PATCH', `/items/leads/${id}`, forged)).status).toBe(400);
		expect((await ask(seller.client, 'PATCH', `/items/leads/${id}`, { city: 'Nantes' })).status).toBe(200);
	});
});

describe('the right to convert', () => {
	const doors = [convert, undo, preview];

	it.each(['Finance', 'Succès client', 'Opérations', 'Revendeur', 'API'])('is not that of the role %s', async (role) => {
		const { client, id: user } = await hire(role, { team });
		const id = await lead({ user_created: user });
		await directus.database('leads').where({ id }).update({ user_created: user });
		const before = await outcome();
		for (const door of doors) expect([403, 404]).toContain((await door(client, id)).status);
		expect(await outcome()).toEqual(before);
	});

	it('is that of the owner, their manager and Direction; not of another team or the public', async () => {
		const elsewhere = await create('teams', { name: `Sud ${randomUUID()}`, kind: 'sales' });
		const id = await lead();
		for (const role of ['Commercial', 'Manager']) {
			const stranger = await hire(role, { team: elsewhere });
			for (const door of doors) expect((await door(stranger.client, id)).status).toBe(403);
		}
		const colleague = await hire('Commercial', { team });
		expect((await convert(colleague.client, id)).status).toBe(403);
		for (const [method, path] of [
			['POST', 'convert'],
			['POST', 'convert/undo'],
			['GET', 'convert/preview'],
		])
			expect([401, 403]).toContain((await fetch(new URL(`/orchestre/leads/${id}/${path}`, directus.url), { method: method ?? '' })).status);
		expect((await convert(directus.admin, randomUUID())).status).toBe(404);
		expect((await convert(directus.admin, 'x')).status).toBe(404);
		const direction = await hire('Direction', {});
		for (const { client } of [seller, manager, direction]) {
			const own = await lead();
			const { opportunity } = await converted(client, own);
			expect(await read('opportunities', opportunity.id)).toMatchObject({ owner: seller.id, team });
			expect((await undo(client, own)).status).toBe(200);
		}
	});

	it('gives a lead of the team that nobody has to whoever converts it', async () => {
		const id = await lead();
		await directus.database('leads').where({ id }).update({ owner: null, assignment: null, counted_as: null, counted_for: null, team });
		const { opportunity } = await converted(seller.client, id);
		expect(await read('leads', id)).toMatchObject({ owner: seller.id, status: 'converted' });
		expect(await read('opportunities', opportunity.id)).toMatchObject({ owner: seller.id });
	});
});

describe('the buttons', () => {
	const press = (client: Reached, flow: number, ids: string[]) =>
		ask(client, 'POST', `/flows/trigger/73000000-0000-4000-8000-00000000000${flow}`, { collection: 'leads', keys: ids });

	it('convert one lead and take it back', async () => {
		const id = await lead();
		expect((await press(seller.client, 1, [id])).status).toBe(200);
		expect(await read('leads', id)).toMatchObject({ status: 'converted' });
		expect((await press(seller.client, 2, [id])).status).toBe(200);
		expect(await read('leads', id)).toMatchObject({ status: 'new' });
		expect((await press(seller.client, 1, [id, await lead()])).errors[0]?.message).toBe('Sélectionnez un seul lead.');
		const stranger = await hire('Finance', { team });
		expect((await press(stranger.client, 1, [id])).status).toBe(403);
	});
});
