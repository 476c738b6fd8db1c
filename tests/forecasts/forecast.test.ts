import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { advanceClock, now, resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { enqueue, runJobs, tallyOf, type Tally } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';
import { newCompany, newDeal, stages } from '../pipeline/support.ts';

const day = 86_400_000;
/** A Wednesday. */
const start = '2026-05-06T08:00:00Z';

type Forecast = Row & { id: string; kind: string; scope: string; scope_key: string; period_start: string; p10_cents: number; p50_cents: number; p90_cents: number; naive_cents: number; actual_cents: number | null; details: Row | null }; // prettier-ignore

let directus: TestDirectus;
let company: string;
let team: string;
let lea: { id: string; client: Client };
let manager: { id: string; client: Client };

beforeAll(async () => {
	directus = await startDirectus();
	company = await newCompany(directus.admin);
	team = (await call<{ id: string }>(directus.admin, 'POST', '/items/teams', { name: 'Nord', kind: 'sales' })).id;
	lea = await directus.hire('Commercial', { team });
	manager = await directus.hire('Manager', { team });
	// A year of deals: one every ten days, won (or, one in three, lost) forty days later.
	for (let index = 0; index < 34; index++) {
		stopClock(new Date(Date.parse(start) - (380 - index * 10) * day));
		const close_date = new Date(now().getTime() + 45 * day).toISOString().slice(0, 10);
		const deal = newDeal(company, { owner: lea.id, close_date, amount_cents: 1_000_000 });
		const { id } = await call<{ id: string }>(directus.admin, 'POST', '/items/opportunities', deal);
		advanceClock(40 * day);
		const end = index % 3 === 2 ? { stage: stages.lost, lost_reason: 'price' } : { stage: stages.won };
		await call(directus.admin, 'PATCH', `/items/opportunities/${id}`, end);
	}
	stopClock(new Date(Date.parse(start) - 10 * day));
	for (let index = 0; index < 6; index++)
		await call(directus.admin, 'POST', '/items/opportunities', newDeal(company, { owner: lea.id, close_date: '2026-05-28', amount_cents: 1_000_000, kind: index === 5 ? 'renewal' : 'new' })); // prettier-ignore
	await call(directus.admin, 'POST', '/items/subscriptions', { name: 'Suivi', company, owner: lea.id, mrr_cents: 40_000, started_on: '2025-01-01', status: 'active', period: 'month' }); // prettier-ignore
	stopClock(start);
});
afterEach(() => stopClock(start));
afterAll(async () => {
	resetClock();
	await directus.close();
});

async function run(): Promise<Tally> {
	const host = await hostOf(directus);
	const [id] = await enqueue(directus.database, [{ kind: 'forecasts.freeze', key: `forecasts.freeze:test:${randomUUID()}` }]);
	return tallyOf(await runJobs(host, { ids: id ? [id] : [] }));
}
const rows = (client: Client, query: Record<string, string> = {}): Promise<Forecast[]> =>
	call<Forecast[]>(client, 'GET', '/items/forecasts', undefined, { limit: '-1', sort: 'period_start,kind,scope,scope_key', ...query });

test('the week’s forecast is frozen once, whatever happens, for company, team and person', async () => {
	expect(await run()).toMatchObject({ done: 1, reasons: [] });
	const first = await rows(directus.admin);
	expect(first).toHaveLength(6 * 4 * 3);
	expect(new Set(first.map(({ scope, scope_key }) => `${scope} ${scope_key}`))).toEqual(new Set(['company company', `team ${team}`, `person ${lea.id}`]));
	for (const { p10_cents, p50_cents, p90_cents } of first) {
		expect(p10_cents).toBeLessThanOrEqual(p50_cents);
		expect(p50_cents).toBeLessThanOrEqual(p90_cents);
	}
	const may = first.filter(({ scope, period_start }) => scope === 'company' && period_start === '2026-05-01');
	const of = (kind: string): Forecast | undefined => may.find((one) => one.kind === kind);
	expect(of('recurring')).toMatchObject({ p50_cents: 40_000, naive_cents: 40_000 });
	// Five new deals of 10 000 € at 10 %; the renewal is the subscription's matter.
	expect(of('pipeline')?.naive_cents).toBe(500_000);
	expect(of('pipeline')?.p90_cents).toBeLessThanOrEqual(7_500_000);
	const details = of('total')?.details as { isAssumed: boolean; past: { quality: { horizon: number | null; trials: number }[] } };
	expect(details.isAssumed).toBe(false);
	expect(details.past.quality.map(({ horizon }) => horizon)).toEqual([null, 0, 1, 2, 3, 4, 5]);

	for (const later of [60_000, day, 4 * day]) {
		stopClock(new Date(Date.parse(start) + later));
		expect(await run()).toMatchObject({ skipped: 1, done: 0 });
	}
	expect(await rows(directus.admin)).toEqual(first);
});

test('figured again from the same facts it is the same to the cent', async () => {
	const before = await rows(directus.admin);
	await directus.database('forecasts').del();
	await run();
	const figures = (all: readonly Forecast[]): unknown => all.map((figure) => ({ ...figure, id: null }));
	expect(figures(await rows(directus.admin))).toEqual(figures(before));
});

test('two instances at once freeze it once', async () => {
	await directus.database('forecasts').del();
	const tallies = await Promise.all([run(), run()]);
	expect(tallies.map(({ failed, retry }) => failed + retry)).toEqual([0, 0]);
	expect(await rows(directus.admin)).toHaveLength(6 * 4 * 3);
});

test('the next week is another one; when a month is over, what it brought stands beside what was forecast', async () => {
	await directus.database('opportunities').whereNull('closed_at').update({ close_date_pushes: 0 });
	const [deal] = (await directus.database('opportunities').whereNull('closed_at').where({ kind: 'new' })) as { id: string }[];
	stopClock('2026-05-20T10:00:00Z');
	await call(directus.admin, 'PATCH', `/items/opportunities/${deal?.id}`, { stage: stages.won });
	stopClock('2026-06-02T06:00:00Z');
	expect(await run()).toMatchObject({ done: 1 });
	const all = await rows(directus.admin);
	const may = all.filter(({ period_start, scope }) => period_start === '2026-05-01' && scope === 'person');
	expect(may.map(({ kind, actual_cents, actual_on }) => [kind, actual_cents, actual_on])).toEqual([
		['new_business', 0, '2026-06-02'],
		['pipeline', 1_000_000, '2026-06-02'],
		['recurring', 40_000, '2026-06-02'],
		['total', 1_040_000, '2026-06-02'],
	]);
	expect(new Set(all.map(({ frozen_on }) => frozen_on))).toEqual(new Set(['2026-05-06', '2026-06-02']));
	expect(all.filter(({ period_start }) => period_start >= '2026-06-01').every(({ actual_cents }) => actual_cents === null)).toBe(true);
});

test('everybody sees their own: a salesperson theirs, a manager the team’s, Direction all, others none', async () => {
	const scopes = async (client: Client): Promise<string[]> => [...new Set((await rows(client)).map(({ scope }) => scope))].toSorted();
	expect(await scopes(lea.client)).toEqual(['person']);
	expect(await scopes(manager.client)).toEqual(['team']);
	expect(await scopes(await directus.as('Direction'))).toEqual(['company', 'person', 'team']);
	expect(await scopes(await directus.as('Commercial'))).toEqual([]);
	expect((await ask(await directus.as('Revendeur'), 'GET', '/items/forecasts')).status).toBe(403);
});

test('what was forecast cannot be corrected afterwards, by nobody', async () => {
	const [one] = await rows(directus.admin);
	for (const answer of [
		await ask(directus.admin, 'PATCH', `/items/forecasts/${one?.id}`, { p50_cents: 1 }),
		await ask(directus.admin, 'DELETE', `/items/forecasts/${one?.id}`),
		await ask(directus.admin, 'POST', '/items/forecasts', { frozen_on: '2026-01-05' }),
	])
		expect(answer.status).toBe(403);
});

test('a switched-off flow freezes nothing', async () => {
	await call(directus.admin, 'PATCH', '/flows/6f000000-0000-4000-8000-000000000016', { status: 'inactive' });
	stopClock('2026-07-07T06:00:00Z');
	expect(await run()).toMatchObject({ skipped: 1 });
	expect(await directus.database('forecasts').where('frozen_key', 'like', '2026-07%').first('id')).toBeUndefined();
	await call(directus.admin, 'PATCH', '/flows/6f000000-0000-4000-8000-000000000016', { status: 'active' });
});
