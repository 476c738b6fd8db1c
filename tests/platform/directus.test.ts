import { randomUUID } from 'node:crypto';
import type { ApiExtensionContext } from '@directus/types';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { now, resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { orchestreUserId, systemAccountability, type JsonObject, type OperationContext } from '../../extensions/orchestre/src/platform/directus.ts';
import { OperationalError, refuseFaults } from '../../extensions/orchestre/src/platform/errors.ts';
import operation from '../../extensions/orchestre/src/platform/job-operation/api.ts';
import { defineJob, enqueue, runDueJobs, type TransactionJob } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { writeTrail } from '../../extensions/orchestre/src/platform/trail.ts';
import { call } from '../../scripts/support/client.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';

const replayFlow = '70000000-0000-4000-8000-000000000001';

let directus: TestDirectus;
let host: ApiExtensionContext;

beforeAll(async () => {
	directus = await startDirectus();
	const services = (await import('@directus/api/services/index')) as unknown as ApiExtensionContext['services'];
	const { getSchema } = await import('@directus/api/utils/get-schema');
	const { useLogger } = await import('@directus/api/logger/index');
	host = { services, getSchema, logger: useLogger(), database: directus.database, env: {} };
});
afterAll(() => directus.close());

beforeEach(async () => {
	resetClock();
	await directus.database('jobs').delete();
	define({});
});

const define = (job: Partial<TransactionJob<object>>): unknown =>
	defineJob({ kind: 'test.job', title: 'Travail d’essai', mode: 'transaction', payload: z.object({}), run: async () => undefined, ...job });
const add = async (item?: string): Promise<string> => {
	const [id = ''] = await directus.database.transaction((trx) => enqueue(trx, [{ kind: 'test.job', key: randomUUID(), ...(item && { item }) }]));
	return id;
};
const setState = (id: string, state: string): Promise<number> => directus.database('jobs').where({ id }).update({ state, error: 'Le service ne répond pas.' });
const jobOf = (id: string): Promise<Record<string, unknown>> => directus.database('jobs').where({ id }).first();

/** Status and errors of a call, which `call` would throw. */
async function answer(
	token: string | null,
	method: string,
	path: string,
	body?: unknown,
): Promise<{ status: number; data: JsonObject; errors?: { message: string; extensions: JsonObject }[] }> {
	const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
	const response = await fetch(directus.url + path, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
	const text = await response.text();
	return { status: response.status, ...(text ? JSON.parse(text) : {}) };
}
const tokenOf = async (client: TestDirectus['admin']): Promise<string> => (await client.getToken()) ?? '';

/** Somebody whose only rights are these on jobs. */
async function personWith(actions: string[]): Promise<string> {
	const policy = await call<{ id: string }>(directus.admin, 'POST', '/policies', { name: `Travaux ${randomUUID()}`, app_access: true });
	for (const action of actions)
		await call(directus.admin, 'POST', '/permissions', { policy: policy.id, collection: 'jobs', action, fields: ['*'], permissions: {} });
	const { id, client } = await directus.hire('Commercial');
	await call(directus.admin, 'POST', '/access', { user: id, policy: policy.id });
	return tokenOf(client);
}

describe('what the product keeps', () => {
	it('refuses to create or change jobs and counters from outside, administrators included', async () => {
		const admin = await tokenOf(directus.admin);
		const id = await add();
		const refused = { status: 403, errors: [{ message: expect.stringContaining('tenus par Orchestre') }] };
		expect(await answer(admin, 'PATCH', `/items/jobs/${id}`, { state: 'done' })).toMatchObject(refused);
		expect(await answer(admin, 'PATCH', '/items/jobs', { keys: [id], data: { state: 'done' } })).toMatchObject(refused);
		expect(await answer(admin, 'POST', '/items/jobs', { kind: 'test.job', key: 'x', due_at: now() })).toMatchObject(refused);
		expect(await answer(admin, 'POST', '/items/counters', { name: 'invoices:2026', value: 7 })).toMatchObject(refused);
		expect(await jobOf(id)).toMatchObject({ state: 'waiting' });
	});

	it('lets an ended job be deleted, but not one that is still owed', async () => {
		const admin = await tokenOf(directus.admin);
		const [owed, done] = [await add(), await add()];
		await setState(done, 'done');
		expect(await answer(admin, 'DELETE', `/items/jobs/${owed}`)).toMatchObject({
			status: 403,
			errors: [{ message: 'Un travail en attente ou en cours ne peut pas être supprimé.' }],
		});
		expect(await answer(admin, 'DELETE', `/items/jobs/${done}`)).toMatchObject({ status: 204 });
	});
});

describe('replay', () => {
	it('by the endpoint runs a failed job at once and keeps who asked', async () => {
		const id = await add();
		await setState(id, 'failed');
		expect(await answer(await tokenOf(directus.admin), 'POST', `/orchestre/jobs/${id}/replay`)).toMatchObject({ status: 200, data: { done: 1 } });
		expect(await jobOf(id)).toMatchObject({ state: 'done', attempts: 1, error: null });
		expect(await directus.database('directus_activity').where({ collection: 'jobs', item: id })).toMatchObject([
			{ action: 'update', user: expect.stringMatching(/^[0-9a-f-]{36}$/) },
		]);
	});

	it('by the endpoint answers clearly when it cannot', async () => {
		const admin = await tokenOf(directus.admin);
		const id = await add();
		await setState(id, 'done');
		expect(await answer(admin, 'POST', `/orchestre/jobs/${id}/replay`)).toMatchObject({
			status: 409,
			errors: [{ message: 'Ce travail est déjà fait : le rejouer le ferait deux fois.' }],
		});
		for (const unknown of [randomUUID(), 'abc'])
			expect(await answer(admin, 'POST', `/orchestre/jobs/${unknown}/replay`)).toMatchObject({
				status: 404,
				errors: [{ message: 'Ce travail n’existe pas.' }],
			});
		const refused = { status: 403, errors: [{ message: 'Vous n’avez pas le droit de rejouer ce travail.' }] };
		expect(await answer(null, 'POST', `/orchestre/jobs/${id}/replay`)).toMatchObject(refused);
		expect(await answer(await personWith([]), 'POST', `/orchestre/jobs/${id}/replay`)).toMatchObject(refused);
		expect(await answer(await personWith(['read']), 'POST', `/orchestre/jobs/${id}/replay`)).toMatchObject(refused);
	});

	it('by the button of the jobs’ page runs the selected jobs', async () => {
		const ids = [await add(), await add()];
		for (const id of ids) await setState(id, 'failed');
		expect(await answer(await tokenOf(directus.admin), 'POST', `/flows/trigger/${replayFlow}`, { collection: 'jobs', keys: ids })).toMatchObject({
			status: 200,
		});
		for (const id of ids) expect(await jobOf(id)).toMatchObject({ state: 'done' });
	});

	it('by the button needs the right to change jobs, and says so', async () => {
		const id = await add();
		await setState(id, 'failed');
		const body = { collection: 'jobs', keys: [id] };
		expect(await answer(await personWith([]), 'POST', `/flows/trigger/${replayFlow}`, body)).toMatchObject({ status: 403 });
		const reader = await answer(await personWith(['read']), 'POST', `/flows/trigger/${replayFlow}`, body);
		expect(reader).toMatchObject({ status: 403, errors: [{ message: 'Vous n’avez pas le droit de rejouer ce travail.' }] });
		expect(await jobOf(id)).toMatchObject({ state: 'failed' });
		expect(await answer(await personWith(['read', 'update']), 'POST', `/flows/trigger/${replayFlow}`, body)).toMatchObject({ status: 200 });
		expect(await jobOf(id)).toMatchObject({ state: 'done' });
	});
});

describe('the flow operation', () => {
	let flow = '';
	const runs = async (): Promise<{ steps: { status: string }[]; data: Record<string, { message?: string }> }[]> =>
		(await directus.database('directus_revisions').where({ collection: 'directus_flows', item: flow }).orderBy('id')).map(({ data }: { data: string }) =>
			JSON.parse(data),
		);

	beforeAll(async () => {
		const options = { type: 'action', scope: ['items.create'], collections: ['campaigns'] };
		const created = await call<{ id: string }>(directus.admin, 'POST', '/flows', {
			name: 'Essai',
			status: 'active',
			trigger: 'event',
			accountability: 'all',
			options,
		});
		flow = created.id;
		const step = await call<{ id: string }>(directus.admin, 'POST', '/operations', {
			flow,
			key: 'work',
			name: 'work',
			type: 'orchestre-job',
			position_x: 1,
			position_y: 1,
			options: { kind: 'test.job' },
		});
		await call(directus.admin, 'PATCH', `/flows/${flow}`, { operation: step.id });
	});
	afterAll(() => call(directus.admin, 'DELETE', `/flows/${flow}`));
	beforeEach(() => directus.database('directus_revisions').where({ collection: 'directus_flows' }).delete());

	it('runs at once what the new rows left waiting, with Directus’s services in the job’s transaction', async () => {
		const ids = [randomUUID(), randomUUID()];
		const other = await add(randomUUID());
		define({
			run: async ({ trx, host: services, job }) => {
				const campaigns = new services.services.ItemsService('campaigns', {
					knex: trx,
					schema: await services.getSchema({ bypassCache: true }),
					accountability: systemAccountability(),
				});
				await campaigns.updateOne(String(job.item), { name: 'Vu' }, { emitEvents: false });
			},
		});
		const jobs = [await add(ids[0]), await add(ids[1])];
		await call(
			directus.admin,
			'POST',
			'/items/campaigns',
			ids.map((id) => ({ id, name: 'Salon' })),
		);
		await expect
			.poll(async () => (await directus.database('jobs').whereIn('id', jobs)).map(({ state }: { state: string }) => state), { timeout: 5000 })
			.toEqual(['done', 'done']);
		expect(await jobOf(other)).toMatchObject({ state: 'waiting' });
		expect((await directus.database('campaigns').whereIn('id', ids)).map(({ name }: { name: string }) => name)).toEqual(['Vu', 'Vu']);
		expect(await directus.database('directus_activity').where({ collection: 'campaigns', item: ids[0], action: 'update' })).toMatchObject([
			{ user: orchestreUserId },
		]);
	});

	it('goes down the reject path with the reason when a job fails', async () => {
		define({ run: () => Promise.reject(new OperationalError('Le service ne répond pas.')) });
		const id = randomUUID();
		const job = await add(id);
		await call(directus.admin, 'POST', '/items/campaigns', { id, name: 'Salon' });
		await expect.poll(runs, { timeout: 5000 }).toMatchObject([{ steps: [{ status: 'reject' }] }]);
		expect(await jobOf(job)).toMatchObject({ state: 'waiting', attempts: 1, error: 'Le service ne répond pas.' });
	});

	it('on a schedule queues one job for the minute, whoever else fires', async () => {
		stopClock('2026-01-05T09:00:10Z');
		let ran = 0;
		define({ run: async () => void (ran += 1) });
		const context = { ...host, data: { $trigger: null }, accountability: null } as unknown as OperationContext;
		const outcomes = await Promise.all([operation.handler({ kind: 'test.job' }, context), operation.handler({ kind: 'test.job' }, context)]);
		expect(outcomes.map((outcome) => (outcome as { done: number }).done).toSorted()).toEqual([0, 1]);
		stopClock('2026-01-05T09:01:00Z');
		expect(await operation.handler({ kind: 'test.job' }, context)).toMatchObject({ done: 1 });
		expect(ran).toBe(2);
	});

	it('says what is wrong when it is not set up', async () => {
		const context = { ...host, data: {}, accountability: null } as unknown as OperationContext;
		await expect(operation.handler({}, context)).rejects.toThrow('Choisissez le travail');
	});
});

describe('errors over REST', () => {
	it('faults on fields come out with the French sentence, for REST and for the form', async () => {
		const { default: emitter } = await import('@directus/api/emitter');
		const refuse = (): void =>
			refuseFaults([
				{ field: 'name', message: 'Ce nom est déjà pris.' },
				{ field: 'status', message: 'Ce statut n’existe pas.' },
			]);
		emitter.onFilter('campaigns.items.create', refuse);
		const { status, errors } = await answer(await tokenOf(directus.admin), 'POST', '/items/campaigns', { name: 'Salon' });
		emitter.offFilter('campaigns.items.create', refuse);
		expect(status).toBe(400);
		expect(errors).toMatchObject([
			{ message: 'Ce nom est déjà pris.', extensions: { code: 'FAILED_VALIDATION', field: 'name', validation_message: 'Ce nom est déjà pris.' } },
			{ message: 'Ce statut n’existe pas.', extensions: { field: 'status' } },
		]);
	});
});

describe('the trail', () => {
	it('has the shape that Directus gives its own', async () => {
		const own = await call<{ id: string }>(directus.admin, 'POST', '/items/campaigns', { name: 'Salon' });
		const item = randomUUID();
		await directus.database.transaction((trx) =>
			writeTrail(trx, {}, [{ action: 'create', collection: 'campaigns', item, data: { name: 'Salon', date_created: now() } }]),
		);
		const shape = async (id: string): Promise<unknown> => {
			const [activity] = await call<JsonObject[]>(directus.admin, 'GET', '/activity', undefined, { filter: { item: { _eq: id } }, fields: '*' });
			const [revision] = await call<JsonObject[]>(directus.admin, 'GET', '/revisions', undefined, { filter: { item: { _eq: id } }, fields: '*' });
			const kinds = (row: JsonObject = {}): unknown =>
				Object.fromEntries(
					['action', 'collection', 'timestamp', 'item', 'data', 'delta', 'parent', 'version']
						.filter((key) => key in row)
						.map((key) => [key, row[key] === null ? null : typeof row[key]]),
				);
			const stored = await directus.database('directus_activity').where({ item: id }).select(directus.database.raw('typeof(timestamp) as kind'));
			return [kinds(activity), kinds(revision), stored];
		};
		expect(await shape(item)).toEqual(await shape(own.id));
	});
});

it('jobs in the real tables run to their end', async () => {
	const id = await add();
	expect(await runDueJobs(host)).toMatchObject({ done: 1 });
	expect(await call(directus.admin, 'GET', `/items/jobs/${id}`)).toMatchObject({
		state: 'done',
		label: 'Travail d’essai',
		ended_at: expect.stringMatching(/Z$/),
	});
});
