import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readFileSync } from 'node:fs';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { dashboardId } from '../../seeds/dashboards/ids.ts';
import { folderIds } from '../../seeds/ids.ts';
import { buttons } from '../../seeds/rights/buttons.ts';
import { dashboardsOf } from '../../seeds/rights/dashboards.ts';
import { staffRoles } from '../../seeds/rights/words.ts';
import { root } from '../../scripts/support/environment.mjs';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { ask, each, isRefused, query, wordsOf, type Reply } from './support/ask.ts';
import { hireCast, type Actor, type Cast } from './support/cast.ts';
import { Facts } from './support/facts.ts';
import { Ledger } from './support/ledger.ts';
import { Planter } from './support/world.ts';
import { tables } from './support/schema.ts';
import { checkReads } from './support/reads.ts';

/** Ways in beside the rows of a table: files, revisions, comments, flows, our own routes; and people who are not like the others. */
let directus: TestDirectus;
let cast: Cast;
let facts: Facts;
let planter: Planter;
const ledger = new Ledger();
const staff = ['direction', 'manager', 'commercial', 'finance', 'success', 'operations'] as const;
const nobody = { token: null } as Actor;

const actor = (label: string): Actor => {
	const found = cast.actors.find((one) => one.label === label);
	if (!found) throw new Error(`no actor ${label}`);
	return found;
};
const expectSame = (right: boolean, who: string, door: string, action: string, what: () => string): void => ledger.check(right, [who, door, action], what);
const found = (): string[] => {
	const faults = ledger.report();
	ledger.faults.length = 0;
	return faults;
};
const ids = ({ data }: Reply): string[] => ((data as { id: string }[] | undefined) ?? []).map(({ id }) => String(id));

beforeAll(async () => {
	directus = await startDirectus({ CACHE_SCHEMA_FREEZE_ENABLED: 'true', LOG_LEVEL: 'silent' });
	cast = await hireCast(directus, [
		...staff.map((role) => ({ label: role, role })),
		{ label: 'reseller', role: 'reseller' as const },
		{ label: 'api', role: 'api' as const },
		{ label: 'public', role: null },
		{ label: 'commercial and finance', role: 'commercial' as const, also: 'finance' as const },
	]);
	planter = new Planter(directus.database, cast);
	for (const name of ['leads', 'opportunities', 'quotes', 'invoices', 'contracts', 'payments', 'jobs'])
		for (const path of [{}, { team: cast.team.mine }, { owner: cast.actors[2]?.id }])
			await planter.plant(name, Object.keys(path).every((column) => tables.get(name)?.columns.some((one) => one.name === column)) ? path : {});
	facts = await Facts.read(directus.database);
});
afterAll(async () => {
	ledger.print('doors', tables.size);
	await directus.close();
});

describe('Directus’s own tables', () => {
	const closed = ['/revisions', '/permissions', '/policies', '/access', '/operations', '/webhooks', '/versions', '/extensions', '/schema/snapshot'];

	test('hold whole rows, rights and flows: only the administrator reads them', async () => {
		const [lead] = facts.rows.get('leads')?.keys() ?? [];
		await directus.admin.request(() => ({ method: 'PATCH', path: `/items/leads/${lead}`, body: JSON.stringify({ need: 'Une révision' }) }));
		for (const one of cast.actors)
			for (const path of closed) {
				const reply = await ask(directus.url, one, 'GET', path);
				const rows = (reply.data as unknown[] | undefined) ?? [];
				expectSame(
					isRefused(reply) || reply.status === 404 || (Array.isArray(rows) && rows.length === 0),
					one.label,
					path,
					'read',
					() => `${wordsOf(reply)} ${reply.text.slice(0, 120)}`,
				);
			}
		expect(found()).toEqual([]);
	});

	test('show the dashboards of one’s role, and let staff make their own, which others do not see', async () => {
		for (const one of cast.actors) {
			const roles = staffRoles.filter((role) => one.roles.includes(role));
			const expected = [...new Set(roles.flatMap((role) => dashboardsOf(role)))].toSorted().join();
			const listed = async (path: string, of: string): Promise<string> => {
				const rows = ((await ask(directus.url, one, 'GET', path)).data as Record<string, string>[] | undefined) ?? [];
				return [...new Set(rows.map((row) => row[of]))].toSorted().join();
			};
			const dashboards = await listed('/dashboards?limit=-1&fields=id', 'id');
			const panels = await listed('/panels?limit=-1&fields=dashboard', 'dashboard');
			expectSame(dashboards === expected, one.label, 'directus_dashboards', 'read', () => `${dashboards} instead of ${expected}`);
			expectSame(panels === expected, one.label, 'directus_panels', 'read', () => `panels of ${panels} instead of ${expected}`);
		}
		const [maker, other] = cast.actors.filter(({ roles }) => roles.includes('commercial'));
		if (!maker || !other) throw new Error('two salespeople are needed');
		const panel = { type: 'orchestre-kpis', position_x: 1, position_y: 1, width: 20, height: 8, options: {}, show_header: false };
		const own = await ask(directus.url, maker, 'POST', '/dashboards', { name: 'À moi' });
		expect(own.status).toBe(200);
		const { id } = own.data as { id: string };
		expect((await ask(directus.url, maker, 'POST', '/panels', { ...panel, dashboard: id })).status).toBe(200);
		for (const dashboard of [dashboardId(1), dashboardId(3)])
			expect((await ask(directus.url, maker, 'POST', '/panels', { ...panel, dashboard })).status).toBe(400);
		expect((await ask(directus.url, maker, 'PATCH', `/dashboards/${dashboardId(1)}`, { name: 'Pris' })).status).toBe(403);
		expect((await ask(directus.url, other, 'GET', `/dashboards/${id}`)).status).toBe(403);
		expect((await ask(directus.url, maker, 'DELETE', `/dashboards/${id}`)).status).toBe(204);
		expect(found()).toEqual([]);
	});

	test('show of the flows the buttons of one’s role, and nothing behind them', async () => {
		const drawn = ['color', 'icon', 'id', 'name', 'options', 'status', 'trigger'];
		for (const one of cast.actors) {
			const expected = Object.keys(buttons).filter((id) => buttons[id]?.some((role) => one.roles.includes(role)));
			// As the app asks for them.
			const reply = await ask(directus.url, one, 'GET', '/flows?fields=*,operations.*&limit=-1');
			const rows = (reply.data as Record<string, unknown>[] | undefined) ?? [];
			expectSame(ids(reply).toSorted().join() === expected.join(), one.label, 'directus_flows', 'read', () => `${rows.length} buttons: ${wordsOf(reply)}`);
			for (const row of rows)
				expectSame(Object.keys(row).toSorted().join() === drawn.join(), one.label, 'directus_flows', 'read', () => `shows ${Object.keys(row).join(', ')}`);
			for (const field of ['operations', 'operation', 'description', 'user_created', 'accountability'])
				for (const asked of [`fields=${field}`, `fields=id&filter[${field}][_nnull]=true`, `fields=id&sort=${field}`]) {
					const hidden = await ask(directus.url, one, 'GET', `/flows?${asked}`);
					const shown = hidden.status === 200 && ((hidden.data as unknown[] | undefined) ?? []).some((row) => Object.keys(row as object).includes(field));
					expectSame(
						isRefused(hidden) || (asked.startsWith('fields=operations') && !shown),
						one.label,
						'directus_flows',
						'read',
						() => `${asked}: ${wordsOf(hidden)}`,
					);
				}
		}
		expect(found()).toEqual([]);
	});

	test('show of the activity one’s own', async () => {
		for (const one of cast.actors) {
			const reply = await ask(directus.url, one, 'GET', '/activity?limit=-1&fields=id,user');
			const others = ((reply.data as { user: string }[] | undefined) ?? []).filter(({ user }) => user !== one.id);
			expectSame(others.length === 0, one.label, '/activity', 'read', () => `${others.length} of others`);
		}
		expect(found()).toEqual([]);
	});

	test('can be written by nobody who could give himself rights or a way out', async () => {
		const tries: [string, string, unknown][] = [
			['POST', '/permissions', { policy: null, collection: 'leads', action: 'read', fields: ['*'] }],
			['POST', '/policies', { name: 'À moi', admin_access: true }],
			['POST', '/access', { role: null, user: null, policy: null }],
			['POST', '/roles', { name: 'Roi' }],
			['POST', '/users', { email: 'pirate@exemple.fr', password: 'secret-secret' }],
			['POST', '/users/invite', { email: 'pirate@exemple.fr', role: null }],
			['POST', '/flows', { name: 'Fuite', trigger: 'manual' }],
			['POST', '/operations', { name: 'x', key: 'x', type: 'log', flow: null }],
			['POST', '/shares', { collection: 'leads', item: [...(facts.rows.get('leads')?.keys() ?? [])][0], role: null }],
			['POST', '/versions', { collection: 'leads', item: [...(facts.rows.get('leads')?.keys() ?? [])][0], key: 'x' }],
			['PATCH', '/settings', { project_name: 'Pirate' }],
			['POST', '/collections', { collection: 'pirate', schema: {} }],
			['POST', '/fields/leads', { field: 'pirate', type: 'string' }],
			['DELETE', '/fields/leads/points', undefined],
			['POST', '/schema/apply', {}],
			['POST', '/utils/cache/clear', undefined],
			['POST', '/utils/revert/1', undefined],
		];
		for (const one of cast.actors)
			for (const [method, path, body] of tries) {
				const reply = await ask(directus.url, one, method, path, body);
				expectSame([400, 401, 403, 404].includes(reply.status), one.label, path, 'write', () => wordsOf(reply));
			}
		for (const one of cast.actors.filter(({ id }) => id))
			for (const body of [
				{ role: null },
				{ status: 'archived' },
				{ token: 'x'.repeat(32) },
				{ policies: [] },
				{ email: 'autre@exemple.fr' },
				{ reseller_company: cast.company.other },
				{ quota_cents: 1 },
				{ team: cast.team.other },
			]) {
				if (one.label === 'direction' && ('quota_cents' in body || 'team' in body)) continue;
				for (const path of ['/users/me', `/users/${one.id}`, `/users/${cast.stranger}`]) {
					const reply = await ask(directus.url, one, 'PATCH', path, body);
					expectSame(isRefused(reply), one.label, path.replace(/[0-9a-f-]{36}/, ':id'), 'write', () => `${JSON.stringify(body)} ${wordsOf(reply)}`);
				}
			}
		expect(found()).toEqual([]);
	});

	test('say nothing of a person that is not for who asks, on no way', async () => {
		const hidden = { direction: [], manager: [] } as Record<string, string[]>;
		for (const one of cast.actors)
			for (const field of hidden[one.label] ?? [
				'quota_cents',
				'last_access',
				'token',
				'auth_data',
				'external_identifier',
				'slack_id',
				'calendar_id',
				'reseller_company',
				'policies',
			])
				for (const asked of [
					{ fields: [field] },
					{ filter: { [field]: { _nnull: true } }, fields: ['id'] },
					{ sort: [field], fields: ['id'] },
					{ aggregate: { count: [field] } },
					{ groupBy: [field], aggregate: { count: '*' } },
				]) {
					const reply = await ask(directus.url, one, 'SEARCH', '/users', { query: { ...asked, limit: 1 } });
					expectSame(isRefused(reply), one.label, 'directus_users', 'read', () => `${JSON.stringify(asked)}: ${wordsOf(reply)}`);
				}
		expect(found()).toEqual([]);
	});
});

test('comments: one reads those on what one reads whole, and one’s own', async () => {
	const comment = async (by: string | null, collection: string): Promise<string> => {
		const id = randomUUID();
		await directus.database('directus_comments').insert({ id, collection, item: 'x', comment: 'Entre nous', user_created: by });
		return id;
	};
	const on: Record<string, string> = {};
	for (const collection of ['leads', 'companies', 'payments', 'quotes', 'jobs']) on[collection] = await comment(cast.stranger, collection);
	for (const one of cast.actors) {
		const own = one.id ? await comment(one.id, 'jobs') : null;
		const whole = Object.keys(on).filter((collection) => facts.granted(one, collection).some(({ read }) => read && Object.keys(read).length === 0));
		const expected = one.roles.includes('api') || !one.id ? [] : [...whole.map((collection) => on[collection]), own];
		const reply = await ask(directus.url, one, 'GET', '/comments?limit=-1&fields=id');
		expectSame(
			ids(reply).toSorted().join() === expected.toSorted().join(),
			one.label,
			'directus_comments',
			'read',
			() => `${ids(reply).length} instead of ${expected.length} (${whole.join()}) ${wordsOf(reply)}`,
		);
	}
	expect(found()).toEqual([]);
});

test('files: one’s own and those of one’s folders, as rows and as contents', async () => {
	const readers: Record<string, readonly string[]> = {
		direction: ['shared', 'sales', 'finance', 'delivery', 'management', 'inbox', 'none', 'list'],
		manager: ['shared', 'sales', 'delivery'],
		commercial: ['shared', 'sales'],
		finance: ['shared', 'finance', 'inbox', 'none'],
		success: ['shared', 'sales', 'delivery'],
		operations: ['shared', 'delivery'],
		'commercial and finance': ['shared', 'sales', 'finance', 'inbox', 'none'],
	};
	const file = async (folder: string | null, by: string, type = 'text/plain'): Promise<string> => {
		const id = randomUUID();
		await directus.database('directus_files').insert({
			id,
			storage: 'local',
			filename_disk: `${id}.txt`,
			filename_download: 'a.txt',
			title: 'q7filesq7',
			type,
			folder,
			uploaded_by: by,
			created_on: new Date(),
		});
		return id;
	};
	// A list that somebody imported or exported lies in no folder: it holds rows that Finance has no right to.
	const of: Record<string, string> = { none: await file(null, cast.stranger), list: await file(null, cast.stranger, 'text/csv') };
	for (const [key, id] of Object.entries(folderIds)) of[key] = await file(id, cast.stranger);
	for (const one of cast.actors) {
		const own = one.id ? await file(folderIds.management, one.id) : null;
		const mine = own && readers[one.label] ? [own] : [];
		const expected = [...(readers[one.label] ?? []).map((key) => of[key]), ...mine, ...(one.label === 'direction' ? [] : [])];
		const listed = await ask(directus.url, one, 'GET', '/files?limit=-1&fields=id');
		const others = new Set(Object.values(of));
		const shown = ids(listed).filter((id) => others.has(id) || id === own);
		expectSame(
			shown.toSorted().join() === expected.toSorted().join(),
			one.label,
			'directus_files',
			'read',
			() => `${shown.length} instead of ${expected.length}`,
		);
		for (const [key, id] of Object.entries(of)) {
			if (expected.includes(id)) continue;
			for (const [method, path, body] of [
				['GET', `/assets/${id}`],
				['GET', `/files/${id}`],
				['PATCH', `/files/${id}`, { title: 'x' }],
				['DELETE', `/files/${id}`],
			] as [string, string, unknown?][]) {
				const reply = await ask(directus.url, one, method, path, body);
				expectSame(isRefused(reply), one.label, 'directus_files', method, () => `${key}: ${wordsOf(reply)}`);
			}
		}
		for (const body of [
			{ filename_disk: `${of['management']}.txt`, title: 'x', storage: 'local' },
			{ uploaded_by: cast.stranger, title: 'x', storage: 'local' },
		]) {
			const reply = await ask(directus.url, one, 'POST', '/files', body);
			expectSame([400, 401, 403].includes(reply.status), one.label, 'directus_files', 'create', () => `${JSON.stringify(body)} ${wordsOf(reply)}`);
		}
	}
	expect(found()).toEqual([]);
});

test('flows with a button run for who may use their collection, and never for the public', async () => {
	const flows = (await directus.database('directus_flows').where({ trigger: 'manual' }).select('id', 'name', 'options')) as {
		id: string;
		name: string;
		options: string | { collections: string[] };
	}[];
	expect(flows.length).toBeGreaterThan(0);
	for (const { id, name, options } of flows) {
		const { collections } = (typeof options === 'string' ? JSON.parse(options) : options) as { collections: string[] };
		const [collection = ''] = collections;
		for (const one of cast.actors) {
			if (facts.may(one, collection, 'read')) continue;
			const reply = await ask(directus.url, one, 'POST', `/flows/trigger/${id}`, { collection, keys: [[...(facts.rows.get(collection)?.keys() ?? [])][0]] });
			expectSame(isRefused(reply), one.label, name, 'trigger', () => wordsOf(reply));
		}
	}
	expect(found()).toEqual([]);
});

test('our own routes ask for the rights that their rows ask for', async () => {
	const sources = globSync('extensions/orchestre/src/**/*.ts', { cwd: root }).filter((file) => !file.endsWith('.test.ts'));
	const routes = sources.flatMap((file) =>
		[...readFileSync(join(root, file), 'utf8').matchAll(/router\.(get|post|put|patch|delete)\(\s*['`]([^'`]+)/g)].map(([, method = '', path = '']) => ({
			method: method.toUpperCase(),
			path,
		})),
	);
	expect(routes).toContainEqual({ method: 'POST', path: '/jobs/:id/replay' });
	const [job] = facts.rows.get('jobs')?.keys() ?? [];
	for (const one of cast.actors) {
		const reply = await ask(directus.url, one, 'POST', `/orchestre/jobs/${job}/replay`);
		expectSame(isRefused(reply), one.label, '/orchestre/jobs/:id/replay', 'POST', () => wordsOf(reply));
	}
	for (const { method, path } of routes) {
		const reply = await ask(directus.url, nobody, method, `/orchestre${path.replaceAll(/:\w+/g, randomUUID())}`, method === 'GET' ? undefined : {});
		expectSame([400, 401, 403, 404].includes(reply.status), 'public', `/orchestre${path}`, method, () => wordsOf(reply));
	}
	expect(found()).toEqual([]);
});

test('an export to a file holds what its author reads', async () => {
	const one = actor('commercial');
	const reply = await ask(directus.url, one, 'POST', '/utils/export/leads', {
		format: 'json',
		query: { fields: ['id'], limit: -1 },
		file: { title: 'export' },
	});
	expect(reply.status).toBeLessThan(300);
	let file: { id: string } | undefined;
	for (let attempt = 0; attempt < 100 && !file; attempt++) {
		await new Promise((resolve) => setTimeout(resolve, 50));
		file = (await directus.database('directus_files').where({ uploaded_by: one.id, type: 'application/json' }).whereNotNull('filesize').first()) as typeof file;
	}
	const content = await ask(directus.url, one, 'GET', `/assets/${file?.id}`);
	const rows = JSON.parse(content.text) as { id: string }[];
	expect(rows.map(({ id }) => id).toSorted()).toEqual([...facts.seen(one, 'leads').keys()].toSorted());
	for (const other of [actor('operations'), actor('reseller'), actor('api'), actor('public')])
		await ask(directus.url, other, 'POST', '/utils/export/payments', { format: 'json', query: { limit: -1 }, file: { title: 'export' } });
	await new Promise((resolve) => setTimeout(resolve, 1000));
	expect(
		await directus
			.database('directus_files')
			.where({ type: 'application/json' })
			.whereNot({ uploaded_by: one.id ?? '' }),
	).toEqual([]);
});

test('somebody with 150 leads counts 150: no list is cut off', async () => {
	const one = actor('commercial');
	await directus.database.transaction(async (trx) => {
		for (let number = 0; number < 150; number++)
			await trx('leads').insert({ id: randomUUID(), last_name: `Nombreux ${number}`, owner: one.id, team: cast.team.other, date_created: new Date() });
	});
	facts = await Facts.read(directus.database);
	const expected = facts.seen(one, 'leads').size;
	expect(expected).toBeGreaterThanOrEqual(150);
	const counted = await query(directus.url, one, 'leads', { aggregate: { count: '*' } });
	expect(Number((counted.data as { count: number }[])[0]?.count)).toBe(expected);
	const listed = await query(directus.url, one, 'leads', { fields: ['id'], limit: -1 });
	expect(ids(listed).length).toBe(expected);
	const mine = await query(directus.url, one, 'leads', { filter: { owner: { _eq: '$CURRENT_USER' } }, aggregate: { countDistinct: ['id'] } });
	expect(Number((mine.data as { countDistinct: { id: number } }[])[0]?.countDistinct.id)).toBe(
		[...(facts.rows.get('leads')?.values() ?? [])].filter(({ owner }) => owner === one.id).length,
	);
});

test('two policies add up: the rows of both, and of each row the fields of those that show it', async () => {
	const two = actor('commercial and finance');
	const money = ['leads', 'opportunities', 'quotes', 'invoices', 'contracts', 'payments', 'commissions', 'budgets'].flatMap((name) => tables.get(name) ?? []);
	await each(money, 2, (table) => checkReads({ url: directus.url, facts, ledger, actor: two, table }));
	expect(found()).toEqual([]);
});

/** Directus joins the tables of a filter or a sort without their rules; the product adds them (docs/decisions/050, paths.test.ts). */
describe('a query through a relation', () => {
	const through = async (collection: string, asked: Record<string, unknown>): Promise<string[]> =>
		ids(await query(directus.url, actor('commercial'), collection, { fields: ['id'], limit: -1, ...asked }));
	let company = '';
	beforeAll(async () => {
		const deal = await planter.plant('opportunities', { owner: cast.stranger, team: cast.team.other });
		await directus.database('opportunities').where({ id: deal }).update({ amount_cents: 777_001 });
		company = String(((await directus.database('opportunities').where({ id: deal }).first('company')) as { company: string }).company);
		await planter.plant('tasks', { assignee: actor('commercial').id, opportunity: deal });
	});

	test('shows no row that is not seen', async () => {
		const reply = await query(directus.url, actor('commercial'), 'companies', {
			filter: { id: { _eq: company } },
			fields: ['id', 'opportunities.amount_cents', 'count(opportunities)'],
		});
		const [row] = reply.data as { opportunities: { amount_cents: number }[]; opportunities_count: number }[];
		const seen = [...facts.seen(actor('commercial'), 'opportunities').keys()].filter((id) => facts.rows.get('opportunities')?.get(id)?.['company'] === company);
		expect(row?.opportunities.map(({ amount_cents }) => amount_cents)).not.toContain(777_001);
		// PostgreSQL counts in 64 bits, which come as text.
		expect(Number(row?.opportunities_count)).toBe(seen.length);
	});
	test('finds nothing out with _some', async () =>
		expect(await through('companies', { filter: { opportunities: { _some: { amount_cents: { _eq: 777_001 } } } } })).toEqual([]));
	test('finds nothing out through a list', async () =>
		expect(await through('companies', { filter: { opportunities: { amount_cents: { _eq: 777_001 } } } })).toEqual([]));
	test('finds nothing out through the row it belongs to', async () =>
		expect(await through('tasks', { filter: { opportunity: { amount_cents: { _eq: 777_001 } } } })).toEqual([]));
	test('is not sorted by what is not seen', async () =>
		expect(isRefused(await query(directus.url, actor('commercial'), 'companies', { sort: ['-opportunities.amount_cents'] }))).toBe(true));
});
