import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { dateOrNull } from '../../extensions/orchestre/src/platform/columns.ts';
import { parseJson } from '../../extensions/orchestre/src/platform/directus.ts';
import { enqueue, runDueJobs, runJobs, tallyOf } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { dayMs, fromParis, isoOf, toParis } from '../../extensions/orchestre/src/platform/time/paris.ts';
import { isWorkingDayNumber, workingCalendar } from '../../extensions/orchestre/src/platform/time/working-time.ts';
import { readFacts } from '../../extensions/orchestre/src/success/churn/data/read-facts.ts';
import { readSpells } from '../../extensions/orchestre/src/success/churn/data/read-spells.ts';
import type { ClientFacts } from '../../extensions/orchestre/src/success/churn/rules/facts.ts';
import { shippedWeights, signsOf } from '../../extensions/orchestre/src/success/churn/rules/signals.ts';
import { daysOf, readFacts as readHealthFacts } from '../../extensions/orchestre/src/success/health/facts.ts';
import { measureUsage } from '../../extensions/orchestre/src/success/health/rules/usage.ts';
import { predictChurn } from '../../extensions/orchestre/src/success/churn/predict.ts';
import { openEpisodes } from '../../extensions/orchestre/src/success/churn/retention/open.ts';
import { madeUpClients, spell, start } from '../../extensions/orchestre/src/success/churn/rules/made-up.ts';
import type { ChurnReasons } from '../../extensions/orchestre/src/success/churn/rules/reasons.ts';
import { runningAt } from '../../extensions/orchestre/src/success/churn/rules/spells.ts';
import { momentOf } from '../../extensions/orchestre/src/predictions/data/rows.ts';
import { indexOf } from '../../extensions/orchestre/src/success/churn/rules/risk.ts';
import { readRetention } from '../../extensions/orchestre/src/success/churn/settings.ts';
import { call, type Row } from '../../scripts/support/client.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';
import { dateOf, forgetClients, insert, writeClients, writeOverdue, writeUsage } from './clients.ts';

type Reached = TestDirectus['admin'] & { url: URL };
type Person = { id: string; client: TestDirectus['admin'] };

// Thursday 24 December 2026, ten in the morning in Paris: the next working days are the 28th and the 29th.
const now = Date.parse('2026-12-24T09:00:00Z');
const calendar = workingCalendar({ opens_at: '09:00:00', closes_at: '18:00:00', alsace_moselle: false });

let directus: TestDirectus;
let [success, manager, otherManager, commercial, direction]: Person[] = [];
let team: string;

const table = (name: string) => directus.database(name);
const rows = async (name: string, where: Row = {}): Promise<Record<string, unknown>[]> =>
	(await table(name).where(where).orderBy('id')) as Record<string, unknown>[];
const one = async (name: string, where: Row): Promise<Record<string, unknown>> => (await rows(name, where))[0] ?? {};
const countOf = async (name: string, where: Row = {}): Promise<number> => (await rows(name, where)).length;

/** What a schedule does: one job of this kind, run at once, and what it queued. Answers the job's result. */
async function run(kind: string): Promise<Record<string, unknown>> {
	const host = await hostOf(directus);
	const ids = await enqueue(directus.database, [
		{ kind, key: `${kind}:test:${randomUUID()}`, payload: kind === 'predictions.train' ? { target: 'churn', by: null } : {} },
	]);
	expect(tallyOf(await runJobs(host, { ids })).reasons).toEqual([]);
	expect((await runDueJobs(host)).reasons).toEqual([]);
	return parseJson((await one('jobs', { id: ids[0] ?? '' }))['result']);
}

/** A client of the success person, with a subscription since two years; `isBad`: no usage left, tickets late, an invoice long overdue. */
async function client({ isBad = true, mrr = 50_000, name = 'Durand' } = {}): Promise<string> {
	const since = now - 700 * dayMs;
	const [id = ''] = await writeClients(directus.database, [{ id: name, spells: [spell({ start: since })], looks: new Map() }], mrr);
	await table('companies').where({ id }).update({ owner: success?.id, team });
	await writeUsage(directus.database, id, now - 35 * dayMs, 20);
	await insert(directus.database, 'interactions', [{ id: randomUUID(), subject: 'Appel', kind: 'call', direction: 'outbound', at: new Date(now - 5 * dayMs), date_created: new Date(now - 5 * dayMs), company: id }]); // prettier-ignore
	if (isBad) await spoil(id);
	else await writeUsage(directus.database, id, now, 20);
	return id;
}

async function spoil(id: string): Promise<void> {
	await writeOverdue(directus.database, id, now, 40);
	const ticket = (n: number) => ({
		id: randomUUID(),
		subject: `Panne ${n}`,
		company: id,
		status: 'in_progress',
		priority: 'urgent',
		date_created: new Date(now - 20 * dayMs),
		sla_due_at: new Date(now - 18 * dayMs),
	});
	await insert(directus.database, 'tickets', [ticket(1), ticket(2), ticket(3)]);
}

/** All is well again: the product is used, the invoice paid, the tickets closed. */
async function mend(id: string): Promise<void> {
	await writeUsage(directus.database, id, now, 20);
	await table('invoices')
		.where({ company: id })
		.update({ paid_on: dateOf(now), status: 'paid' });
	await table('tickets').where({ company: id }).delete();
}

const set = (values: Row): Promise<unknown> => table('settings').update(values) as unknown as Promise<unknown>;
const reasonsOf = async (id: string): Promise<ChurnReasons | null> => parseJson<ChurnReasons | null>((await one('companies', { id }))['churn_reasons']);

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false' });
	team = randomUUID();
	[success, manager, otherManager, commercial, direction] = await Promise.all(
		['Succès client', 'Manager', 'Manager', 'Commercial', 'Direction'].map((role) => directus.hire(role)),
	);
	await insert(directus.database, 'teams', [{ id: team, name: 'Clients', manager: manager?.id }]);
	await table('directus_users')
		.whereIn('id', [success?.id ?? '', manager?.id ?? ''])
		.update({ team });
});
afterAll(() => directus.close());
beforeEach(() => stopClock(new Date(now)));
afterEach(async () => {
	resetClock();
	await forgetClients(directus.database);
	await set({ retention_hold_out_rate: 0, retention_manager_max_cents: 200_000 });
});

describe('every night, before a model has proved itself,', () => {
	it('each client gets an index of its warning signs with reasons that sum, and the day’s record of its health has it', async () => {
		const [bad, calmed] = [await client(), await client({ isBad: false, name: 'Martin' })];
		const history = (company: string) => ({ id: randomUUID(), company, computed_on: dateOf(now), score: 50, band: 'watch' });
		await insert(directus.database, 'health_history', [history(bad), history(calmed)]);
		expect(await run('success.churn')).toMatchObject({ clients: 2, written: 2, recorded: 2, model: null });
		const reasons = await reasonsOf(bad);
		if (reasons?.state !== 'signs') throw new Error('no signs');
		expect(reasons.signs.reduce((sum, { points }) => sum + points, 0) + reasons.capped).toBe(reasons.index);
		expect(reasons.signs.map(({ signal }) => signal)).toEqual(expect.arrayContaining(['usage', 'tickets', 'payments']));
		expect(reasons.index).toBeGreaterThan(70);
		expect(await one('companies', { id: bad })).toMatchObject({ churn_risk: reasons.index, churn_probability: null, churn_risk_low: null });
		expect(Number((await one('companies', { id: calmed }))['churn_risk'])).toBeLessThan(20);
		expect(await one('health_history', { company: bad })).toMatchObject({ churn_risk: reasons.index, churn_probability: null, score: 50 });
		expect(await run('success.churn')).toMatchObject({ clients: 2, written: 0, recorded: 0 });
	});

	it('a client that gave notice has no index but the day on which it stops, and one that is gone has nothing', async () => {
		const [id] = await writeClients(directus.database, [
			{ id: 'Leroy', spells: [spell({ start: now - 500 * dayMs, gone: now - 5 * dayMs })], looks: new Map() },
		]);
		await run('success.churn');
		expect(await reasonsOf(id ?? '')).toEqual({ state: 'leaving', endsOn: isoOf(toParis(new Date(now + 25 * dayMs)).day) });
		expect(await one('companies', { id: id ?? '' })).toMatchObject({ churn_risk: null });
		stopClock(new Date(now + 60 * dayMs));
		expect(await run('success.churn')).toMatchObject({ written: 1 });
		expect(await one('companies', { id: id ?? '' })).toMatchObject({ churn_risk: null, churn_at: null, churn_reasons: null });
		expect(await run('success.churn')).toMatchObject({ written: 0 });
	});

	it('what is known of a client at a moment does not change with anything dated later', async () => {
		const id = await client({ isBad: false });
		const at = now - 100 * dayMs;
		const facts = async () => readFacts(directus.database, [{ company: id, at, spells: (await readSpells(directus.database, [id])).get(id) ?? [] }]);
		await writeUsage(directus.database, id, at, 12);
		await writeOverdue(directus.database, id, at, 10);
		const before = await facts();
		expect(before[0]).toMatchObject({ usage: 12, overdue: 1, overdueDays: 10, tickets: 0, satisfaction: null, mrr: 50_000 });
		await spoil(id);
		await writeUsage(directus.database, id, now, 7);
		const [corrected] = await rows('invoices', { company: id });
		await table('invoices').where({ company: id }).update({ status: 'cancelled_by_credit_note' });
		await insert(directus.database, 'invoices', [
			{ ...corrected, id: randomUUID(), type: 'credit_note', corrects: corrected?.['id'], issue_date: dateOf(now), due_date: null },
		]);
		await insert(directus.database, 'survey_answers', [
			{ id: randomUUID(), company: id, kind: 'nps', score: 1, asked_at: new Date(at), answered_at: new Date(at + 60_000) },
		]);
		// Written down much later: not known at its own date.
		await insert(directus.database, 'interactions', [
			{ id: randomUUID(), subject: 'x', kind: 'call', direction: 'inbound', at: new Date(at - dayMs), date_created: new Date(now), company: id },
		]);
		// Sent in a batch much later: not known at its own date.
		await insert(directus.database, 'usage_events', [{ id: randomUUID(), event_id: randomUUID(), company: id, name: 'session', quantity: 1000, at: new Date(at - 3 * dayMs), date_created: new Date(at + 60_000), actor: 'u' }]); // prettier-ignore
		await insert(
			directus.database,
			'health_history',
			[0, 2].map((days) => ({ id: randomUUID(), company: id, computed_on: dateOf(at + days * dayMs), score: 3, band: 'red' })),
		);
		await table('subscriptions')
			.where({ company: id })
			.update({ mrr_cents: 0, status: 'cancelled', cancelled_on: dateOf(now - 3 * dayMs), cancellation_reason: 'price' });
		await table('companies')
			.where({ id })
			.update({ lifecycle: 'churned', churned_on: dateOf(now) });
		expect(await facts()).toEqual(before);
	});

	it('a subscription has its history from the first day on: what it brought is known since it was written down, and no sooner', async () => {
		const [company = ''] = await writeClients(directus.database, [{ id: 'Petit', spells: [], looks: new Map() }]);
		const admin = directus.admin as Reached;
		const { id } = await call<{ id: string }>(admin, 'POST', '/items/subscriptions', { name: 'Suite', company, started_on: isoOf(toParis(new Date(now)).day - 200), mrr_cents: 80_000 }); // prettier-ignore
		const later = async (days: number, change: Row) => {
			stopClock(new Date(now + days * dayMs));
			await call(admin, 'PATCH', `/items/subscriptions/${id}`, change);
		};
		await later(10, { mrr_cents: 50_000 });
		await later(11, { mrr_cents: 50_000, note: 'Rien de neuf' });
		await later(20, { status: 'cancelled', cancelled_on: isoOf(toParis(new Date(now + 20 * dayMs)).day) });
		await later(30, { status: 'active' });
		const history = (await rows('subscription_changes', { subscription: id })).toSorted(
			(first, next) => momentOf(first['recorded_at']) - momentOf(next['recorded_at']),
		);
		expect(history.map(({ kind, mrr_before_cents, mrr_after_cents }) => [kind, mrr_before_cents, mrr_after_cents])).toEqual([
			['new', 0, 80_000],
			['contraction', 80_000, 50_000],
			['cancellation', 50_000, 50_000],
			['retention', 50_000, 50_000],
		]);
		expect(await countOf('directus_revisions', { collection: 'subscription_changes', item: String(history[0]?.['id']) })).toBe(1);
		const spells = (await readSpells(directus.database, [company])).get(company) ?? [];
		const facts = await readFacts(directus.database, [-5, 5, 15].map((days) => ({ company, at: now + days * dayMs, spells }))); // prettier-ignore
		expect(facts.map(({ mrr, contractions }) => [mrr, contractions])).toEqual([[null, 0], [80_000, 0], [50_000, 1]]); // prettier-ignore
		expect([25, 35].map((days) => runningAt(spells, now + days * dayMs).length)).toEqual([0, 1]);
	});

	it('nothing contradicts what health says: one scale of answers, one window of usage, real exchanges, milestones of running projects', async () => {
		const id = await client({ isBad: false });
		const facts = async () => {
			const spells = (await readSpells(directus.database, [id])).get(id) ?? [];
			return (await readFacts(directus.database, [{ company: id, at: now, spells }]))[0] as ClientFacts;
		};
		// Hardly used in the month before last, much in the one before that: thirty days against sixty would say otherwise.
		await table('usage_events').where({ company: id }).delete();
		await writeUsage(directus.database, id, now, 9);
		await writeUsage(directus.database, id, now - 95 * dayMs, 20);
		await writeUsage(directus.database, id, now - 200 * dayMs, 1);
		const days = daysOf(new Date(now));
		const told = measureUsage((await readHealthFacts(directus.database, { ids: [id] }, days))(id).usage, { season: 1 }).text;
		await table('usage_events')
			.where({ company: id })
			.where('at', '>', new Date(now - 6 * dayMs))
			.delete();
		const lower = measureUsage((await readHealthFacts(directus.database, { ids: [id] }, days))(id).usage, { season: 1 }).text;
		expect(told).not.toContain('en baisse');
		expect(lower).toMatch(/^Usage en baisse de \d+ % sur 30 jours$/);
		expect(signsOf(await facts(), now, shippedWeights).map(({ text }) => text)).toContain(lower);

		const answer = (kind: string, score: number, hours: number) => ({ id: randomUUID(), company: id, kind, score, asked_at: new Date(now), answered_at: new Date(now - hours * 3_600_000) }); // prettier-ignore
		const satisfied: (number | null)[] = [];
		for (const [index, [kind, score]] of (
			[
				['csat', 5],
				['ces', 7],
				['nps', 10],
				['csat', 3],
				['csat', 9],
			] as const
		).entries()) {
			await insert(directus.database, 'survey_answers', [answer(kind, score, 100 - index)]);
			satisfied.push((await facts()).satisfaction);
		}
		expect(satisfied).toEqual([100, 100, 100, 50, 100]);

		await insert(directus.database, 'interactions', [{ id: randomUUID(), subject: 'Appel', kind: 'call', direction: 'outbound', outcome: 'no_answer', at: new Date(now - dayMs), date_created: new Date(now - dayMs), company: id }]); // prettier-ignore
		expect(await facts()).toMatchObject({ contacts: 1, lastContact: now - 5 * dayMs });

		const projects = ['active', 'cancelled', 'done'].map((status) => ({ id: randomUUID(), name: status, company: id, status, done_on: status === 'done' ? dateOf(now - 2 * dayMs) : null })); // prettier-ignore
		await insert(directus.database, 'projects', projects);
		await insert(
			directus.database,
			'milestones',
			projects.map(({ id: project }) => ({ id: randomUUID(), name: 'Formation', project, status: 'todo', due_on: dateOf(now - 9 * dayMs), date_created: new Date(now - 30 * dayMs) })), // prettier-ignore
		);
		expect((await facts()).milestonesLate).toBe(1);
	});
});

describe('a client above the threshold', () => {
	it('is worked on once an episode: alert, tasks of the plan, incentive to be agreed to, check-in, each told to whom it concerns', async () => {
		// The success person is away on the 28th and has a meeting on the 29th at ten.
		await insert(directus.database, 'absences', [
			{ id: randomUUID(), user: success?.id, kind: 'holiday', starts_on: dateOf(now + 4 * dayMs), ends_on: dateOf(now + 4 * dayMs) },
		]);
		await insert(directus.database, 'planning', [{ id: randomUUID(), title: 'Comité', kind: 'internal', status: 'confirmed', owner: success?.id, starts_at: fromParis(toParis(new Date(now)).day + 5, 10 * 3_600_000), ends_at: fromParis(toParis(new Date(now)).day + 5, 11 * 3_600_000) }]); // prettier-ignore
		const id = await client({ name: 'Atelier Durand' });
		await client({ isBad: false });
		await run('success.churn');

		const insight = await one('insights', { kind: 'churn' });
		expect(insight).toMatchObject({ company: id, owner: success?.id, team, state: 'open', outcome: null, episode_ended_at: null, probability: null });
		expect(insight['episode_key']).toBe(`churn:${id}:2026-12-24`);
		expect(Number(insight['expected_value_cents'])).toBe(Math.round((600_000 * Number(insight['score'])) / 100 * 0.2)); // prettier-ignore
		expect(insight['recommended_action']).toContain('Appeler Atelier Durand');
		expect(await one('alerts', { kind: 'churn_risk' })).toMatchObject({ company: id, assignee: success?.id, severity: 'critical', value_cents: 600_000 });
		const tasks = await rows('tasks', { origin: 'success.retention' });
		expect(tasks).toHaveLength(4);
		expect(tasks.map(({ title }) => title)).toContain('Appeler Atelier Durand pour comprendre ce qui ne va pas');
		for (const task of tasks) expect(isWorkingDayNumber(toParis(dateOrNull(task['due_at']) ?? new Date(0)).day, calendar)).toBe(true);
		expect(Number(insight['minutes'])).toBe(30 + 20 + 45 + 20 + 30);

		expect(await one('validation', { kind: 'incentive' })).toMatchObject({
			status: 'pending',
			requester: success?.id,
			approver: manager?.id,
			amount_cents: 15_000,
			discount_rate: 1000,
			company: id,
		});
		const checkIn = await one('planning', { kind: 'check_in' });
		const from = dateOrNull(checkIn['starts_at']) ?? new Date(0);
		// Christmas, the week-end, then the absence; on the 29th ten o'clock is taken until eleven.
		expect([isoOf(toParis(from).day), toParis(from).time / 3_600_000]).toEqual(['2026-12-29', 11]);
		expect(checkIn).toMatchObject({ owner: success?.id, status: 'tentative', company: id });
		const subjects = (await rows('directus_notifications')).map(({ recipient, subject }) => [recipient, String(subject).slice(0, 16)]);
		expect(subjects.toSorted()).toEqual([[success?.id, 'Risque de départ'], [manager?.id, 'À décider : Gest']].toSorted()); // prettier-ignore
		expect(await countOf('directus_revisions', { collection: 'validation' }), 'a trail').toBeGreaterThan(0);

		const all = ['insights', 'alerts', 'tasks', 'validation', 'planning', 'directus_notifications'];
		const before = await Promise.all(all.map((name) => rows(name)));
		await run('success.churn');
		await run('success.retain');
		expect(await Promise.all(all.map((name) => rows(name)))).toEqual(before);
	});

	it('fifty runs at once open the episode once', async () => {
		await client();
		await predictChurn(directus.database);
		const host = await hostOf(directus);
		const ids = await enqueue(directus.database, Array.from({ length: 50 }, (_, index) => ({ kind: 'success.retain', key: `success.retain:burst:${randomUUID()}:${index}` }))); // prettier-ignore
		const parts = Array.from({ length: 5 }, (_, part) => ids.slice(part * 10, part * 10 + 10));
		for (const ended of await Promise.all(parts.map((part) => runJobs(host, { ids: part })))) expect(tallyOf(ended).reasons).toEqual([]);
		const counts = await Promise.all([countOf('insights', { kind: 'churn' }), countOf('alerts', { kind: 'churn_risk' }), countOf('tasks', { origin: 'success.retention' }), countOf('validation'), countOf('planning'), countOf('directus_notifications')]); // prettier-ignore
		expect(counts).toEqual([1, 1, 4, 1, 1, 2]);
	});

	it('a crash half-way leaves nothing, and the replay does all of it', async () => {
		await client();
		await predictChurn(directus.database);
		const settings = await readRetention(directus.database);
		await expect(
			directus.database.transaction(async (trx) => {
				await openEpisodes(trx, settings);
				throw new Error('killed');
			}),
		).rejects.toThrow('killed');
		expect([
			await countOf('insights', { kind: 'churn' }),
			await countOf('tasks'),
			await countOf('validation'),
			await countOf('directus_notifications'),
		]).toEqual([0, 0, 0, 0]);
		await run('success.retain');
		expect([await countOf('insights', { kind: 'churn' }), await countOf('tasks'), await countOf('validation'), await countOf('planning')]).toEqual([
			1, 4, 1, 1,
		]);
	});

	it('a prediction that was cut off is finished by the next, which writes only what is left', async () => {
		await client();
		const controller = new AbortController();
		controller.abort();
		await expect(predictChurn(directus.database, { signal: controller.signal })).rejects.toThrow();
		expect(await predictChurn(directus.database)).toMatchObject({ written: 1 });
	});

	it('the episode lasts until the index is below the lower threshold, and a new one begins only above the upper', async () => {
		const id = await client();
		await run('success.churn');
		const risk = (churn_risk: number) => table('companies').where({ id }).update({ churn_risk });
		await risk(60);
		await run('success.retain');
		expect(await one('insights', { kind: 'churn' })).toMatchObject({ state: 'open', episode_ended_at: null });
		await mend(id);
		stopClock(new Date(now + 2 * dayMs));
		await run('success.churn');
		const ended = await one('insights', { kind: 'churn' });
		expect(ended).toMatchObject({ state: 'closed', outcome: null });
		expect(ended['episode_ended_at']).not.toBeNull();
		expect(await one('alerts', { kind: 'churn_risk' })).toMatchObject({ state: 'done', outcome: 'L’indice de risque est repassé sous 50.' });
		expect(await one('validation', { kind: 'incentive' })).toMatchObject({ status: 'cancelled' });
		await risk(65);
		await run('success.retain');
		expect(await countOf('insights', { kind: 'churn' })).toBe(1);
		await risk(90);
		await run('success.retain');
		expect((await rows('insights', { kind: 'churn' })).map(({ episode_key }) => episode_key).toSorted()).toEqual([
			`churn:${id}:2026-12-24`,
			`churn:${id}:2026-12-26`,
		]);
		expect(await countOf('tasks', { origin: 'success.retention' })).toBe(8);
	});

	it('ended, it takes back what nobody has begun and leaves what people have made their own', async () => {
		const id = await client();
		await run('success.churn');
		const [first, second, ...others] = await rows('tasks', { origin: 'success.retention' });
		const change = (task: typeof first, values: Row) => call(success?.client as Reached, 'PATCH', `/items/tasks/${String(task?.['id'])}`, values);
		await change(first, { status: 'in_progress' });
		await change(second, { title: 'Voir avec le directeur' });
		await table('companies').where({ id }).update({ churn_risk: null });
		await run('success.retain');
		const statusOf = async (task: typeof first) => (await one('tasks', { id: String(task?.['id']) }))['status'];
		expect(await Promise.all([first, second, ...others].map(statusOf))).toEqual(['in_progress', 'todo', 'cancelled', 'cancelled']);
		expect(await one('planning', { kind: 'check_in' })).toMatchObject({ status: 'cancelled' });
		expect(await countOf('directus_revisions', { collection: 'planning' })).toBeGreaterThan(1);
	});

	it('an archived client opens none, and ends the one it is in', async () => {
		const id = await client();
		await predictChurn(directus.database);
		await table('companies').where({ id }).update({ archived: true });
		expect(await run('success.retain')).toMatchObject({ episodes: 0 });
		await table('companies').where({ id }).update({ archived: false });
		expect(await run('success.retain')).toMatchObject({ episodes: 1 });
		await table('companies').where({ id }).update({ archived: true });
		expect(await run('success.retain')).toMatchObject({ calmed: 1 });
	});

	it('whose owner has left or who has none, the team’s manager takes over, and without a manager Direction', async () => {
		const [left, none] = [await client({ name: 'Parti' }), await client({ name: 'Personne' })];
		await table('companies').where({ id: left }).update({ owner: otherManager?.id });
		await table('directus_users').where({ id: otherManager?.id }).update({ status: 'suspended' });
		await table('companies').where({ id: none }).update({ owner: null, team: null });
		await run('success.churn');
		await table('directus_users').where({ id: otherManager?.id }).update({ status: 'active' });
		expect(await one('alerts', { company: left })).toMatchObject({ assignee: manager?.id });
		expect(await countOf('tasks', { company: left, assignee: manager?.id ?? '' })).toBe(4);
		expect(await one('validation', { company: left }), 'never of one’s own').toMatchObject({ requester: manager?.id, approver: direction?.id });
		expect(await one('alerts', { company: none })).toMatchObject({ assignee: direction?.id });
		expect(await one('validation', { company: none })).toMatchObject({ requester: direction?.id, rule: expect.stringContaining('l’administrateur décide') });
		const heard = (await rows('directus_notifications')).map(({ recipient }) => recipient);
		expect(heard).toEqual(expect.arrayContaining([manager?.id, direction?.id]));
	});

	it('a plan that is no plan is refused at the door, and one that is stored all the same stops nobody', async () => {
		const { retention_plan: shipped } = await one('settings', {});
		const save = (retention_plan: unknown) => ask(directus.admin as Reached, 'PATCH', '/items/settings', { retention_plan } as Row);
		for (const plan of [{ a: 1 }, [null], [{ title: '' }], [{ title: 'x', delay: -1 }], [{ title: 'x', kind: 'foo' }], 'x'])
			expect(await save(plan), `plan ${JSON.stringify(plan)}`).toMatchObject({ status: 400, errors: [{ extensions: { field: 'retention_plan' } }] });
		expect((await save([{ title: 'Appeler {client}', kind: 'call', priority: 'urgent', delay: 1, minutes: 30 }])).status).toBe(200);
		await client();
		await set({ retention_plan: JSON.stringify([null, 3, { title: 5 }, { title: 'Écrire à {client}', delay: 'x' }]) });
		await run('success.churn');
		await set({ retention_plan: typeof shipped === 'string' ? shipped : JSON.stringify(shipped) });
		expect((await rows('tasks')).map(({ title }) => title)).toEqual(['Écrire à Durand']);
	});

	it('is known to those who look after clients, and to nobody else', async () => {
		const id = await client();
		await predictChurn(directus.database);
		const risk = (person: Person | undefined) => ask(person?.client as Reached, 'GET', `/items/companies/${id}?fields=churn_risk,churn_reasons`);
		for (const role of ['Finance', 'Opérations']) expect((await risk(await directus.hire(role))).status, `for ${role}`).toBe(403);
		for (const person of [direction, manager, commercial, success]) expect((await risk(person)).status).toBe(200);
	});

	it('held out, it is recorded and nobody works on it or sees it, but Direction', async () => {
		await set({ retention_hold_out_rate: 10_000 });
		const id = await client();
		expect(await run('success.churn')).toMatchObject({ clients: 1 });
		expect(await one('insights', { kind: 'churn' })).toMatchObject({ company: id, state: 'closed', owner: null, team: null });
		expect(Boolean((await one('insights', { kind: 'churn' }))['hold_out'])).toBe(true);
		expect([
			await countOf('alerts'),
			await countOf('tasks'),
			await countOf('validation'),
			await countOf('planning'),
			await countOf('directus_notifications'),
		]).toEqual([0, 0, 0, 0, 0]);
		for (const person of [success, manager, commercial]) expect(await call<Row[]>(person?.client as Reached, 'GET', '/items/insights')).toEqual([]);
		expect(await call<Row[]>(direction?.client as Reached, 'GET', '/items/insights')).toHaveLength(1);
		await run('success.retain');
		expect(await countOf('insights')).toBe(1);
	});
});

describe('an incentive', () => {
	const decide = (person: Person | undefined, id: unknown, change: Row) => ask(person?.client as Reached, 'PATCH', `/items/validation/${String(id)}`, change);

	async function asked(mrr = 50_000): Promise<Record<string, unknown>> {
		await client({ mrr });
		await run('success.churn');
		await table('directus_notifications').delete();
		return one('validation', { kind: 'incentive' });
	}

	it('is agreed to by the manager it was sent to: one task to make the offer, and whoever asked is told', async () => {
		const { id } = await asked();
		for (const person of [success, otherManager, commercial]) expect((await decide(person, id, { status: 'approved' })).status).toBe(403);
		expect((await decide(manager, id, { status: 'approved', comment: 'Client fidèle.' })).status).toBe(200);
		expect(await one('validation', { id: String(id) })).toMatchObject({ status: 'approved', decided_by: manager?.id });
		const [task, ...more] = await rows('tasks', { origin: 'success.incentive' });
		expect(more).toEqual([]);
		expect(task).toMatchObject({ assignee: success?.id, priority: 'urgent', title: 'Proposer le geste commercial accordé – Durand' });
		expect((await rows('directus_notifications')).map(({ recipient, subject }) => [recipient, subject])).toEqual([
			[success?.id, 'Accordé : Geste commercial : Durand'],
		]);
		for (const person of [manager, direction]) expect((await decide(person, id, { status: 'approved' })).status).toBe(403);
		expect(await ask(directus.admin as Reached, 'PATCH', `/items/validation/${String(id)}`, { status: 'rejected', comment: 'Non' })).toMatchObject({
			status: 409,
			errors: [{ message: 'Cette demande est déjà décidée.' }],
		});
		expect(await countOf('tasks', { origin: 'success.incentive' })).toBe(1);
	});

	it('decided by two at once is decided once', async () => {
		const { id } = await asked();
		const answers = await Promise.all([decide(manager, id, { status: 'approved' }), decide(direction, id, { status: 'rejected', comment: 'Trop cher.' })]);
		expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
		const { status } = await one('validation', { id: String(id) });
		expect(await countOf('tasks', { origin: 'success.incentive' })).toBe(status === 'approved' ? 1 : 0);
		expect(await countOf('directus_notifications')).toBe(1);
	});

	it('refused needs a reason, which whoever asked reads', async () => {
		const { id } = await asked();
		expect(await decide(manager, id, { status: 'rejected' })).toMatchObject({ status: 400, errors: [{ message: expect.stringContaining('Dites pourquoi') }] });
		expect(await one('validation', { id: String(id) })).toMatchObject({ status: 'pending', decided_at: null });
		expect((await decide(manager, id, { status: 'rejected', comment: 'Marge trop faible.' })).status).toBe(200);
		expect(await rows('directus_notifications')).toMatchObject([
			{ recipient: success?.id, subject: 'Refusé : Geste commercial : Durand', message: 'Marge trop faible.' },
		]);
		expect(await countOf('tasks', { origin: 'success.incentive' })).toBe(0);
	});

	it('above the manager’s limit goes to Direction, and a manager who is named cannot decide on it', async () => {
		const { id, approver } = await asked(1_000_000);
		expect(approver).toBe(direction?.id);
		await table('validation')
			.where({ id: String(id) })
			.update({ approver: manager?.id });
		expect(await decide(manager, id, { status: 'approved' })).toMatchObject({
			status: 403,
			errors: [{ message: expect.stringContaining('la direction décide') }],
		});
		expect((await decide(direction, id, { status: 'approved' })).status).toBe(200);
		expect(await countOf('tasks', { origin: 'success.incentive' })).toBe(1);
	});

	it('asked for by hand goes to the team’s manager, never to whoever asks', async () => {
		const own = await call<{ id: string }>(success?.client as Reached, 'POST', '/items/validation', {
			title: 'Geste commercial : Petit',
			kind: 'incentive',
			amount_cents: 30_000,
		});
		expect(await one('validation', { id: own.id })).toMatchObject({ approver: manager?.id, requester: success?.id, status: 'pending' });
		await table('validation').where({ id: own.id }).update({ approver: success?.id });
		expect(await decide(success, own.id, { status: 'approved' })).toMatchObject({
			status: 403,
			errors: [{ message: 'Personne ne décide de sa propre demande.' }],
		});
	});

	it('that nobody decided in time lapses, both sides are told once, and it is too late', async () => {
		const { id } = await asked();
		expect(await decide(manager, id, { status: 'expired' })).toMatchObject({
			status: 403,
			errors: [{ message: expect.stringContaining('expire d’elle-même') }],
		});
		stopClock(new Date(now + 10 * dayMs));
		expect(await decide(manager, id, { status: 'approved' })).toMatchObject({
			status: 409,
			errors: [{ message: expect.stringContaining('Le délai de décision est passé depuis le') }],
		});
		expect(await run('success.retain')).toMatchObject({ expired: 1 });
		expect(await one('validation', { id: String(id) })).toMatchObject({ status: 'expired', decided_at: null });
		expect((await rows('directus_notifications')).map(({ recipient }) => recipient).toSorted()).toEqual([success?.id, manager?.id].toSorted());
		expect(await run('success.retain')).toMatchObject({ expired: 0 });
		expect((await decide(manager, id, { status: 'approved' })).status).toBe(403);
	});
});

describe('what came of an episode', () => {
	it('is lost when a subscription is given up, saved when the horizon is over without, and a person’s word stays', async () => {
		const [lost, saved, said] = [await client({ name: 'Perdu' }), await client({ name: 'Sauvé' }), await client({ name: 'Dit' })];
		await run('success.churn');
		const outcomeOf = async (company: string) => (await one('insights', { company, kind: 'churn' }))['outcome'];
		const own = await one('insights', { company: said, kind: 'churn' });
		expect((await ask(success?.client as Reached, 'PATCH', `/items/insights/${String(own['id'])}`, { outcome: 'no_effect' })).status).toBe(200);
		expect((await one('insights', { company: said, kind: 'churn' }))['outcome_at']).not.toBeNull();
		await table('subscriptions')
			.where({ company: lost })
			.update({ status: 'cancelled', cancelled_on: dateOf(now + 10 * dayMs) });
		stopClock(new Date(now + 12 * dayMs));
		expect(await run('success.retain')).toMatchObject({ lost: 1, saved: 0 });
		expect(await one('insights', { company: lost, kind: 'churn' })).toMatchObject({ outcome: 'lost', outcome_cents: 0, state: 'closed' });
		expect([await outcomeOf(saved), await outcomeOf(said)]).toEqual([null, 'no_effect']);
		stopClock(new Date(now + 91 * dayMs));
		expect(await run('success.retain'), 'measured where a person spoke, too').toMatchObject({ lost: 0, saved: 2 });
		expect(await one('insights', { company: saved, kind: 'churn' })).toMatchObject({ outcome: 'saved', outcome_cents: 600_000 });
		expect(await one('insights', { company: said, kind: 'churn' })).toMatchObject({ outcome: 'no_effect', measured_outcome: 'saved' });
		expect(await run('success.retain')).toMatchObject({ lost: 0, saved: 0 });
	});

	it('is lost when the client gives notice on the very day the episode opens', async () => {
		const id = await client();
		await run('success.churn');
		await table('subscriptions')
			.where({ company: id })
			.update({ status: 'cancelled', cancelled_on: dateOf(now), ends_on: dateOf(now + 30 * dayMs) });
		await table('subscription_changes').where({ company: id }).delete();
		stopClock(new Date(now + dayMs));
		expect(await run('success.retain')).toMatchObject({ lost: 1, saved: 0 });
		expect(await one('insights', { company: id, kind: 'churn' })).toMatchObject({ outcome: 'lost', measured_outcome: 'lost', state: 'closed' });
	});

	it('said by hand ends the episode, and no new one contradicts it', async () => {
		const id = await client();
		await run('success.churn');
		const { id: insight } = await one('insights', { kind: 'churn' });
		expect((await ask(success?.client as Reached, 'PATCH', `/items/insights/${String(insight)}`, { outcome: 'lost' })).status).toBe(200);
		expect(await run('success.retain')).toMatchObject({ calmed: 1, episodes: 0 });
		expect((await one('insights', { kind: 'churn' }))['episode_ended_at']).not.toBeNull();
		expect(await one('alerts', { kind: 'churn_risk' })).toMatchObject({ state: 'done' });
		expect(await one('validation', { kind: 'incentive' })).toMatchObject({ status: 'cancelled' });
		stopClock(new Date(now + dayMs));
		expect(await run('success.churn')).toBeDefined();
		expect(await countOf('insights', { company: id, kind: 'churn' })).toBe(1);
	});

	it('said or measured, an episode ends when there is no index any more, and the client may be in danger again later', async () => {
		const id = await client();
		await run('success.churn');
		await table('insights')
			.where({ company: id })
			.update({ outcome: 'saved', measured_outcome: 'saved', outcome_at: new Date(now) });
		await table('companies').where({ id }).update({ churn_risk: null });
		expect(await run('success.retain')).toMatchObject({ calmed: 1 });
		await table('companies').where({ id }).update({ churn_risk: 95 });
		stopClock(new Date(now + dayMs));
		expect(await run('success.retain')).toMatchObject({ episodes: 1 });
	});

	it('is compared with what was held out only where both are enough, for who may see it', async () => {
		const [company] = await writeClients(directus.database, [{ id: 'Tous', spells: [], looks: new Map() }]);
		const episodes = (n: number, saved: number, hold_out: boolean) =>
			Array.from({ length: n }, (_, index) => ({ id: randomUUID(), title: 'x', kind: 'churn', state: 'closed', company, hold_out, computed_at: new Date(now), episode_key: `${hold_out}${n}${index}`, outcome: 'no_effect', measured_outcome: index < saved ? 'saved' : 'lost' })); // prettier-ignore
		await insert(directus.database, 'insights', [...episodes(70, 56, false), ...episodes(10, 6, true)]);
		type Effect = { treated: object; control: object; uplift: object | null };
		const effect = (person: Person | undefined) => call<Effect>(person?.client as Reached, 'GET', '/orchestre/retention/effect');
		expect(await effect(direction)).toMatchObject({ treated: { n: 70, saved: 56 }, control: { n: 10, saved: 6 }, uplift: null });
		await table('insights').where({ hold_out: true }).delete();
		await insert(directus.database, 'insights', episodes(80, 48, true));
		expect(await effect(manager)).toMatchObject({
			uplift: { difference: expect.closeTo(0.2, 6), low: expect.closeTo(0.0524, 4), high: expect.closeTo(0.3339, 4) },
		});
		for (const person of [commercial]) expect((await ask(person?.client as Reached, 'GET', '/orchestre/retention/effect')).status).toBe(403);
	});
});

describe('with a history of departures', () => {
	/** Usage is 8 a month or 1; who uses it little leaves more often. Ends today. */
	const history = (strength: number, base = -2.2) =>
		madeUpClients(330, strength, { base, until: start + 900 * dayMs }).map((made) => {
			const shift = now - (start + 900 * dayMs);
			const spells = made.spells.map((own) => ({ ...own, start: own.start + shift, gone: own.gone === null ? null : own.gone + shift }));
			return {
				...made,
				spells,
				looks: new Map([...made.looks].map(([at, look]) => [at + shift, { ...look, facts: { ...look.facts, usage: look.facts.usage < 10 ? 1 : 8 } }])),
			};
		});

	it('the model goes live, the index follows its probability, the reasons sum, and a second run writes nothing', async () => {
		await writeClients(directus.database, history(6));
		const used = await client({ isBad: false });
		await run('predictions.train');
		const model = await one('models', { target: 'churn' });
		expect(model['verdict']).toContain('Modèle accepté');
		expect(model).toMatchObject({ status: 'champion', name: 'Départ des clients', version: 1 });
		const told = (await table('companies').whereNotNull('churn_probability')) as Record<string, number | string | null>[];
		expect(told.length).toBeGreaterThan(30);
		for (const row of told) {
			const reasons = parseJson<ChurnReasons>(row['churn_reasons']);
			if (reasons.state !== 'model') throw new Error('no model’s word');
			const { prediction } = reasons;
			expect(row).toMatchObject({
				churn_risk: indexOf(prediction.probability / 10_000, 90),
				churn_probability: prediction.probability,
				churn_risk_low: prediction.low,
				churn_model_version: 'v1',
			});
			const effects = [...prediction.favourable, ...prediction.adverse];
			expect(prediction.base + effects.reduce((sum, { effect }) => sum + effect, 0) + prediction.rest).toBe(prediction.probability);
		}
		const sorted = told.toSorted((a, b) => Number(a['churn_probability']) - Number(b['churn_probability']));
		expect(sorted.every((row, index) => index === 0 || Number(row['churn_risk']) >= Number(sorted[index - 1]?.['churn_risk']))).toBe(true);
		expect(Number((await one('companies', { id: used }))['churn_risk'])).toBeLessThan(Number(sorted.at(-1)?.['churn_risk']));
		expect(await run('success.churn')).toMatchObject({ written: 0, model: 'v1' });

		// A model of other facts is refused by name, and the index goes back to the signs.
		await table('models').where({ target: 'churn' }).update({ schema_hash: 'another' });
		await run('success.churn');
		expect(await one('companies', { id: used })).toMatchObject({ churn_probability: null });
		expect(await reasonsOf(used)).toMatchObject({
			state: 'signs',
			why: expect.stringContaining('Modèle v1 refusé'),
			rate: { sentence: expect.stringMatching(/départs?, \d+ clients restés, soit \d+ à \d+ %$/) },
		});
	});

	it('of which nothing depends on anything, the model is refused and says why', async () => {
		await writeClients(directus.database, history(0, -1.5));
		await run('predictions.train');
		expect(await one('models', { target: 'churn' })).toMatchObject({ status: 'refused', artifact: null });
		expect(String((await one('models', { target: 'churn' }))['verdict'])).toMatch(/^Modèle refusé\. /);
		expect(await table('companies').whereNotNull('churn_probability')).toEqual([]);
	});
});
