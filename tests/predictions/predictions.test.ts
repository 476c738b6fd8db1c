import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { parseJson } from '../../extensions/orchestre/src/platform/directus.ts';
import { enqueue, runDueJobs, runJobs, tallyOf } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { dayMs } from '../../extensions/orchestre/src/platform/time/paris.ts';
import { madeUpDeals, madeUpLeads, start } from '../../extensions/orchestre/src/predictions/rules/made-up.ts';
import type { Prediction } from '../../extensions/orchestre/src/predictions/rules/prediction.ts';
import { call, type Row } from '../../scripts/support/client.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';
import { forgetAll, writeDeals, writeLeads } from './history.ts';

type Reached = TestDirectus['admin'] & { url: URL };
type Model = {
	id: string;
	version: number;
	status: string;
	target: string;
	verdict: string;
	features: { name: string }[];
	algorithm: string;
	row_count: number;
	retired_at: string | null;
};

const button = '74000000-0000-4000-8000-000000000002';
const now = start + 500 * dayMs;

let directus: TestDirectus;
let direction: { id: string; client: TestDirectus['admin'] };

const read = async (table: string, id: string): Promise<Record<string, unknown>> =>
	(await directus.database(table).where({ id }).first()) as Record<string, unknown>;
const predictionOf = async (table: string, id: string): Promise<Prediction | null> =>
	parseJson<Prediction | null>((await read(table, id))['probability_reasons']);

async function models(target: string): Promise<Model[]> {
	const rows = (await directus.database('models').where({ target }).orderBy('version')) as Model[];
	return rows.map((row) => ({ ...row, features: parseJson(row.features) }));
}

/** What a schedule does: one job of this kind, run at once, and what it queued. Answers the job's result. */
async function run(kind: string, payload: Row = {}): Promise<unknown> {
	const host = await hostOf(directus);
	const ids = await enqueue(directus.database, [{ kind, key: `${kind}:test:${Math.random()}`, payload: payload as never }]);
	expect(tallyOf(await runJobs(host, { ids })).reasons).toEqual([]);
	expect((await runDueJobs(host)).reasons).toEqual([]);
	return parseJson((await read('jobs', ids[0] ?? ''))['result']);
}

const press = (client: TestDirectus['admin']) =>
	ask<Record<string, unknown>>(client as Reached, 'POST', `/flows/trigger/${button}`, { collection: 'models', keys: [] });

async function history(strength: number): Promise<{ leads: string[]; deals: string[] }> {
	const open = madeUpLeads(12, 3, { seed: 5 }).map((lead) => ({ ...lead, created: now - dayMs, statuses: [{ at: now - dayMs, to: 'new' as const }] }));
	await writeLeads(directus.database, madeUpLeads(1200, strength));
	await writeDeals(directus.database, madeUpDeals(1300, (strength * 2) / 3));
	const shift = now - 10 * dayMs - start;
	const moved = madeUpDeals(6, 2, { seed: 3 }).map((deal) => ({
		...deal,
		created: deal.created + shift,
		entries: deal.entries.map((entry) => ({ ...entry, at: entry.at + shift, closeDate: (entry.closeDate ?? 0) + shift })),
		contacts: deal.contacts.map((contact) => ({ ...contact, at: contact.at + shift, knownAt: contact.knownAt + shift })),
	}));
	return { leads: await writeLeads(directus.database, open), deals: await writeDeals(directus.database, moved, { openOnly: true }) };
}

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false' });
	direction = await directus.hire('Direction');
});
afterAll(() => directus.close());
beforeEach(() => stopClock(new Date(now)));
afterEach(async () => {
	resetClock();
	await forgetAll(directus.database);
});

describe('without a history', () => {
	it('the button of Direction tells why there is no model, and the points stay alone', async () => {
		const [lead] = await writeLeads(directus.database, [{ ...madeUpLeads(1, 0)[0]!, created: now - dayMs, statuses: [{ at: now - dayMs, to: 'new' }] }]);
		expect(await press(direction.client)).toMatchObject({ status: 200 });
		expect((await runDueJobs(await hostOf(directus))).reasons).toEqual([]);
		for (const target of ['lead_conversion', 'deal_win']) {
			const [model, ...more] = await models(target);
			expect(more).toEqual([]);
			expect(model).toMatchObject({
				version: 1,
				status: 'refused',
				row_count: 0,
				algorithm: 'shrunken_rate',
				verdict: expect.stringContaining('Pas encore de modèle'),
			});
		}
		const notices = await directus.database('directus_notifications').where({ recipient: direction.id }).pluck('subject');
		expect(notices.sort()).toEqual(['Conversion des leads v1 : refusé', 'Départ des clients v1 : refusé', 'Gain des affaires v1 : refusé']);
		expect(await read('leads', lead ?? '')).toMatchObject({ probability: null, probability_low: null });
		expect(await predictionOf('leads', lead ?? '')).toMatchObject({ state: 'points', why: expect.stringContaining('Pas encore de modèle') });
	});

	it('nobody else presses it, and nobody writes a model', async () => {
		for (const role of ['Manager', 'Commercial']) expect((await press(await directus.as(role))).status).toBeGreaterThanOrEqual(400);
		expect(await models('lead_conversion')).toEqual([]);
		await run('predictions.train', { target: 'deal_win', by: null });
		const [model] = await models('deal_win');
		const change = await ask(directus.admin as Reached, 'PATCH', `/items/models/${model?.id}`, { status: 'champion' });
		expect(change).toMatchObject({ status: 403, errors: [{ message: expect.stringContaining('seul un entraînement') }] });
		expect(await call<Row[]>(await directus.as('Manager'), 'GET', '/items/models')).toHaveLength(1);
		expect((await ask((await directus.as('Commercial')) as Reached, 'GET', '/items/models')).status).toBe(403);
	});
});

describe('with few outcomes', () => {
	it('what became of those like it is told with its interval, and a deal keeps the percentage of its stage', async () => {
		await writeLeads(directus.database, madeUpLeads(120, 3));
		await writeDeals(directus.database, madeUpDeals(40, 2));
		const [lead] = await writeLeads(directus.database, [{ ...madeUpLeads(1, 0)[0]!, created: now - dayMs, statuses: [{ at: now - dayMs, to: 'new' }] }]);
		const [deal] = await writeDeals(directus.database, madeUpDeals(1, 2), { openOnly: true });
		// The first training does not wait for the first of the month.
		await run('predictions.nightly');
		expect(await read('leads', lead ?? '')).toMatchObject({ probability: null, model_version: 'v1' });
		expect(await predictionOf('leads', lead ?? '')).toMatchObject({
			state: 'rate',
			sentence: expect.stringMatching(/^Leads notés [A-D] : \d+ convertis?, \d+ non convertis?, soit \d+ à \d+ %$/),
			why: expect.stringContaining('il en faut 40'),
		});
		const stage = (await read('stages', String((await read('opportunities', deal ?? ''))['stage'])))['probability'];
		expect(await read('opportunities', deal ?? '')).toMatchObject({ probability: stage, probability_source: 'stage', probability_low: null });
		expect(await predictionOf('opportunities', deal ?? '')).toMatchObject({
			state: 'rate',
			sentence: expect.stringMatching(/gagnées?, \d+ perdues? ou sans suite, soit \d+ à \d+ %$/),
		});
	});
});

describe('with a planted signal', () => {
	it('both models go live, find it, and say why with reasons that sum; a typed probability stays; a second run changes nothing', async () => {
		const { leads, deals } = await history(3);
		const [typed = '', ...others] = deals;
		await directus.database('opportunities').where({ id: typed }).update({ probability: 7700, probability_source: 'person' });
		await run('predictions.retrain');

		for (const [target, planted] of [
			['lead_conversion', 'criterion.source'],
			['deal_win', 'people_met'],
		] as const) {
			const [model] = await models(target);
			expect(model).toMatchObject({ status: 'champion', version: 1, verdict: expect.stringContaining('Modèle accepté') });
			expect(model?.features.slice(0, 3).map(({ name }) => name)).toContain(planted);
		}

		const named = new Set<string>();
		for (const [table, ids] of [
			['leads', leads],
			['opportunities', others],
		] as const)
			for (const id of ids) {
				const row = await read(table, id);
				const prediction = await predictionOf(table, id);
				if (prediction?.state !== 'model') throw new Error(`${table} ${id} has no model's word`);
				const effects = [...prediction.favourable, ...prediction.adverse];
				expect(prediction.base + effects.reduce((sum, { effect }) => sum + effect, 0) + prediction.rest).toBe(prediction.probability);
				expect(row).toMatchObject({
					probability: prediction.probability,
					probability_low: prediction.low,
					probability_high: prediction.high,
					model_version: 'v1',
				});
				expect(prediction.low <= prediction.probability && prediction.probability <= prediction.high).toBe(true);
				for (const { feature } of effects) named.add(feature);
			}
		expect([...named]).toEqual(expect.arrayContaining(['criterion.source', 'people_met']));

		expect(await read('opportunities', typed)).toMatchObject({ probability: 7700, probability_source: 'person', probability_low: null, model_version: null });
		expect(await predictionOf('opportunities', typed)).toMatchObject({ state: 'model' });
		expect(await read('opportunities', others[0] ?? '')).toMatchObject({ probability_source: 'model' });

		expect(await run('predictions.nightly')).toMatchObject({
			lead_conversion: { rows: leads.length, written: 0 },
			deal_win: { rows: deals.length, written: 0 },
		});

		await directus.database('stages').update({ name: directus.database.raw("'Étape ' || id") });
		expect(await run('predictions.nightly')).toMatchObject({ deal_win: { written: 0 } });
	});

	it('a model that has proved itself stays when the next one has nothing new to show, or nothing to say', async () => {
		await history(3);
		await run('predictions.retrain');
		const [champion] = await models('lead_conversion');
		await run('predictions.retrain');
		expect((await models('lead_conversion')).map(({ status }) => status)).toEqual(['champion', 'candidate']);
		const two = directus.database('models').where({ target: 'lead_conversion' }).update({ status: 'champion' });
		await expect(two, 'two models in use').rejects.toThrow(/unique/i);
		await directus.database('lead_status_changes').delete();
		await directus.database('lead_scores').delete();
		await directus.database('leads').delete();
		await writeLeads(directus.database, madeUpLeads(1200, 0));
		await run('predictions.retrain');
		const after = await models('lead_conversion');
		expect(after.map(({ status }) => status)).toEqual(['champion', 'candidate', 'refused']);
		expect(after[0]?.id).toBe(champion?.id);
	});

	it('a model of another schema is refused in words, nobody sees its figures, and the next training takes its place', async () => {
		const { leads } = await history(3);
		await run('predictions.retrain');
		await directus.database('models').where({ target: 'lead_conversion' }).update({ schema_hash: 'another' });
		await run('predictions.nightly');
		expect(await read('leads', leads[0] ?? '')).toMatchObject({ probability: null, probability_low: null });
		expect(await predictionOf('leads', leads[0] ?? '')).toMatchObject({
			state: 'rate',
			why: expect.stringContaining('Modèle v1 refusé : Ce modèle a été appris sur d’autres variables'),
		});
		await run('predictions.retrain');
		const [old, next] = await models('lead_conversion');
		expect(old).toMatchObject({ status: 'retired' });
		expect(next).toMatchObject({ status: 'champion', verdict: expect.stringContaining('Le modèle v1 ne peut plus servir') });
		expect(await read('leads', leads[0] ?? '')).toMatchObject({ model_version: 'v2' });
	});

	it('a change of a deal is predicted anew a moment later', async () => {
		const { deals } = await history(3);
		await run('predictions.retrain');
		const [deal = ''] = deals;
		const before = await read('opportunities', deal);
		const people = (await directus.database('people').pluck('id')) as string[];
		for (const person of people.slice(0, 3))
			await call(directus.admin, 'POST', '/items/interactions', {
				subject: 'Point',
				kind: 'call',
				direction: 'outbound',
				outcome: 'reached',
				at: new Date(now).toISOString(),
				opportunity: deal,
				person,
			});
		await call(directus.admin, 'PATCH', `/items/opportunities/${deal}`, { amount_cents: 990_000 });
		await expect
			.poll(async () => Number((await directus.database('jobs').where({ kind: 'predictions.touch', state: 'waiting' }).count({ n: '*' }))[0]?.['n']), {
				timeout: 10_000,
			})
			.toBeGreaterThan(0);
		expect((await runDueJobs(await hostOf(directus))).reasons).toEqual([]);
		const after = await read('opportunities', deal);
		expect(after['probability']).not.toBe(before['probability']);
		expect(after['probability_source']).toBe('model');
	});
});

describe('without a signal', () => {
	it('both models are refused with the reason, and nobody sees a figure of theirs', async () => {
		const { leads } = await history(0);
		await run('predictions.retrain');
		for (const target of ['lead_conversion', 'deal_win']) {
			const [model] = await models(target);
			expect(model).toMatchObject({ status: 'refused', verdict: expect.stringMatching(/^Modèle refusé\. /) });
		}
		expect(await read('leads', leads[0] ?? '')).toMatchObject({ probability: null });
	});
});
