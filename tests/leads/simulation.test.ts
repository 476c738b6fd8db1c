import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { ask, type Answer } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { newLead } from './support.ts';

type Share = { user: string | null; name: string | null; received: number; perTen: number };
type Side = { people: Share[]; spread: number; waited: number; unassigned: number };
type Simulation = {
	days: number;
	leads: number;
	fixed: number;
	current: Side;
	tried: Side;
	changed: { count: number; latest: { lead: string; name: string; from: string | null; to: string | null; sentence: string }[] };
	fidelity: { same: number; of: number };
	departed: number;
	settings: { current: Row; tried: Row };
};
type Reached = Client & { url: URL };

const shipped = { weight_load: 40, weight_expertise: 30, weight_performance: 20, weight_availability: 10, newcomer_share: 1000 };
const byExpertise = { ...shipped, weight_load: 0, weight_expertise: 100, weight_performance: 0, weight_availability: 0 };

let directus: TestDirectus;
let direction: Reached;
const teams = { north: '', south: '' };
const people = { tech: '', retail: '', south: '' };

const create = async (collection: string, row: Row): Promise<string> => (await call<{ id: string }>(directus.admin, 'POST', `/items/${collection}`, row)).id;
const simulate = (client: Client, body: unknown): Promise<Answer<Simulation>> =>
	ask<Simulation>(client as Reached, 'POST', '/orchestre/assignment/simulate', body);

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false' });
	direction = (await directus.as('Direction')) as Reached;
	teams.north = await create('teams', { name: `Nord ${randomUUID()}`, kind: 'sales' });
	teams.south = await create('teams', { name: `Sud ${randomUUID()}`, kind: 'sales' });
	const seller = async (last_name: string, team: string, industries: string[]): Promise<string> =>
		(
			await directus.hire('Commercial', {
				first_name: 'Léa',
				last_name,
				team,
				industries,
				takes_leads: true,
				lead_capacity: 30,
				languages: ['fr'],
				hired_on: '2020-01-06',
			})
		).id;
	people.tech = await seller('Tech', teams.north, ['tech']);
	people.retail = await seller('Commerce', teams.north, ['retail']);
	people.south = await seller('Sud', teams.south, ['health']);
	for (let index = 0; index < 12; index += 1) await create('leads', newLead({ industry: 'tech', last_name: `Essai ${index}` }) as Row);
	await create('leads', newLead({ owner: people.retail, industry: 'tech', last_name: 'Choisi' }) as Row);
});
afterAll(() => directus.close());

describe('the simulation of the assignment', () => {
	it('finds with today’s weights who really got the leads, and nothing changes', async () => {
		const { status, data } = await simulate(direction, shipped);
		expect(status).toBe(200);
		expect(data).toMatchObject({ days: 90, leads: 13, fixed: 1, fidelity: { same: 12, of: 12 }, changed: { count: 0, latest: [] }, departed: 0 });
		const owners = (await directus.database('leads').pluck('owner')) as string[];
		for (const { user, received } of data?.current.people ?? []) expect(owners.filter((owner) => owner === user)).toHaveLength(received);
	});

	it('shows with other weights who would get more, and which leads go to somebody else and why', async () => {
		const { data } = await simulate(direction, byExpertise);
		const received = new Map(data?.tried.people.map(({ user, received: count }) => [user, count]));
		expect(received.get(people.tech)).toBe(12);
		// A person's choice is kept.
		expect(received.get(people.retail)).toBe(1);
		expect(data?.changed.count).toBeGreaterThan(3);
		expect(data?.changed.latest[0]).toMatchObject({ to: 'Léa Tech', sentence: expect.stringContaining('Léa Tech') });
		expect(data?.tried.spread).toBeGreaterThan(data?.current.spread ?? 99);
		expect(data?.settings).toEqual({ current: shipped, tried: byExpertise });
	});

	it('answers the same twice and writes nothing', async () => {
		const state = async (): Promise<unknown> => {
			const [leads, workloads, tasks, settings] = await Promise.all(
				['leads', 'workloads', 'tasks', 'settings'].map((table) => directus.database(table).orderBy('id')),
			);
			return { leads, workloads, tasks, settings, trail: await directus.database('directus_activity').where('collection', 'leads').count({ n: '*' }) };
		};
		const before = await state();
		const [one, other] = [await simulate(direction, byExpertise), await simulate(direction, byExpertise)];
		expect(one.data).toEqual(other.data);
		expect(await state()).toEqual(before);
	});

	it('leaves out leads that arrived closed, and those before the window hold their slots only', async () => {
		const old = await create('leads', newLead({ owner: people.south }) as Row);
		await directus
			.database('leads')
			.where({ id: old })
			.update({ date_created: new Date(Date.now() - 100 * 86_400_000) });
		const imported = await create('leads', newLead({ status: 'lost', lost_reason: 'no_need', owner: people.south }) as Row);
		await directus
			.database('leads')
			.where({ id: imported })
			.update({ closed_at: new Date(Date.now() - 3_600_000) });
		const { data } = await simulate(direction, shipped);
		expect(data?.leads).toBe(13);
		await directus.database('leads').whereIn('id', [old, imported]).delete();
	});

	it('shows a manager the own team by name, the others together, and only leads that they may read', async () => {
		const manager = await directus.as('Manager', { team: teams.south });
		const { data, status } = await simulate(manager, byExpertise);
		expect(status).toBe(200);
		expect(data?.tried.people.map(({ user, name }) => [user, name])).toEqual([
			[people.south, 'Léa Sud'],
			[null, null],
		]);
		expect(data?.tried.people.reduce((sum, { received }) => sum + received, 0)).toBe(13);
		const visible = new Set((await call<{ id: string }[]>(manager, 'GET', '/items/leads', undefined, { fields: 'id', limit: '-1' })).map(({ id }) => id));
		expect(data?.changed.latest.every(({ lead }) => visible.has(lead))).toBe(true);
		expect(data?.changed.count).toBeGreaterThan(data?.changed.latest.length ?? 0);
	});

	it.each(['Commercial', 'Finance', 'Succès client', 'Opérations', 'Revendeur', 'API'])('is not for the role %s', async (role) => {
		expect(await simulate(await directus.as(role), shipped)).toMatchObject({
			status: 403,
			errors: [{ message: 'La simulation est réservée à la direction et aux managers.' }],
		});
	});

	it('refuses weights out of range, and what it does not know', async () => {
		for (const body of [{}, { ...shipped, weight_load: 101 }, { ...shipped, weight_load: 1.5 }, { ...shipped, sla_a: 1 }, { ...shipped, newcomer_share: -1 }])
			expect(await simulate(direction, body)).toMatchObject({ status: 400 });
	});
});
