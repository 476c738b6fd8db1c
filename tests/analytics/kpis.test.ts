import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Knex } from 'knex';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { computeKpis, type Computed } from '../../extensions/orchestre/src/analytics/kpis/compute.ts';
import { definitionOf, definitions } from '../../extensions/orchestre/src/analytics/kpis/definitions/index.ts';
import { kpiId } from '../../extensions/orchestre/src/analytics/kpis/ids.ts';
import { spanKey } from '../../extensions/orchestre/src/analytics/kpis/rules/comparisons.ts';
import { lastPeriods, periodOf, type Period } from '../../extensions/orchestre/src/analytics/kpis/rules/periods.ts';
import { hourlyTurn, touchTurn, watched, wholeTurn } from '../../extensions/orchestre/src/analytics/kpis/turn.ts';
import { dayOrNull } from '../../extensions/orchestre/src/platform/columns.ts';
import { isPostgres, toDate } from '../../extensions/orchestre/src/platform/directus.ts';
import { advanceClock, resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { enqueue, runJobs, startWorker, tallyOf, type Worker } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { writeTrail } from '../../extensions/orchestre/src/platform/trail.ts';
import { dayOf, isoOf } from '../../extensions/orchestre/src/platform/time/paris.ts';
import { seedDemo } from '../../scripts/demo/index.ts';
import { member } from '../../scripts/demo/team.ts';
import { call, createClient, type Client, type Row } from '../../scripts/support/client.ts';
import { signToken } from '../../scripts/support/directus.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';
import { newDeal, stages } from '../pipeline/support.ts';
import { byHand, clientsAt as heldAt, movementsOf, readWorld, type World } from './by-hand.ts';

/** A Wednesday, in the middle of a month. */
const today = '2026-11-18';
const day = dayOf(today) ?? 0;

type Result = { kpi: string; period_kind: string; period_start: string; scope: string; scope_key: string; value: number | null; numerator: number; denominator: number | null; sample_size: number; previous: number | null; is_final: boolean; target: number | null }; // prettier-ignore
type KpiAnswer = { value: number | null; text: string | null; scope: { key: string; scope: string; name: string }; previous: Row; target: Row | null; trend: Row[]; change: { delta: number; sentences: string[]; parts: { by: string; rest: number; contributions: { name: string; delta: number }[] }[] } }; // prettier-ignore

let directus: TestDirectus;
let worker: Worker | undefined;
let results: Result[];
const names = new Map(definitions.map(({ key }) => [kpiId(key), key]));

async function readAll(): Promise<Result[]> {
	const rows = (await directus.database('performance').select('*')) as Row[];
	const int = (value: unknown): number | null => (value === null ? null : Number(value));
	return rows.map((row) => ({ ...row, kpi: names.get(String(row['kpi'])), period_start: dayOrNull(row['period_start']), value: int(row['value']), numerator: Number(row['numerator']), denominator: int(row['denominator']), previous: int(row['previous']), target: int(row['target']), is_final: Boolean(row['is_final']) })) as unknown as Result[]; // prettier-ignore
}
const find = (key: string, kind: string, start: string, scope = 'company', scopeKey = 'company'): Result | undefined =>
	results.find((one) => one.kpi === key && one.period_kind === kind && one.period_start === start && one.scope === scope && one.scope_key === scopeKey);

/** A client signed in as somebody of the demo. */
async function as(handle: string): Promise<Client & { url: URL }> {
	const { id, role } = (await directus.database('directus_users').where({ id: member(handle).id }).first('id', 'role')) as { id: string; role: string }; // prettier-ignore
	return createClient(directus.url, signToken({ id, role })) as Client & { url: URL };
}
const kpi = (client: Client, key: string, query = ''): ReturnType<typeof ask<KpiAnswer>> => ask<KpiAnswer>(client as never, 'GET', `/orchestre/kpis/${key}${query}`); // prettier-ignore
async function job(kind: string): Promise<Row> {
	const [id] = await enqueue(directus.database, [{ kind, key: `${kind}:test:${randomUUID()}` }]);
	expect(tallyOf(await runJobs(await hostOf(directus), { ids: [id ?? ''] }))).toMatchObject({ done: 1, reasons: [] });
	const { result } = (await directus.database('jobs').where({ id }).first('result')) as { result: unknown };
	return (typeof result === 'string' ? JSON.parse(result) : result) as Row;
}

beforeAll(async () => {
	directus = await startDirectus();
	stopClock(`${today}T10:00:00Z`);
	await seedDemo({ database: directus.database, today });
	results = await readAll();
}, 240_000);
afterAll(async () => {
	resetClock();
	await worker?.stop();
	await directus.close();
});

test('a company finds forty indicators and more, each with its formula, and two years of figures made by the product’s own run', async () => {
	const rows = await call<Row[]>(directus.admin, 'GET', '/items/kpis', undefined, { limit: '-1' });
	expect(rows.length).toBeGreaterThanOrEqual(40);
	expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
	for (const { key, formula, query } of rows) expect([key, query, String(formula).length > 20]).toEqual([key, key, true]);
	for (const { key } of definitions) expect([key, results.some((one) => one.kpi === key && one.scope === 'company')]).toEqual([key, true]);
	expect(find('ca_signe', 'month', '2025-01-01')).toMatchObject({ is_final: true });
});

test('figures are those of a count by hand over all rows, in every month, quarter and year of the demo', async () => {
	const world = await readWorld(directus.database);
	const spans = [...lastPeriods('month', day, 14), ...lastPeriods('quarter', day, 4), ...lastPeriods('year', day, 2)];
	let compared = 0;
	const yearBack = Math.min(...lastPeriods('month', day, 13).map(({ start }) => start));
	for (const [key, count] of Object.entries(byHand)) {
		const fewest = definitionOf(key)?.minCases ?? 1;
		// What is asked for period by period is kept as far back as comparisons go.
		const isDear = 'compute' in (definitionOf(key)?.formulaOf ?? {});
		for (const { kind, start, end } of spans) {
			if (isDear && kind === 'month' && start < yearBack) continue;
			const kept = find(key, kind, isoOf(start));
			const counted = count(world, { from: isoOf(start), to: isoOf(Math.min(end, day)) });
			// An open deal may be worth more today than its last change of stage says; tasks of this afternoon are not late in the morning.
			if (['pipeline_ouvert', 'taches_en_retard'].includes(key) && end >= day) continue;
			const said = kept?.sample_size !== undefined && kept.sample_size < fewest && kept.denominator !== null ? null : counted;
			expect([key, kind, isoOf(start), kept?.value]).toEqual([key, kind, isoOf(start), said]);
			compared++;
		}
	}
	expect(compared).toBeGreaterThan(300);
	// What is open today is what the list shows today.
	const open = world.opportunities.filter(({ closed_at, archived }) => closed_at === null && !archived);
	expect(find('pipeline_ouvert', 'month', '2026-11-01')?.value).toBe(open.reduce((sum, { amount_cents }) => sum + Number(amount_cents), 0));
});

/** Figures of the company as they would be after `change`, which is undone. */
async function afterwards(keys: readonly string[], periods: readonly Period[], change: (trx: Knex) => Promise<void>): Promise<{ of: (key: string, period?: Period) => number | null | undefined; partsOf: (key: string, period: Period) => Record<string, number>; world: World }> {
	const trx = await directus.database.transaction();
	try {
		await change(trx);
		const figures = await computeKpis(trx as never, keys.map((key) => ({ definition: definitionOf(key) as never, periods })), new Date(`${today}T10:00:00Z`));
		const of = (key: string, { kind, start } = periods[0] as Period): number | null | undefined =>
			figures.find(({ definition, scope, period }) => definition.key === key && scope === 'company' && period.kind === kind && period.start === start)?.value;
		const partsOf = (key: string, { kind, start }: Period): Record<string, number> => {
			const found = figures.find(({ definition, scope, period }) => definition.key === key && scope === 'company' && period.kind === kind && period.start === start);
			return Object.fromEntries(Object.entries(found?.parts ?? {}).map(([part, [numerator]]) => [part, numerator]));
		};
		return { of, partsOf, world: await readWorld(trx as never) };
	} finally {
		await trx.rollback();
	}
} // prettier-ignore

test('a client is lost or kept as a whole: two subscriptions of one day, one that comes and goes within the period, a pause', async () => {
	const keys = ['nrr', 'grr', 'churn_mrr', 'churn_clients'];
	const periods = [periodOf('month', day), periodOf('month', dayOf('2026-10-15') ?? 0), periodOf('quarter', day), periodOf('year', day)];
	const database = directus.database;
	const like = (await database('subscriptions').where({ status: 'active' }).first('*')) as Row;
	const step = (await database('subscription_changes').where({ subscription: like['id'] }).first('*')) as Row;
	const free = (await database('companies').whereNotIn('id', database('subscription_changes').select('company')).orderBy('id').limit(4).pluck('id')) as string[];
	const at = (iso: string): unknown => (typeof step['changed_on'] === 'number' ? new Date(`${iso}T00:00:00`).getTime() : iso);
	type Told = [on: string, cents: number, status: string];
	const clients: Told[][][] = [
		[[['2025-05-01', 100_000, 'active'], ['2026-11-10', 0, 'ended']], [['2025-05-01', 250_000, 'active'], ['2026-11-10', 0, 'ended']]],
		[[['2026-11-03', 400_000, 'active']], [['2026-11-05', 300_000, 'active']]],
		[[['2026-02-03', 900_000, 'active'], ['2026-10-05', 0, 'ended']]],
		[[['2025-02-03', 500_000, 'active'], ['2026-11-05', 500_000, 'paused']]],
	];
	const plain = await afterwards(keys, periods, async () => {});
	const changed = await afterwards([...keys, 'mrr'], [...periods, periodOf('month', dayOf('2026-09-15') ?? 0)], async (trx) => {
		for (const [index, subscriptions] of clients.entries())
			for (const told of subscriptions) {
				const subscription = randomUUID();
				await trx('subscriptions').insert({ ...like, id: subscription, reference: null, company: free[index] });
				for (const [on, cents, status] of told)
					await trx('subscription_changes').insert({ ...step, id: randomUUID(), subscription, company: free[index], changed_on: at(on), mrr_after_cents: cents, status_after: status });
			}
	});
	for (const period of periods)
		for (const key of keys)
			expect([key, period.kind, changed.of(key, period)]).toEqual([key, period.kind, byHand[key]?.(changed.world, { from: isoOf(period.start), to: isoOf(Math.min(period.end, day)) })]); // prettier-ignore
	for (const key of keys) expect([key, changed.of(key)]).not.toEqual([key, plain.of(key)]);
	// What recurring revenue is made up of moves by what each client did, not by single subscriptions: two that end on one day are one departure.
	for (const [month, before] of [['2026-11-15', '2026-10-15'], ['2026-10-15', '2026-09-15']] as const) {
		const period = periodOf('month', dayOf(month) ?? 0);
		const [now, was] = [period, periodOf('month', dayOf(before) ?? 0)].map((one) => changed.partsOf('mrr', one)) as [Record<string, number>, Record<string, number>];
		const moved = Object.fromEntries(Object.keys(now).map((part) => [part, (now[part] ?? 0) - (was[part] ?? 0)]).filter(([, cents]) => cents !== 0));
		expect([month, moved]).toEqual([month, movementsOf(changed.world, { from: isoOf(period.start), to: isoOf(Math.min(period.end, day)) })]);
	}
	expect(changed.partsOf('mrr', periodOf('month', day))['churn']).toBeLessThan(-350_000);
	// What came and went within the year was nobody's loss.
	const lost = (figures: typeof plain): number => Math.round(((figures.of('churn_clients', periodOf('year', day)) ?? 0) * heldAt(figures.world, '2025-12-31')) / 10_000);
	expect(lost(changed) - lost(plain)).toBe(2);
}); // prettier-ignore

test('the panel and the cards say the same of recurring revenue, and of what is overdue', async () => {
	const details = async (key: string): Promise<{ start: string; own: Record<string, never> }[]> =>
		((await directus.database('performance').where({ kpi: kpiId(key), scope: 'company', period_kind: 'month' }).select('period_start', 'details')) as { period_start: unknown; details: unknown }[])
			.map(({ period_start, details: kept }) => ({ start: dayOrNull(period_start) ?? '', own: ((typeof kept === 'string' ? JSON.parse(kept) : kept) as { own: Record<string, never> }).own }));
	const movements = await details('mouvements_mrr');
	expect(movements.length).toBeGreaterThan(11);
	for (const { start, own } of movements) {
		const { opening, expansion, contraction, churn } = own as unknown as { opening: number } & Record<'expansion' | 'contraction' | 'churn', { cents: number }>;
		const of = (key: string): number | null => find(key, 'month', start)?.value ?? null;
		if (of('nrr') === null) continue;
		const shares = [opening + expansion.cents + contraction.cents + churn.cents, opening + contraction.cents + churn.cents, -churn.cents].map((cents) => Math.round((cents / opening) * 10_000));
		expect([start, of('nrr'), of('grr'), Math.abs(of('churn_mrr') ?? -1)]).toEqual([start, ...shares.map(Math.abs)]);
	}
	const ages = await details('creances_par_age');
	expect(ages.length).toBeGreaterThan(11);
	for (const { start, own } of ages) {
		const { d30, d60, d90, older } = (own as unknown as { ages: Record<string, { cents: number }> }).ages;
		expect([start, find('creances_en_retard', 'month', start)?.value]).toEqual([start, [d30, d60, d90, older].reduce((sum, age) => sum + (age?.cents ?? 0), 0)]);
	}
}); // prettier-ignore

test('what is in another currency is not added to euros', async () => {
	const month = periodOf('month', dayOf('2026-10-15') ?? 0);
	const keys = ['ca_facture', 'encaissements', 'depenses', 'devis_envoyes', 'mrr', 'creances_en_retard', 'dso'];
	const plain = await afterwards(keys, [month], async () => {});
	const foreign = await afterwards(keys, [month], async (trx) => {
		for (const table of ['invoices', 'payments', 'expenses', 'quotes', 'subscriptions']) await trx(table).update({ currency: 'USD' });
	});
	for (const key of keys) expect([key, (plain.of(key) ?? 0) > 0, foreign.of(key) ?? 0]).toEqual([key, true, 0]);
});

test('people sum to teams and teams to the company, those without a team or a person included', () => {
	let checked = 0;
	for (const definition of definitions) {
		if ('compute' in definition.formulaOf || !['team', 'person'].every((scope) => definition.scopes.includes(scope as never))) continue;
		const own = results.filter((one) => one.kpi === definition.key);
		for (const [period, ones] of Map.groupBy(own, (one) => `${one.period_kind} ${one.period_start}`)) {
			const of = (scope: string, what: 'numerator' | 'denominator' | 'sample_size'): number => ones.filter((one) => one.scope === scope).reduce((sum, one) => sum + (one[what] ?? 0), 0); // prettier-ignore
			for (const what of ['numerator', 'denominator', 'sample_size'] as const)
				expect([definition.key, period, what, of('person', what), of('team', what)]).toEqual([
					definition.key,
					period,
					what,
					of('company', what),
					of('company', what),
				]);
			checked++;
		}
	}
	expect(checked).toBeGreaterThan(500);
	expect(results.some((one) => one.scope === 'person' && one.scope_key === 'none' && one.numerator !== 0)).toBe(true);
});

test('a second run writes nothing, neither of the hour nor of everything', async () => {
	const before = await readAll();
	expect(await directus.database.transaction((trx) => hourlyTurn(trx))).toMatchObject({ past: 0 });
	results = await readAll();
	expect(await directus.database.transaction((trx) => hourlyTurn(trx))).toMatchObject({ written: 0, deleted: 0 });
	expect(await directus.database.transaction((trx) => wholeTurn(trx))).toMatchObject({ written: 0, deleted: 0 });
	expect(results.length).toBe(before.length);
});

test('a figure of a past day is the same whenever it is asked for, whatever came later', async () => {
	const past = new Date('2026-06-17T21:59:59.999Z');
	const keys = ['ca_signe', 'mrr', 'pipeline_ouvert', 'encaissements', 'taux_conversion', 'creances_en_retard'];
	const wanted = keys.map((key) => ({ definition: definitionOf(key) as never, periods: [periodOf('month', dayOf('2026-06-17') ?? 0)] }));
	const company = async (): Promise<[string, number | null][]> =>
		(await computeKpis(directus.database, wanted, past)).filter(({ scope }) => scope === 'company').map(({ definition, value }) => [definition.key, value]);
	const first = await company();
	const world = await readWorld(directus.database);
	for (const [key, value] of first) expect([key, value]).toEqual([key, byHand[key]?.(world, { from: '2026-06-01', to: '2026-06-17' })]);
	const client = (world.opportunities.find(({ closed_at }) => closed_at === null) as Row)['company'];
	const deal = await call<{ id: string }>(directus.admin, 'POST', '/items/opportunities', newDeal(String(client), { amount_cents: 7_777_700 }));
	await call(directus.admin, 'PATCH', `/items/opportunities/${deal.id}`, { stage: stages.won });
	expect(await company()).toEqual(first);
});

test('a deal that is signed shows within five seconds, for its owner, their team and the company', async () => {
	// Not before: work that ends is itself a figure, and would move between two runs.
	worker = startWorker(await hostOf(directus), { pollMs: 2000, concurrency: 2, graceMs: 5000 });
	const owner = member('sales-1');
	await directus.database.transaction((trx) => hourlyTurn(trx));
	results = await readAll();
	const read = async (scope: string, key: string): Promise<number> =>
		Number(((await directus.database('performance').where({ kpi: kpiId('ca_signe'), period_kind: 'month', scope, scope_key: key }).orderBy('period_start', 'desc').first('value')) as { value: number } | undefined)?.value ?? 0); // prettier-ignore
	const { team } = (await directus.database('directus_users').where({ id: owner.id }).first('team')) as { team: string };
	const whose = [['company', 'company'], ['team', team], ['person', owner.id]] as const; // prettier-ignore
	const before = await Promise.all(whose.map(([scope, key]) => read(scope, key)));
	const client = ((await directus.database('companies').where({ is_client: true }).first('id')) as { id: string }).id;
	const deal = await call<{ id: string }>(directus.admin, 'POST', '/items/opportunities', newDeal(client, { owner: owner.id, team, amount_cents: 1_234_500 }));
	const signed = performance.now();
	await call(directus.admin, 'PATCH', `/items/opportunities/${deal.id}`, { stage: stages.won });
	const wanted = before.map((value) => value + 1_234_500);
	for (;;) {
		const now = await Promise.all(whose.map(([scope, key]) => read(scope, key)));
		if (now.every((value, index) => value === wanted[index])) break;
		if (performance.now() - signed > 5000) expect(now).toEqual(wanted);
		await pause(100);
	}
	// Only what the change moved was written.
	const touched = (await directus.database('jobs').where({ kind: 'kpis.touch', state: 'done' }).orderBy('ended_at', 'desc').select('result')) as { result: unknown }[]; // prettier-ignore
	const ran = touched.map(({ result }) => (typeof result === 'string' ? JSON.parse(result) : result) as { figures?: number; written?: number }).find(({ written }) => written); // prettier-ignore
	expect(ran?.written).toBeLessThan((ran?.figures ?? 0) / 2);
	results = await readAll();
});

test('a deal that is opened again leaves the month in which it was won: months still make the year', async () => {
	const won = (await directus.database('opportunities as o').join('stages as s', 's.id', 'o.stage').where('s.is_won', true).where('o.amount_cents', '>', 0).where('o.closed_at', '<', new Date('2026-04-30T20:00:00Z')).where('o.closed_at', '>', new Date('2026-01-10T20:00:00Z')).orderBy('o.id').first('o.id', 'o.amount_cents', 'o.closed_at')) as { id: string; amount_cents: number; closed_at: Date | number }; // prettier-ignore
	const start = isoOf(periodOf('month', dayOf(new Date(won.closed_at).toISOString().slice(0, 10)) ?? 0).start);
	const before = find('ca_signe', 'month', start)?.value ?? 0;
	await call(directus.admin, 'PATCH', `/items/opportunities/${won.id}`, {
		stage: stages.proposal,
		next_step: 'Rappeler le client',
		next_step_on: '2026-11-25',
	});
	await expect.poll(async () => ((results = await readAll()), find('ca_signe', 'month', start)?.value), { timeout: 20_000 }).toBe(before - Number(won.amount_cents)); // prettier-ignore
	const months = results.filter(
		(one) => one.kpi === 'ca_signe' && one.scope === 'company' && one.period_kind === 'month' && one.period_start.startsWith('2026'),
	);
	expect(months.reduce((sum, { value }) => sum + (value ?? 0), 0)).toBe(find('ca_signe', 'year', '2026-01-01')?.value);
});

test('what undertakings and jobs write moves figures as well as what people type', async () => {
	const touched = async (): Promise<string[]> =>
		((await directus.database('jobs').where({ kind: 'kpis.touch' }).select('payload')) as { payload: unknown }[]).flatMap(({ payload }) => (typeof payload === 'string' ? (JSON.parse(payload) as { tables: string[] }) : (payload as { tables: string[] })).tables); // prettier-ignore
	await directus.database('jobs').where({ kind: 'kpis.touch' }).delete();
	const lead = await call<{ id: string }>(directus.admin, 'POST', '/items/leads', { company_name: 'Roux Façades', last_name: 'Roux', email: 'a@roux-facades.fr', source: 'website' });
	await expect.poll(touched, { timeout: 15_000 }).toContain('leads');
	await directus.database('jobs').where({ kind: 'kpis.touch' }).delete();
	await call(directus.admin, 'POST', `/orchestre/leads/${lead.id}/convert`, {});
	await expect.poll(touched, { timeout: 15_000 }).toContain('opportunities');
	const { id: item } = (await directus.database('invoices').first('id')) as { id: string };
	await directus.database.transaction((trx) => writeTrail(trx, {}, [{ action: 'update', collection: 'invoices', item, data: { id: item } }]));
	await expect.poll(touched, { timeout: 15_000 }).toContain('invoices');
}); // prettier-ignore

test('the endpoint tells value, target, trend and what changed, in French, and its parts make the whole', async () => {
	const direction = await as('direction');
	const { status, data } = await kpi(direction, 'ca_signe');
	expect(status).toBe(200);
	expect(data).toMatchObject({
		scope: { scope: 'company', name: 'Entreprise' },
		value: find('ca_signe', 'month', '2026-11-01')?.value,
		previous: { start: '2026-10-01', end: '2026-10-18' },
	});
	expect(data?.trend).toHaveLength(13);
	expect(data?.target).toMatchObject({ value: expect.any(Number) as number, expected: expect.any(Number) as number });
	expect(data?.change.sentences[0]).toMatch(
		/^CA signé, novembre 2026 : [\d\u202f]+\u00a0€, contre [\d\u202f]+\u00a0€ en octobre 2026 \(jusqu’au 18 octobre 2026\) \([+−].*\)\.$/,
	);
	expect(data?.change.parts.map(({ by }) => by)).toEqual(['type d’affaire', 'équipe']);
	for (const key of ['ca_signe', 'taux_transformation', 'mrr', 'panier_moyen', 'taux_conversion']) {
		const answer = await kpi(direction, key, '?period=quarter');
		const { delta, parts } = answer.data?.change ?? { delta: 0, parts: [] };
		expect([key, parts.length > 0]).toEqual([key, true]);
		for (const { rest, contributions } of parts) {
			expect([key, contributions.reduce((total, one) => total + one.delta, rest)]).toEqual([key, delta]);
			// Everybody is in reach of Direction: nothing but rounding is left of three teams and fewer.
			if (contributions.length < 3) expect(Math.abs(rest)).toBeLessThanOrEqual(2);
		}
	}
	const yearly = await kpi(direction, 'ca_signe', '?compare=previous_year&from=2026-01-01&to=2026-06-30');
	expect(yearly.data?.trend).toHaveLength(6);
	expect(yearly.data?.change.sentences[0]).toContain('en juin 2025');
});

test('it is cheap to ask again, and opens in a spreadsheet', async () => {
	const direction = await as('direction');
	const headers = { authorization: `Bearer ${(await direction.getToken()) ?? ''}` };
	const first = await fetch(`${directus.url}/orchestre/kpis/mrr`, { headers });
	const again = await fetch(`${directus.url}/orchestre/kpis/mrr`, { headers: { ...headers, 'if-none-match': first.headers.get('etag') ?? '' } });
	expect([first.status, again.status, await again.text()]).toEqual([200, 304, '']);
	const csv = await fetch(`${directus.url}/orchestre/kpis/ca_facture?format=csv&from=2026-09-01&to=2026-10-31`, { headers });
	expect(csv.headers.get('content-type')).toBe('text/csv; charset=utf-8');
	const text = Buffer.from(await csv.arrayBuffer()).toString('utf8');
	const lines = text.split('\r\n');
	expect(lines[0]).toBe('\uFEFFIndicateur;Périmètre;Période;Du;Au (inclus);Valeur;Unité;Objectif;Numérateur;Dénominateur;Cas;Période close');
	const value = find('ca_facture', 'month', '2026-09-01')?.value ?? 0;
	expect(lines[1]).toMatch(new RegExp(`^CA facturé;Entreprise;septembre 2026;2026-09-01;2026-09-30;${String(value / 100).replace('.', ',')};€;`));
	expect(lines).toHaveLength(4);
});

test('what makes no sense is refused in French', async () => {
	const direction = await as('direction');
	const refusals: [string, number, string][] = [
		['ca_signe?period=siecle', 400, 'Le paramètre « period » n’est pas valable : il attend day, week, month, quarter ou year.'],
		['ca_signe?from=2026-02-30', 400, 'Le paramètre « from » n’est pas valable : le 30/02/2026 n’existe pas.'],
		['ca_signe?from=2026-05-01&to=2026-01-01', 400, 'Le paramètre « from » vient après « to ».'],
		['ca_signe?period=day&from=2001-01-01', 400, 'C’est trop long : une réponse couvre au plus 260 périodes.'],
		['ca_signe?scope=client', 400, '« CA signé » n’est pas calculé pour un client. Au choix : company, team, person.'],
		['nrr?period=day', 400, '« NRR » n’est pas calculé par jour. Au choix : month, quarter, year.'],
		['ca_signe?periode=month', 400, 'Le paramètre « periode » n’existe pas. Au choix : period, from, to, scope, scope_key, compare, format.'],
		[
			'ca_signe?scope=team&scope_key=1',
			400,
			'Le paramètre « scope_key » n’est pas valable : il attend l’identifiant de l’équipe, de la personne ou du client.',
		],
		['mrr?scope=client&period=year', 400, 'Dites de quel client il s’agit : scope_key est son identifiant.'],
		['chiffre_magique', 404, 'Cet indicateur n’existe pas. GET /orchestre/kpis les donne tous.'],
	];
	for (const [path, status, message] of refusals) {
		const answer = await kpi(direction, path);
		expect([path, answer.status, answer.errors[0]?.message]).toEqual([path, status, message]);
	}
});

test('each role reads its own figures and no others, by the endpoint as by lists and GraphQL', async () => {
	const [camille, yann] = [member('sales-1').id, member('sales-2').id];
	const teamOf = async (id: string): Promise<string> => ((await directus.database('directus_users').where({ id }).first('team')) as { team: string }).team;
	const [own, other] = [await teamOf(camille), await teamOf(member('sales-3').id)];
	const asked: Record<string, string> = { company: '?scope=company', own: `?scope=team&scope_key=${own}`, other: `?scope=team&scope_key=${other}`, camille: `?scope=person&scope_key=${camille}`, yann: `?scope=person&scope_key=${yann}` }; // prettier-ignore
	const statuses = async (client: Client): Promise<number[]> =>
		Promise.all(Object.values(asked).map(async (query) => (await kpi(client, 'ca_signe', query)).status));
	expect(await statuses(await as('sales-1'))).toEqual([403, 403, 403, 200, 403]);
	expect(await statuses(await as('manager-north'))).toEqual([403, 200, 403, 200, 200]);
	expect(await statuses(await as('direction'))).toEqual([200, 200, 200, 200, 200]);
	expect(await statuses(await as('finance'))).toEqual([200, 200, 200, 200, 200]);
	for (const role of ['Revendeur', 'API']) expect(await statuses(await directus.as(role))).toEqual([403, 403, 403, 403, 403]);
	expect((await fetch(`${directus.url}/orchestre/kpis/ca_signe`)).status).toBe(403);
	// Somebody new has nothing yet, and may know it.
	const fresh = await directus.hire('Commercial', { team: own });
	expect((await kpi(fresh.client, 'ca_signe')).data).toMatchObject({ value: 0, scope: { scope: 'person', key: fresh.id } });
	expect((await kpi(await as('manager-north'), 'ca_signe', `?scope=person&scope_key=${fresh.id}`)).status).toBe(200);
	// What nobody has computed is not nought.
	for (const query of ['?period=day&to=2026-09-10', '?period=month&to=2031-01-10', '?period=month&to=2019-01-10']) {
		const { data } = await kpi(await as('direction'), 'ca_facture', query);
		expect([query, data?.value, data?.change.sentences]).toEqual([query, null, [expect.stringMatching(/^CA facturé, .+ : ce chiffre n’est pas calculé pour cette période\.$/)]]); // prettier-ignore
	}
	// Rights that name KPIs hold for those that have no figures to show, too.
	const success = await directus.hire('Succès client', { team: own });
	for (const [key, status] of [['ca_signe', 403], ['depenses', 403], ['mrr', 200]] as const)
		expect([key, (await kpi(success.client, key, '?scope=company')).status]).toEqual([key, status]); // prettier-ignore
	const seen = await call<{ scope: string; owner: string }[]>(await as('sales-1'), 'GET', '/items/performance', undefined, {
		limit: '-1',
		fields: 'scope,owner',
	});
	expect(new Set(seen.map(({ scope, owner }) => `${scope} ${owner}`))).toEqual(new Set([`person ${camille}`]));
	const graph = await ask<{ performance: Row[] }>(await as('direction'), 'POST', '/graphql', { query: `{ performance(filter: { kpi: { key: { _eq: "mrr" } }, scope: { _eq: "company" }, period_kind: { _eq: "month" } }, sort: "-period_start", limit: 1) { value scope } }` }); // prettier-ignore
	expect(Number(graph.data?.performance[0]?.['value'])).toBe(find('mrr', 'month', '2026-11-01')?.value);
	const refused = await ask(directus.admin as never, 'POST', '/items/performance', { value: 1 });
	expect(refused.errors[0]?.message ?? '').not.toBe('');
});

test('a target is put on a whole period, stands once, and shows where it applies', async () => {
	const marc = await as('manager-north');
	const { team } = (await directus
		.database('directus_users')
		.where({ id: member('manager-north').id })
		.first('team')) as { team: string };
	const target = {
		kpi: kpiId('taux_transformation'),
		period_kind: 'month',
		period_start: '2026-11-12',
		scope: 'team',
		team,
		value: 7000,
	};
	const made = await ask<Row>(marc, 'POST', '/items/targets', target);
	expect(made.data).toMatchObject({ period_start: '2026-11-01', period_end: '2026-11-30' });
	const twice = await ask(marc, 'POST', '/items/targets', { ...target, period_start: '2026-11-03' });
	expect(twice.errors[0]?.message).toBe('Il y a déjà un objectif pour novembre 2026 : modifiez-le.');
	const nobody = await ask(await as('direction'), 'POST', '/items/targets', { ...target, scope: 'person' });
	expect(nobody.errors[0]?.message).toBe('Choisissez la personne de cet objectif.');
	const below = await ask(await as('direction'), 'POST', '/items/targets', { ...target, kpi: kpiId('mrr'), scope: 'company', team: null, value: -5 });
	expect(below.errors[0]?.message).toBe('« MRR » n’est jamais négatif : son objectif non plus.');
	expect([400, 403]).toContain((await ask(marc, 'POST', '/items/targets', { ...target, kpi: kpiId('rendez_vous'), scope: 'company', team: null })).status);
	await ask(await as('direction'), 'POST', '/items/targets', { ...target, kpi: kpiId('taches_en_retard'), scope: 'company', team: null, value: 0 });
	await directus.database.transaction((trx) => hourlyTurn(trx));
	results = await readAll();
	const late = find('taches_en_retard', 'month', '2026-11-01')?.value ?? 0;
	expect(late).toBeGreaterThan(0);
	const said = (await kpi(await as('direction'), 'taches_en_retard')).data;
	expect(said?.target).toEqual({ value: 0, expected: 0, gap: 10_000, reached: false });
	expect(said?.change.sentences).toContain(`Objectif : 0 ; ${String(late / 1000)} au-dessus.`);
	const of = (scope: string, key: string): number | null | undefined => find('taux_transformation', 'month', '2026-11-01', scope, key)?.target;
	// A rate is held to the nearest goal; a person's sum to their own alone.
	expect([of('team', team), of('person', member('sales-1').id), of('company', 'company'), of('person', member('sales-3').id)]).toEqual([
		7000, 7000, 6500, 6500,
	]);
	const sums = results.filter((one) => one.kpi === 'ca_signe' && one.period_start === '2026-11-01' && one.period_kind === 'month' && one.target !== null);
	expect(sums.map(({ scope }) => scope)).toContain('person');
});

test('what is off its target is told once per episode, to whoever answers for it, and closes when it is back', async () => {
	const first = await job('kpis.warn');
	expect(first['raised']).toBeGreaterThan(0);
	expect(await job('kpis.warn')).toMatchObject({ raised: 0, closed: 0 });
	const alerts = (await directus.database('alerts').where({ kind: 'kpi' }).select('*')) as Row[];
	expect(alerts).toHaveLength(Number(first['raised']));
	expect(alerts.map(({ title }) => title)).toContain('Hors objectif : Tâches en retard');
	const told = (await directus.database('directus_notifications').where({ collection: 'kpis' }).select('recipient', 'subject', 'message')) as Row[];
	for (const { title, reason, assignee } of alerts) {
		expect(assignee).not.toBeNull();
		expect(String(reason)).toMatch(/ pour un objectif de 0\.| pour .*, soit \d+[\u202f\d]*\u00a0% (en dessous|au-dessus)\./);
		expect(told.filter((one) => one['subject'] === title && one['recipient'] === assignee)).toHaveLength(alerts.filter((one) => one['title'] === title && one['assignee'] === assignee).length); // prettier-ignore
	}
	const [one] = alerts;
	const [, id, scope, key, kind, start] = String(one?.['dedupe_key']).split(':');
	const rows = directus.database('performance').where({ kpi: id, scope, scope_key: key, period_kind: kind, period_start: new Date(`${start}T00:00:00`) });
	const kept = (await rows.clone().first('value', 'target')) as { value: number; target: number };
	const state = async (): Promise<string[]> => (await directus.database('alerts').where('dedupe_key', 'like', `kpi:${id}:${scope}:${key}:${kind}:%`).orderBy('dedupe_key').pluck('state')) as string[]; // prettier-ignore
	await rows.clone().update({ value: kept.target });
	expect(await job('kpis.warn')).toMatchObject({ raised: 0, closed: 1 });
	expect(await state()).toEqual(['done']);
	await rows.clone().update({ value: kept.value });
	expect(await job('kpis.warn')).toMatchObject({ raised: 1 });
	expect(await state()).toEqual(['done', 'open']);
	// Put aside by a person: that is an answer, and nobody is told again.
	await call(directus.admin, 'PATCH', `/items/alerts/${String(((await directus.database('alerts').where('dedupe_key', 'like', `kpi:${id}:${scope}:${key}:${kind}:%`).where({ state: 'open' }).first('id')) as Row)['id'])}`, { state: 'done' }); // prettier-ignore
	expect(await job('kpis.warn')).toMatchObject({ raised: 0 });
});

test('whatever is changed late, of whatever day, the running periods are right, and a figure is the same alone and among all others', async ({ skip }) => {
	if (!isPostgres(directus.database)) skip('SQLite keeps a day as its local midnight, which days taken off by hand miss when the clocks change.');
	// Work that ends is itself a figure.
	await worker?.stop();
	worker = undefined;
	let seed = 20_261_118;
	const below = (most: number): number => (seed = (seed * 48_271) % 2_147_483_647) % most;
	const some = async (table: string, column: string, where: Row = {}): Promise<Row[]> => {
		const rows = (await directus.database(table).where(where).whereNotNull(column).orderBy('id')) as Row[]; // prettier-ignore
		return Array.from({ length: 25 }, () => rows[below(rows.length)] as Row);
	};
	const earlier = (value: unknown): Date => new Date(toDate(value as Date).getTime() - below(400) * 86_400_000);
	for (const { id, issue_date } of await some('invoices', 'issue_date', { direction: 'sale' }))
		await directus
			.database('invoices')
			.where({ id })
			.update({ issue_date: earlier(issue_date), net_cents: below(900_000), gross_cents: below(900_000) });
	for (const { id, paid_on } of await some('payments', 'paid_on')) await directus.database('payments').where({ id }).update({ paid_on: earlier(paid_on), amount_cents: below(90_000) }); // prettier-ignore
	for (const { id, closed_at } of await some('opportunities', 'closed_at')) await directus.database('opportunities').where({ id }).update({ closed_at: earlier(closed_at), amount_cents: below(900_000) }); // prettier-ignore
	for (const { id, done_at } of await some('tasks', 'done_at'))
		await directus
			.database('tasks')
			.where({ id })
			.update({ done_at: earlier(done_at) });
	for (const { id } of await some('payment_allocations', 'allocated_on', {})) await directus.database('payment_allocations').where({ id }).update({ amount_cents: below(90_000) }); // prettier-ignore
	await directus.database.transaction((trx) => touchTurn(trx, [...watched]));
	await directus.database.transaction((trx) => hourlyTurn(trx));
	results = await readAll();
	const world = await readWorld(directus.database);
	const spans = (['month', 'quarter', 'year'] as const).map((kind) => periodOf(kind, day));
	for (const key of [
		'ca_facture',
		'encaissements',
		'ca_signe',
		'affaires_gagnees',
		'affaires_perdues',
		'creances_en_retard',
		'dso',
		'taches_realisees',
		'mrr',
	]) {
		for (const { kind, start, end } of spans) {
			const counted = byHand[key]?.(world, { from: isoOf(start), to: isoOf(Math.min(end, day)) });
			expect([key, kind, find(key, kind, isoOf(start))?.value]).toEqual([key, kind, counted]);
		}
	}
	const at = new Date(`${today}T10:00:00Z`);
	const wanted = definitions.map((definition) => ({ definition, periods: (['week', 'month', 'quarter', 'year'] as const).flatMap((kind) => lastPeriods(kind, day, 2)) })); // prettier-ignore
	const told = (figures: readonly Computed[]): unknown[] =>
		figures.map(({ definition, period, scope, key, numerator, denominator, cases, value, parts }) => [definition.key, spanKey(period), scope, key, numerator, denominator, cases, value, parts]).toSorted((one, other) => (String(one) < String(other) ? -1 : 1)); // prettier-ignore
	const together = told(await computeKpis(directus.database, wanted, at));
	const alone: Computed[] = [];
	for (const { definition, periods } of wanted)
		for (const period of periods) alone.push(...(await computeKpis(directus.database, [{ definition, periods: [period] }], at)));
	expect(together.length).toBeGreaterThan(1000);
	expect(told(alone)).toEqual(together);
}, 120_000);

test('the first run of a day closes the periods that have ended, once', async () => {
	advanceClock(14 * 86_400_000);
	const first = await job('kpis.compute');
	expect(first).toMatchObject({ night: true, past: 0 });
	// That job itself counts among the work done.
	expect(await directus.database.transaction((trx) => hourlyTurn(trx))).toMatchObject({ night: false, past: 0 });
	expect(await directus.database.transaction((trx) => hourlyTurn(trx))).toMatchObject({ night: false, written: 0 });
	results = await readAll();
	expect(find('ca_signe', 'month', '2026-11-01')).toMatchObject({ is_final: true });
	expect(find('ca_signe', 'month', '2026-12-01')).toMatchObject({ is_final: false });
});
