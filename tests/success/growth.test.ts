import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { advanceClock, now, resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { growthNightly } from '../../extensions/orchestre/src/success/growth/find.ts';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { stages } from '../pipeline/support.ts';
import { runJob } from './growth-support.ts';

const day = 86_400_000;
/** A Monday. */
const start = '2026-03-02T09:00:00Z';

type Insight = Row & {
	id: string;
	state: string;
	product: string;
	expected_value_cents: number | null;
	probability: number | null;
	reasons: { code: string; text: string }[];
	episode_key: string;
	owner: string;
	outcome: string | null;
	outcome_cents: number | null;
	opportunity: string | null;
	due_on: string;
};
type View = { isClient: boolean; blocks: { code: string; text: string }[]; proposals: { id: string; title: string; mayAnswer: boolean; reasons: { code: string; text: string }[] }[]; answered: { id: string; state: string; deal: { id: string } | null }[]; mayCreateDeal: boolean; maySearch: boolean }; // prettier-ignore

let directus: TestDirectus;
let team: string;
let other: string;
let lea: { id: string; client: Client };
let stranger: { id: string; client: Client };
let success: { id: string; client: Client };
let direction: { id: string; client: Client };
let manager: { id: string; client: Client };
const products: Record<string, string> = {};
const clients: string[] = [];

const make = async (collection: string, row: Row): Promise<string> => (await call<{ id: string }>(directus.admin, 'POST', `/items/${collection}`, row)).id;
const patch = (collection: string, id: string, row: Row): Promise<unknown> => call(directus.admin, 'PATCH', `/items/${collection}/${id}`, row);

/** A client of Léa's with one running subscription a product. */
async function newClient(held: readonly string[], over: Row = {}): Promise<string> {
	const company = await make('companies', {
		name: `Atelier ${randomUUID().slice(0, 6)}`,
		is_client: true,
		client_since: '2020-01-06',
		is_prospect: false,
		lifecycle: 'active',
		owner: lea.id,
		team,
		...over,
	});
	for (const product of held) await subscribe(company, product);
	return company;
}
const subscribe = (company: string, product: string, over: Row = {}): Promise<string> =>
	make('subscriptions', { name: `${product} – abonnement`, company, status: 'active', period: 'month', started_on: '2025-01-10', renewal_on: '2027-01-10', mrr_cents: 20_000, lines: [{ product: products[product] ?? null, label: product, quantity: 10_000, unit: 'user', unit_price_cents: 2000 }], ...over }); // prettier-ignore

const insightsOf = (company: string): Promise<Insight[]> =>
	call<Insight[]>(directus.admin, 'GET', '/items/insights', undefined, { 'filter[company][_eq]': company, 'filter[kind][_eq]': 'upsell', sort: 'episode_key' });
const viewOf = (client: Client, company: string): Promise<View> => call<View>(client, 'GET', `/orchestre/companies/${company}/growth`);
const run = (): Promise<unknown> => runJob(directus, 'success.growth', { all: true });
const everything = (): Promise<unknown> =>
	Promise.all(
		['insights', 'alerts', 'tasks', 'opportunities', 'directus_notifications', 'directus_activity', 'directus_revisions'].map((table) =>
			directus.database(table).orderBy('id'),
		),
	);

beforeAll(async () => {
	stopClock(start);
	directus = await startDirectus();
	team = await make('teams', { name: 'Nord', kind: 'sales' });
	other = await make('teams', { name: 'Sud', kind: 'sales' });
	lea = await directus.hire('Commercial', { team });
	stranger = await directus.hire('Commercial', { team: other });
	success = await directus.hire('Succès client', { team: other });
	direction = await directus.hire('Direction');
	manager = await directus.hire('Manager', { team });
	for (const name of ['maintenance', 'stock', 'pilotage'])
		products[name] = await make('products', {
			name: `Solenval ${name}`,
			sku: name,
			kind: 'subscription',
			billing_period: 'monthly',
			unit: 'user',
			price_cents: 2000,
		});
	// 12 clients have both, 3 maintenance alone, 15 neither: stocks go with maintenance.
	for (let index = 0; index < 12; index++) clients.push(await newClient(['maintenance', 'stock']));
	for (let index = 0; index < 15; index++) await newClient(['pilotage']);
	for (let index = 0; index < 3; index++) clients.push(await newClient(['maintenance']));
	// Four closed upsells, three of them won.
	for (let index = 0; index < 4; index++) {
		const deal = await make('opportunities', {
			name: `Vente ${index}`,
			company: clients[0] ?? '',
			kind: 'upsell',
			stage: stages.negotiation,
			amount_cents: 100_000,
			close_date: '2026-02-01',
			next_step: 'Signer',
		});
		await patch('opportunities', deal, index < 3 ? { stage: stages.won } : { stage: stages.lost, lost_reason: 'price' });
	}
}, 240_000);
beforeEach(() => stopClock(start));
afterEach(resetClock);
afterAll(() => directus.close());

describe('every Monday (flow 25)', () => {
	test('clients with one product of a pair are offered the other, with numbers, chance and euros; a second run writes nothing', async () => {
		await run();
		const [lacking = '', owning = ''] = [clients[13], clients[0]];
		const [insight, ...more] = await insightsOf(lacking);
		expect(more).toEqual([]);
		// (3 + 10 × .75) / 14 of 10 users × 20 € × 12.
		expect(insight).toMatchObject({ state: 'open', product: products['stock'], owner: lea.id, probability: 7500, expected_value_cents: 180_000 });
		expect(insight?.reasons[0]?.text).toContain(
			'12 des 15 clients qui ont Solenval maintenance ont aussi Solenval stock (80 %, contre 40 % de tous les 30 clients)',
		);
		expect(await insightsOf(owning)).toEqual([]);
		const before = await everything();
		advanceClock(60_000);
		await run();
		expect(await everything()).toEqual(before);
		await growthNightly(directus.database);
		expect(await everything()).toEqual(before);
	});

	test('a worthwhile proposal is announced once, and not again after somebody has dealt with it', async () => {
		await call(directus.admin, 'PATCH', '/items/settings', { growth_alert_cents: 100_000 });
		await run();
		const alerts = (): Promise<(Row & { id: string; state: string })[]> =>
			call(directus.admin, 'GET', '/items/alerts', undefined, { 'filter[company][_eq]': clients[13] ?? '', 'filter[kind][_eq]': 'upsell' });
		const [alert] = await alerts();
		expect(alert).toMatchObject({ state: 'open', assignee: lea.id, value_cents: 180_000, severity: 'info' });
		await patch('alerts', alert?.id ?? '', { state: 'done' });
		await run();
		expect((await alerts()).map(({ state }) => state)).toEqual(['done']);
	});

	test('of many worthwhile proposals an owner is told of the five most valuable; the next comes when one is dealt with', async () => {
		await call(directus.admin, 'PATCH', '/items/settings', { growth_alert_cents: 100_000 });
		const owner = (await directus.hire('Commercial', { team })).id;
		const companies: string[] = [];
		for (let index = 0; index < 7; index++) {
			const company = await newClient([], { owner });
			await subscribe(company, 'maintenance', { lines: [{ product: products['maintenance'] ?? null, label: 'x', quantity: 10_000 + index * 1000, unit: 'user', unit_price_cents: 2000 }] });
			companies.push(company);
		}
		const open = (): Promise<{ id: string; company: string; value_cents: number }[]> => directus.database('alerts').where({ kind: 'upsell', state: 'open', assignee: owner }).orderBy('value_cents', 'desc').select('id', 'company', 'value_cents');
		await run();
		expect((await open()).map(({ company }) => company)).toEqual(companies.toReversed().slice(0, 5));
		for (const company of companies) expect((await insightsOf(company)).map(({ state }) => state)).toEqual(['open']);
		await run();
		expect(await open()).toHaveLength(5);
		await patch('alerts', (await open())[0]?.id ?? '', { state: 'done' });
		await run();
		expect((await open()).map(({ company }) => company)).toEqual(companies.toReversed().slice(1, 6));
		for (const company of companies) await patch('companies', company, { lifecycle: 'churned' });
		await run();
		expect(await open()).toEqual([]);
	}); // prettier-ignore

	test('the catalogue’s own rule proposes a product, whatever others bought', async () => {
		const kit = await make('products', {
			name: 'Kit audit',
			sku: `kit-${randomUUID()}`,
			kind: 'service',
			unit: 'package',
			price_cents: 90_000,
			offer_with: products['pilotage'] ?? '',
			offer_industries: ['health'],
			offer_reason: 'Prépare la certification.',
		});
		const fits = await newClient(['pilotage'], { industry: 'health' });
		const not = await newClient(['pilotage'], { industry: 'tech' });
		await run();
		expect((await insightsOf(fits)).map((one) => [one.product, one.expected_value_cents, one.reasons[0]?.text])).toEqual([
			[kit, 67_500, 'Règle du catalogue : Kit audit va avec Solenval pilotage, convient à ce secteur. Prépare la certification.'],
		]);
		expect(await insightsOf(not)).toEqual([]);
		await patch('products', kit, { status: 'retired' });
		await run();
		expect((await insightsOf(fits)).map(({ state }) => state)).toEqual(['closed']);
	});

	test('a plan whose users grow is offered larger before it is too small, and the date is said', async () => {
		const company = await newClient([]);
		const subscription = await subscribe(company, 'pilotage', { usage_limit: 20_000, usage_unit: 'utilisateurs', usage_measure: 'actors', mrr_cents: 40_000 });
		const seen = async (actor: number, daysAgo: number): Promise<string> =>
			make('usage_events', {
				event_id: randomUUID(),
				company,
				subscription,
				name: 'session',
				at: new Date(now().getTime() - daysAgo * day).toISOString(),
				actor: `u-${actor}`,
			});
		for (let actor = 0; actor < 14; actor++) await seen(actor, 40);
		for (let actor = 0; actor < 17; actor++) await seen(actor, 5);
		await run();
		const [insight] = await insightsOf(company);
		// 3 users in 30 days: the 3 that are left last 30 days. A fifth of 20 users at 20 € × 12.
		expect(insight).toMatchObject({ subscription, product: products['pilotage'], expected_value_cents: 72_000, due_on: '2026-04-01' });
		expect(insight?.reasons[0]?.text.replaceAll(/\s/g, ' ')).toContain('17 utilisateurs sur 30 jours pour 20 compris (85 %)');
		expect(insight?.reasons[0]?.text).toContain('dépassera son forfait le 1er avril 2026');
	});

	test('quantities count from the start of the billing period, of the event that the plan names', async () => {
		const company = await newClient([]);
		const subscription = await subscribe(company, 'pilotage', { started_on: '2025-01-15', usage_limit: 100_000, usage_unit: 'exports', usage_event: 'export' });
		const add = (name: string, pieces: number, at: string): Promise<string> =>
			make('usage_events', { event_id: randomUUID(), company, subscription, name, quantity: pieces * 1000, at });
		await add('export', 500, '2026-02-10T10:00:00Z');
		await add('session', 900, '2026-02-20T10:00:00Z');
		await add('export', 79, '2026-02-16T10:00:00Z');
		await directus
			.database('usage_events')
			.where({ company, name: 'export', quantity: 500_000 })
			.update({ at: new Date('2025-12-20T10:00:00Z') });
		await run();
		expect((await insightsOf(company)).map(({ reasons }) => reasons[0]?.text.replaceAll(/\s/g, ' '))).toEqual([
			'79 exports sur la période en cours pour 100 compris (79 %) dans « pilotage – abonnement » : à ce rythme, le client dépassera son forfait le 10 mars 2026.',
		]);
		await add('export', 21, '2026-02-27T10:00:00Z');
		await run();
		expect((await insightsOf(company))[0]?.reasons[0]?.text).toMatch(/^Forfait atteint : 100 exports/);
	});
});

describe('never when something stands against it', () => {
	const lacking = async (): Promise<string> => newClient(['maintenance']);
	const cases: [string, (company: string) => Promise<unknown>, string][] = [
		['red health', (company) => directus.database('companies').where({ id: company }).update({ health_score: 20, health_band: 'red' }), 'red_health'],
		['a risk of leaving above the threshold', (company) => directus.database('companies').where({ id: company }).update({ churn_risk: 90 }), 'churn'],
		['an open churn episode', (company) => directus.database('insights').insert({ id: randomUUID(), kind: 'churn', state: 'done', title: 'Risque de départ', company, computed_at: now(), episode_key: `churn:${company}:1` }), 'churn'],
		['a burning ticket', (company) => make('tickets', { subject: 'Panne', company, priority: 'urgent' }), 'ticket'],
		['a ticket past its deadline', async (company) => directus.database('tickets').where({ id: await make('tickets', { subject: 'Lenteur', company, priority: 'low' }) }).update({ sla_due_at: new Date('2026-03-01T09:00:00Z') }), 'ticket'],
		['an overdue invoice', async (company) => directus.database('invoices').insert({ id: randomUUID(), company, direction: 'sale', type: 'invoice', status: 'sent', number: `F-${randomUUID().slice(0, 8)}`, due_date: new Date('2026-02-20T00:00:00'), remaining_cents: 120_000, gross_cents: 120_000 }), 'invoice'],
		['a cancelled subscription', async (company) => subscribe(company, 'pilotage', { status: 'cancelled', cancelled_on: '2026-02-25', cancellation_reason: 'price' }), 'cancelled'],
		['a client who left', (company) => patch('companies', company, { lifecycle: 'churned' }), 'cancelled'],
	]; // prettier-ignore

	test.each(cases)('%s: nothing is proposed, what was is taken back, and the panel says why', async (_, happen, code) => {
		const company = await lacking();
		await run();
		expect((await insightsOf(company)).map(({ state }) => state)).toEqual(['open']);
		await happen(company);
		const view = await viewOf(lea.client, company);
		expect(view.blocks.map((block) => block.code)).toEqual([code]);
		expect(view.proposals).toEqual([]);
		// On other days only clients with a proposal are looked at.
		stopClock('2026-03-03T05:00:00Z');
		await runJob(directus, 'success.growth');
		expect((await insightsOf(company)).map(({ state }) => state)).toEqual(['closed']);
	});

	test('an order that is under way, or was lost a short time ago, is not proposed again', async () => {
		const [open, lost] = [await lacking(), await lacking()];
		const deal = async (company: string): Promise<string> =>
			make('opportunities', {
				name: 'Stocks',
				company,
				kind: 'upsell',
				stage: stages.negotiation,
				amount_cents: 1,
				close_date: '2026-03-20',
				next_step: 'x',
				lines: [{ product: products['stock'] ?? null, label: 'Stocks', unit_price_cents: 2000 }],
			});
		await deal(open);
		await patch('opportunities', await deal(lost), { stage: stages.lost, lost_reason: 'price' });
		await run();
		expect([await insightsOf(open), await insightsOf(lost)]).toEqual([[], []]);
		stopClock('2026-07-06T09:00:00Z');
		await run();
		expect([(await insightsOf(open)).length, (await insightsOf(lost)).length]).toEqual([0, 1]);
	});
});

describe('what people answer', () => {
	const proposed = async (over: Row = {}): Promise<{ company: string; id: string }> => {
		const company = await newClient(['maintenance'], over);
		await call(lea.client, 'POST', `/orchestre/companies/${company}/growth`);
		return { company, id: (await insightsOf(company))[0]?.id ?? '' };
	};

	test('one click makes the deal, fifty at once make one, and its end is the outcome', async () => {
		const { company, id } = await proposed();
		const answers = await Promise.all(Array.from({ length: 50 }, () => ask<{ opportunity: string }>(lea.client, 'POST', `/orchestre/insights/${id}/create-deal`)));
		expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
		const [opportunity = '', ...others] = new Set(answers.map(({ data }) => data?.opportunity ?? ''));
		expect(others).toEqual([]);
		const deals = await call<Row[]>(directus.admin, 'GET', '/items/opportunities', undefined, { 'filter[company][_eq]': company, fields: '*,lines.*' });
		expect(deals).toHaveLength(1);
		expect(deals[0]).toMatchObject({ id: opportunity, kind: 'upsell', owner: lea.id, team, amount_cents: 240_000, mrr_cents: 20_000, lines: [{ product: products['stock'], quantity: 10_000, net_cents: 20_000 }] });
		expect((await insightsOf(company))[0]).toMatchObject({ state: 'done', opportunity, decided_by: lea.id, outcome: null });
		for (const body of [{ state: 'open', outcome: 'won' }, { state: 'open' }, { outcome: 'won' }])
			expect((await ask(lea.client, 'PATCH', `/items/insights/${id}`, body)).status).toBe(409);
		expect((await insightsOf(company))[0]).toMatchObject({ state: 'done', outcome: null });
		await patch('opportunities', opportunity, { stage: stages.lost, lost_reason: 'price' });
		expect((await insightsOf(company))[0]).toMatchObject({ outcome: 'lost', outcome_cents: 0 });
		await patch('opportunities', opportunity, { stage: stages.won, amount_cents: 300_000 });
		expect((await insightsOf(company))[0]).toMatchObject({ outcome: 'won', outcome_cents: 300_000 });
		await patch('opportunities', opportunity, { stage: stages.negotiation, close_date: '2026-04-01', next_step: 'x' });
		expect((await insightsOf(company))[0]).toMatchObject({ outcome: null, outcome_at: null });
		await run();
		expect(await insightsOf(company)).toHaveLength(1);
	});

	test('what was refused is not said again for as long as the settings say, and then as a new episode', async () => {
		const { company, id } = await proposed();
		await call(lea.client, 'POST', `/orchestre/insights/${id}/answer`, { answer: 'refuse', reason: 'not_now' });
		advanceClock(119 * day);
		await run();
		expect((await insightsOf(company)).map(({ state, refusal_reason }) => [state, refusal_reason])).toEqual([['refused', 'not_now']]);
		advanceClock(2 * day);
		await run();
		expect((await insightsOf(company)).map(({ state }) => state)).toEqual(['refused', 'open']);
		expect((await ask(lea.client, 'POST', `/orchestre/insights/${id}/create-deal`)).status).toBe(409);
		expect((await ask(lea.client, 'POST', `/orchestre/insights/${id}/answer`, { answer: 'refuse', reason: 'other' })).status).toBe(409);
	});

	test('what was put off sleeps through a reason against it and comes back on its day', async () => {
		const { company, id } = await proposed();
		await call(lea.client, 'POST', `/orchestre/insights/${id}/answer`, { answer: 'snooze', days: 30 });
		const ticket = await make('tickets', { subject: 'Panne', company, priority: 'urgent' });
		await run();
		expect((await insightsOf(company)).map(({ state }) => state)).toEqual(['snoozed']);
		await patch('tickets', ticket, { status: 'closed' });
		advanceClock(31 * day);
		await run();
		expect((await insightsOf(company)).map(({ state, snoozed_until }) => [state, snoozed_until])).toEqual([['open', null]]);
	});

	test('fifty searches at once propose it once', async () => {
		const company = await newClient(['maintenance']);
		const answers = await Promise.all(Array.from({ length: 50 }, () => ask(lea.client, 'POST', `/orchestre/companies/${company}/growth`)));
		expect(answers.filter(({ status }) => status !== 200)).toEqual([]);
		expect(await insightsOf(company)).toHaveLength(1);
	});

	test.each([
		[{ answer: 'refuse' }],
		[{ answer: 'refuse', reason: 'because' }],
		[{ answer: 'snooze', days: 0 }],
		[{ answer: 'snooze', days: 1000 }],
		[{}],
	])('refuses an answer that is none: %j', async (body) => {
		const { id } = await proposed();
		expect((await ask(lea.client, 'POST', `/orchestre/insights/${id}/answer`, body)).status).toBe(400);
	});

	test('only those who look after the client see and do it', async () => {
		const { company, id } = await proposed();
		const finance = await directus.hire('Finance');
		const operations = await directus.hire('Opérations');
		const reseller = await directus.hire('Revendeur');
		for (const { client } of [lea, manager, success, direction]) expect((await viewOf(client, company)).proposals.map((one) => one.id)).toEqual([id]);
		expect(await viewOf(success.client, company)).toMatchObject({ proposals: [{ mayAnswer: true }], mayCreateDeal: true, maySearch: true });
		expect(await viewOf(direction.client, company)).toMatchObject({ proposals: [{ mayAnswer: false }] });
		for (const { client } of [stranger, finance, operations, reseller]) {
			expect((await ask(client, 'GET', `/orchestre/companies/${company}/growth`)).status).toBe(403);
			expect((await ask(client, 'POST', `/orchestre/companies/${company}/growth`)).status).toBe(403);
			expect((await ask(client, 'POST', `/orchestre/insights/${id}/create-deal`)).status).toBe(403);
			expect((await ask(client, 'POST', `/orchestre/insights/${id}/answer`, { answer: 'refuse', reason: 'other' })).status).toBe(403);
		}
		const nobody = await fetch(new URL(`/orchestre/companies/${company}/growth`, directus.url));
		expect(nobody.status).toBe(403);
		expect((await ask(lea.client, 'GET', `/orchestre/companies/${randomUUID()}/growth`)).status).toBe(403);
		expect((await ask(directus.admin, 'GET', `/orchestre/companies/${randomUUID()}/growth`)).status).toBe(404);
		expect((await ask(lea.client, 'GET', '/orchestre/companies/x/growth')).status).toBe(404);
		expect((await insightsOf(company))[0]).toMatchObject({ state: 'open' });
		expect((await ask(success.client, 'POST', `/orchestre/insights/${id}/create-deal`)).status).toBe(200);
	});

	test('a reason about a row that the caller may not open is told without its details', async () => {
		const company = await newClient(['maintenance']);
		await make('tickets', { subject: 'Confidentiel', company, priority: 'urgent' });
		expect((await viewOf(lea.client, company)).blocks[0]?.text).toContain('Confidentiel');
		const rules = await call<{ id: number; permissions: Row }[]>(directus.admin, 'GET', '/permissions', undefined, {
			'filter[collection][_eq]': 'tickets',
			'filter[action][_eq]': 'read',
			'filter[policy][_nnull]': 'true',
		});
		const change = (permissions: (rule: { permissions: Row }) => Row): Promise<unknown> =>
			Promise.all(rules.map((rule) => call(directus.admin, 'PATCH', `/permissions/${rule.id}`, { permissions: permissions(rule) })));
		await change(() => ({ id: { _null: true } }));
		const { blocks } = await viewOf(lea.client, company);
		await change((rule) => rule.permissions);
		expect(blocks.map(({ code }) => code)).toEqual(['ticket']);
		expect(JSON.stringify(blocks)).not.toContain('Confidentiel');
		expect((await viewOf(lea.client, company)).blocks[0]?.text).toContain('Confidentiel');
	});

	test('the switch in the settings stops it', async () => {
		await call(directus.admin, 'PATCH', '/items/settings', { growth_enabled: false });
		const company = await newClient(['maintenance']);
		expect((await ask(lea.client, 'POST', `/orchestre/companies/${company}/growth`)).status).toBe(409);
		await run();
		expect(await insightsOf(company)).toEqual([]);
		await call(directus.admin, 'PATCH', '/items/settings', { growth_enabled: true });
	});
}); // prettier-ignore
