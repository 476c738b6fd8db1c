import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readContexts, type Context } from '../../extensions/orchestre/src/leads/intake/surroundings.ts';
import { flagDuplicates } from '../../extensions/orchestre/src/leads/intake/duplicates.ts';
import { toLeadRow } from '../../extensions/orchestre/src/leads/intake/row.ts';
import { score } from '../../extensions/orchestre/src/leads/intake/treat-one.ts';
import { recountWorkloads } from '../../extensions/orchestre/src/leads/people.ts';
import { readRules } from '../../extensions/orchestre/src/leads/settings.ts';
import { orchestreUserId } from '../../extensions/orchestre/src/platform/directus.ts';
import { demoIdRange } from '../../scripts/demo/ids.ts';
import { hasDemo, removeDemo, seedDemo } from '../../scripts/demo/index.ts';
import { member } from '../../scripts/demo/team.ts';
import { call, createClient, pathOf } from '../../scripts/support/client.ts';
import type { Row } from '../../scripts/support/client.ts';
import { signToken } from '../../scripts/support/directus.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';

let directus: TestDirectus;
let before: Map<string, number>;
let seeded: Awaited<ReturnType<typeof seedDemo>>;

const range = (): [string, string] => [demoIdRange[0], demoIdRange[1]];

const ofDirectus = new Set(['directus_activity', 'directus_revisions', 'directus_sessions', 'sqlite_sequence']);

async function rowCounts(): Promise<Map<string, number>> {
	const tables = (await directus.database('sqlite_master').where({ type: 'table' }).pluck('name')) as string[];
	const counts = new Map<string, number>();
	for (const table of tables)
		if (!ofDirectus.has(table)) counts.set(table, Number(((await directus.database(table).count({ n: '*' })) as { n: number }[])[0]?.n));
	return counts;
}

const count = async (path: string, filter: Row = {}): Promise<number> => {
	const [answer] = await call<{ count: string }[]>(directus.admin, 'SEARCH', path, { query: { aggregate: { count: '*' }, filter } });
	return Number(answer?.count);
};

beforeAll(async () => {
	directus = await startDirectus();
	before = await rowCounts();
	seeded = await seedDemo({ database: directus.database });
}, 120_000);
afterAll(() => directus.close());

test('the demo is there within a minute, whole, and a second seed changes nothing', async () => {
	expect(seeded.seconds).toBeLessThan(60);
	for (const [collection, rows] of Object.entries(seeded.rows))
		expect([collection, await count(pathOf(collection))]).toEqual([collection, rows + (before.get(collection) ?? 0)]);
	expect(await directus.database.raw('pragma foreign_key_check')).toEqual([]);
	const after = await rowCounts();
	expect(await seedDemo({ database: directus.database })).toMatchObject({ rows: {} });
	expect(await rowCounts()).toEqual(after);
});

test('dates and moments are stored in the form that the API filters by', async () => {
	const rows = await call<{ id: string; date_created: string; status: string; assignment: { kind: string } | null }[]>(
		directus.admin,
		'SEARCH',
		'/items/leads',
		{ query: { limit: -1, fields: ['id', 'date_created', 'status', 'assignment'], sort: ['date_created'] } },
	);
	const middle = rows[700]?.date_created ?? '';
	expect(middle).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
	expect(await count('/items/leads', { date_created: { _gte: middle } })).toBe(rows.filter(({ date_created }) => date_created >= middle).length);
	expect(rows[0]?.assignment).toMatchObject({ kind: expect.any(String) as string });

	const invoices = await call<{ due_date: string | null }[]>(directus.admin, 'SEARCH', '/items/invoices', { query: { limit: -1, fields: ['due_date'] } });
	const due = invoices[300]?.due_date ?? '';
	expect(due).toMatch(/^\d{4}-\d\d-\d\d$/);
	expect(await count('/items/invoices', { due_date: { _gte: `${due}T00:00:00` } })).toBe(
		invoices.filter(({ due_date }) => due_date !== null && due_date >= due).length,
	);

	// One row of ours beside one that Directus writes itself: the same storage class.
	const company = await call<{ id: string }>(directus.admin, 'POST', '/items/companies', { name: 'Témoin', client_since: '2025-03-04' });
	const kinds = (await directus
		.database('companies')
		.whereNotNull('client_since')
		.select(directus.database.raw('typeof(client_since) as day, typeof(date_created) as moment, typeof(is_client) as flag'))
		.groupBy('day', 'moment', 'flag')) as object[];
	expect(kinds).toHaveLength(1);
	await call(directus.admin, 'DELETE', `/items/companies/${company.id}`);
});

test('stored scores, duplicates and workloads are what the product computes from the stored rows', async () => {
	const { database } = directus;
	const rows = ((await database('leads').whereBetween('id', range())) as Record<string, unknown>[]).map(toLeadRow);
	await database.transaction(async (trx) => {
		const rules = await readRules(trx);
		const open = rows.filter(({ status }) => status !== 'lost' && status !== 'converted');
		expect(open.length).toBeGreaterThan(40);
		const contexts = await readContexts(trx, open, true);
		const changed = open.filter((row) => score({ ...row }, contexts.get(row.id) as Context, rules, lastNight(rows)));
		expect(changed.map(({ display_name }) => display_name)).toEqual([]);

		const flags = rows.map(({ id, duplicate_of, duplicate_reason }) => ({ id, duplicate_of, duplicate_reason }));
		await flagDuplicates(trx, rows);
		expect(rows.map(({ id, duplicate_of, duplicate_reason }) => ({ id, duplicate_of, duplicate_reason }))).toEqual(flags);
		expect(await recountWorkloads(trx)).toBe(0);
	});
});

/** When the points last faded in the demo: the latest moment of scoring. */
const lastNight = (rows: readonly { scored_at: Date | null }[]): Date => rows.reduce((last, { scored_at: at }) => (at && at > last ? at : last), new Date(0));

test('a salesperson of the demo signs in and sees leads, and a new one comes out scored, assigned and followed up', async () => {
	const sales = member('sales-1');
	const role = (await directus.database('directus_users').where({ id: sales.id }).first('role')) as { role: string };
	const client = createClient(directus.url, signToken({ id: sales.id, role: role.role }));
	await call(directus.admin, 'PATCH', `/users/${sales.id}`, { password: 'essai-de-connexion' });
	const login = await fetch(`${directus.url}/auth/login`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ email: sales.email, password: 'essai-de-connexion' }),
	});
	expect(login.status).toBe(200);
	const own = await call<{ id: string }[]>(client, 'GET', '/items/leads', undefined, { limit: 5 });
	expect(own).toHaveLength(5);
	const lead = await call<{ id: string }>(directus.admin, 'POST', '/items/leads', {
		last_name: 'Nouvelle',
		company_name: 'Atelier d’essai',
		industry: 'manufacturing',
		size_band: '50-249',
		source: 'website',
	});
	const treated = (await directus.database('leads').where({ id: lead.id }).first()) as { owner: string; grade: string };
	expect(treated.owner >= demoIdRange[0] && treated.owner <= demoIdRange[1]).toBe(true);
	expect(await count('/items/tasks', { lead: { _eq: lead.id } })).toBeGreaterThan(0);
});

test('removing it leaves no row of the demo but those that the staff’s own rows cannot do without', async () => {
	const { database, admin } = directus;
	const company = (await database('companies').whereBetween('id', range()).where({ is_client: true }).first('id')) as { id: string };
	const lead = (await database('leads').whereBetween('id', range()).where({ status: 'contacted' }).first('id')) as { id: string };
	const deal = await call<{ id: string }>(admin, 'POST', '/items/opportunities', {
		name: 'Affaire du personnel',
		company: company.id,
		stage: '35000000-0000-4000-8000-000000000001',
	});
	const task = await call<{ id: string }>(admin, 'POST', '/items/tasks', { title: 'Rappeler', lead: lead.id, assignee: member('sales-1').id });
	const automatic = randomUUID();
	await database('tasks').insert({
		id: automatic,
		title: 'Automatique',
		status: 'todo',
		priority: 'normal',
		kind: 'todo',
		origin: 'leads.follow_up',
		lead: lead.id,
		user_created: orchestreUserId,
		date_created: new Date(),
	});

	// What the product made of the demo by itself goes with it, until somebody works on it.
	const renewal = randomUUID();
	const [other] = (await database('companies').whereBetween('id', range()).where({ is_client: true }).whereNot({ id: company.id }).limit(1)) as {
		id: string;
	}[];
	await database('opportunities').insert({
		id: renewal,
		name: 'Renouvellement préparé',
		kind: 'renewal',
		company: other?.id,
		stage: '35000000-0000-4000-8000-000000000001',
		user_created: orchestreUserId,
		date_created: new Date(),
	});

	// Direction made « Notre entreprise » their own.
	expect(await database('company_profile').first('legal_name', 'siren')).toEqual({ legal_name: 'Solenval SAS', siren: '600000004' });
	await call(directus.admin, 'PATCH', '/items/company_profile', { legal_name: 'Atelier Horizon SAS', siren: '732829320' });

	const { removed, kept } = await removeDemo({ database });
	expect(await call(directus.admin, 'GET', '/items/company_profile?fields=legal_name,siren')).toEqual({
		legal_name: 'Atelier Horizon SAS',
		siren: '732829320',
	});
	expect(await database('opportunities').where({ id: renewal }).first('id')).toBeUndefined();
	expect(removed.leads).toBe(seeded.rows.leads);
	expect(kept).toEqual({ companies: 1 });
	expect(await hasDemo(database)).toBe(false);
	const left = [...(await rowCounts())].filter(([table, rows]) => rows !== before.get(table)).map(([table]) => table);
	for (const table of left.filter((name) => name !== 'companies' && !name.startsWith('planning_'))) {
		const columns = await database(table).columnInfo();
		if (columns.id?.type === 'char') expect([table, await database(table).whereBetween('id', range()).pluck('id')]).toEqual([table, []]);
	}
	expect(await database('planning_attendees').first()).toBeUndefined();
	expect(await database('opportunities').where({ id: deal.id }).first('company')).toEqual({ company: company.id });
	expect(await database('tasks').where({ id: task.id }).first('lead', 'assignee')).toEqual({ lead: null, assignee: null });
	expect(await database('tasks').where({ id: automatic }).first('id')).toBeUndefined();
	expect(await database('leads').where({ last_name: 'Nouvelle' }).first('owner', 'counted_for')).toEqual({ owner: null, counted_for: null });
	expect(await database.raw('pragma foreign_key_check')).toEqual([]);
	expect(await removeDemo({ database })).toMatchObject({ removed: {} });
}, 60_000);
