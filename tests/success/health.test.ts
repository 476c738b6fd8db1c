import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { advanceClock, now, resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { enqueue, runJobs, tallyOf } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { judgeAllClients } from '../../extensions/orchestre/src/success/health/judge.ts';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { ask, faultyFields } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';
import { insert, snapshot, usage } from './support.ts';

const day = 86_400_000;
/** A Tuesday, outside of any season. */
const start = '2026-03-03T09:00:00Z';
const at = (daysAgo: number): Date => new Date(new Date(start).getTime() - daysAgo * day);
const iso = (daysAgo: number): string => at(daysAgo).toISOString().slice(0, 10);

type Reason = { part: string; score: number | null; weight: number; points: number; text: string };
type Client360 = Row & {
	id: string;
	health_score: number | null;
	health_band: string | null;
	health_trend: number | null;
	health_reasons: { band: string; reasons: Reason[] } | null;
	health_override: string | null;
	health_override_by: string | null;
	health_override_reason: string | null;
};

let directus: TestDirectus;
let success: { id: string; client: Client };
let manager: { id: string; client: Client };
let team: string;

beforeAll(async () => {
	directus = await startDirectus();
	manager = await directus.hire('Manager', { first_name: 'Paul', last_name: 'Roche' });
	team = (await call<{ id: string }>(directus.admin, 'POST', '/items/teams', { name: 'Succès', kind: 'success', manager: manager.id })).id;
	await call(directus.admin, 'PATCH', `/users/${manager.id}`, { team });
	success = await directus.hire('Succès client', { team });
});
beforeEach(() => stopClock(start));
afterEach(async () => {
	resetClock();
	// Each test has its own clients.
	await directus.database('companies').where({ is_client: true }).update({ is_client: false, health_band: null });
});
afterAll(() => directus.close());

const newClient = async (over: Row = {}): Promise<string> =>
	(
		await call<{ id: string }>(directus.admin, 'POST', '/items/companies', {
			name: `Atelier ${randomUUID().slice(0, 8)}`,
			is_client: true,
			// Not a new one, who would get a plan.
			client_since: '2020-01-06',
			owner: success.id,
			team,
			...over,
		})
	).id;
const read = (id: string, client = directus.admin): Promise<Client360> => call<Client360>(client, 'GET', `/items/companies/${id}`);
const reason = ({ health_reasons }: Client360, part: string): Reason | undefined => health_reasons?.reasons.find((one) => one.part === part);
const records = (company: string): Promise<Row[]> => directus.database('health_history').where({ company }).orderBy('computed_on') as unknown as Promise<Row[]>;
const alerts = (company: string): Promise<Row[]> => directus.database('alerts').where({ company, kind: 'client_health' }).orderBy('date_created') as unknown as Promise<Row[]>; // prettier-ignore
const night = () => judgeAllClients(directus.database);

/** Half a year of steady use, then less or more. */
async function uses(company: string, perMonth: number, lately: number): Promise<void> {
	await insert(directus.database, 'usage_events', [
		...usage(company, perMonth * 3, 120, 30.5, now()),
		...usage(company, lately, 29.5, 1, now()),
		...usage(company, 1, 200, 199, now()),
	]);
}

/** A client for whom all goes wrong: no use any more, an urgent ticket, an invoice of two months, nobody calls. */
async function inTrouble(): Promise<string> {
	const company = await newClient();
	await uses(company, 60, 0);
	await insert(directus.database, 'tickets', [
		{ subject: 'Panne', company, status: 'new', priority: 'urgent', kind: 'incident', channel: 'email', sentiment: 'negative', date_created: at(3), sla_due_at: at(2) },
	]); // prettier-ignore
	await insert(directus.database, 'invoices', [
		{ company, status: 'sent', direction: 'sale', type: 'invoice', currency: 'EUR', due_date: iso(60), issue_date: iso(90), remaining_cents: 120_000, gross_cents: 120_000 },
	]); // prettier-ignore
	return company;
}

describe('the score', () => {
	test('is told in French by parts whose points sum to it; what was never measured is left out and said', async () => {
		const company = await newClient();
		await uses(company, 60, 30);
		await insert(directus.database, 'interactions', [{ company, kind: 'call', direction: 'outbound', outcome: 'reached', at: at(12) }]);
		await night();
		const client = await read(company);
		expect(reason(client, 'usage')?.text).toBe('Usage en baisse de 50 % sur 30 jours');
		expect(reason(client, 'contact')).toMatchObject({ score: 100, points: 0, text: 'Dernier échange il y a 12 jours' });
		expect(reason(client, 'support')).toMatchObject({ score: null, weight: 0, points: 0, text: 'Aucun ticket depuis un an' });
		expect(reason(client, 'plan')).toMatchObject({ score: null, text: 'Aucun plan d’accompagnement en cours' });
		// Usage weighs 25 and contact 10: together they are all there is.
		expect(reason(client, 'usage')?.weight).toBe(71);
		const points = client.health_reasons?.reasons.reduce((sum, one) => sum + one.points, 0) ?? 0;
		expect(client.health_score).toBe(100 + points);
		expect(client.health_band).toBe('red');
		expect(await records(company)).toMatchObject([{ score: client.health_score, band: 'red', contact_score: 100, support_score: null, trend: null }]);
	});

	test('reads every part from the rows of the client and of nobody else', async () => {
		const [company, other] = [await newClient(), await newClient()];
		const project = (over: Row): Row => ({ name: 'Mise en route', company, status: 'active', ...over });
		const [running] = await insert(directus.database, 'projects', [project({})]);
		const [cancelled] = await insert(directus.database, 'projects', [project({ status: 'cancelled' })]);
		await insert(directus.database, 'milestones', [
			{ name: 'Reprise', project: running, status: 'todo', due_on: iso(10) },
			{ name: 'Formation', project: running, status: 'done', due_on: iso(40), done_on: iso(36) },
			{ name: 'Abandonné', project: cancelled, status: 'todo', due_on: iso(90) },
		]);
		await insert(directus.database, 'survey_answers', [
			{ company, kind: 'nps', score: 10, asked_at: at(12), answered_at: at(10) },
			{ company, kind: 'csat', score: 3, asked_at: at(202), answered_at: at(200) },
			{ company, kind: 'ces', score: null, asked_at: at(5) },
		]);
		await insert(directus.database, 'tickets', [
			{ subject: 'Question', company, status: 'closed', priority: 'low', kind: 'question', channel: 'email', date_created: at(100) },
			{ subject: 'Lenteur', company, status: 'in_progress', priority: 'high', kind: 'incident', channel: 'email', date_created: at(2), sla_due_at: at(1) },
		]);
		const invoice = { company, direction: 'sale', type: 'invoice', currency: 'EUR', gross_cents: 50_000 };
		await insert(directus.database, 'invoices', [
			{ ...invoice, status: 'sent', due_date: iso(20), remaining_cents: 50_000 },
			{ ...invoice, status: 'paid', due_date: iso(100), paid_on: iso(85), remaining_cents: 0 },
			{ ...invoice, direction: 'purchase', status: 'sent', due_date: iso(300), remaining_cents: 50_000 },
		]);
		await insert(directus.database, 'interactions', [
			{ company, kind: 'call', direction: 'outbound', outcome: 'no_answer', at: at(1) },
			{ company, kind: 'call', direction: 'inbound', outcome: 'reached', at: at(75) },
		]);
		await night();
		const client = await read(company);
		expect(Object.fromEntries((client.health_reasons?.reasons ?? []).map(({ part, score }) => [part, score]))).toEqual({
			usage: null,
			support: 73,
			payment: 45,
			contact: 50,
			satisfaction: 83,
			plan: 71,
		});
		expect(reason(client, 'payment')?.text).toBe('1 facture échue depuis 20 jours (500 €) et règlements en retard de 15 jours en moyenne');
		expect(reason(client, 'plan')?.text).toContain('1 jalon en retard (10 jours pour le plus ancien)');
		expect(await read(other)).toMatchObject({ health_score: null, health_band: null });
	});

	test('follows the weights and bounds of the settings', async () => {
		const company = await newClient();
		await uses(company, 60, 30);
		await insert(directus.database, 'interactions', [{ company, kind: 'call', direction: 'outbound', at: at(2) }]);
		await call(directus.admin, 'PATCH', '/items/settings', { client_health_usage: 0, client_health_watch: 100 });
		try {
			await night();
			expect(await read(company)).toMatchObject({ health_score: 100, health_band: 'good' });
			await call(directus.admin, 'PATCH', '/items/settings', { client_health_usage: 90, client_health_red: 60 });
			await night();
			expect((await read(company)).health_band).toBe('red');
		} finally {
			await call(directus.admin, 'PATCH', '/items/settings', { client_health_usage: 25, client_health_watch: 80, client_health_red: 60 });
		}
	});

	test('does not blame one client for the season of all', async () => {
		const clients = [];
		for (let index = 0; index < 21; index++) clients.push(await newClient());
		for (const company of clients) await uses(company, 30, 18);
		await night();
		const client = await read(clients[0] ?? '');
		expect(reason(client, 'usage')).toMatchObject({ score: 100, text: 'Usage en baisse de 40 % sur 30 jours, tous clients −40 %' });
		await call(directus.admin, 'PATCH', '/items/settings', { client_health_season: 10_000 });
	});
});

describe('the night', () => {
	test('writes one record a client and day, and nothing when it runs again', async () => {
		const company = await inTrouble();
		const first = await night();
		expect(first).toMatchObject({ clients: 1, written: 1, red: 1 });
		const tables = ['companies', 'health_history', 'alerts', 'directus_notifications', 'directus_activity', 'settings'];
		const before = await snapshot(directus.database, tables);
		advanceClock(3_600_000);
		expect(await night()).toMatchObject({ written: 0, red: 0 });
		expect(await snapshot(directus.database, tables)).toBe(before);
		advanceClock(day);
		expect(await night()).toMatchObject({ written: 1 });
		expect(await records(company)).toHaveLength(2);
	});

	test('runs as the job of its flow, and not when the flow is off', async () => {
		const company = await inTrouble();
		const flow = '/flows/81000000-0000-4000-8000-000000000022';
		const host = await hostOf(directus);
		const run = async () => {
			const ids = await enqueue(directus.database, [{ kind: 'success.health', key: `success.health:${randomUUID()}` }]);
			return tallyOf(await runJobs(host, { ids }));
		};
		await call(directus.admin, 'PATCH', flow, { status: 'inactive' });
		try {
			expect(await run()).toMatchObject({ skipped: 1 });
			expect((await read(company)).health_band).toBeNull();
		} finally {
			await call(directus.admin, 'PATCH', flow, { status: 'active' });
		}
		expect(await run()).toMatchObject({ done: 1 });
		expect((await read(company)).health_band).toBe('red');
	});

	test('counts the trend from the score of a month before', async () => {
		const company = await inTrouble();
		await insert(directus.database, 'health_history', [
			{ company, computed_on: iso(45), score: 50, band: 'watch', overridden: false },
			{ company, computed_on: iso(31), score: 90, band: 'good', overridden: false },
			{ company, computed_on: iso(10), score: 60, band: 'watch', overridden: false },
		]);
		await night();
		const { health_score, health_trend } = await read(company);
		expect(health_trend).toBe((health_score ?? 0) - 90);
	});

	test('forgets the health of a company that is no client any more', async () => {
		const company = await inTrouble();
		await night();
		await call(directus.admin, 'PATCH', `/items/companies/${company}`, { is_client: false });
		expect(await read(company)).toMatchObject({ health_score: null, health_band: null, health_reasons: null });
		expect(await alerts(company)).toMatchObject([{ state: 'done' }]);
	});
});

describe('a client in danger', () => {
	test('raises one alert with what is at stake, tells owner and manager once, and closes it when better', async () => {
		const company = await inTrouble();
		await insert(directus.database, 'subscriptions', [{ name: 'Pilotage', company, status: 'active', mrr_cents: 50_000, currency: 'EUR', period: 'month', billing_timing: 'advance', started_on: iso(400) }]); // prettier-ignore
		await night();
		const [alert] = await alerts(company);
		expect(alert).toMatchObject({ severity: 'critical', state: 'open', assignee: success.id, value_cents: 600_000 });
		expect(alert?.['reason']).toContain('Usage : Aucun usage depuis');
		expect(alert?.['recommended_action']).toContain('Appelez votre contact');
		const told = await directus.database('directus_notifications').where({ item: company }).pluck('recipient');
		expect(told.toSorted()).toEqual([success.id, manager.id].toSorted());
		// Somebody has dealt with the alert; the client is still in danger the days after.
		await call(success.client, 'PATCH', `/items/alerts/${String(alert?.['id'])}`, { state: 'done' });
		advanceClock(2 * day);
		await night();
		expect(await alerts(company)).toHaveLength(1);
		await directus.database('tickets').where({ company }).update({ status: 'closed' });
		await directus.database('invoices').where({ company }).update({ status: 'draft' });
		await directus.database('usage_events').where({ company }).del();
		await insert(directus.database, 'interactions', [{ company, kind: 'call', direction: 'outbound', at: now() }]);
		await night();
		expect((await read(company)).health_band).not.toBe('red');
		await directus.database('tickets').where({ company }).update({ status: 'new' });
		await directus.database('invoices').where({ company }).update({ status: 'sent' });
		await directus.database('interactions').where({ company }).del();
		await night();
		expect(await alerts(company)).toHaveLength(2);
	});
});

describe('who is judged, and what ends an alert', () => {
	test('neither a company that was merged into another nor one that was put away: what was said of it goes, and the alert says why', async () => {
		const [merged, archived, kept] = [await inTrouble(), await inTrouble(), await inTrouble()];
		await night();
		await directus.database('companies').where({ id: merged }).update({ merged_into: kept });
		await call(directus.admin, 'PATCH', `/items/companies/${archived}`, { archived: true });
		expect(await read(archived)).toMatchObject({ health_score: null, health_band: null });
		await night();
		expect(await read(merged)).toMatchObject({ health_score: null, health_band: null });
		expect(await read(kept)).toMatchObject({ health_band: 'red' });
		for (const company of [merged, archived])
			expect(await alerts(company)).toMatchObject([{ state: 'done', outcome: 'Cette entreprise n’est plus un client suivi.' }]);
		advanceClock(day);
		await night();
		expect(await records(merged)).toHaveLength(1);
	});

	test('nothing left to measure is not “better”', async () => {
		const company = await inTrouble();
		await night();
		await directus.database('tickets').where({ company }).del();
		await directus.database('invoices').where({ company }).del();
		await directus.database('usage_events').where({ company }).del();
		await night();
		expect(await alerts(company)).toMatchObject([{ state: 'done', outcome: 'Plus rien ne permet de mesurer la santé de ce client.' }]);
	});

	test('red, better and red again within a day is alerted again, once', async () => {
		const company = await inTrouble();
		await night();
		await directus.database('tickets').where({ company }).update({ status: 'closed', sentiment: null });
		await directus.database('invoices').where({ company }).update({ status: 'draft' });
		await directus.database('usage_events').where({ company }).del();
		await insert(directus.database, 'interactions', [{ company, kind: 'call', direction: 'outbound', at: now() }]);
		await night();
		expect((await read(company)).health_band).not.toBe('red');
		await directus.database('tickets').where({ company }).update({ status: 'new', sentiment: 'negative' });
		await directus.database('invoices').where({ company }).update({ status: 'sent' });
		await directus.database('interactions').where({ company }).del();
		await Promise.all([night(), night()]);
		expect((await alerts(company)).map(({ state }) => state).toSorted()).toEqual(['done', 'open']);
	});

	test('an owner who is gone is asked nothing: their team’s manager is', async () => {
		const gone = await directus.hire('Succès client', { team });
		const company = await inTrouble();
		await directus.database('companies').where({ id: company }).update({ owner: gone.id });
		await directus.database('directus_users').where({ id: gone.id }).update({ status: 'suspended' });
		await night();
		expect(await alerts(company)).toMatchObject([{ assignee: manager.id }]);
		expect(await directus.database('directus_notifications').where({ item: company }).pluck('recipient')).toEqual([manager.id]);
	});

	test('a client who has been silent for more than thirteen months has no use, not no measure', async () => {
		const company = await newClient();
		await insert(directus.database, 'usage_events', usage(company, 5, 450, 420, now()));
		await night();
		expect(reason(await read(company), 'usage')).toMatchObject({ score: 0, text: expect.stringContaining('Aucun usage depuis 42') });
	});

	test('weights that are all nothing, and watching that begins below danger, are refused at their fields', async () => {
		const none = Object.fromEntries(['usage', 'support', 'payment', 'contact', 'satisfaction', 'plan'].map((part) => [`client_health_${part}`, 0]));
		expect(faultyFields(await ask(directus.admin, 'PATCH', '/items/settings', none))).toEqual(['client_health_usage']);
		expect(faultyFields(await ask(directus.admin, 'PATCH', '/items/settings', { client_health_watch: 60 }))).toEqual(['client_health_watch']);
	});
});

describe('an override', () => {
	const until = iso(-20);

	test('needs a reason and an end that is near, counts at once, and leaves the computed score in sight', async () => {
		const company = await inTrouble();
		await night();
		const { health_score } = await read(company);
		expect(faultyFields(await ask(success.client, 'PATCH', `/items/companies/${company}`, { health_override: 'good' }))).toEqual([
			'health_override_reason',
			'health_override_until',
		]);
		const over = { health_override: 'good', health_override_reason: 'Le client a racheté une filiale.' };
		expect(faultyFields(await ask(success.client, 'PATCH', `/items/companies/${company}`, { ...over, health_override_until: iso(-400) }))).toEqual(['health_override_until']); // prettier-ignore
		expect(faultyFields(await ask(success.client, 'PATCH', `/items/companies/${company}`, { ...over, health_override_until: iso(1) }))).toEqual(['health_override_until']); // prettier-ignore
		await call(success.client, 'PATCH', `/items/companies/${company}`, { ...over, health_override_until: until });
		const client = await read(company);
		expect(client).toMatchObject({ health_score, health_band: 'good', health_override_by: success.id });
		expect(client.health_reasons?.band).toBe('red');
		expect(await records(company)).toMatchObject([{ overridden: expect.anything(), band: 'good', score: health_score }]);
		expect(await alerts(company)).toMatchObject([{ state: 'done', outcome: 'Le client va mieux.' }]);
	});

	test('holds before there is anything to measure, is for clients alone, and is one of the three bands', async () => {
		const [company, other] = [await newClient(), await newClient({ is_client: false })];
		const over = { health_override: 'red', health_override_reason: 'Le client nous l’a dit.', health_override_until: until };
		await call(success.client, 'PATCH', `/items/companies/${company}`, over);
		expect(await read(company)).toMatchObject({ health_score: null, health_band: 'red', health_override: 'red' });
		expect(await alerts(company)).toMatchObject([{ state: 'open', reason: expect.stringContaining('Niveau fixé à la main') }]);
		expect(faultyFields(await ask(directus.admin, 'PATCH', `/items/companies/${other}`, over))).toEqual(['health_override']);
		expect(faultyFields(await ask(directus.admin, 'PATCH', `/items/companies/${company}`, { ...over, health_override: 'purple' }))).toEqual([
			'health_override',
		]);
		await call(directus.admin, 'PATCH', `/items/companies/${company}`, { is_client: false });
		expect(await read(company)).toMatchObject({ health_band: null, health_override: null });
	});

	test('ends by itself after its last day', async () => {
		const company = await inTrouble();
		await call(manager.client, 'PATCH', `/items/companies/${company}`, { health_override: 'good', health_override_reason: 'Congés du client', health_override_until: iso(-2) }); // prettier-ignore
		advanceClock(2 * day);
		await night();
		expect(await read(company)).toMatchObject({ health_band: 'good', health_override: 'good' });
		advanceClock(day);
		await night();
		expect(await read(company)).toMatchObject({ health_band: 'red', health_override: null, health_override_by: null, health_override_reason: null });
	});

	test('is taken off by hand, and nothing of it stays', async () => {
		const company = await inTrouble();
		await call(success.client, 'PATCH', `/items/companies/${company}`, { health_override: 'good', health_override_reason: 'Congés du client', health_override_until: until }); // prettier-ignore
		await call(success.client, 'PATCH', `/items/companies/${company}`, { health_override: null });
		expect(await read(company)).toMatchObject({ health_band: 'red', health_override_reason: null, health_override_by: null });
	});

	test('is for those who answer for the client; the rest of the staff may not, and not everybody sees the health', async () => {
		const company = await inTrouble();
		const set = { health_override: 'good', health_override_reason: 'Congés du client', health_override_until: until };
		const statusAs = async (role: string): Promise<number> =>
			(await ask(await directus.as(role, { team }), 'PATCH', `/items/companies/${company}`, set)).status;
		expect(await statusAs('Commercial')).toBe(403);
		expect(await statusAs('Finance')).toBe(403);
		expect(await statusAs('Direction')).toBe(200);
		expect(await read(company, await directus.as('Commercial', { team }))).toHaveProperty('health_score');
		expect(await read(company, await directus.as('Finance'))).not.toHaveProperty('health_score');
		expect((await ask(success.client, 'PATCH', `/items/companies/${company}`, { health_score: 99 })).status).toBe(400);
		expect((await ask(directus.admin, 'POST', '/items/health_history', { company, computed_on: iso(0), score: 9, band: 'red' })).status).toBe(403);
	});
});

test('what happens to clients is judged a moment later: fifty changes of one client are one job', async () => {
	const company = await newClient();
	const ticket = { subject: 'Panne', company, priority: 'urgent', kind: 'incident' };
	const host = await hostOf(directus);
	await directus.database('jobs').where({ kind: 'success.health_touch' }).del();
	await call(
		directus.admin,
		'POST',
		'/items/tickets',
		Array.from({ length: 50 }, () => ticket),
	);
	await expect.poll(() => directus.database('jobs').where({ kind: 'success.health_touch' }).pluck('id'), { timeout: 10_000 }).toHaveLength(1);
	const ids = (await directus.database('jobs').where({ kind: 'success.health_touch' }).pluck('id')) as string[];
	await runJobs(host, { ids });
	await expect.poll(async () => (await read(company)).health_band, { timeout: 10_000 }).toBe('red');
	expect(await records(company)).toHaveLength(1);
});

test('fifty judgements at once write one record and one alert', async () => {
	const company = await inTrouble();
	await Promise.all(Array.from({ length: 50 }, () => night()));
	expect(await records(company)).toHaveLength(1);
	expect(await alerts(company)).toHaveLength(1);
});
