import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { advanceClock, now, resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { enqueue, runDueJobs, runJobs, tallyOf } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';
import { newCompany, newDeal, stages } from './support.ts';

const day = 86_400_000;
/** A Tuesday. */
const start = '2026-03-03T09:00:00Z';

type Reason = { code: string; weight: number; text: string };
type Healthy = Row & {
	health: string | null;
	at_risk_cents: number | null;
	health_at: string | null;
	stalled_since: string | null;
	health_reasons: { reasons: Reason[]; action: { kind: string; title: string; text: string } | null; limit: { days: number; winners: number; source: string } } | null;
}; // prettier-ignore
type Alert = Row & { id: string; kind: string; severity: string; state: string; title: string; value_cents: number; recommended_action: string; assignee: string; outcome: string; dedupe_key: string }; // prettier-ignore

let directus: TestDirectus;
let company: string;
let team: string;
let lea: { id: string; client: Client };
let manager: { id: string; client: Client };
let direction: { id: string; client: Client };

beforeAll(async () => {
	directus = await startDirectus();
	company = await newCompany(directus.admin);
	manager = await directus.hire('Manager', { first_name: 'Paul', last_name: 'Roche' });
	direction = await directus.hire('Direction');
	team = (await call<{ id: string }>(directus.admin, 'POST', '/items/teams', { name: 'Nord', kind: 'sales', manager: manager.id })).id;
	await call(directus.admin, 'PATCH', `/users/${manager.id}`, { team });
	lea = await directus.hire('Commercial', { first_name: 'Léa', last_name: 'Martin', team });
	// It asks a quarter of an hour after each new deal, in the background: its own tests switch it on.
	await switchFlow(15, 'inactive');
});
beforeEach(() => stopClock(start));
afterEach(resetClock);
afterAll(() => directus.close());

const switchFlow = (number: number, status: 'active' | 'inactive'): Promise<unknown> =>
	call(directus.admin, 'PATCH', `/flows/6f000000-0000-4000-8000-0000000000${number}`, { status });
const create = async (over: Row = {}): Promise<string> =>
	(await call<{ id: string }>(directus.admin, 'POST', '/items/opportunities', newDeal(company, { owner: lea.id, close_date: '2026-09-01', ...over }))).id;
const change = (id: string, values: Row): Promise<unknown> => call(directus.admin, 'PATCH', `/items/opportunities/${id}`, values);
const read = (id: string): Promise<Healthy> => call<Healthy>(directus.admin, 'GET', `/items/opportunities/${id}`);
const codes = ({ health_reasons }: Healthy): string[] => (health_reasons?.reasons ?? []).map(({ code }) => code);
const alertsOf = (id: string): Promise<Alert[]> => call<Alert[]>(directus.admin, 'GET', '/items/alerts', undefined, { 'filter[opportunity][_eq]': id, sort: 'date_created,title' }); // prettier-ignore
const noticesOf = async (recipient: string, like = ''): Promise<{ subject: string; message: string; item: string }[]> =>
	((await directus.database('directus_notifications').where({ recipient }).orderBy('id')) as { subject: string; message: string; item: string }[]).filter(({ subject }) => subject.includes(like)); // prettier-ignore

/** What the schedule of a flow does: one job for this moment, run at once with all that it leaves. */
async function run(kind: string): Promise<void> {
	const host = await hostOf(directus);
	const [id] = await enqueue(directus.database, [{ kind, key: `${kind}:test:${now().getTime()}:${randomUUID()}` }]);
	expect(tallyOf(await runJobs(host, { ids: id ? [id] : [] })).reasons).toEqual([]);
	for (const rest of ['pipeline.health_part', 'pipeline.digest']) {
		const ids = (await directus.database('jobs').where({ kind: rest, state: 'waiting' }).pluck('id')) as string[];
		expect(tallyOf(await runJobs(host, { ids })).reasons).toEqual([]);
	}
}

/** The rows that the health of deals writes, as they stand. */
const everything = async (): Promise<unknown> =>
	Promise.all(
		['opportunities', 'alerts', 'insights', 'stages', 'tasks', 'directus_notifications', 'directus_revisions'].map((table) =>
			directus.database(table).orderBy('id'),
		),
	);

const withContacts: Row = {
	contacts: [
		{ person: { first_name: 'Ana', last_name: 'Roux' }, is_primary: true },
		{ person: { first_name: null, last_name: 'Petit' }, is_primary: false },
	],
};

describe('every day (flow 11)', () => {
	test('a deal that nobody touches goes from well to watched to danger, with one alert per change of state', async () => {
		const id = await create({ ...withContacts, next_step_at: '2026-03-05T09:00:00Z' });
		expect(await read(id)).toMatchObject({ health: 'good', at_risk_cents: 0, health_reasons: { reasons: [], action: null } });
		expect(await alertsOf(id)).toEqual([]);

		advanceClock(4 * day);
		await run('pipeline.health');
		expect(await read(id)).toMatchObject({ health: 'watch', at_risk_cents: 120_000 });
		expect((await alertsOf(id)).map(({ severity, state, title }) => [severity, state, title])).toEqual([
			['warning', 'open', 'À surveiller : Renouvellement du parc'],
		]);

		advanceClock(11 * day);
		await run('pipeline.health');
		const deal = await read(id);
		expect(deal).toMatchObject({ health: 'bad', stalled_since: '2026-03-03T09:00:00.000Z' });
		expect(codes(deal)).toEqual(['idle', 'aged', 'no_next_step']);
		expect(deal.health_reasons?.action).toMatchObject({ kind: 'call', title: 'Relancer Ana Roux' });
		const alerts = await alertsOf(id);
		expect(alerts.map(({ severity, state }) => [severity, state])).toEqual([
			['warning', 'done'],
			['critical', 'open'],
		]);
		expect(alerts[1]).toMatchObject({ kind: 'deal_stalled', value_cents: 120_000, assignee: lea.id, recommended_action: deal.health_reasons?.action?.text });
	});

	test('a second run on the same day changes nothing at all', async () => {
		await create(withContacts);
		advanceClock(20 * day);
		await run('pipeline.health');
		await run('pipeline.act');
		const before = await everything();
		advanceClock(60_000);
		await run('pipeline.health');
		await run('pipeline.act');
		expect(await everything()).toEqual(before);
	});

	test('a planned activity is respected, and a call that is logged heals at once', async () => {
		const id = await create({ ...withContacts });
		advanceClock(16 * day);
		await run('pipeline.health');
		expect((await read(id)).health).toBe('bad');
		await call(directus.admin, 'POST', '/items/tasks', { title: 'Appeler', opportunity: id, due_at: new Date(now().getTime() + 2 * day).toISOString() });
		const planned = await read(id);
		expect(codes(planned)).toEqual(['aged']);
		expect(planned.health).toBe('good');
		expect((await alertsOf(id)).every(({ state }) => state === 'done')).toBe(true);
		advanceClock(20 * day);
		await run('pipeline.health');
		expect((await read(id)).health).toBe('bad');
		await call(directus.admin, 'POST', '/items/interactions', { kind: 'call', subject: 'Point', opportunity: id, at: now().toISOString() });
		expect(codes(await read(id))).toEqual(['aged', 'no_next_step']);
	});

	test('the age is measured against the company’s own winners once there are twenty, and against the stage’s days before', async () => {
		const won = async (days: number): Promise<void> => {
			stopClock(start);
			const id = await create(withContacts);
			advanceClock(days * day);
			await change(id, { stage: stages.won });
		};
		for (let index = 0; index < 19; index++) await won(index < 15 ? 2 : 40);
		stopClock('2026-05-05T09:00:00Z');
		const id = await create({ ...withContacts, next_step_at: '2026-05-20T09:00:00Z' });
		advanceClock(11 * day);
		await run('pipeline.health');
		expect((await read(id)).health_reasons).toMatchObject({ limit: { days: 10, winners: 19, source: 'stage' }, reasons: [{ code: 'aged' }] });
		await won(25);
		stopClock('2026-05-16T09:00:00Z');
		await run('pipeline.health');
		expect((await read(id)).health_reasons).toMatchObject({ limit: { days: 25, winners: 20, source: 'winners' }, reasons: [] });
		const stage = await call<Row>(directus.admin, 'GET', `/items/stages/${stages.qualification}`);
		expect(stage).toMatchObject({ winner_days: 25, winner_count: 20 });
		await directus.database('stages').update({ winner_days: null, winner_count: null });
		await directus.database('stage_changes').whereNotNull('from_stage').del();
	});

	test('a deal that closes has no health and no open alert any more', async () => {
		const id = await create(withContacts);
		advanceClock(20 * day);
		await run('pipeline.health');
		await change(id, { stage: stages.lost, lost_reason: 'price' });
		expect(await read(id)).toMatchObject({ health: null, at_risk_cents: null });
		expect((await alertsOf(id)).every(({ state }) => state === 'done')).toBe(true);
	});

	test('the switch in the settings stops it', async () => {
		await call(directus.admin, 'PATCH', '/items/settings', { health_enabled: false });
		const id = await create();
		advanceClock(40 * day);
		await run('pipeline.health');
		expect((await read(id)).health).toBeNull();
		await call(directus.admin, 'PATCH', '/items/settings', { health_enabled: true });
	});
});

describe('what follows (flow 12)', () => {
	beforeAll(async () => {
		await directus.database('opportunities').del();
		await directus.database('insights').del();
		await directus.database('directus_notifications').del();
	});

	test('an alert without reaction goes to the manager, then to Direction, once each; not at weekends', async () => {
		const id = await create({ ...withContacts, amount_cents: 100_000_000, stage: stages.discovery, next_step: 'Appeler' });
		advanceClock(17 * day);
		await run('pipeline.health');
		expect((await read(id)).health).toBe('bad');
		const still = 'Toujours sans suite';
		for (const [days, toManager, toDirection] of [
			[1, 0, 0],
			[1, 0, 0],
			[2, 0, 0],
			[1, 1, 0],
			[1, 1, 0],
			[4, 2, 1],
			[1, 2, 1],
		] as const) {
			advanceClock(days * day);
			await run('pipeline.act');
			await run('pipeline.act');
			expect([(await noticesOf(manager.id, still)).length, (await noticesOf(direction.id, still)).length]).toEqual([toManager, toDirection]);
		}
		expect((await noticesOf(manager.id, still))[0]).toMatchObject({ item: id, message: expect.stringContaining('Responsable : Léa Martin.') });
		await directus.database('directus_notifications').del();
	});

	test('each role gets one digest on a working day, of what it answers for', async () => {
		stopClock('2026-06-04T06:00:00Z');
		await run('pipeline.health');
		await run('pipeline.act');
		await run('pipeline.act');
		const [own, ofTeam, ofCompany] = [await noticesOf(lea.id), await noticesOf(manager.id, 'équipe'), await noticesOf(direction.id, 'entreprise')];
		expect([own.length, ofTeam.length, ofCompany.length]).toEqual([1, 1, 1]);
		expect(own[0]).toMatchObject({ subject: 'Vos affaires : 1 affaire en danger', message: expect.stringContaining('**Renouvellement du parc**') });
		expect(ofTeam[0]?.message).toContain('Par personne : Léa Martin 1');
		stopClock('2026-06-06T06:00:00Z');
		await run('pipeline.act');
		expect(await noticesOf(lea.id)).toHaveLength(1);
	});

	test('the stage that holds up is named, with what to do, for the company and for the team', async () => {
		stopClock(start);
		for (let index = 0; index < 3; index++) await create({ ...withContacts, stage: stages.discovery, name: `Lente ${index}` });
		advanceClock(41 * day);
		await run('pipeline.health');
		await run('pipeline.act');
		const insights = await call<Row[]>(directus.admin, 'GET', '/items/insights', undefined, { 'filter[kind][_eq]': 'bottleneck', sort: 'team' });
		expect(insights.map(({ title, team: of, stage, state }) => [title, of, stage, state]).toSorted()).toEqual(
			[
				['Goulot d’étranglement : Analyse du besoin', null, stages.discovery, 'open'],
				['Goulot d’étranglement : Analyse du besoin', team, stages.discovery, 'open'],
			].toSorted(),
		);
		expect(insights[0]?.['recommended_action']).toContain('À « Analyse du besoin »');
		expect(await call(manager.client, 'GET', '/items/insights')).toHaveLength(1);
		await call(directus.admin, 'PATCH', `/items/stages/${stages.discovery}`, { target_days: 300 });
		await run('pipeline.health');
		await run('pipeline.act');
		const after = await call<Row[]>(directus.admin, 'GET', '/items/insights', undefined, { 'filter[kind][_eq]': 'bottleneck' });
		expect(after.map(({ state }) => state)).toEqual(['closed', 'closed']);
		await call(directus.admin, 'PATCH', `/items/stages/${stages.discovery}`, { target_days: 14 });
	});
});

/** The flow runs right after the answer, in the background. */
async function told(recipient: string, like: string, count: number): Promise<void> {
	await expect.poll(async () => (await noticesOf(recipient, like)).length, { timeout: 10_000 }).toBe(count);
}

describe('as it happens', () => {
	beforeEach(async () => {
		await switchFlow(15, 'active');
		await directus.database('jobs').where({ state: 'waiting' }).del();
		await directus.database('directus_notifications').del();
	});

	test('a close date that moves later for the second time is told once, and the first time not (flow 14)', async () => {
		const id = await create({ name: 'Repoussée', close_date: '2026-04-01' });
		await change(id, { close_date: '2026-05-01' });
		await change(id, { close_date: '2026-06-01' });
		await told(lea.id, 'Signature repoussée : Repoussée', 1);
		await told(manager.id, 'Signature repoussée : Repoussée', 1);
		await change(id, { close_date: '2026-06-01', name: 'Repoussée' });
		await runDueJobs(await hostOf(directus));
		const alerts = (await alertsOf(id)).filter(({ kind }) => kind === 'deal_pushed');
		expect(alerts).toHaveLength(1);
		expect(alerts[0]?.['reason']).toBe('Signature repoussée pour la 2e fois : du 1er mai 2026 au 1er juin 2026.');
		await change(id, { close_date: '2026-07-01' });
		await told(lea.id, 'Signature repoussée : Repoussée', 2);
	});

	test('after a change of stage with nothing planned the next step is asked for, and what is planned closes the question (flow 15)', async () => {
		const [silent, planned] = [await create({ name: 'Sans suite' }), await create({ name: 'Avec suite' })];
		await change(silent, { stage: stages.discovery });
		await change(planned, { stage: stages.discovery, next_step_at: new Date(now().getTime() + day).toISOString() });
		const host = await hostOf(directus);
		await runDueJobs(host);
		expect(await noticesOf(lea.id, 'prochaine étape')).toEqual([]);
		advanceClock(16 * 60_000);
		await runDueJobs(host);
		await runDueJobs(host);
		expect((await noticesOf(lea.id, 'prochaine étape')).map(({ item }) => item)).toEqual([silent]);
		const open = async (): Promise<string[]> => (await alertsOf(silent)).filter(({ kind }) => kind === 'deal_next_step').map(({ state }) => state);
		expect(await open()).toEqual(['open']);
		await change(silent, { next_step_at: new Date(now().getTime() + day).toISOString() });
		expect(await open()).toEqual(['done']);
	});

	test('a win is told to the team once, and makes the company a client (flow 17)', async () => {
		const mate = await directus.hire('Commercial', { team });
		const id = await create({ name: 'Gagnée', company: await newCompany(directus.admin, { is_prospect: true }) });
		advanceClock(12 * day);
		await change(id, { stage: stages.won });
		await told(mate.id, 'Affaire gagnée : Gagnée', 1);
		await change(id, { description: 'Merci' });
		await runDueJobs(await hostOf(directus));
		await told(mate.id, 'Affaire gagnée : Gagnée', 1);
		const [notice] = await noticesOf(mate.id);
		expect(notice?.message.replaceAll(/[\u202f\u00a0]/gu, ' ')).toBe(
			'Bravo à Léa Martin ! 12 000 € hors taxes, signés en 12 jours. L’entreprise devient cliente.',
		);
		const deal = await call<{ company: Row }>(directus.admin, 'GET', `/items/opportunities/${id}`, undefined, { fields: 'company.*' });
		expect(deal.company).toMatchObject({ is_client: true, is_prospect: false, client_since: '2026-03-15', lifecycle: 'onboarding' });
	});

	test('a loss without reason is asked about; one for want of time plans a second try (flow 18)', async () => {
		await call(directus.admin, 'PATCH', `/items/stages/${stages.lost}`, { required_fields: [] });
		const [why, later] = [await create({ name: 'Sans motif' }), await create({ name: 'Plus tard' })];
		await change(why, { stage: stages.lost });
		await change(later, { stage: stages.lost, lost_reason: 'timing' });
		await told(lea.id, 'Pourquoi cette perte ? Sans motif', 1);
		const tasks = async (): Promise<string[]> =>
			(await directus.database('tasks').whereIn('opportunity', [why, later]).where({ origin: 'pipeline.lost' }).orderBy('title').pluck('title')) as string[];
		await expect.poll(tasks, { timeout: 10_000 }).toEqual(['Pourquoi l’affaire « Sans motif » est-elle perdue ?', 'Reprendre contact après « Plus tard »']);
		await call(directus.admin, 'PATCH', `/items/stages/${stages.lost}`, { required_fields: ['lost_reason'] });
	});

	test('a switched-off flow does nothing', async () => {
		await switchFlow(14, 'inactive');
		const id = await create({ name: 'Muette', close_date: '2026-04-01' });
		await change(id, { close_date: '2026-05-01' });
		await change(id, { close_date: '2026-06-01' });
		await runDueJobs(await hostOf(directus));
		expect(await noticesOf(lea.id, 'Muette')).toEqual([]);
		await switchFlow(14, 'active');
	});
});

describe('the action button', () => {
	test('makes the advice a task, once, and the deal is well again', async () => {
		const id = await create(withContacts);
		advanceClock(16 * day);
		await run('pipeline.health');
		const planned = await call<Row>(lea.client, 'POST', `/orchestre/opportunities/${id}/plan-action`);
		expect(planned).toMatchObject({ already: false, title: 'Relancer Ana Roux', dueAt: '2026-03-20T09:00:00.000Z' });
		expect(await call<Row>(lea.client, 'POST', `/orchestre/opportunities/${id}/plan-action`)).toMatchObject({ already: true, task: planned['task'] });
		const task = await call<Row>(lea.client, 'GET', `/items/tasks/${String(planned['task'])}`);
		expect(task).toMatchObject({ assignee: lea.id, opportunity: id, kind: 'call', priority: 'high', origin: 'pipeline.health', status: 'todo' });
		expect((await read(id)).health).toBe('good');
		expect((await alertsOf(id)).filter(({ state }) => state === 'open')).toEqual([]);
	});

	test('is refused to whoever may not change the deal, and where there is nothing to plan', async () => {
		const id = await create({ ...withContacts, next_step_at: '2026-03-05T09:00:00Z' });
		expect((await ask(lea.client, 'POST', `/orchestre/opportunities/${id}/plan-action`)).status).toBe(409);
		for (const role of ['Commercial', 'Opérations', 'Revendeur'])
			expect((await ask(await directus.as(role), 'POST', `/orchestre/opportunities/${id}/plan-action`)).status).toBe(403);
		expect((await ask(lea.client, 'POST', `/orchestre/opportunities/${randomUUID()}/plan-action`)).status).toBe(403);
		expect((await ask(lea.client, 'POST', '/orchestre/opportunities/nothing/plan-action')).status).toBe(404);
	});
});

test('health cannot be forged, and an alert says who dealt with it', async () => {
	const id = await create();
	for (const forged of [{ health: 'good' }, { at_risk_cents: 0 }, { health_reasons: [] }])
		expect((await ask(directus.admin, 'PATCH', `/items/opportunities/${id}`, forged)).status).toBe(400);
	advanceClock(30 * day);
	await run('pipeline.health');
	const [alert] = (await alertsOf(id)).filter(({ state }) => state === 'open');
	await call(lea.client, 'PATCH', `/items/alerts/${alert?.id}`, { state: 'done', outcome: 'Client rappelé.' });
	expect(await call<Row>(directus.admin, 'GET', `/items/alerts/${alert?.id}`)).toMatchObject({ state: 'done', done_by: lea.id, done_at: now().toISOString() });
});
