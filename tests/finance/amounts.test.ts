import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { parseJson } from '../../extensions/orchestre/src/platform/directus.ts';
import { ask, faultyFields } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';

let directus: TestDirectus;
let finance: Client & { url: URL };
let company: string;

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false' });
	finance = (await directus.as('Finance')) as typeof finance;
	company = (await call<{ id: string }>(directus.admin, 'POST', '/items/companies', { name: 'Client SA' })).id;
});
afterAll(() => directus.close());

const create = async (collection: string, row: Row): Promise<string> => (await call<{ id: string }>(finance, 'POST', `/items/${collection}`, row)).id;
const change = (collection: string, id: string, row: Row): Promise<unknown> => call(finance, 'PATCH', `/items/${collection}/${id}`, row);
const read = (collection: string, id: string): Promise<Record<string, unknown>> =>
	directus.database(collection).where({ id }).first() as Promise<Record<string, unknown>>;
const line = (over: Row = {}): Row => ({ label: 'Pose', unit_price_cents: 10_000, ...over });
const totals = (net: number, vat: number): Record<string, number> => ({ net_cents: net, vat_cents: vat, gross_cents: net + vat });

describe.each([
	['quotes', 'quote', { title: 'Chantier' }],
	['invoices', 'invoice', { direction: 'sale' }],
])('%s', (collection, field, base) => {
	const document = (lines: Row[] = [], over: Row = {}): Promise<string> => create(collection, { company, ...base, lines: lines as never, ...over });

	test('come to what their lines do: quantities, discounts and several rates, VAT rounded once per rate', async () => {
		const id = await document([
			line({ quantity: 3000, unit_price_cents: 33, vat_rate: 2000 }),
			line({ quantity: 1500, unit_price_cents: 8000, discount: 1000, vat_rate: 550 }),
			line({ quantity: 1000, unit_price_cents: 33, vat_rate: 2000 }),
		]);
		const stored = await read(collection, id);
		expect(stored).toMatchObject(totals(10_932, 620));
		expect(parseJson(stored['vat_breakdown'])).toEqual([
			{ rate: 2000, net_cents: 132, vat_cents: 26 },
			{ rate: 550, net_cents: 10_800, vat_cents: 594 },
		]);
		const lines = await directus
			.database('line_items')
			.where({ [field]: id })
			.orderBy('net_cents')
			.select('net_cents', 'vat_cents', 'gross_cents');
		expect(lines).toEqual([totals(33, 7), totals(99, 20), totals(10_800, 594)]);
	});

	test('follow lines that come, change, move and go, by themselves or with their document', async () => {
		const id = await document();
		expect(await read(collection, id)).toMatchObject(totals(0, 0));
		const first = await create('line_items', line({ [field]: id }));
		expect(await read(collection, id)).toMatchObject(totals(10_000, 2000));
		await change('line_items', first, { quantity: 2500, discount: 5000, vat_rate: 1000 });
		expect(await read(collection, id)).toMatchObject(totals(12_500, 1250));
		await change(collection, id, { lines: { create: [line({ unit_price_cents: 1 })], update: [{ id: first, quantity: 1000 }], delete: [] } });
		expect(await read(collection, id)).toMatchObject(totals(5001, 500));
		const other = await document([line()]);
		await change('line_items', first, { [field]: other });
		expect(await read(collection, id)).toMatchObject(totals(1, 0));
		expect(await read(collection, other)).toMatchObject(totals(15_000, 2500));
		await call(finance, 'DELETE', `/items/line_items/${first}`);
		expect(await read(collection, other)).toMatchObject(totals(10_000, 2000));
		await change(collection, other, { lines: [] });
		expect(await read(collection, other)).toMatchObject({ ...totals(0, 0), ...(collection === 'invoices' && { remaining_cents: 0 }) });
	});

	test('are not forged, by whomever', async () => {
		const id = await document([line()]);
		for (const client of [finance, directus.admin as typeof finance]) {
			for (const [path, body] of [
				[`/items/${collection}/${id}`, { gross_cents: 1 }],
				[`/items/${collection}/${id}`, { lines: { update: [], delete: [], create: [line({ net_cents: 1 })] } }],
			] as const)
				expect((await ask(client, 'PATCH', path, body)).status).toBeGreaterThanOrEqual(400);
			expect((await ask(client, 'POST', `/items/${collection}`, { company, ...base, net_cents: 5 })).status).toBeGreaterThanOrEqual(400);
		}
		expect(await read(collection, id)).toMatchObject(totals(10_000, 2000));
	});

	test('stay as they were when a write is refused half way', async () => {
		const id = await document([line()]);
		const answer = await ask(finance, 'PATCH', `/items/${collection}/${id}`, {
			lines: { create: [line(), line({ unit_price_cents: 2_000_000_000, quantity: 9000 })], update: [], delete: [] },
		});
		expect(answer.status).toBe(400);
		expect(answer.errors[0]?.message).toBe('Le total dépasse 21 474 836,47 € : répartissez-le sur plusieurs documents.');
		expect(faultyFields(answer)).toEqual(['unit_price_cents']);
		expect(await read(collection, id)).toMatchObject(totals(10_000, 2000));
		expect(await directus.database('line_items').where({ [field]: id })).toHaveLength(1);
	});

	test('lose nothing when several people add lines at once', async () => {
		const id = await document();
		await Promise.all(Array.from({ length: 8 }, () => create('line_items', line({ [field]: id }))));
		expect(await read(collection, id)).toMatchObject(totals(80_000, 16_000));
	});

	test('say in their history what the total became, in the name of Orchestre', async () => {
		const id = await document([line()]);
		const [revision] = (await directus
			.database('directus_revisions as r')
			.join('directus_activity as a', 'a.id', 'r.activity')
			.where({ 'r.collection': collection, 'r.item': id, 'a.action': 'update' })
			.select('r.delta', 'a.user')) as { delta: unknown; user: string }[];
		expect(parseJson(revision?.delta)).toMatchObject(totals(10_000, 2000));
		expect(revision?.user).toBe('00000000-0000-4000-8000-000000000001');
	});
});

test('a line of a deal has its amounts, too', async () => {
	const stage = (await directus.database('stages').where({ is_won: false, is_lost: false }).first('id')) as { id: string };
	const deal = await call<{ id: string }>(directus.admin, 'POST', '/items/opportunities', {
		name: 'Affaire',
		company,
		stage: stage.id,
		close_date: '2030-01-31',
		lines: [line({ quantity: 2000 })] as never,
	});
	expect(await directus.database('line_items').where({ opportunity: deal.id }).first('net_cents', 'vat_cents', 'gross_cents')).toEqual(totals(20_000, 4000));
});

describe('what is paid', () => {
	let invoice: string;
	beforeEach(async () => {
		invoice = await create('invoices', { company, direction: 'sale', status: 'sent', sent_at: '2026-01-05T09:00:00Z', lines: [line()] as never });
	});
	const pay = (amount_cents: number, over: Row = {}): Promise<string> => create('payments', { company, amount_cents, paid_on: '2026-02-03', ...over });
	const allocate = (payment: string, amount_cents: number): Promise<string> => create('payment_allocations', { payment, invoice, amount_cents });
	const shown = (): Promise<Record<string, unknown>> =>
		call(finance, 'GET', `/items/invoices/${invoice}`, undefined, { fields: 'status,paid_cents,remaining_cents,paid_on' });

	test('follows allocations that come, change and go, and the status with it', async () => {
		expect(await shown()).toEqual({ status: 'sent', paid_cents: 0, remaining_cents: 12_000, paid_on: null });
		const payment = await pay(12_000);
		const allocation = await allocate(payment, 5000);
		expect(await shown()).toEqual({ status: 'partly_paid', paid_cents: 5000, remaining_cents: 7000, paid_on: null });
		await change('payment_allocations', allocation, { amount_cents: 12_000 });
		expect(await shown()).toEqual({ status: 'paid', paid_cents: 12_000, remaining_cents: 0, paid_on: '2026-02-03' });
		expect(await read('payments', payment)).toMatchObject({ allocated_cents: 12_000 });
		await call(finance, 'DELETE', `/items/payment_allocations/${allocation}`);
		expect(await shown()).toEqual({ status: 'sent', paid_cents: 0, remaining_cents: 12_000, paid_on: null });
		expect(await read('payments', payment)).toMatchObject({ allocated_cents: 0 });
	});

	test('counts money that came: not a payment that waits or was rejected', async () => {
		const payment = await pay(12_000, { status: 'pending' });
		await allocate(payment, 12_000);
		expect(await shown()).toMatchObject({ status: 'sent', paid_cents: 0 });
		await change('payments', payment, { status: 'received' });
		expect(await shown()).toMatchObject({ status: 'paid', paid_cents: 12_000 });
		await change('payments', payment, { status: 'failed', failure_reason: 'Provision insuffisante' });
		expect(await shown()).toMatchObject({ status: 'sent', paid_cents: 0, remaining_cents: 12_000 });
	});

	test('counts a credit note that was set off, on both sides', async () => {
		const credit_note = await create('invoices', {
			company,
			direction: 'sale',
			type: 'credit_note',
			status: 'sent',
			lines: [line({ quantity: 500 })] as never,
		});
		await create('payment_allocations', { credit_note, invoice, amount_cents: 6000 });
		expect(await shown()).toMatchObject({ status: 'partly_paid', paid_cents: 6000, remaining_cents: 6000 });
		expect(await read('invoices', credit_note)).toMatchObject({ status: 'paid', paid_cents: 6000, remaining_cents: 0 });
	});

	test('two payments at once both count', async () => {
		const [one, two] = [await pay(6000), await pay(6000)];
		await Promise.all([allocate(one, 6000), allocate(two, 6000)]);
		expect(await shown()).toMatchObject({ status: 'paid', paid_cents: 12_000 });
	});

	test('is not set by hand, and a dispute stays one', async () => {
		const answer = await ask(finance, 'PATCH', `/items/invoices/${invoice}`, { status: 'paid' });
		expect(answer.errors[0]).toMatchObject({ message: expect.stringContaining('affectez le paiement'), extensions: { field: 'status' } });
		expect((await ask(directus.admin as typeof finance, 'PATCH', `/items/invoices/${invoice}`, { paid_cents: 1 })).status).toBe(400);
		await change('invoices', invoice, { status: 'disputed', dispute_reason: 'Quantité' });
		await allocate(await pay(12_000), 12_000);
		expect(await shown()).toMatchObject({ status: 'disputed', paid_cents: 12_000 });
		await change('invoices', invoice, { status: 'sent' });
		expect(await shown()).toMatchObject({ status: 'paid', paid_on: '2026-02-03' });
	});
});

test('a quote keeps the moment at which it was refused, whatever is written on it later; taken up again it has none', async () => {
	const quote = await create('quotes', { company, title: 'Chantier', status: 'sent' });
	const refusedAt = async (): Promise<unknown> => (await read('quotes', quote))['refused_at'];
	expect(await refusedAt()).toBeNull();
	await change('quotes', quote, { status: 'refused', refusal_reason: 'price' });
	const at = await refusedAt();
	expect(at).not.toBeNull();
	const told = (await directus.database('directus_revisions').where({ collection: 'quotes', item: quote }).pluck('delta')) as unknown[];
	expect(told.some((delta) => JSON.stringify(delta).includes('refused_at'))).toBe(true);
	await change('quotes', quote, { refusal_comment: 'Trop cher' });
	await change('quotes', quote, { status: 'refused', refusal_reason: 'timing' });
	expect(await refusedAt()).toEqual(at);
	expect((await ask(finance, 'PATCH', `/items/quotes/${quote}`, { refused_at: '2026-01-01T00:00:00Z' })).status).toBeGreaterThanOrEqual(400);
	await change('quotes', quote, { status: 'sent' });
	expect(await refusedAt()).toBeNull();
	const born = await create('quotes', { company, title: 'Perdu', status: 'refused' });
	expect((await read('quotes', born))['refused_at']).not.toBeNull();
});
