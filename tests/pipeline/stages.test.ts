import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { advanceClock, resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { call, type Row } from '../../scripts/support/client.ts';
import { ask, faultyFields } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { newCompany, newDeal, readDeal, stages, type Deal } from './support.ts';

let directus: TestDirectus;
let company: string;

beforeAll(async () => {
	directus = await startDirectus();
	company = await newCompany(directus.admin);
});
afterAll(() => directus.close());
afterEach(resetClock);

const create = async (over: Row = {}): Promise<string> =>
	(await call<{ id: string }>(directus.admin, 'POST', '/items/opportunities', newDeal(company, over))).id;
const change = (id: string, values: Row): Promise<unknown> => call(directus.admin, 'PATCH', `/items/opportunities/${id}`, values);
const read = (id: string): Promise<Deal> => readDeal(directus.admin, id);
const day = 86_400_000;

describe('a deal keeps its own history', () => {
	test('from its creation on: stage, moment, probability and a first row', async () => {
		stopClock('2026-03-02T09:00:00Z');
		const deal = await read(await create());
		expect(deal).toMatchObject({
			stage_since: '2026-03-02T09:00:00.000Z',
			closed_at: null,
			probability: 1000,
			probability_source: 'stage',
			close_date_pushes: 0,
		});
		expect(deal.stage_changes).toEqual([
			expect.objectContaining({
				from_stage: null,
				to_stage: stages.qualification,
				at: '2026-03-02T09:00:00.000Z',
				amount_cents: 1_200_000,
				probability: 1000,
				close_date: '2026-12-01',
			}),
		]);
	});

	test('a card moved on the kanban writes one row, by the person who moved it', async () => {
		const { id: user, client } = await directus.hire('Commercial');
		stopClock('2026-03-02T09:00:00Z');
		const id = await create({ owner: user });
		advanceClock(3 * day);
		await call(client, 'PATCH', `/items/opportunities/${id}`, { stage: stages.discovery });
		const deal = await read(id);
		expect(deal).toMatchObject({ stage_since: '2026-03-05T09:00:00.000Z', probability: 2500 });
		expect(deal.stage_changes.slice(1)).toEqual([
			expect.objectContaining({ from_stage: stages.qualification, to_stage: stages.discovery, by: user, amount_cents: 1_200_000 }),
		]);
	});

	test('a change that is no move writes none', async () => {
		const id = await create();
		const before = await read(id);
		await change(id, { amount_cents: 5_000_000, stage: stages.qualification });
		const after = await read(id);
		expect(after.stage_changes).toHaveLength(1);
		expect(after.stage_since).toBe(before.stage_since);
	});

	test('won closes it, an open stage opens it again', async () => {
		stopClock('2026-03-02T09:00:00Z');
		const id = await create();
		advanceClock(day);
		await change(id, { stage: stages.won });
		expect(await read(id)).toMatchObject({ closed_at: '2026-03-03T09:00:00.000Z', probability: 10_000 });
		advanceClock(day);
		await change(id, { name: 'Autre nom' });
		expect(await read(id)).toMatchObject({ closed_at: '2026-03-03T09:00:00.000Z' });
		await change(id, { stage: stages.negotiation });
		expect(await read(id)).toMatchObject({ closed_at: null, probability: 7500 });
		expect((await read(id)).stage_changes).toHaveLength(3);
	});

	test('several deals in one call, and an array of different changes', async () => {
		const ids = [await create(), await create(), await create()];
		await call(directus.admin, 'PATCH', '/items/opportunities', { keys: ids, data: { stage: stages.discovery } });
		for (const id of ids) expect((await read(id)).stage_changes).toHaveLength(2);
		await call(
			directus.admin,
			'PATCH',
			'/items/opportunities',
			ids.map((id, index) => ({ id, stage: [stages.proposal, stages.won, stages.discovery][index] })),
		);
		expect(await Promise.all(ids.map(async (id) => (await read(id)).probability))).toEqual([5500, 10_000, 2500]);
		expect(await Promise.all(ids.map(async (id) => (await read(id)).stage_changes.length))).toEqual([3, 3, 2]);
	});

	test('created in an array, nested in a company, moved by GraphQL', async () => {
		const array = await call<{ id: string }[]>(directus.admin, 'POST', '/items/opportunities', [newDeal(company), newDeal(company)]);
		const { company: _, ...deal } = newDeal(company);
		const nested = await call<{ opportunities: string[] }>(directus.admin, 'POST', '/items/companies', { name: 'Avec affaire', opportunities: [deal] });
		for (const id of [...array.map((one) => one.id), ...nested.opportunities]) expect((await read(id)).stage_changes).toHaveLength(1);
		await ask(directus.admin, 'POST', '/graphql', {
			query: `mutation { update_opportunities_item(id: "${array[0]?.id}", data: { stage: { id: "${stages.discovery}" } }) { id } }`,
		});
		expect((await read(array[0]?.id ?? '')).stage_changes).toHaveLength(2);
	});

	test('two people who move a card at the same time leave one unbroken chain', async () => {
		const id = await create();
		await Promise.all([stages.discovery, stages.proposal, stages.negotiation, stages.won].map((stage) => change(id, { stage })));
		const { stage_changes: changes, stage } = await read(id);
		const links = new Map(changes.map(({ from_stage, to_stage }) => [from_stage, to_stage]));
		const walked = [null as string | null];
		while (links.has(walked.at(-1) ?? null)) walked.push(links.get(walked.at(-1) ?? null) ?? null);
		expect(walked.at(-1)).toBe(stage);
		expect(walked).toHaveLength(changes.length + 1);
	});

	test('a row that came in past the product takes up its history where it stands', async () => {
		const id = await create({ close_date: '2026-06-01' });
		await directus.database('opportunities').where({ id }).update({ treated_stage: null, treated_close_date: null });
		await change(id, { stage: stages.proposal, close_date: '2026-07-01' });
		expect(await read(id)).toMatchObject({ close_date_pushes: 1 });
		expect((await read(id)).stage_changes.at(-1)).toMatchObject({ from_stage: stages.qualification, to_stage: stages.proposal });
	});
});

describe('dates and probability', () => {
	test('only a later close date counts as pushed', async () => {
		const id = await create();
		const pushes: number[] = [];
		for (const close_date of ['2026-12-24', '2026-11-30', '2026-11-30', '2027-01-15']) {
			await change(id, { close_date });
			pushes.push((await read(id)).close_date_pushes);
		}
		expect(pushes).toEqual([1, 1, 1, 2]);
	});

	test('a probability that the caller gives stands until the next stage', async () => {
		const id = await create({ probability: 4200 });
		expect(await read(id)).toMatchObject({ probability: 4200, probability_source: 'person' });
		await change(id, { amount_cents: 1 });
		expect((await read(id)).probability).toBe(4200);
		await change(id, { stage: stages.discovery, probability: 6000 });
		expect((await read(id)).probability).toBe(6000);
		await change(id, { stage: stages.proposal });
		expect(await read(id)).toMatchObject({ probability: 5500, probability_source: 'stage' });
	});

	test('the team follows the owner', async () => {
		const teams = (
			await call<{ id: string }[]>(directus.admin, 'POST', '/items/teams', [
				{ name: 'Nord', kind: 'sales' },
				{ name: 'Sud', kind: 'sales' },
			])
		).map(({ id }) => id) as [string, string];
		const north = (await directus.hire('Commercial', { team: teams[0] })).id;
		const south = (await directus.hire('Commercial', { team: teams[1] })).id;
		const id = await create({ owner: north });
		expect((await read(id)).team).toBe(teams[0]);
		await change(id, { owner: south });
		expect((await read(id)).team).toBe(teams[1]);
		await change(id, { owner: north, team: teams[1] });
		expect((await read(id)).team).toBe(teams[1]);
	});
});

describe('a stage asks for what must be known', () => {
	test('the kanban gets one clear sentence, the form a fault on each field, and the card stays', async () => {
		const id = await create({ amount_cents: null, close_date: null });
		const answer = await ask(directus.admin, 'PATCH', `/items/opportunities/${id}`, { stage: stages.proposal });
		expect(answer.status).toBe(400);
		expect(faultyFields(answer)).toEqual(['amount_cents', 'close_date']);
		for (const { message, extensions } of answer.errors) {
			expect(message).toBe('Pour passer à l’étape « Proposition », renseignez le montant et la date de signature prévue.');
			expect(extensions).toMatchObject({ code: 'FAILED_VALIDATION', collection: 'opportunities', validation_message: message });
		}
		expect((await read(id)).stage).toBe(stages.qualification);
		expect((await read(id)).stage_changes).toHaveLength(1);
	});

	test('what is sent along counts, nested contacts too', async () => {
		const id = await create();
		expect((await ask(directus.admin, 'PATCH', `/items/opportunities/${id}`, { stage: stages.demonstration })).errors[0]?.message).toContain(
			'renseignez au moins un contact.',
		);
		await change(id, { stage: stages.demonstration, contacts: [{ person: { last_name: 'Martin' } }] });
		expect((await read(id)).stage).toBe(stages.demonstration);
		await change(id, { stage: stages.lost, lost_reason: 'price' });
		expect((await read(id)).closed_at).not.toBeNull();
	});

	test('one card of several that lacks something holds all of them back', async () => {
		const [complete, incomplete] = [await create(), await create({ next_step: null })];
		const answer = await ask(directus.admin, 'PATCH', '/items/opportunities', { keys: [complete, incomplete], data: { stage: stages.discovery } });
		expect(answer.status).toBe(400);
		expect((await read(complete)).stage).toBe(stages.qualification);
	});

	test('a deal created in a stage is asked the same', async () => {
		const answer = await ask(directus.admin, 'POST', '/items/opportunities', newDeal(company, { stage: stages.lost }));
		expect(faultyFields(answer)).toEqual(['lost_reason']);
	});

	test('GraphQL says it as well', async () => {
		const id = await create();
		const answer = await ask(directus.admin, 'POST', '/graphql', {
			query: `mutation { update_opportunities_item(id: "${id}", data: { stage: { id: "${stages.lost}" } }) { id } }`,
		});
		expect(JSON.stringify(answer.errors)).toContain('renseignez le motif de perte');
	});
});

describe('what the product keeps cannot be forged', () => {
	test.each<Row>([
		{ stage_since: '2020-01-01T00:00:00Z' },
		{ closed_at: null },
		{ close_date_pushes: 0 },
		{ treated_stage: null },
		{ probability_source: 'model' },
	])('%j', async (forged) => {
		const id = await create();
		const [field] = Object.keys(forged);
		for (const answer of [
			await ask(directus.admin, 'PATCH', `/items/opportunities/${id}`, forged),
			await ask(directus.admin, 'POST', '/items/opportunities', newDeal(company, forged)),
		]) {
			expect(answer.status).toBe(400);
			expect(answer.errors[0]).toMatchObject({ message: expect.stringContaining('est calculé par Orchestre'), extensions: { field } });
		}
	});

	test('the history of stages, by nobody', async () => {
		const id = await create();
		const [row] = (await directus.database('stage_changes').where({ opportunity: id })) as { id: string }[];
		const forged = { opportunity: id, to_stage: stages.won, at: '2020-01-01T00:00:00Z' };
		for (const answer of [
			await ask(directus.admin, 'POST', '/items/stage_changes', forged),
			await ask(directus.admin, 'PATCH', `/items/stage_changes/${row?.id}`, { to_stage: stages.won }),
			await ask(directus.admin, 'DELETE', `/items/stage_changes/${row?.id}`),
			await ask(directus.admin, 'PATCH', `/items/opportunities/${id}`, { stage_changes: [forged] }),
		]) {
			expect(answer.status).toBe(403);
			expect(answer.errors[0]?.message).toContain('tenu par Orchestre');
		}
	});

	test('a failed write leaves nothing behind', async () => {
		const id = await create();
		await directus.database.schema.renameTable('stage_changes', 'stage_changes_away');
		try {
			expect((await ask(directus.admin, 'PATCH', `/items/opportunities/${id}`, { stage: stages.discovery })).status).toBe(500);
		} finally {
			await directus.database.schema.renameTable('stage_changes_away', 'stage_changes');
		}
		expect(await read(id)).toMatchObject({ stage: stages.qualification, probability: 1000 });
	});
});

test('the history in the side bar says what the product wrote, and who', async () => {
	const id = await create();
	await change(id, { stage: stages.won });
	const revisions = await call<{ delta: Row; activity: { user: string } }[]>(directus.admin, 'GET', '/revisions', undefined, {
		'filter[item][_eq]': id,
		fields: 'delta,activity.user',
		sort: 'id',
	});
	const [, , , byProduct] = revisions;
	expect(byProduct).toMatchObject({ delta: { probability: 10_000 }, activity: { user: '00000000-0000-4000-8000-000000000001' } });
	expect(Object.keys(byProduct?.delta ?? {})).not.toContain('treated_stage');
});
