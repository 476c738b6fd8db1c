import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { dateOrNull } from '../../extensions/orchestre/src/platform/columns.ts';
import { dayMs } from '../../extensions/orchestre/src/platform/time/paris.ts';
import { call, type Row } from '../../scripts/support/client.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';

type Reached = TestDirectus['admin'] & { url: URL };
type Person = { id: string; client: TestDirectus['admin'] };

// Thursday 24 December 2026, ten in the morning in Paris.
const now = Date.parse('2026-12-24T09:00:00Z');

let directus: TestDirectus;
let ines: Person;
let paul: Person;
let direction: Person;
let admin: Person;
let team: string;

const table = (name: string) => directus.database(name);
const post = (person: Person, row: Row) => ask(person.client as Reached, 'POST', '/items/validation', row);
const patch = (person: Person, id: string, change: Row) => ask(person.client as Reached, 'PATCH', `/items/validation/${id}`, change);
const send = async (person: Person, row: Row = {}): Promise<string> =>
	(await call<{ id: string }>(person.client as Reached, 'POST', '/items/validation', { title: 'Remise Petit', kind: 'discount', amount_cents: 30_000, ...row })).id; // prettier-ignore
const stored = async (id: string): Promise<Record<string, unknown>> => ((await table('validation').where({ id }).first()) ?? {}) as Record<string, unknown>;
const told = async (): Promise<unknown[]> => (await table('directus_notifications').orderBy('id')).map(({ recipient, subject }) => [recipient, subject]);

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false' });
	[ines, paul, direction] = [await directus.hire('Succès client'), await directus.hire('Commercial'), await directus.hire('Direction')];
	admin = { id: (await call<{ id: string }>(directus.admin as Reached, 'GET', '/users/me')).id, client: directus.admin };
	team = randomUUID();
	// The team is led by somebody whose role is not Manager.
	await table('teams').insert({ id: team, name: 'Clients', manager: ines.id });
	await table('directus_users').whereIn('id', [ines.id, paul.id]).update({ team });
});
afterAll(() => directus.close());
beforeEach(() => stopClock(new Date(now)));
afterEach(async () => {
	resetClock();
	for (const name of ['directus_notifications', 'tasks', 'validation']) await table(name).delete();
	await table('directus_users').where({ id: ines.id }).update({ status: 'active' });
});

describe('a request of any kind', () => {
	it('goes to whoever leads the requester’s team, and that person decides, whatever their role', async () => {
		for (const kind of ['discount', 'expense', 'contract', 'incentive', 'other']) {
			const id = await send(paul, { kind });
			expect(await stored(id)).toMatchObject({ requester: paul.id, approver: ines.id, team, status: 'pending', threshold_cents: 200_000 });
			expect((await patch(ines, id, { status: 'approved' })).status, `kind ${kind}`).toBe(200);
			expect(await stored(id)).toMatchObject({ status: 'approved', decided_by: ines.id });
			expect(dateOrNull((await stored(id))['decided_at'])).toEqual(new Date(now));
		}
		expect(await told()).toHaveLength(10);
		expect(await table('tasks'), 'only an incentive is to be offered').toHaveLength(1);
	});

	it('is never decided by whoever asked, and nobody names who decides on theirs', async () => {
		expect((await post(paul, { title: 'x', kind: 'discount', amount_cents: 9_000_000, approver: paul.id })).status).toBe(403);
		expect((await post(paul, { title: 'x', kind: 'discount', amount_cents: 9_000_000, team })).status).toBe(403);
		const id = await send(paul, { amount_cents: 9_000_000 });
		expect(await stored(id)).toMatchObject({ approver: direction.id });
		for (const status of ['approved', 'rejected']) expect((await patch(paul, id, { status, comment: 'x' })).status).toBe(403);
		expect((await patch(paul, id, { comment: 'Accordé.' })).status, 'nor the decision’s reason').toBe(403);
		await table('validation').where({ id }).update({ approver: paul.id });
		expect(await patch(paul, id, { status: 'approved' })).toMatchObject({
			status: 403,
			errors: [{ message: 'Personne ne décide de sa propre demande.' }],
		});
		const own = await send(admin);
		expect((await patch(admin, own, { status: 'approved' })).status, 'an administrator’s own').toBe(403);
		expect((await post(admin, { title: 'x', kind: 'other', requester: paul.id })).status, 'nor in another’s name').toBe(403);
		expect((await patch(admin, id, { status: 'approved' })).status, 'an administrator who was not named').toBe(403);
		expect(await stored(id)).toMatchObject({ status: 'pending', decided_at: null });
	});

	it('above the amount or above the discount goes to Direction, and a manager who is named cannot decide', async () => {
		const above: Row[] = [{ amount_cents: 200_001 }, { amount_cents: 1000, discount_rate: 2001 }];
		for (const over of above) {
			const id = await send(paul, over);
			expect(await stored(id)).toMatchObject({ approver: direction.id, rule: expect.stringContaining('la direction décide') });
			await table('validation').where({ id }).update({ approver: ines.id });
			expect((await patch(ines, id, { status: 'approved' })).status).toBe(403);
			expect((await patch(direction, id, { status: 'approved' })).status).toBe(200);
		}
		expect(await stored(await send(paul, { amount_cents: 200_000, discount_rate: 2000 }))).toMatchObject({ approver: ines.id });
	});

	it('goes past a manager who left or who asks, and past the only person of Direction to an administrator, and says so', async () => {
		expect(await stored(await send(ines))).toMatchObject({ approver: direction.id });
		await table('directus_users').where({ id: ines.id }).update({ status: 'suspended' });
		expect(await stored(await send(paul))).toMatchObject({ approver: direction.id });
		const id = await send(direction, { amount_cents: 900_000 });
		expect(await stored(id)).toMatchObject({
			approver: admin.id,
			rule: expect.stringContaining('personne d’autre à la direction ne le peut : l’administrateur décide'),
		});
		expect((await patch(direction, id, { status: 'approved' })).status).toBe(403);
		expect((await patch(admin, id, { status: 'approved' })).status).toBe(200);
	});

	it('with an amount, a discount, a deadline, a kind or a status that cannot be is refused on the field, whoever sends it', async () => {
		const wrong: [string, Row][] = [
			...[0, -5, null, 1.5, 3_000_000_000].map((amount_cents): [string, Row] => ['amount_cents', { amount_cents }]),
			...[0, -100, 20_000].map((discount_rate): [string, Row] => ['discount_rate', { discount_rate }]),
			...['2020-01-01T10:00:00Z', '2099-01-01T10:00:00Z', 'bientôt'].map((deadline): [string, Row] => ['deadline', { deadline }]),
			['kind', { kind: 'foo' }],
		];
		for (const person of [paul, admin])
			for (const [field, over] of wrong)
				expect(await post(person, { title: 'x', kind: 'discount', amount_cents: 1000, ...over }), `sent ${JSON.stringify(over)}`).toMatchObject({
					status: 400,
					errors: [{ extensions: { field } }],
				});
		expect((await post(admin, { title: 'x', kind: 'other', status: 'approved' })).status, 'approved at birth').toBe(403);
		expect(await table('validation')).toHaveLength(0);
	});

	it('is agreed to, refused with a reason, or taken back by whoever asked: nothing else', async () => {
		const id = await send(paul);
		expect((await patch(ines, id, { status: 'foo' })).status).toBe(400);
		expect((await patch(ines, id, { status: 'expired' })).status).toBe(403);
		expect((await patch(ines, id, { status: 'cancelled' })).status).toBe(403);
		expect((await patch(admin, id, { status: 'cancelled' })).status).toBe(403);
		expect((await patch(ines, id, { status: 'rejected' })).status).toBe(400);
		expect((await patch(admin, id, { amount_cents: 1 })).status, 'what was asked for stays').toBe(400);
		await table('directus_notifications').delete();
		expect((await patch(paul, id, { status: 'cancelled', comment: 'Le client a signé.' })).status).toBe(200);
		expect(await stored(id)).toMatchObject({ status: 'cancelled', decided_by: paul.id });
		expect(await told()).toEqual([[ines.id, 'Demande retirée : Remise Petit']]);
		const late: Row[] = [{ status: 'approved' }, { status: 'pending' }, { approver: admin.id }, { deadline: new Date(now + dayMs).toISOString() }];
		for (const change of late) expect((await patch(admin, id, change)).status).toBe(409);
	});

	it('is handed to somebody else by Direction only, and only to who may decide', async () => {
		const id = await send(paul, { amount_cents: 900_000 });
		await table('directus_notifications').delete();
		expect((await patch(paul, id, { approver: ines.id })).status).toBe(403);
		for (const approver of [ines.id, paul.id, null]) expect((await patch(direction, id, { approver })).status).toBe(400);
		expect((await patch(direction, id, { approver: admin.id, deadline: new Date(now + 9 * dayMs).toISOString() })).status).toBe(200);
		expect(await told()).toEqual([[admin.id, 'À décider : Remise Petit']]);
		const own = await send(direction, { amount_cents: 900_000 });
		expect((await patch(direction, own, { approver: ines.id })).status, 'not one’s own').toBe(403);
	});
});
