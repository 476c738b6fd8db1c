import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { kpiId } from '../../extensions/orchestre/src/analytics/kpis/ids.ts';
import { fromParis, dayOf } from '../../extensions/orchestre/src/platform/time/paris.ts';
import { seedDemo } from '../../scripts/demo/index.ts';
import { call, createClient, type Client } from '../../scripts/support/client.ts';
import { signToken } from '../../scripts/support/directus.ts';
import { cockpitId, cockpitKpiId, dashboardId } from '../../seeds/dashboards/ids.ts';
import { roleIds, type RoleKey } from '../../seeds/ids.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';
import { compared } from './own-rows.ts';

type Person = { id: string; client: Client; token: string; team: string | null };
type Row = Record<string, unknown>;
type View = { scope: string; key: string; start: string; end: string; period: string };
type Answer = { data?: { view: View; figures: Row | null; stamps: Record<string, string> } };
type List = { collection: string; filter: object };

const panels = ['bar', 'kpis', 'actions', 'forecast', 'funnel', 'pipeline-health', 'team'] as const;
const roles = ['direction', 'manager', 'commercial', 'finance', 'success', 'operations'] as const;
let directus: TestDirectus;
const people = new Map<RoleKey, Person>();
let other: { id: string; team: string };

const sign = (id: string, role: string): { token: string; client: Client } => {
	const token = signToken({ id, role });
	return { token, client: createClient(directus.url, token) };
};

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false', LOG_LEVEL: 'error' });
	await seedDemo({ database: directus.database });
	const sells = (await directus.database('performance').where({ kpi: kpiId('ca_signe'), scope: 'person' }).whereNotNull('owner').distinct('owner').pluck('owner')) as string[];
	for (const role of roles) {
		const users = (await directus.database('directus_users').where({ role: roleIds[role], status: 'active' }).whereNotNull('team').orderBy('id').select('id', 'team')) as { id: string; team: string }[];
		const user = role === 'commercial' ? users.find(({ id }) => sells.includes(id)) : users[0];
		if (!user) throw new Error(`nobody in the demo is ${role}`);
		people.set(role, { ...user, ...sign(user.id, roleIds[role]) });
	}
	const mine = people.get('commercial')?.team;
	const stranger = (await directus.database('directus_users').whereIn('id', sells).whereNot({ team: mine }).first('id', 'team')) as { id: string; team: string } | undefined;
	if (!stranger) throw new Error('a seller of another team is needed');
	other = stranger;
}, 180_000); // prettier-ignore
afterAll(async () => {
	await directus?.close();
});

const person = (role: RoleKey): Person => {
	const found = people.get(role);
	if (!found) throw new Error(role);
	return found;
};
const asked = (token: string | null, path: string, headers: Record<string, string> = {}): Promise<Response> =>
	fetch(`${directus.url}/orchestre/panels/${path}`, { headers: { ...(token && { authorization: `Bearer ${token}` }), ...headers } });
async function panel(role: RoleKey, name: string, params: Record<string, string> = {}): Promise<{ status: number; view: View; figures: Row | null }> {
	const answer = await asked(person(role).token, `${name}?${new URLSearchParams(params).toString()}`);
	const { data } = (await answer.json()) as Answer;
	return { status: answer.status, view: data?.view as View, figures: data?.figures ?? null };
}
/** Rows as the list shows them; none where the list is refused. */
async function items(role: RoleKey, collection: string, query: Row): Promise<Row[]> {
	return call<Row[]>(person(role).client, 'GET', `/items/${collection}`, undefined, query).catch(() => []);
}
const rows = (figures: Row | null, key: string): Row[] => (figures?.[key] as Row[] | undefined) ?? [];
const startOf = (row: Row): string => String(row['period_start']).slice(0, 10);
const monthly = { period_kind: { _eq: 'month' } };

/** Every scope that somebody may ask for: the company, their own, and others'. */
const scopesOf = (role: RoleKey): Record<string, string>[] => {
	const { id, team } = person(role);
	return [{}, { scope: 'company' }, { scope: 'team', key: team ?? '' }, { scope: 'team', key: other.team }, { scope: 'person', key: id }, { scope: 'person', key: other.id }]; // prettier-ignore
};
const ofView = ({ scope, key }: View): object[] => [{ scope: { _eq: scope } }, { scope_key: { _eq: key } }];

describe.each(roles)('%s', (role) => {
	test('gets from our own statements the very rows and values that Directus gives them', async () => {
		const { id } = person(role);
		const { differing, left, rows: count } = await compared(await hostOf(directus), { user: id, role: roleIds[role], roles: [roleIds[role]], admin: false, app: true, ip: null });
		expect(differing).toEqual([]);
		// Its rule looks for what is not there behind a link.
		expect(left.filter((collection) => collection !== 'duplicate_pairs')).toEqual([]);
		expect(count).toBeGreaterThan(500);
	}); // prettier-ignore

	test('sees on KPI cards what the list of results shows them, and nothing else', async () => {
		for (const scope of scopesOf(role)) {
			const { figures, view } = await panel(role, 'kpis', { ...scope, kpis: 'ca_signe,pipeline_ouvert,nouveaux_leads,mrr' });
			const seen = await items(role, 'performance', { filter: { _and: [...ofView(view), monthly] }, fields: 'kpi.key,period_start,value', limit: -1 });
			const valueOf = (kpi: unknown, start: string): number | null => {
				const row = seen.find((one) => (one['kpi'] as Row)['key'] === kpi && startOf(one) === start);
				return row?.['value'] === undefined || row['value'] === null ? null : Number(row['value']);
			};
			expect(rows(figures, 'cards')).toHaveLength(4);
			for (const card of rows(figures, 'cards')) {
				expect(card['value']).toBe(valueOf(card['key'], view.start));
				for (const { start, value } of card['trend'] as { start: string; value: number | null }[]) expect(value).toBe(valueOf(card['key'], start));
			}
		}
	});

	test('is compared with whom they may see: nobody out of reach has a line', async () => {
		for (const scope of scopesOf(role)) {
			const { figures, view } = await panel(role, 'team', { ...scope, kpi: 'ca_signe' });
			const filter = { _and: [{ kpi: { _eq: kpiId('ca_signe') } }, { scope: { _eq: 'person' } }, monthly] };
			const seen = await items(role, 'performance', { filter, fields: 'scope_key,team,period_start,value', limit: -1 });
			const expected = seen.filter((row) => startOf(row) === view.start && row['scope_key'] !== 'none' && (view.scope !== 'team' || row['team'] === view.key));
			const words = (key: unknown, value: unknown): string => `${String(key)} ${Number(value)}`;
			expect(rows(figures, 'lines').map(({ key, value }) => words(key, value)).toSorted()).toEqual(expected.map((row) => words(row['scope_key'], row['value'])).toSorted()); // prettier-ignore
		}
	});

	test('is offered the scopes that they may see', async () => {
		const { figures } = await panel(role, 'bar');
		const seen = await items(role, 'performance', { fields: 'scope,scope_key', filter: monthly, limit: -1 });
		const visible = new Set(seen.map((row) => `${String(row['scope'])}:${String(row['scope_key'])}`));
		const offered = rows(figures, 'scopes').map((one) => `${String(one['scope'])}:${String(one['key'])}`);
		const own = [`person:${person(role).id}`, `team:${String(person(role).team)}`];
		expect(offered.filter((one) => !visible.has(one) && !own.includes(one))).toEqual([]);
		expect(offered.includes('company:company')).toBe(visible.has('company:company'));
	});

	test('reads forecasts, deals and the funnel as far as the lists go', async () => {
		for (const scope of scopesOf(role)) {
			const funnel = await panel(role, 'funnel', scope);
			const entered = { kpi: { _in: ['entrees_etape', 'nouveaux_leads', 'taux_passage_etape', 'duree_etape'].map(kpiId) } };
			const entries = await items(role, 'performance', { filter: { _and: [...ofView(funnel.view), monthly, entered] }, fields: 'period_start', limit: -1 });
			expect(funnel.figures === null).toBe(!entries.some((row) => startOf(row) === funnel.view.start));

			const forecast = await panel(role, 'forecast', scope);
			const frozen = await items(role, 'forecasts', { filter: { _and: [...ofView(funnel.view), { kind: { _eq: 'total' } }] }, limit: 1 });
			if (forecast.status === 403) expect(frozen).toEqual([]);
			else expect(forecast.figures === null).toBe(frozen.length === 0);

			const health = await panel(role, 'pipeline-health', scope);
			const mine = new Set((await items(role, 'opportunities', { fields: 'id', limit: -1 })).map(({ id }) => id));
			expect(rows(health.figures, 'deals').filter(({ id }) => !mine.has(id))).toEqual([]);
		}
	});

	test('has their own actions, never a colleague’s', async () => {
		const { status, figures } = await panel(role, 'actions', { limit: '20' });
		expect(status).toBe(200);
		expect(figures?.['isMe']).toBe(true);
		const filter = { _and: [{ kind: { _eq: 'next_action' } }, { owner: { _eq: person(role).id } }] };
		const own = new Set((await items(role, 'insights', { fields: 'id', filter, limit: -1 })).map(({ id }) => id));
		expect(rows(figures, 'actions').filter(({ id }) => !own.has(id))).toEqual([]);
	});
});

test('outsiders, other systems and strangers get nothing', async () => {
	const outside = [null, ...(await Promise.all(['Revendeur', 'API'].map(async (role) => String(await (await directus.as(role)).getToken()))))];
	for (const token of outside)
		for (const path of [...panels, 'stamps?of=performance']) expect({ path, status: (await asked(token, path)).status }).toEqual({ path, status: 403 });
});

test('GraphQL shows a salesperson no figure of the company or of others', async () => {
	const headers = { authorization: `Bearer ${person('commercial').token}`, 'content-type': 'application/json' };
	const body = JSON.stringify({ query: '{ performance(limit: -1) { scope scope_key } }' });
	const { data } = (await (await fetch(`${directus.url}/graphql`, { method: 'POST', headers, body })).json()) as { data: { performance: Row[] } };
	const seen = new Set(data.performance.map(({ scope, scope_key }) => `${String(scope)}:${String(scope_key)}`));
	expect(seen).toEqual(new Set([`person:${person('commercial').id}`]));
});

describe('figures', () => {
	const listed = async ({ collection, filter }: List): Promise<number> => (await items('direction', collection, { filter, fields: 'id', limit: -1 })).length;

	test('of the funnel are those of the deals’ history, and its lists hold these deals', async () => {
		const { figures, view } = await panel('direction', 'funnel', { scope: 'company', period: 'quarter' });
		const [from, to] = [fromParis(dayOf(view.start) ?? 0, 0), fromParis((dayOf(view.end) ?? 0) + 1, 0)];
		const steps = rows(figures, 'steps');
		expect(steps.length).toBeGreaterThan(4);
		for (const { id, count, list } of steps) {
			const first = directus.database('stage_changes').where({ to_stage: id }).groupBy('opportunity').select('opportunity').min({ at: 'at' });
			const inSql = await directus.database(first.as('c')).where('c.at', '>=', from).where('c.at', '<', to).count({ n: '*' }).first();
			expect(count).toBe(Number(inSql?.['n']));
			// A deal that went back and came again is in the lists of both quarters, but was counted in its first one only.
			const more = (await listed(list as List)) - Number(count);
			expect(more).toBeGreaterThanOrEqual(0);
			expect(more).toBeLessThanOrEqual(2);
		}
	});

	test('of the pipeline’s health are those of the open deals, and its lists hold exactly these', async () => {
		const { figures } = await panel('direction', 'pipeline-health', { scope: 'company' });
		const bands = rows(figures, 'bands');
		expect(bands.map(({ health }) => health)).toEqual(['good', 'watch', 'bad']);
		for (const { health, deals, atRisk, list } of bands) {
			const inSql = await directus.database('opportunities').whereNull('closed_at').where({ health }).count({ n: '*' }).sum({ cents: 'at_risk_cents' }).first();
			expect([deals, atRisk]).toEqual([Number(inSql?.['n']), Number(inSql?.['cents'] ?? 0)]);
			expect(await listed(list as List)).toBe(deals);
		}
	});

	test('on a card lead to a list of as many rows as the figure counts', async () => {
		for (const scope of [
			{ scope: 'company', key: 'company' },
			{ scope: 'person', key: person('commercial').id },
		]) {
			const { figures } = await panel('direction', 'kpis', { ...scope, kpis: 'affaires_gagnees,nouveaux_leads', period: 'quarter' });
			const cards = rows(figures, 'cards');
			expect(cards.map(({ key }) => key)).toEqual(['affaires_gagnees', 'nouveaux_leads']);
			for (const { key, value, list } of cards) expect({ key, rows: await listed(list as List) }).toEqual({ key, rows: Number(value) / 1000 });
		}
	});

	test('of twelve months are the sum of the months', async () => {
		const { figures } = await panel('direction', 'kpis', { scope: 'company', kpis: 'ca_signe', period: 'rolling_12' });
		const [card] = rows(figures, 'cards');
		const months = ((card?.['trend'] ?? []) as { value: number | null }[]).map(({ value }) => value ?? 0);
		expect(months).toHaveLength(12);
		expect(card?.['value']).toBe(months.reduce((sum, value) => sum + value, 0));
		expect(card?.['value']).toBeGreaterThan(0);
	});
});

describe('a dashboard', () => {
	const board = { dashboard: dashboardId(1) };
	const keys = async (role: RoleKey): Promise<unknown[]> => rows((await panel(role, 'kpis', board)).figures, 'cards').map(({ key }) => key);

	test('shows the KPIs of the role’s cockpit, as their manager orders them', async () => {
		const before = await keys('commercial');
		expect(before.slice(0, 2)).toEqual(['ca_signe', 'affaires_gagnees']);
		const { client } = person('manager');
		const stamp = async (): Promise<unknown> =>
			((await (await asked(person('commercial').token, 'stamps?of=cockpits')).json()) as { data: Row }).data['cockpits'];
		const stamped = await stamp();
		await call(client, 'PATCH', `/items/dashboard_kpis/${cockpitKpiId(1, 'commercial', 'ca_signe')}`, { sort: 99 });
		expect(await stamp()).not.toBe(stamped);
		expect(await keys('commercial')).toEqual([...before.slice(1), 'ca_signe']);
		await call(client, 'PATCH', `/items/dashboards/${cockpitId(1, 'commercial')}`, { period: 'year', comparison: 'target' });
		const { view } = await panel('commercial', 'kpis', board);
		expect(view).toMatchObject({ period: 'year', comparison: 'target', scope: 'person', key: person('commercial').id });
		// What the bar or an option says goes before.
		expect((await panel('commercial', 'kpis', { ...board, period: 'month' })).view.period).toBe('month');
	});

	test('of Direction is not a manager’s to change, nor a salesperson’s their own', async () => {
		const change = (role: RoleKey, path: string): Promise<unknown> => call(person(role).client, 'PATCH', path, { sort: 3 });
		await expect(change('manager', `/items/dashboard_kpis/${cockpitKpiId(3, 'direction', 'mrr')}`)).rejects.toThrow();
		await expect(change('commercial', `/items/dashboard_kpis/${cockpitKpiId(1, 'commercial', 'panier_moyen')}`)).rejects.toThrow();
		await expect(
			call(person('manager').client, 'POST', '/items/dashboard_kpis', { dashboard: cockpitId(3, 'direction'), kpi: kpiId('mrr') }),
		).rejects.toThrow();
	});

	test('that has not changed is not sent again', async () => {
		const { token } = person('direction');
		const first = await asked(token, 'funnel?scope=company');
		const tag = first.headers.get('etag') ?? '';
		expect(first.headers.get('cache-control')).toBe('private, no-cache');
		expect((await asked(token, 'funnel?scope=company', { 'if-none-match': tag })).status).toBe(304);
		expect((await asked(token, 'funnel?scope=company&period=year', { 'if-none-match': tag })).status).toBe(200);
	});

	test('refuses what makes no sense', async () => {
		const nonsense = [['kpis?period=decade', 400], ['kpis?scope=team&key=1%3D1', 400], ['team?kpi=nonsense', 400], ['kpis?kpis[]=a', 400], ['nonsense', 404]] as const; // prettier-ignore
		for (const [path, status] of nonsense) expect({ path, status: (await asked(person('direction').token, path)).status }).toEqual({ path, status });
	});
});
