import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { advanceClock, now, resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { nightlyActions } from '../../extensions/orchestre/src/actions/nightly.ts';
import { enqueue, runDueJobs } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { call, type Row } from '../../scripts/support/client.ts';
import { ask, faultyFields } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';
import { newCompany, newDeal, stages } from '../pipeline/support.ts';
import { answer, day, prepare, touch, type Action, type Day } from './support.ts';

const hour = 3_600_000;
const dayMs = 24 * hour;
/** A Tuesday, half past five in Paris. */
const morning = '2026-03-03T04:30:00Z';

type Person = { id: string; client: Awaited<ReturnType<TestDirectus['as']>> };

let directus: TestDirectus;
let company: string;
let team: string;
let lea: Person;
let tom: Person;
let manager: Person;
let stranger: Person;
let finance: Person;

beforeAll(async () => {
	stopClock('2026-03-02T09:00:00Z');
	directus = await startDirectus();
	const { admin } = directus;
	team = (await call<{ id: string }>(admin, 'POST', '/items/teams', { name: 'Nord', kind: 'sales' })).id;
	const other = (await call<{ id: string }>(admin, 'POST', '/items/teams', { name: 'Sud', kind: 'sales' })).id;
	lea = await directus.hire('Commercial', { first_name: 'Léa', last_name: 'Martin', team });
	tom = await directus.hire('Commercial', { first_name: 'Tom', last_name: 'Petit', team });
	manager = await directus.hire('Manager', { first_name: 'Paul', last_name: 'Roche', team });
	stranger = await directus.hire('Manager', { last_name: 'Ailleurs', team: other });
	finance = await directus.hire('Finance', { first_name: 'Nadia', last_name: 'Compta' });
	company = await newCompany(admin, { owner: lea.id, team });
	// Asks a quarter of an hour after each new deal, in the background.
	await call(admin, 'PATCH', '/flows/6f000000-0000-4000-8000-000000000015', { status: 'inactive' });
});
beforeEach(() => stopClock(morning));
afterEach(async () => {
	resetClock();
	// Each test begins with nothing to do.
	for (const table of ['insights', 'tasks', 'interactions', 'alerts', 'planning', 'validation', 'invoices', 'absences', 'opportunities', 'leads']) await directus.database(table).del();
}); // prettier-ignore
afterAll(() => directus.close());

const item = async (collection: string, row: Row): Promise<string> => (await call<{ id: string }>(directus.admin, 'POST', `/items/${collection}`, row)).id;
const deal = (over: Row = {}): Promise<string> =>
	item('opportunities', newDeal(company, { owner: lea.id, team, close_date: '2026-09-01', next_step: null, ...over }));
const lead = (over: Row = {}): Promise<string> =>
	item('leads', { first_name: 'Ana', last_name: 'Roux', email: `${randomUUID()}@roux.example`, company_name: `Roux ${randomUUID()}`, owner: lea.id, ...over });
const listOf = async (person: Person, user?: string): Promise<Day> => {
	const { data, status } = await day(person.client, user);
	expect(status).toBe(200);
	return data as Day;
};
const mine = async (person = lea): Promise<Action[]> => (await listOf(person)).actions;
const rows = (): Promise<Row[]> => directus.database('insights').orderBy('id');
const everything = (): Promise<unknown> =>
	Promise.all(['insights', 'tasks', 'interactions', 'directus_revisions'].map((table) => directus.database(table).orderBy('id')));

describe('every morning (flow 75-1)', () => {
	test('a person’s list has what is worth most a minute first, each with its reason, value, minutes and where the estimate comes from', async () => {
		const [small, large] = [await deal({ amount_cents: 100_000 }), await deal({ amount_cents: 9_000_000 })];
		const due = await item('tasks', { title: 'Envoyer le plan', assignee: lea.id, due_at: '2026-03-03T10:00:00Z' });
		const fresh = await lead();
		await prepare(directus);
		const list = await mine();
		expect(list.map(({ priority }) => priority)).toEqual(list.map(({ priority }) => priority).toSorted((a, b) => b - a));
		expect(list.map((one) => one.opportunity?.id ?? one.lead?.id ?? one.task?.id)).toEqual(expect.arrayContaining([small, large, due, fresh]));
		const first = list.find((one) => one.opportunity?.id === large) as Action;
		expect(first).toMatchObject({ topic: 'deal.plan', state: 'open', minutes: 15 });
		expect(first.reasons.gain.origin).toBe('start');
		expect(first.reasons.lines.reduce((sum, { cents }) => sum + cents, 0)).toBe(first.expected_value_cents);
		expect(first.reasons.range.low).toBeLessThan(first.expected_value_cents);
		expect(first.expected_value_cents).toBe(Math.round(9_000_000 * 0.1 * 0.05));
		expect(list.find((one) => one.lead?.id === fresh)).toMatchObject({ topic: 'lead.first_contact', title: 'Appeler Ana Roux' });
		expect(list.find((one) => one.task?.id === due)?.title).toBe('Envoyer le plan');
	});

	test('says of a record what the record’s own form says', async () => {
		const ids = {
			opportunities: [await deal(), await deal({ next_step_at: '2026-03-02T15:00:00Z', next_step: 'Démo' }), await deal({ close_date: '2026-03-05', next_step_at: '2026-03-20T09:00:00Z' })],
			leads: [await lead(), await lead()],
		}; // prettier-ignore
		await item('interactions', {
			kind: 'email',
			direction: 'inbound',
			subject: 'Question',
			at: '2026-03-02T08:00:00Z',
			opportunity: ids.opportunities[2] as string,
			owner: lea.id,
			team,
		});
		await item('tasks', { title: 'Relancer', lead: ids.leads[1] as string, assignee: lea.id, due_at: '2026-03-01T10:00:00Z' });
		advanceClock(5 * hour);
		await prepare(directus);
		const list = await mine();
		let compared = 0;
		for (const [collection, some] of Object.entries(ids))
			for (const id of some) {
				const { data } = await ask<{ kind: string; about: { id: string } | null }>(lea.client as never, 'GET', `/orchestre/next-action/${collection}/${id}`);
				const own = list.find((one) => (collection === 'leads' ? one.lead?.id : one.opportunity?.id) === id);
				expect(own?.reasons.next?.kind ?? 'none').toBe(data?.kind);
				expect(own?.reasons.next?.about?.id ?? null).toBe(data?.about?.id ?? null);
				compared++;
			}
		expect(compared).toBe(5);
	});

	test('a second run writes nothing at all, a minute later neither', async () => {
		await deal();
		await deal({ amount_cents: 500_000 });
		await lead();
		expect(await prepare(directus)).toMatchObject({ shown: 3, written: 3 });
		const before = await everything();
		expect(await prepare(directus)).toMatchObject({ shown: 3, written: 0, ended: 0 });
		advanceClock(60_000);
		expect(await prepare(directus)).toMatchObject({ written: 0, ended: 0 });
		expect(await everything()).toEqual(before);
	});

	test('a run that was cut off is done by the next one, once', async () => {
		await deal();
		await expect(nightlyActions(directus.database, { signal: AbortSignal.abort() })).rejects.toThrow();
		expect(await rows()).toEqual([]);
		const [id = ''] = await enqueue(directus.database, [{ kind: 'actions.prepare', key: `actions.prepare:crash:${randomUUID()}` }]);
		// The process that had taken the job died: its lease runs out, and another takes it again.
		await directus
			.database('jobs')
			.where({ id })
			.update({ state: 'running', leased_by: 'dead', leased_until: new Date(now().getTime() - 1000), attempts: 1 });
		const { sweep } = await import('../../extensions/orchestre/src/platform/jobs/index.ts');
		await sweep(directus.database);
		advanceClock(3 * hour);
		await runDueJobs(await hostOf(directus));
		expect((await directus.database('jobs').where({ id }).first('state')) as unknown).toEqual({ state: 'done' });
		expect(await rows()).toHaveLength(1);
	});

	test('holds eight things at most, fewer when the settings say so, and nobody’s who is away', async () => {
		for (let n = 0; n < 12; n++) await deal({ amount_cents: 100_000 + n });
		await deal({ owner: tom.id });
		await item('absences', { user: tom.id, kind: 'vacation', starts_on: '2026-03-02', ends_on: '2026-03-06' });
		await prepare(directus);
		expect(await mine()).toHaveLength(8);
		expect((await listOf(tom)).isAway).toBe(true);
		expect(await mine(tom)).toEqual([]);
		await call(directus.admin, 'PATCH', '/items/settings', { actions_per_day: 3 });
		await prepare(directus);
		expect(await mine()).toHaveLength(3);
		await call(directus.admin, 'PATCH', '/items/settings', { actions_per_day: 8, actions_minutes: 31 });
		await prepare(directus);
		expect(await mine()).toHaveLength(2);
		await call(directus.admin, 'PATCH', '/items/settings', { actions_minutes: 180 });
	});

	test('on a Sunday it is Monday’s list; tasks of Monday are on it', async () => {
		stopClock('2026-03-08T10:00:00Z');
		await item('tasks', { title: 'Pour lundi', assignee: lea.id, due_at: '2026-03-09T10:00:00Z' });
		await prepare(directus);
		const list = await listOf(lea);
		expect(list).toMatchObject({ day: '2026-03-09', isToday: false });
		expect(list.actions.map(({ title }) => title)).toEqual(['Pour lundi']);
	});

	test('an overdue invoice is for whoever looks after the client and for Finance; done by one, it leaves the other’s list', async () => {
		const invoice = randomUUID();
		await directus.database('invoices').insert({ id: invoice, number: 'FAC-1', status: 'sent', direction: 'sale', type: 'invoice', company, currency: 'EUR', due_date: new Date('2026-02-01T00:00:00'), issue_date: new Date('2026-01-01T00:00:00'), gross_cents: 120_000, remaining_cents: 120_000, net_cents: 100_000, vat_cents: 20_000, paid_cents: 0 }); // prettier-ignore
		await prepare(directus);
		const [own] = await mine();
		const [theirs] = await mine(finance);
		expect(own).toMatchObject({ topic: 'invoice.overdue', invoice: { id: invoice } });
		expect(theirs?.invoice?.id).toBe(invoice);
		expect((await answer(finance.client, theirs?.id ?? '', { state: 'done', exchange: { kind: 'call', outcome: 'reached' } })).status).toBe(200);
		expect(await mine()).toEqual([]);
	});

	test('takes in what other rooms found, whatever its kind, and gives it the answer that its action got', async () => {
		const basis = randomUUID();
		await directus.database('insights').insert({ id: basis, kind: 'upsell', state: 'open', title: 'Proposer le module Stocks', recommended_action: 'Montrez le module.', owner: lea.id, team, company, expected_value_cents: 300_000, minutes: 20, action_kind: 'call', computed_at: now(), episode_key: `upsell:${company}` }); // prettier-ignore
		await prepare(directus);
		const [own] = await mine();
		expect(own).toMatchObject({ topic: 'insight.upsell', title: 'Proposer le module Stocks', expected_value_cents: 300_000, minutes: 20, priority: 15_000 });
		expect((await answer(lea.client, own?.id ?? '', { state: 'refused', reason: 'not_worth' })).status).toBe(200);
		expect(await directus.database('insights').where({ id: basis }).first('state', 'refusal_reason', 'decided_by')).toEqual({ state: 'refused', refusal_reason: 'not_worth', decided_by: lea.id }); // prettier-ignore
		await prepare(directus);
		expect(await mine()).toEqual([]);
	});

	test('a share that is held out is recorded and shown to nobody', async () => {
		for (let n = 0; n < 40; n++) await deal({ amount_cents: 100_000 + n });
		await call(directus.admin, 'PATCH', '/items/settings', { actions_hold_out: 5000 });
		const first = await prepare(directus);
		expect(first['held']).toBeGreaterThan(8);
		const held = await directus.database('insights').where({ hold_out: true });
		expect(held).toHaveLength(first['held'] ?? 0);
		expect(held.every(({ state }: Row) => state === 'closed')).toBe(true);
		const shown = new Set((await mine()).map(({ id }) => id));
		expect(held.some(({ id }: Row) => shown.has(String(id)))).toBe(false);
		expect(await prepare(directus)).toMatchObject({ written: 0 });
		await call(directus.admin, 'PATCH', '/items/settings', { actions_hold_out: 0 });
	});
});

describe('an answer', () => {
	test('“done” logs the exchange with the lead, closes the task, and says who and when', async () => {
		const id = await lead();
		const task = await item('tasks', { title: 'Préparer', assignee: lea.id, due_at: '2026-03-03T08:00:00Z' });
		await prepare(directus);
		const list = await mine();
		advanceClock(4 * hour);
		const call1 = list.find((one) => one.lead?.id === id) as Action;
		expect((await answer(lea.client, call1.id, { state: 'done', exchange: { kind: 'call', outcome: 'reached', note: 'Veut une démo.' } })).status).toBe(200);
		expect(await directus.database('interactions').where({ lead: id }).first('kind', 'direction', 'outcome', 'summary', 'owner')).toEqual({ kind: 'call', direction: 'outbound', outcome: 'reached', summary: 'Veut une démo.', owner: lea.id }); // prettier-ignore
		expect((await call<Row>(directus.admin, 'GET', `/items/leads/${id}`))['first_contact_at']).toBe('2026-03-03T08:30:00.000Z');
		const todo = list.find((one) => one.task?.id === task) as Action;
		expect((await answer(lea.client, todo.id, { state: 'done' })).status).toBe(200);
		expect(await directus.database('tasks').where({ id: task }).first('status')).toEqual({ status: 'done' });
		const after = await listOf(lea);
		expect(after.actions).toEqual([]);
		expect(after.answered.map(({ state }) => state)).toEqual(['done', 'done']);
		const row = await call<Row>(directus.admin, 'GET', `/items/insights/${todo.id}`);
		expect(row).toMatchObject({ decided_by: lea.id, decided_at: '2026-03-03T08:30:00.000Z' });
	});

	test('“refused” needs its reason, keeps the record off the list for the days of the settings, and can be taken back', async () => {
		await deal();
		await prepare(directus);
		const [one] = (await mine()) as [Action];
		expect((await answer(lea.client, one.id, { state: 'refused' })).status).toBe(400);
		const bare = await ask(lea.client as never, 'PATCH', `/items/insights/${one.id}`, { state: 'refused' });
		expect([bare.status, faultyFields(bare)]).toEqual([400, ['refusal_reason']]);
		expect((await answer(lea.client, one.id, { state: 'refused', reason: 'not_now' })).status).toBe(200);
		expect(await mine()).toEqual([]);
		expect((await answer(lea.client, one.id, { state: 'open' })).status).toBe(200);
		expect((await mine()).map(({ id }) => id)).toEqual([one.id]);
		await answer(lea.client, one.id, { state: 'refused', reason: 'not_worth' });
		advanceClock(10 * dayMs);
		await prepare(directus);
		expect(await mine()).toEqual([]);
		advanceClock(5 * dayMs);
		await prepare(directus);
		expect(await mine()).toHaveLength(1);
	});

	test('“put off” comes back at its time, and not before', async () => {
		await deal();
		await prepare(directus);
		const [one] = (await mine()) as [Action];
		expect((await answer(lea.client, one.id, { state: 'snoozed', until: '2026-03-01T08:00:00Z' })).status).toBe(400);
		expect((await answer(lea.client, one.id, { state: 'snoozed', until: '2026-03-05T08:00:00Z' })).status).toBe(200);
		expect(await mine()).toEqual([]);
		advanceClock(dayMs);
		await prepare(directus);
		expect(await mine()).toEqual([]);
		stopClock('2026-03-05T08:30:00Z');
		expect((await mine()).map(({ id }) => id)).toEqual([one.id]);
		await prepare(directus);
		expect((await mine()).map(({ id, state }) => [id, state])).toEqual([[one.id, 'open']]);
	});

	test('of fifty at once one wins, and the others hear that somebody did', async () => {
		await deal();
		await prepare(directus);
		const [one] = (await mine()) as [Action];
		const bodies = Array.from({ length: 50 }, (_, n): Row => (n % 2 ? { state: 'done' } : { state: 'refused', reason: 'wrong' }));
		const all = await Promise.all(
			bodies.map((body, n) =>
				n % 3 ? answer(lea.client, one.id, body) : ask(manager.client as never, 'PATCH', `/items/insights/${one.id}`, n % 2 ? { state: 'done' } : { state: 'refused', refusal_reason: 'wrong' }),
			),
		); // prettier-ignore
		expect(all.filter(({ status }) => status === 200)).toHaveLength(1);
		expect(all.filter(({ status }) => status === 409)).toHaveLength(49);
		expect(await directus.database('directus_revisions').where({ collection: 'insights', item: one.id })).toHaveLength(1);
	});

	test('by the form of the insight is treated like one by the page', async () => {
		await deal();
		await prepare(directus);
		const [one] = (await mine()) as [Action];
		await call(lea.client, 'PATCH', `/items/insights/${one.id}`, { state: 'refused', refusal_reason: 'wrong' });
		expect(await call<Row>(directus.admin, 'GET', `/items/insights/${one.id}`)).toMatchObject({
			state: 'refused',
			decided_by: lea.id,
			refusal_reason: 'wrong',
		});
		expect((await ask(lea.client as never, 'PATCH', `/items/insights/${one.id}`, { state: 'done' })).status).toBe(409);
		expect((await ask(lea.client as never, 'PATCH', `/items/insights/${one.id}`, { decided_by: tom.id })).status).toBe(400);
	});

	test('an approval is decided before it is done', async () => {
		await call(directus.admin, 'PATCH', `/items/teams/${team}`, { manager: manager.id });
		const asked = { title: 'Remise de 12 %', kind: 'discount', amount_cents: 120_000, discount_rate: 1200, deadline: '2026-03-03T16:00:00Z' };
		await call(lea.client, 'POST', '/items/validation', asked);
		await prepare(directus);
		const [one] = (await mine(manager)) as [Action];
		expect(one).toMatchObject({ topic: 'approval.decide', title: 'Décider : Remise de 12 %' });
		expect((await answer(manager.client, one.id, { state: 'done' })).status).toBe(409);
	});
});

describe('during the day (flow 75-2)', () => {
	test('what was done on the record itself counts as done; what has no object any more is closed', async () => {
		const [called, won] = [await deal({ amount_cents: 300_000 }), await deal({ amount_cents: 200_000 })];
		await prepare(directus);
		advanceClock(4 * hour);
		await item('interactions', { kind: 'call', subject: 'Point', direction: 'outbound', opportunity: called, at: now().toISOString() });
		await call(directus.admin, 'PATCH', `/items/opportunities/${called}`, { next_step: 'Démo', next_step_at: '2026-03-20T09:00:00Z' });
		await call(directus.admin, 'PATCH', `/items/opportunities/${won}`, { stage: stages.lost, lost_reason: 'price' });
		await touch(directus, 'opportunities', [called, won]);
		const states = Object.fromEntries(((await rows()) as Row[]).map((row) => [String(row['opportunity']), row['state']]));
		expect(states).toEqual({ [called]: 'done', [won]: 'closed' });
	});

	test('changes of some seconds are gathered into one job, whatever they are about', async () => {
		const id = await deal();
		await prepare(directus);
		await call(directus.admin, 'PATCH', `/items/opportunities/${id}`, { next_step: 'Démo' });
		await call(directus.admin, 'PATCH', `/items/opportunities/${id}`, { amount_cents: 400_000 });
		const about = async (): Promise<number> =>
			((await directus.database('jobs').where({ kind: 'actions.touch' }).pluck('payload')) as unknown[]).filter((payload) =>
				JSON.stringify(payload).includes(id),
			).length;
		await expect.poll(about, { timeout: 10_000 }).toBe(1);
	});

	test('a new lead comes in while there is room, and nothing else moves', async () => {
		for (let n = 0; n < 3; n++) await deal({ amount_cents: 900_000 + n });
		await prepare(directus);
		const before = await mine();
		advanceClock(4 * hour);
		const fresh = await lead();
		await touch(directus, 'leads', [fresh]);
		const after = await mine();
		expect(after).toHaveLength(4);
		expect(after.map(({ id }) => id)).toEqual(expect.arrayContaining(before.map(({ id }) => id)));
		expect(after.some((one) => one.lead?.id === fresh)).toBe(true);
		const stored = await rows();
		await touch(directus, 'leads', [fresh]);
		expect(await rows()).toEqual(stored);
	});
});

describe('who sees what', () => {
	test('a manager sees the team’s lists and how each stands; nobody else sees a colleague’s', async () => {
		await deal();
		await prepare(directus);
		const seen = await listOf(manager, lea.id);
		expect(seen.actions).toHaveLength(1);
		expect(seen.person).toMatchObject({ id: lea.id, isMe: false });
		expect(seen.team.map(({ name, open }) => [name, open])).toEqual(expect.arrayContaining([['Léa Martin', 1], ['Tom Petit', 0]])); // prettier-ignore
		for (const one of [tom, stranger, finance]) {
			expect((await day(one.client, lea.id)).status).toBe(403);
			expect((await ask<Row[]>(one.client as never, 'GET', '/items/insights?filter[kind][_eq]=next_action')).data ?? []).toEqual([]);
			expect((await answer(one.client, seen.actions[0]?.id ?? '', { state: 'done' })).status).toBe(403);
		}
		expect((await listOf(tom)).team).toEqual([]);
	});

	test('resellers, machines and strangers have no list', async () => {
		for (const role of ['Revendeur', 'API']) expect((await day(await directus.as(role))).status).toBe(403);
		expect((await fetch(new URL('/orchestre/actions', directus.url))).status).toBe(403);
		expect((await day(lea.client, 'nobody')).status).toBe(404);
	});

	test('a login of the staff begins on the page of the day; Direction and administrators where they left', async () => {
		const password = 'Une-phrase-de-passe-2026';
		const land = async (role: string): Promise<string | null> => {
			const { id } = await directus.hire(role, { password, last_page: '/content/leads' });
			const { email } = (await directus.database('directus_users').where({ id }).first('email')) as { email: string };
			expect((await ask(directus.admin as never, 'POST', '/auth/login', { email, password })).status).toBe(200);
			return ((await directus.database('directus_users').where({ id }).first('last_page')) as { last_page: string | null }).last_page;
		};
		expect(await land('Commercial')).toBe('/orchestre-day');
		expect(await land('Finance')).toBe('/orchestre-day');
		expect(await land('Direction')).toBe('/content/leads');
		expect(await land('Revendeur')).toBe('/content/leads');
		expect(await land('Administrateur')).toBe('/content/leads');
	});
});

describe('what is learnt', () => {
	test('outcomes are settled when their weeks are over, and move the estimate of their kind', async () => {
		const [advanced, still] = [await deal({ amount_cents: 300_000 }), await deal({ amount_cents: 200_000 })];
		await prepare(directus);
		const list = await mine();
		advanceClock(5 * hour);
		for (const one of list) await answer(lea.client, one.id, { state: 'done' });
		await call(directus.admin, 'PATCH', `/items/opportunities/${advanced}`, { stage: stages.discovery, next_step: 'Appeler' });
		advanceClock(20 * dayMs);
		expect((await prepare(directus))['settled']).toBe(0);
		advanceClock(2 * dayMs);
		expect((await prepare(directus))['settled']).toBe(2);
		const outcomes = Object.fromEntries(((await directus.database('insights').whereNotNull('outcome')) as Row[]).map((row) => [String(row['opportunity']), row['outcome']]));
		expect(outcomes).toEqual({ [advanced]: 'advanced', [still]: 'no_effect' });
		expect((await prepare(directus))['settled']).toBe(0);
		const own = (await mine()).find((one) => one.opportunity?.id === still) as Action;
		expect(own.reasons.gain).toMatchObject({ origin: 'start', done: 2 });
		expect(own.reasons.gain.gain).toBeGreaterThan(0.05);
	}); // prettier-ignore
});
