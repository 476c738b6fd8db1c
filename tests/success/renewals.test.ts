import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { advanceClock, resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { stages } from '../pipeline/support.ts';
import { runJob } from './growth-support.ts';

/** A Tuesday. 1 June is 90 days away. */
const start = '2026-03-03T09:00:00Z';
const end = '2026-06-01';

type Deal = Row & { id: string; name: string; amount_cents: number; mrr_cents: number | null; owner: string; close_date: string; lines: Row[] };
type Alert = Row & {
	id: string;
	state: string;
	severity: string;
	assignee: string;
	value_cents: number;
	reason: string;
	title: string;
	outcome: string | null;
};
type Task = Row & { id: string; status: string; title: string; description: string; assignee: string; opportunity: string };

let directus: TestDirectus;
let team: string;
let lea: { id: string; client: Client };
let manager: { id: string; client: Client };
let product: string;

const make = async (collection: string, row: Row): Promise<string> => (await call<{ id: string }>(directus.admin, 'POST', `/items/${collection}`, row)).id;
const patch = (collection: string, id: string, row: Row): Promise<unknown> => call(directus.admin, 'PATCH', `/items/${collection}/${id}`, row);
const list = <T>(collection: string, filter: Row, fields = '*'): Promise<T[]> =>
	call<T[]>(directus.admin, 'GET', `/items/${collection}`, undefined, { filter, fields, sort: 'date_created,id' });

const newClient = (over: Row = {}): Promise<string> =>
	make('companies', { name: `Atelier ${randomUUID().slice(0, 6)}`, is_client: true, is_prospect: false, lifecycle: 'active', owner: lea.id, team, ...over });
const subscribe = (company: string, over: Row = {}): Promise<string> =>
	make('subscriptions', {
		name: 'Pilotage',
		company,
		status: 'active',
		period: 'month',
		started_on: '2025-06-01',
		renewal_on: end,
		mrr_cents: 40_000,
		notice_days: 30,
		lines: [{ product, label: 'Pilotage', quantity: 20_000, unit: 'user', unit_price_cents: 1900 }],
		...over,
	});

const dealsOf = (company: string): Promise<Deal[]> => list<Deal>('opportunities', { company: { _eq: company } }, '*,lines.*');
const alertsOf = (opportunity: string): Promise<Alert[]> =>
	list<Alert>('alerts', { _and: [{ opportunity: { _eq: opportunity } }, { kind: { _eq: 'renewal' } }] });
const tasksOf = (opportunity: string): Promise<Task[]> =>
	list<Task>('tasks', { _and: [{ opportunity: { _eq: opportunity } }, { origin: { _eq: 'success.renewal' } }] });
const noticesOf = async (recipient: string): Promise<string[]> =>
	(await directus.database('directus_notifications').where({ recipient }).orderBy('id').pluck('subject')) as string[];
const run = (): Promise<void> => runJob(directus, 'success.renewals');
const everything = (): Promise<unknown> =>
	Promise.all(
		['opportunities', 'alerts', 'tasks', 'contracts', 'directus_notifications', 'directus_activity', 'directus_revisions'].map((table) =>
			directus.database(table).orderBy('id'),
		),
	);
/** The deal, task and alert of a client that has one renewal. */
async function prepared(company: string): Promise<{ deal: Deal; task: Task; alert: Alert }> {
	const [deal, ...deals] = await dealsOf(company);
	const [[task, ...tasks], [alert, ...alerts]] = [await tasksOf(deal?.id ?? ''), await alertsOf(deal?.id ?? '')];
	expect([deals, tasks, alerts]).toEqual([[], [], []]);
	return { deal, task, alert } as { deal: Deal; task: Task; alert: Alert };
}

beforeAll(async () => {
	stopClock(start);
	directus = await startDirectus();
	manager = await directus.hire('Manager');
	team = await make('teams', { name: 'Nord', kind: 'sales', manager: manager.id });
	await call(directus.admin, 'PATCH', `/users/${manager.id}`, { team });
	lea = await directus.hire('Commercial', { team, first_name: 'Léa', last_name: 'Martin' });
	product = await make('products', { name: 'Pilotage', sku: 'pilotage', kind: 'subscription', billing_period: 'monthly', unit: 'user', price_cents: 2000 });
}, 240_000);
beforeEach(async () => {
	stopClock(start);
	await directus.database('directus_notifications').del();
});
afterEach(resetClock);
afterAll(() => directus.close());

describe('renewals (flow 26)', () => {
	test('at 90 days the deal, the task with what matters and the alert are there, once a term; a second run writes nothing', async () => {
		const company = await newClient();
		const main = await subscribe(company, { name: 'Pilotage', mrr_cents: 50_000, usage_limit: 20_000, usage_unit: 'utilisateurs', usage_measure: 'actors' });
		await subscribe(company, { name: 'Stocks', mrr_cents: 10_000, lines: [] });
		const later = await subscribe(company, { name: 'Plus tard', renewal_on: '2026-09-01' });
		await make('usage_events', { event_id: randomUUID(), company, subscription: main, name: 'session', at: '2026-03-01T09:00:00Z', actor: 'u-1' });
		await make('tickets', { subject: 'Panne', company, priority: 'urgent' });
		await directus.database('companies').where({ id: company }).update({ health_score: 72 });
		stopClock('2026-03-02T09:00:00Z');
		await run();
		expect(await dealsOf(company)).toEqual([]);
		stopClock(start);
		await run();
		const { deal, task, alert } = await prepared(company);
		expect(deal).toMatchObject({
			kind: 'renewal',
			owner: lea.id,
			team,
			amount_cents: 720_000,
			mrr_cents: 60_000,
			subscription: main,
			close_date: end,
			lines: [{ product, quantity: 20_000, net_cents: 38_000 }],
		});
		expect(deal['name']).toContain('1er juin 2026');
		expect(task).toMatchObject({ status: 'todo', assignee: lea.id });
		expect(task.description.replaceAll(/[^\S\n]/g, ' ').split('\n')).toEqual([
			'Échéance le 1er juin 2026 : Pilotage et Stocks (600 € par mois, 7 200 € par an, hors taxes).',
			'Tacite reconduction : le client peut y mettre fin jusqu’au 2 mai 2026.',
			'Santé : 72 sur 100.',
			'Usage de « Pilotage » : 1 utilisateur pour 20 compris (5 %).',
			'Tickets ouverts : 1, dont 1 urgent ou prioritaire.',
			'Prix de Pilotage : 19 €, 20 € au catalogue.',
		]);
		expect(alert).toMatchObject({ state: 'open', severity: 'info', assignee: lea.id, value_cents: 720_000 });
		expect(await noticesOf(lea.id)).toEqual([`Renouvellement à préparer : ${String((await list<Row>('companies', { id: { _eq: company } }))[0]?.['name'])}`]);
		const before = await everything();
		advanceClock(60_000);
		await run();
		expect(await everything()).toEqual(before);
		await patch('subscriptions', later, { renewal_on: '2027-09-01' });
	});

	test('fifty runs at once prepare it once', async () => {
		const company = await newClient();
		await subscribe(company);
		await Promise.all(Array.from({ length: 50 }, () => run()));
		await prepared(company);
	});

	test('a deal that somebody opened already is taken, one that is signed already leaves nothing to do', async () => {
		const [open, signed] = [await newClient(), await newClient()];
		for (const company of [open, signed]) await subscribe(company);
		const own = await make('opportunities', {
			name: 'Renouvellement maison',
			company: open,
			kind: 'renewal',
			stage: stages.proposal,
			amount_cents: 1,
			close_date: end,
			next_step: 'x',
			owner: lea.id,
		});
		const won = await make('opportunities', {
			name: 'Signé',
			company: signed,
			kind: 'renewal',
			stage: stages.negotiation,
			amount_cents: 1,
			close_date: end,
			next_step: 'x',
		});
		await patch('opportunities', won, { stage: stages.won });
		await run();
		expect((await prepared(open)).deal).toMatchObject({ id: own, name: 'Renouvellement maison', amount_cents: 1 });
		expect((await dealsOf(signed)).map(({ id }) => id)).toEqual([won]);
		expect(await tasksOf(won)).toEqual([]);
	});

	test('two contracts of one client have a deal each: a deal that is won settles its own date only, and is not looked at again', async () => {
		const company = await newClient();
		const contract = (name: string, ends_on: string): Promise<string> =>
			make('contracts', { name, company, type: 'maintenance', status: 'signed', starts_on: '2025-06-01', ends_on, renewal: 'explicit', value_cents: 900_000 });
		await contract('Maintenance', '2026-04-10');
		await contract('Support', end);
		const won = await make('opportunities', { name: 'Signé', company, kind: 'renewal', stage: stages.negotiation, amount_cents: 1, close_date: '2026-04-08', next_step: 'x' });
		await patch('opportunities', won, { stage: stages.won, close_date: '2026-04-08' });
		await run();
		const deals = await dealsOf(company);
		expect(deals.map(({ close_date }) => close_date)).toEqual(['2026-04-08', end]);
		expect([await tasksOf(won), (await alertsOf(won)).map(({ state }) => state)]).toEqual([[], ['done']]);
		const other = String(deals[1]?.id);
		expect((await alertsOf(other)).map(({ state }) => state)).toEqual(['open']);
		expect(await tasksOf(other)).toHaveLength(1);
		const parts = async (): Promise<number> => (await directus.database('jobs').where({ kind: 'success.renewal_part' }).pluck('id')).length;
		const before = [await everything(), await parts()];
		advanceClock(60_000);
		await run();
		expect([await everything(), await parts()]).toEqual(before);
	}); // prettier-ignore

	test('what renews by itself moves to its next date when nobody stopped it, in the record, and what was open about it ends', async () => {
		const [silent, stopped, agreed] = [await newClient(), await newClient(), await newClient()];
		const rolled = await subscribe(silent);
		const leaving = await subscribe(stopped, { cancelled_on: '2026-04-20' });
		const explicit = await subscribe(agreed, { auto_renew: false });
		const contract = await make('contracts', { name: 'Maintenance', company: silent, type: 'service', status: 'signed', starts_on: '2025-05-16', ends_on: '2026-05-15', renewal: 'tacit', renewal_months: 12, notice_days: 30, value_cents: 1, subscription: rolled });
		await run();
		const { alert, deal } = await prepared(silent);
		stopClock('2026-06-01T09:00:00Z');
		await run();
		const read = async (collection: string, id: string, field: string): Promise<unknown> => (await call<Row>(directus.admin, 'GET', `/items/${collection}/${id}`))[field];
		expect(await read('subscriptions', rolled, 'renewal_on')).toBe(end);
		expect([await read('contracts', contract, 'ends_on'), await read('contracts', contract, 'notice_on')]).toEqual(['2027-05-15', '2027-04-15']);
		stopClock('2026-06-08T09:00:00Z');
		await run();
		expect(await Promise.all([rolled, leaving, explicit].map((id) => read('subscriptions', id, 'renewal_on')))).toEqual(['2027-06-01', end, end]);
		expect((await alertsOf(deal.id)).find(({ id }) => id === alert.id)).toMatchObject({ state: 'done', outcome: 'L’échéance a passé sans dénonciation : reconduit tacitement jusqu’au 1er juin 2027.' });
		expect((await tasksOf(deal.id)).map(({ status }) => status)).toEqual(['cancelled']);
		const messages = (await directus.database('directus_notifications').pluck('message')) as string[];
		expect(messages.filter((one) => one.includes('Il reste -'))).toEqual([]);
		const before = await everything();
		await run();
		expect(await everything()).toEqual(before);
		for (const id of [leaving, explicit]) await patch('subscriptions', id, { status: 'ended', ends_on: '2026-06-08' });
	}); // prettier-ignore

	test('at 60 days the owner is reminded when nothing has moved, at 30 the manager is told, each once', async () => {
		const [idle, busy] = [await newClient(), await newClient()];
		for (const company of [idle, busy]) await subscribe(company);
		await run();
		await directus.database('directus_notifications').del();
		stopClock('2026-03-10T09:00:00Z');
		await make('interactions', { kind: 'call', subject: 'Point', company: busy, at: '2026-03-10T09:00:00Z' });
		const counts = async (on: string): Promise<number[]> => {
			stopClock(`${on}T09:00:00Z`);
			await run();
			await run();
			const ofIdle = String((await prepared(idle)).alert.title);
			return [
				(await noticesOf(lea.id)).filter((one) => one.includes(ofIdle)).length,
				(await noticesOf(manager.id)).filter((one) => one.includes(ofIdle)).length,
			];
		};
		// 2 April is the 60th day before, 4 May the first working day from the 30th on.
		expect(await counts('2026-04-01')).toEqual([0, 0]);
		expect(await counts('2026-04-02')).toEqual([1, 0]);
		expect(await counts('2026-04-29')).toEqual([1, 0]);
		expect((await prepared(idle)).alert.severity).toBe('warning');
		expect((await prepared(busy)).alert.severity).toBe('info');
		expect(await counts('2026-05-03')).toEqual([1, 0]);
		expect(await counts('2026-05-04')).toEqual([2, 1]);
		expect((await prepared(idle)).alert.severity).toBe('critical');
		expect((await prepared(busy)).alert.severity).toBe('critical');
	});

	test('it closes by itself, at once, when it is signed, renewed or cancelled', async () => {
		const [signed, renewed, cancelled] = [await newClient(), await newClient(), await newClient()];
		const [, two, three] = [await subscribe(signed), await subscribe(renewed), await subscribe(cancelled)];
		await run();
		const states = async (company: string): Promise<string[]> => {
			const { alert, task } = await prepared(company);
			return [alert.state, task.status];
		};
		await patch('subscriptions', two, { note: 'Rien d’important.' });
		expect(await states(renewed)).toEqual(['open', 'todo']);
		const { deal } = await prepared(signed);
		await patch('opportunities', deal.id, { stage: stages.won });
		await patch('subscriptions', two, { renewal_on: '2027-06-01' });
		await patch('subscriptions', three, { status: 'cancelled', cancelled_on: '2026-03-03', ends_on: '2026-04-01' });
		for (const company of [signed, renewed, cancelled]) expect(await states(company)).toEqual(['done', 'cancelled']);
		await run();
		expect(await dealsOf(cancelled)).toHaveLength(1);
		// The next term is another occasion.
		stopClock('2027-03-08T09:00:00Z');
		await run();
		expect((await dealsOf(renewed)).map(({ close_date }) => close_date)).toEqual([end, '2027-06-01']);
	});

	test('a client’s contract without subscription is renewed, too; a supplier’s and a draft are not', async () => {
		const company = await newClient();
		const contract = (over: Row): Promise<string> =>
			make('contracts', {
				name: 'Maintenance du parc',
				company,
				type: 'maintenance',
				status: 'signed',
				starts_on: '2025-06-01',
				ends_on: end,
				renewal: 'none',
				value_cents: 900_000,
				...over,
			});
		await contract({});
		await contract({ status: 'draft' });
		await contract({ type: 'supplier' });
		await contract({ subscription: await subscribe(company, { renewal_on: '2026-12-01' }) });
		await run();
		const { deal, task } = await prepared(company);
		expect(deal).toMatchObject({ kind: 'renewal', amount_cents: 900_000, mrr_cents: null, close_date: end });
		expect(task.description).toContain('Sans tacite reconduction : sans nouvel accord, le revenu s’arrête ce jour-là.');
	});

	test('on days of rest nothing is done, nor when it is switched off', async () => {
		const company = await newClient();
		await subscribe(company);
		stopClock('2026-03-08T09:00:00Z');
		await run();
		stopClock(start);
		await call(directus.admin, 'PATCH', '/items/settings', { renewals_enabled: false });
		await run();
		expect(await dealsOf(company)).toEqual([]);
		await call(directus.admin, 'PATCH', '/items/settings', { renewals_enabled: true });
	});
});

describe('notice dates (flow 42)', () => {
	const remind = (): Promise<void> => runJob(directus, 'success.contracts');
	const contractAlerts = (contract: string): Promise<Alert[]> => list<Alert>('alerts', { contract: { _eq: contract } });
	const read = (id: string): Promise<Row> => call<Row>(directus.admin, 'GET', `/items/contracts/${id}`);
	let supplier: string;
	let buyer: { id: string; client: Client };
	const contract = async (over: Row = {}): Promise<string> =>
		make('contracts', {
			name: 'Hébergement',
			company: supplier,
			type: 'supplier',
			status: 'signed',
			owner: buyer.id,
			team,
			starts_on: '2025-08-01',
			ends_on: '2026-07-31',
			renewal: 'tacit',
			renewal_months: 12,
			notice_days: 90,
			value_cents: 500_000,
			...over,
		});

	beforeAll(async () => {
		stopClock(start);
		buyer = await directus.hire('Finance');
		supplier = await make('companies', { name: 'Nuages SAS', is_supplier: true, is_prospect: false, lifecycle: 'none' });
	});

	test('the notice date follows end, notice and renewal in the same transaction, and nobody types it', async () => {
		const id = await contract();
		expect((await read(id))['notice_on']).toBe('2026-05-02');
		await patch('contracts', id, { notice_days: 60 });
		expect((await read(id))['notice_on']).toBe('2026-06-01');
		await patch('contracts', id, { renewal: 'explicit' });
		expect((await read(id))['notice_on']).toBeNull();
		await patch('contracts', id, { renewal: 'tacit', ends_on: '2028-03-01', notice_days: 1 });
		expect((await read(id))['notice_on']).toBe('2028-02-29');
		await patch('contracts', id, { status: 'terminated', terminated_on: '2026-03-03' });
		expect((await read(id))['notice_on']).toBeNull();
		await call(direction.client, 'PATCH', `/items/contracts/${id}`, { notice_on: '2027-01-01' }).then(
			() => expect.unreachable('the notice date was written from outside'),
			() => undefined,
		);
	});

	test('the right owner is told before the date, on working days, and the manager with the last reminder; each once', async () => {
		const id = await contract();
		const due = async (on: string): Promise<[number, number, string | undefined]> => {
			stopClock(`${on}T09:00:00Z`);
			await remind();
			await remind();
			const own = (await noticesOf(buyer.id)).filter((one) => one.includes('Hébergement')).length;
			return [own, (await noticesOf(manager.id)).filter((one) => one.includes('Hébergement')).length, (await contractAlerts(id))[0]?.severity];
		};
		// 45 days before Saturday 2 May is Wednesday 18 March, 10 days before Wednesday 22 April.
		expect(await due('2026-03-17')).toEqual([0, 0, undefined]);
		expect(await due('2026-03-18')).toEqual([1, 0, 'warning']);
		expect(await due('2026-04-21')).toEqual([1, 0, 'warning']);
		expect(await due('2026-04-22')).toEqual([2, 1, 'critical']);
		const [alert] = await contractAlerts(id);
		expect(alert).toMatchObject({ kind: 'contract_end', assignee: buyer.id, value_cents: 500_000, title: 'À décider avant le 2 mai 2026 : Hébergement' });
		expect(alert?.reason.replaceAll(/\s/g, ' ')).toBe(
			'Sans dénonciation avant le 2 mai 2026, le contrat avec Nuages SAS est reconduit 12 mois, jusqu’au 31 juillet 2027 (fin le 31 juillet 2026, préavis de 90 jours). Valeur : 5 000 € hors taxes.',
		);
		const before = await everything();
		await remind();
		expect(await everything()).toEqual(before);
		// The date has passed: it says what follows.
		stopClock('2026-05-04T09:00:00Z');
		await remind();
		expect((await contractAlerts(id))[0]).toMatchObject({
			state: 'done',
			outcome: 'Sans dénonciation au 2 mai 2026, le contrat est reconduit jusqu’au 31 juillet 2027.',
		});
		await patch('contracts', id, { ends_on: '2027-07-31' });
		stopClock('2027-03-18T09:00:00Z');
		await remind();
		expect(await contractAlerts(id)).toHaveLength(2);
	});

	test('a client’s contract is the account manager’s, one without anybody Direction’s', async () => {
		const ofClient = await contract({ company: await newClient(), type: 'service', owner: null, renewal: 'none' });
		const ofNobody = await contract({ owner: null, name: 'Orphelin' });
		await directus.database('contracts').where({ id: ofNobody }).update({ user_created: null });
		stopClock('2026-07-01T09:00:00Z');
		await remind();
		stopClock('2026-04-01T09:00:00Z');
		await remind();
		expect((await contractAlerts(ofClient))[0]).toMatchObject({ assignee: lea.id, title: 'Fin le 31 juillet 2026 : Hébergement' });
		expect((await contractAlerts(ofNobody))[0]).toMatchObject({ assignee: direction.id });
	});

	test('a reminder closes at once when the contract is terminated, put away or given another date', async () => {
		stopClock('2026-04-01T09:00:00Z');
		const [ended, moved, away] = [await contract(), await contract(), await contract()];
		await remind();
		await patch('contracts', ended, { description: 'Relu.' });
		expect((await contractAlerts(ended))[0]?.state).toBe('open');
		await patch('contracts', ended, { status: 'terminated', terminated_on: '2026-04-01' });
		await patch('contracts', moved, { ends_on: '2027-07-31' });
		await patch('contracts', away, { archived: true });
		for (const id of [ended, moved, away]) expect((await contractAlerts(id)).map(({ state }) => state)).toEqual(['done']);
		await remind();
		for (const id of [ended, moved, away]) expect(await contractAlerts(id)).toHaveLength(1);
	});

	test('fifty runs at once remind once', async () => {
		stopClock('2026-04-01T09:00:00Z');
		const id = await contract({ name: 'Assurance' });
		await Promise.all(Array.from({ length: 50 }, () => remind()));
		expect(await contractAlerts(id)).toHaveLength(1);
		expect((await noticesOf(buyer.id)).filter((one) => one.includes('Assurance'))).toHaveLength(1);
	});

	let direction: { id: string; client: Client };
	beforeAll(async () => {
		direction = await directus.hire('Direction');
	});
});
