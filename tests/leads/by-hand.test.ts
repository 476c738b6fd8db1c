import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { newLead, readLead } from './support.ts';

let directus: TestDirectus;
let direction: Client & { url: URL };

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false' });
	direction = (await directus.as('Direction')) as typeof direction;
});
afterAll(() => directus.close());

const create = async (over: Row = {}): Promise<string> => (await call<{ id: string }>(direction, 'POST', '/items/leads', newLead(over))).id;
const change = (id: string, data: Row): ReturnType<typeof ask> => ask(direction, 'PATCH', `/items/leads/${id}`, data);

describe('an owner set by hand', () => {
	test.each(['Finance', 'Succès client', 'Opérations', 'Revendeur', 'API'])('is nobody of the role %s', async (role) => {
		const { id: owner } = await directus.hire(role, { first_name: 'Ana', last_name: 'Autre' });
		const id = await create();
		for (const answer of [await change(id, { owner }), await ask(direction, 'POST', '/items/leads', newLead({ owner }))]) {
			expect(answer.status).toBe(400);
			expect(answer.errors[0]).toMatchObject({
				message: expect.stringMatching(/^Ana Autre ne travaille pas sur les leads : choisissez un commercial/),
				extensions: { field: 'owner' },
			});
		}
		expect((await readLead(directus.admin, id)).owner).toBeNull();
	});

	test.each(['Direction', 'Manager', 'Commercial'])('may be somebody of the role %s', async (role) => {
		const { id: owner } = await directus.hire(role);
		const id = await create();
		expect((await change(id, { owner })).status).toBe(200);
		expect((await readLead(directus.admin, id)).owner).toBe(owner);
	});

	test('has an active account, and one that exists', async () => {
		const { id: owner } = await directus.hire('Commercial', { first_name: 'Léo', last_name: 'Parti', status: 'suspended' });
		const id = await create();
		expect((await change(id, { owner })).errors[0]?.message).toBe('Léo Parti n’a pas de compte actif : choisissez quelqu’un d’autre comme responsable.');
		expect((await change(id, { owner: { first_name: 'Nouveau' } })).errors[0]).toMatchObject({ extensions: { field: 'owner' } });
		expect((await change(id, { owner: '11111111-1111-4111-8111-111111111111' })).status).toBe(400);
	});

	test('who takes leads may be of any role, and whoever has a lead already keeps it when the lead is sent back whole', async () => {
		const { id: owner } = await directus.hire('Opérations', { takes_leads: true, lead_capacity: 5 });
		const id = await create({ owner });
		await call(directus.admin, 'PATCH', `/users/${owner}`, { takes_leads: false });
		expect((await change(id, { owner, city: 'Nantes' })).status).toBe(200);
		expect(await readLead(directus.admin, id)).toMatchObject({ owner, city: 'Nantes' });
		expect((await change(await create(), { owner })).status).toBe(400);
	});
});

test('“Converti” is not set by hand, by whomever, and a lead that is converted can still be changed', async () => {
	const id = await create();
	for (const answer of [
		await change(id, { status: 'converted' }),
		await ask(directus.admin as typeof direction, 'PATCH', `/items/leads/${id}`, { status: 'converted' }),
		await ask(direction, 'POST', '/items/leads', newLead({ status: 'converted' })),
	]) {
		expect(answer.status).toBe(400);
		expect(answer.errors[0]).toMatchObject({
			message: expect.stringContaining('utilisez le bouton « Convertir en affaire »'),
			extensions: { field: 'status' },
		});
	}
	expect(await directus.database('leads').where({ id }).first('status')).toEqual({ status: 'new' });
	await directus.database('leads').where({ id }).update({ status: 'converted', treated_status: 'converted' });
	expect((await change(id, { status: 'converted', city: 'Lille' })).status).toBe(200);
});

test('a national phone number is read in the country that the lead has, unless the change brings another', async () => {
	const id = await create({ country: 'BE', phone: null });
	await change(id, { phone: '0470 12 34 56' });
	expect(await directus.database('leads').where({ id }).first('phone')).toEqual({ phone: '+32470123456' });
	await change(id, { phone: '06 12 34 56 78', country: 'FR' });
	expect(await directus.database('leads').where({ id }).first('phone')).toEqual({ phone: '+33612345678' });
	await change(id, { phone: '+32 470 12 34 57' });
	expect(await directus.database('leads').where({ id }).first('phone')).toEqual({ phone: '+32470123457' });
});
