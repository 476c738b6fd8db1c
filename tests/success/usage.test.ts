import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import type { Taken } from '../../extensions/orchestre/src/success/usage/take.ts';
import { call, createClient, type Client, type Row } from '../../scripts/support/client.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { insert } from './support.ts';

const start = '2026-03-03T09:00:00Z';
const path = '/orchestre/usage-events';

let directus: TestDirectus;
let api: Client;
let company: string;
let subscription: string;

beforeAll(async () => {
	directus = await startDirectus();
	const roles = await call<{ id: string; name: string }[]>(directus.admin, 'GET', '/roles');
	const token = randomUUID();
	// As an administrator sets it up: a user of the role API with a static token.
	await call(directus.admin, 'POST', '/users', { first_name: 'Produit', status: 'active', token, role: roles.find(({ name }) => name === 'API')?.id });
	api = createClient(directus.url, token);
	company = (await call<{ id: string }>(directus.admin, 'POST', '/items/companies', { name: 'Atelier Noir', is_client: true, external_id: 'C-12' })).id;
	[subscription = ''] = await insert(directus.database, 'subscriptions', [{ name: 'Pilotage', company, status: 'active', mrr_cents: 1000, currency: 'EUR', period: 'month', billing_timing: 'advance', started_on: '2025-01-01' }]); // prettier-ignore
});
beforeEach(() => stopClock(start));
afterEach(async () => {
	resetClock();
	await directus.database('usage_events').del();
});
afterAll(() => directus.close());

const event = (over: Row = {}): Row => ({ event_id: randomUUID(), company, name: 'session', at: '2026-03-02T10:00:00Z', ...over });
const send = async (events: unknown, client = api): Promise<Taken> => (await ask<Taken>(client, 'POST', path, { events })).data as Taken;
const stored = (): Promise<Row[]> => directus.database('usage_events').orderBy('event_id') as unknown as Promise<Row[]>;

test('writes what is good, tells what is bad one by one, and counts both', async () => {
	const batch = [
		event({ event_id: 'a', quantity: 2.5, actor: 'u-1', properties: { écran: 'Stock' } }),
		event({ event_id: 'b', company: null, company_external_id: 'C-12' }),
		event({ event_id: 'c', company: null, subscription }),
		event({ event_id: 'd', company: randomUUID() }),
		event({ event_id: 'e', company: null, company_external_id: 'C-99' }),
		event({ event_id: 'f', subscription: randomUUID() }),
		event({ event_id: 'g', at: '2027-01-01T00:00:00Z' }),
		'rien',
	];
	const taken = await send(batch);
	expect(taken).toMatchObject({ received: 8, written: 3, known: 0, refused: 5 });
	expect(taken.errors.map(({ index, event_id, code }) => [index, event_id, code])).toEqual([
		[3, 'd', 'UNKNOWN_COMPANY'],
		[4, 'e', 'UNKNOWN_COMPANY'],
		[5, 'f', 'UNKNOWN_SUBSCRIPTION'],
		[6, 'g', 'DATE_IN_FUTURE'],
		[7, null, 'INVALID_EVENT'],
	]);
	expect(taken.errors[0]?.message).toBe('company : aucune entreprise ne porte cet identifiant.');
	const rows = await call<Row[]>(directus.admin, 'GET', '/items/usage_events', undefined, { sort: 'event_id' });
	expect(rows).toMatchObject([
		{ event_id: 'a', company, quantity: 2500, actor: 'u-1', properties: { écran: 'Stock' } },
		{ event_id: 'b', company, quantity: 1000, subscription: null },
		{ event_id: 'c', company, subscription },
	]);
	expect(new Date(String(rows[0]?.['at'])).toISOString()).toBe('2026-03-02T10:00:00.000Z');
});

test('an event counts once, sent again, twice in a batch, or in another batch', async () => {
	const [one, two] = [event({ event_id: 'one', quantity: 3 }), event({ event_id: 'two' })];
	expect(await send([one, two, { ...one, quantity: 9 }])).toMatchObject({ written: 2, known: 1, refused: 0 });
	expect(await send([one])).toMatchObject({ written: 0, known: 1 });
	expect((await ask<Taken>(api, 'POST', path, [two, event({ event_id: 'three' })])).data).toMatchObject({ written: 1, known: 1 });
	expect((await stored()).map(({ event_id, quantity }) => [event_id, quantity])).toEqual([
		['one', 3000],
		['three', 1000],
		['two', 1000],
	]);
});

test('a subscription and a company that do not belong together are refused', async () => {
	const other = (await call<{ id: string }>(directus.admin, 'POST', '/items/companies', { name: 'Autre' })).id;
	expect((await send([event({ company: other, subscription })])).errors).toMatchObject([{ code: 'COMPANY_MISMATCH' }]);
});

test('a row that comes past the batch is held to the same checks, and a good one is written', async () => {
	const post = (over: Row) => ask(api, 'POST', '/items/usage_events', event(over));
	for (const [over, code] of [
		[{ at: '2030-01-01T00:00:00Z' }, 'DATE_IN_FUTURE'],
		[{ quantity: -5 }, 'INVALID_QUANTITY'],
		[{ actor: 'lea@example.com' }, 'INVALID_ACTOR'],
		[{ company: randomUUID() }, 'FAILED_VALIDATION'],
	] as const)
		expect(await post(over)).toMatchObject({ status: 400, errors: [{ extensions: { code } }] });
	expect(await stored()).toEqual([]);
	expect((await post({ event_id: 'row', quantity: 2500 })).status).toBeLessThan(300);
	expect(await stored()).toMatchObject([{ event_id: 'row', quantity: 2500, company }]);
});

test('events of a company that was merged, and merged again, belong to the one it is part of now', async () => {
	const [first = '', second = '', last = ''] = await insert(directus.database, 'companies', [
		{ name: 'Un', external_id: 'C-77' },
		{ name: 'Deux' },
		{ name: 'Trois' },
	]);
	await directus.database('companies').where({ id: first }).update({ merged_into: second });
	await directus.database('companies').where({ id: second }).update({ merged_into: last });
	const batch = [event({ event_id: 'a', company: first }), event({ event_id: 'b', company: null, company_external_id: 'C-77' }), event({ event_id: 'c', company: last, company_external_id: 'C-77' })]; // prettier-ignore
	expect(await send(batch)).toMatchObject({ written: 3, errors: [] });
	await ask(api, 'POST', '/items/usage_events', event({ event_id: 'd', company: first }));
	expect((await stored()).map((row) => row['company'])).toEqual([last, last, last, last]);
});

test('fifty calls at once with overlapping batches write each event once, and each is counted once', async () => {
	const events = Array.from({ length: 400 }, (_, index) => event({ event_id: `p-${index}` }));
	const batches = Array.from({ length: 50 }, (_, index) => {
		const part = Array.from({ length: 40 }, (_each, step) => events[(index * 8 + step) % 400]);
		// Not in one order: batches that wait for each other crosswise would deadlock.
		return index % 2 === 0 ? part : part.toReversed();
	});
	const taken = await Promise.all(batches.map((batch) => send(batch)));
	expect(taken.reduce((sum, { written }) => sum + written, 0)).toBe(400);
	expect(taken.reduce((sum, { known }) => sum + known, 0)).toBe(1600);
	expect(await stored()).toHaveLength(400);
});

test('a thousand events are one statement each for what they name and for themselves; one more is refused', async () => {
	const events = Array.from({ length: 1000 }, () => event());
	const statements: string[] = [];
	const note = ({ sql }: { sql: string }): void => void (/usage_events|companies|subscriptions/.test(sql) && statements.push(sql));
	directus.database.on('query', note);
	try {
		expect(await send(events)).toMatchObject({ written: 1000 });
	} finally {
		directus.database.off('query', note);
	}
	expect(statements.filter((sql) => !sql.includes('directus_'))).toHaveLength(2);
	expect(await ask(api, 'POST', path, { events: [...events, event()] })).toMatchObject({ status: 413, errors: [{ extensions: { code: 'TOO_MANY_EVENTS' } }] });
});

test.each([
	['nothing', undefined],
	['no list', { events: {} }],
	['an empty list', []],
])('%s is answered with what to send', async (_what, body) => {
	expect(await ask(api, 'POST', path, body)).toMatchObject({ status: 400, errors: [{ extensions: { code: 'INVALID_BATCH' } }] });
});

test('a body of more than a megabyte is refused whole', async () => {
	const padding = 1019 - JSON.stringify(event({ properties: { text: '' } })).length;
	const events = Array.from({ length: 1000 }, () => event({ properties: { text: 'x'.repeat(padding) } }));
	expect(await ask(api, 'POST', path, { events })).toMatchObject({ status: 413, errors: [{ extensions: { code: 'BATCH_TOO_LARGE' } }] });
	expect(await stored()).toEqual([]);
});

test('only the role API and the administrator may send; the role API sees nothing of it', async () => {
	for (const role of ['Direction', 'Manager', 'Commercial', 'Finance', 'Succès client', 'Opérations', 'Revendeur'])
		expect((await ask(await directus.as(role), 'POST', path, [event()])).status).toBe(403);
	expect((await ask(createClient(directus.url, ''), 'POST', path, [event()])).status).toBe(403);
	expect((await ask(createClient(directus.url, randomUUID()), 'POST', path, [event()])).status).toBe(401);
	expect(await stored()).toEqual([]);
	expect(await send([event()], directus.admin)).toMatchObject({ written: 1 });
	expect((await ask(api, 'GET', '/items/usage_events')).status).toBe(403);
	expect((await ask(api, 'GET', '/items/companies')).status).toBe(403);
	const flow = await ask(api, 'PATCH', `/items/usage_events/${String((await stored())[0]?.['id'])}`, { name: 'x' });
	expect(flow.status).toBe(403);
});
