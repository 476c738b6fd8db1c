import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { definitions } from '../../extensions/orchestre/src/analytics/kpis/definitions/index.ts';
import { kpiId } from '../../extensions/orchestre/src/analytics/kpis/ids.ts';
import { hourlyTurn } from '../../extensions/orchestre/src/analytics/kpis/turn.ts';
import { storedDay } from '../../extensions/orchestre/src/platform/columns.ts';
import { fromParis, dayOf, toParis } from '../../extensions/orchestre/src/platform/time/paris.ts';
import { predictChurn } from '../../extensions/orchestre/src/success/churn/predict.ts';
import { judgeAllClients } from '../../extensions/orchestre/src/success/health/judge.ts';
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
	// What the first minutes after a start do: clients are judged, and figures follow.
	await judgeAllClients(directus.database);
	await predictChurn(directus.database);
	// The demo is young: a report that was made, and a forecast that time has judged, come later.
	const today = toParis(new Date()).day;
	const told = (await directus.database('forecasts').where({ kind: 'total', scope: 'company' }).first('*')) as Row;
	await directus.database('forecasts').insert({ ...told, id: randomUUID(), frozen_on: storedDay(today - 20), period_end: storedDay(today), horizon_days: 20, actual_cents: 100, p50_cents: 90, details: null, frozen_key: 'test' }); // prettier-ignore
	await directus.database('reports').insert({ id: randomUUID(), title: 'Semaine', kind: 'weekly_team', status: 'ready', period_start: storedDay(today), period_end: storedDay(today), generated_at: new Date(), report_key: 'test' }); // prettier-ignore
	await directus.database.transaction((trx) => hourlyTurn(trx));
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
	// What is refused says nothing of the view; the bar does.
	const said = answer.status === 403 ? await asked(person(role).token, `bar?${new URLSearchParams(params).toString()}`) : answer;
	const { data } = (await said.json()) as Answer;
	return { status: answer.status, view: data?.view as View, figures: answer.status === 403 ? null : (data?.figures ?? null) };
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
			const { status, figures, view } = await panel(role, 'kpis', { ...scope, kpis: 'ca_signe,pipeline_ouvert,nouveaux_leads,mrr' });
			if (status === 403) {
				expect(await items(role, 'performance', { filter: { _and: [...ofView(view), { kpi: { _in: ['ca_signe', 'pipeline_ouvert', 'nouveaux_leads', 'mrr'].map(kpiId) } }] }, limit: 1 })).toEqual([]); // prettier-ignore
				continue;
			}
			const seen = await items(role, 'performance', { filter: { _and: [...ofView(view), monthly] }, fields: 'kpi.key,period_start,value', limit: -1 });
			const valueOf = (kpi: unknown, start: string): number | null => {
				const row = seen.find((one) => (one['kpi'] as Row)['key'] === kpi && startOf(one) === start);
				return row?.['value'] === undefined || row['value'] === null ? null : Number(row['value']);
			};
			expect(rows(figures, 'cards')).toHaveLength(4);
			for (const card of rows(figures, 'cards')) {
				expect(card['value']).toBe(valueOf(card['key'], view.start));
				if (card['isForbidden']) expect([card['value'], card['list']]).toEqual([null, null]);
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
			const told = new Set(expected.map((row) => words(row['scope_key'], row['value'])));
			const lines = rows(figures, 'lines').map(({ key, value }) => words(key, value));
			expect([...told].filter((one) => !lines.includes(one))).toEqual([]);
			// Who has nothing is there with nought: everybody of the team or teams, for whoever leads them; nobody beyond.
			const others = lines.filter((one) => !told.has(one));
			const teams = view.scope === 'team' ? [view.key] : view.scope === 'company' ? [...new Set(expected.map((row) => row['team']))] : [];
			const members = (await directus.database('directus_users').where({ status: 'active' }).whereIn('team', teams as string[]).select('id', 'team')) as { id: string; team: string }[]; // prettier-ignore
			const mine = members.filter(({ id, team }) => role === 'direction' || role === 'finance' || (role === 'manager' && team === person('manager').team) || id === person(role).id); // prettier-ignore
			const nought = mine
				.map(({ id }) => id)
				.filter((id) => !expected.some((row) => row['scope_key'] === id))
				.map((id) => words(id, 0));
			if (figures) expect(others.toSorted()).toEqual(nought.toSorted());
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
		const { status, figures } = await panel(role, 'actions', { lines: '20' });
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

test('a panel whose figures are out of the reader’s rights says so, and is not merely empty', async () => {
	const ofSales = ['funnel', 'pipeline-health', 'forecast', 'kpis?kpis=ca_signe', 'team?by=team'];
	const ofCompany = ['cash', 'automation', 'campaigns', 'receivables'];
	const ofClients = ['recurring', 'retention', 'churn', 'kpis?kpis=mrr'];
	const closed: Partial<Record<RoleKey, { company: string[] }>> = {
		direction: { company: [] },
		finance: { company: ['churn'] },
		manager: { company: [...ofSales.filter((one) => !one.startsWith('team')), ...ofCompany, ...ofClients] },
		commercial: { company: [...ofSales, ...ofCompany, ...ofClients] },
		success: { company: [...ofSales, ...ofCompany] },
		operations: { company: [...ofSales, ...ofCompany, ...ofClients] },
	};
	for (const [role, { company }] of Object.entries(closed) as [RoleKey, { company: string[] }][]) {
		for (const path of [...ofSales, ...ofCompany, ...ofClients]) {
			const answer = await asked(person(role).token, `${path}${path.includes('?') ? '&' : '?'}scope=company`);
			const body = (await answer.json()) as { errors?: { message: string }[] };
			expect({ role, path, status: answer.status }).toEqual({ role, path, status: company.includes(path) ? 403 : 200 });
			if (answer.status === 403) expect(body.errors?.[0]?.message).toMatch(/droits|rôle/);
		}
	}
	for (const role of ['commercial', 'manager', 'operations'] as const)
		for (const path of ['funnel', 'pipeline-health', 'kpis?kpis=ca_signe', 'forecast', 'recurring', 'receivables'])
			for (const scope of [`scope=team&key=${other.team}`, `scope=person&key=${other.id}`])
				expect({ role, path, scope, status: (await asked(person(role).token, `${path}${path.includes('?') ? '&' : '?'}${scope}`)).status }).toEqual({ role, path, scope, status: 403 });
	// Of a KPI that is theirs among others that are not, a card says so.
	const { figures } = await panel('success', 'kpis', { scope: 'company', kpis: 'mrr,ca_signe' });
	expect(rows(figures, 'cards').map(({ key, isForbidden, list }) => [key, isForbidden, list === null])).toEqual([['mrr', false, false], ['ca_signe', true, true]]);
}); // prettier-ignore

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
			// A deal that went back and came again is in the lists of both quarters, and was counted in its first one only: the list says so.
			const passed = (await directus.database('stage_changes').where({ to_stage: id }).where('at', '>=', from).where('at', '<', to).distinct('opportunity').pluck('opportunity')).length; // prettier-ignore
			expect([(list as { title: string }).title, await listed(list as List)]).toEqual([expect.stringContaining('retours compris'), passed]);
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

	/** What the rows of a list come to, where the list is what the figure counts or sums: in stored units. */
	const comesTo: Readonly<Record<string, { fields?: string; of: (found: readonly Row[]) => number }>> = (() => {
		const sum = (found: readonly Row[], value: (row: Row) => number): number => found.reduce((total, row) => total + value(row), 0);
		const cents = (field: string): { fields: string; of: (found: readonly Row[]) => number } => ({ fields: field, of: (found) => sum(found, (row) => Number(row[field] ?? 0)) });
		const count = { of: (found: readonly Row[]): number => found.length * 1000 };
		const credit = (row: Row): number => (row['type'] === 'credit_note' ? -1 : 1);
		return {
			...Object.fromEntries(['affaires_gagnees', 'affaires_ouvertes', 'nouveaux_leads', 'leads_campagnes', 'activites_commerciales', 'rendez_vous', 'nouveaux_clients', 'clients_abonnes', 'clients_en_danger', 'jalons_en_retard', 'tickets_recus', 'tickets_ouverts', 'taches_realisees', 'taches_en_retard', 'rapports_automatiques'].map((key) => [key, count])),
			...Object.fromEntries(['ca_signe', 'affaires_perdues', 'pipeline_ouvert'].map((key) => [key, cents('amount_cents')])),
			pipeline_pondere: { fields: 'amount_cents,probability', of: (found) => Math.round(sum(found, (row) => (Number(row['amount_cents'] ?? 0) * Number(row['probability'] ?? 0)) / 10_000)) },
			valeur_en_jeu: cents('at_risk_cents'),
			devis_envoyes: cents('net_cents'),
			ca_facture: { fields: 'net_cents,type', of: (found) => sum(found, (row) => credit(row) * Number(row['net_cents'] ?? 0)) },
			encaissements: cents('amount_cents'),
			decaissements: cents('amount_cents'),
			creances_en_retard: cents('remaining_cents'),
			creances_par_age: cents('remaining_cents'),
			tresorerie_nette: { fields: 'amount_cents,direction', of: (found) => sum(found, (row) => (row['direction'] === 'in' ? 1 : -1) * Number(row['amount_cents'])) },
			mrr: cents('mrr_cents'),
			temps_passe: { fields: 'minutes', of: (found) => Math.round((sum(found, (row) => Number(row['minutes'])) * 1000) / 60) },
			charge: { fields: 'allocation_rate', of: (found) => Math.round(sum(found, (row) => Number(row['allocation_rate'])) / 10) },
		};
	})(); // prettier-ignore
	/** Rates whose list is what they are a share of. */
	const sharesOf = ['panier_moyen', 'taux_transformation', 'projets_a_temps', 'precision_prevision'];

	test('on cards and in rankings lead, for every role and scope, to a list of exactly the rows that they count or add up, or one that says what else it shows', async () => {
		const keys = definitions.filter(({ list }) => list).map(({ key }) => key);
		const held = new Set<string>();
		const holds = async (role: RoleKey, key: string, value: number, { collection, filter }: List): Promise<{ shown: number; rows: number }> => {
			const measure = comesTo[key];
			const found = await call<Row[]>(person(role).client, 'GET', `/items/${collection}`, undefined, { filter, fields: measure?.fields ?? 'id', limit: -1 });
			if (value !== 0) held.add(key);
			return { shown: measure ? measure.of(found) : found.length * 1000, rows: found.length };
		};
		const wrong: unknown[] = [];
		for (const role of roles) {
			for (const scope of scopesOf(role).slice(1))
				for (const period of ['month', 'quarter'])
					for (const some of [keys.slice(0, 24), keys.slice(24)]) {
						const { figures } = await panel(role, 'kpis', { ...scope, period, kpis: some.join(',') });
						for (const { key, name, value, cases, list } of rows(figures, 'cards')) {
							if (list === null || value === null) continue;
							const { shown, rows: count } = await holds(role, String(key), Number(value), list as List);
							const said = (list as { title: string }).title;
							const isExact = comesTo[String(key)] ? said === name && shown === Number(value) : said !== name && (!sharesOf.includes(String(key)) || count === Number(cases));
							if (!isExact) wrong.push({ role, ...scope, period, key, said, value, shown, count, cases });
						}
					}
		}
		for (const kpi of ['ca_signe', 'taches_en_retard', 'taches_realisees', 'jalons_en_retard', 'charge', 'temps_passe', 'creances_en_retard', 'mrr'])
			for (const [role, by] of [['direction', 'person'], ['direction', 'team'], ['manager', 'person']] as const) {
				const { figures } = await panel(role, 'team', { kpi, by });
				for (const { name, value, list } of rows(figures, 'lines')) {
					if (!list) continue;
					const { shown } = await holds(role, kpi, Number(value), list as List);
					if (shown !== value) wrong.push({ role, by, kpi, name, value, shown });
				}
			}
		expect(wrong).toEqual([]);
		expect([...Object.keys(comesTo), ...sharesOf].filter((key) => !held.has(key))).toEqual([]);
	}, 120_000); // prettier-ignore

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
		const lines = await asked(person('direction').token, 'actions?lines=abc');
		expect([lines.status, ((await lines.json()) as { errors: { message: string }[] }).errors[0]?.message]).toEqual([400, 'L’option « lines » n’est pas valable : elle attend un nombre entier de 1 à 20.']); // prettier-ignore
		for (const [path, status] of nonsense) expect({ path, status: (await asked(person('direction').token, path)).status }).toEqual({ path, status });
	});
});
