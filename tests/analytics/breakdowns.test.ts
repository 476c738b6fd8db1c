import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runKpis } from '../../extensions/orchestre/src/analytics/kpis/run.ts';
import { definitionOf } from '../../extensions/orchestre/src/analytics/kpis/definitions/index.ts';
import { kpiId } from '../../extensions/orchestre/src/analytics/kpis/ids.ts';
import { periodOf } from '../../extensions/orchestre/src/analytics/kpis/rules/periods.ts';
import type { AutomationDetails } from '../../extensions/orchestre/src/analytics/kpis/breakdowns/automation.ts';
import type { Calibration } from '../../extensions/orchestre/src/analytics/kpis/breakdowns/calibration.ts';
import type { Campaigns } from '../../extensions/orchestre/src/analytics/kpis/breakdowns/campaigns.ts';
import type { Cash } from '../../extensions/orchestre/src/analytics/kpis/breakdowns/cash.ts';
import type { ChurnBands } from '../../extensions/orchestre/src/analytics/kpis/breakdowns/churn-bands.ts';
import type { Receivables } from '../../extensions/orchestre/src/analytics/kpis/breakdowns/receivables.ts';
import type { Retention } from '../../extensions/orchestre/src/analytics/kpis/breakdowns/retention.ts';
import { ages } from '../../extensions/orchestre/src/analytics/kpis/rules/ageing.ts';
import { moves, type Movements } from '../../extensions/orchestre/src/analytics/kpis/rules/movements.ts';
import { dayNumberOrNull, dayOrNull, storedDay } from '../../extensions/orchestre/src/platform/columns.ts';
import { parseJson, toDate } from '../../extensions/orchestre/src/platform/directus.ts';
import { fromParis, isoOf, toParis } from '../../extensions/orchestre/src/platform/time/paris.ts';
import { seedDemo } from '../../scripts/demo/index.ts';
import { call, type Client } from '../../scripts/support/client.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';

let directus: TestDirectus;
let now: Date;
let today: number;

type Row = Record<string, unknown>;
const table = (name: string): Promise<Row[]> => directus.database(name) as unknown as Promise<Row[]>;
const sum = <T>(rows: readonly T[], of: (row: T) => number): number => rows.reduce((total, row) => total + of(row), 0);
const cents = (row: Row, column: string): number => Number(row[column] ?? 0);
const day = (row: Row, column: string): number | null => dayNumberOrNull(row[column]);

/** What `performance` holds of a KPI for the month of a day, by scope key. */
async function kept<Own>(key: string, month: number): Promise<Map<string, { value: number | null; own: Own; cases: number }>> {
	const rows = (await directus
		.database('performance')
		.where({ kpi: kpiId(key), period_kind: 'month', period_start: storedDay(periodOf('month', month).start) })) as Row[];
	return new Map(
		rows.map((row) => [
			String(row['scope_key']),
			{
				value: row['value'] === null ? null : Number(row['value']),
				own: parseJson<{ own: Own }>(row['details']).own,
				cases: Number(row['sample_size']),
			},
		]),
	);
}
const company = async <Own>(key: string, month = today): Promise<{ value: number | null; own: Own; cases: number }> => {
	const found = (await kept<Own>(key, month)).get('company');
	if (!found) throw new Error(`Nothing of ${key} in ${isoOf(month)}.`);
	return found;
};
const lastMonth = (): number => periodOf('month', today).start - 1;

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false' });
	await seedDemo({ database: directus.database });
	// The figures are those of the day's early morning; so is what they are held against.
	const [{ at } = { at: 0 }] = (await directus.database('performance').max({ at: 'computed_at' })) as { at: Date | number }[];
	now = toDate(at);
	today = toParis(now).day;
}, 240_000);
afterAll(() => directus?.close());

test('what clients owe is what is left of their invoices, by age, and teams make the company', async () => {
	const teams = await kept<{ ages: Receivables['ages'] }>('creances_par_age', today);
	const { own, value, cases } = await company<Receivables>('creances_par_age');
	const open = (await table('invoices')).filter(
		(row) =>
			row['direction'] === 'sale' &&
			row['type'] !== 'credit_note' &&
			!['draft', 'cancelled_by_credit_note'].includes(String(row['status'])) &&
			cents(row, 'remaining_cents') > 0,
	);
	expect(open.length).toBeGreaterThan(20);
	expect([value, cases]).toEqual([sum(open, (row) => cents(row, 'remaining_cents')), open.length]);
	for (const { key, late } of ages) {
		const own1 = open.filter((row) => {
			const days = today - (day(row, 'due_date') ?? 0);
			return late === null ? days <= 0 : days >= late[0] && days <= late[1];
		});
		expect([key, own.ages[key]]).toEqual([key, { cents: sum(own1, (row) => cents(row, 'remaining_cents')), count: own1.length }]);
		const parts = [...teams].filter(([scope]) => scope !== 'company').map(([, team]) => team.own.ages[key]);
		expect(sum(parts, (part) => part.cents)).toBe(own.ages[key].cents);
	}
	const late = open.filter((row) => (day(row, 'due_date') ?? 0) < today);
	const [most] = own.debtors;
	expect(most?.cents).toBe(
		Math.max(...[...Map.groupBy(late, (row) => row['company']).values()].map((rows) => sum(rows, (row) => cents(row, 'remaining_cents')))),
	);
});

test('receivables of a past day come out as they were: payments of later days had not been made', async () => {
	const end = lastMonth();
	const [invoices, payments, allocations] = [await table('invoices'), await table('payments'), await table('payment_allocations')];
	const paymentOf = new Map(payments.map((row) => [row['id'], row]));
	const creditOf = new Map(invoices.map((row) => [row['id'], row]));
	const left = (invoice: Row): number => {
		const paid = allocations.filter(({ invoice: id, payment, credit_note }) => {
			if (id !== invoice['id']) return false;
			const on = payment ? day(paymentOf.get(payment) ?? {}, 'paid_on') : day(creditOf.get(credit_note) ?? {}, 'issue_date');
			return on !== null && on <= end;
		});
		return cents(invoice, 'gross_cents') - sum(paid, (row) => cents(row, 'amount_cents'));
	};
	const open = invoices.filter(
		(row) =>
			row['direction'] === 'sale' && row['type'] !== 'credit_note' && row['status'] !== 'draft' && (day(row, 'issue_date') ?? Infinity) <= end && left(row) > 0,
	);
	const { value, own } = await company<Receivables>('creances_par_age', end);
	expect(value).toBe(sum(open, left));
	expect(value).not.toBe((await company('creances_par_age')).value);
	// Counting back by hand, month by month.
	let [owed, days, at] = [value ?? 0, 0, end];
	while (owed > 0) {
		const month = periodOf('month', at);
		const sold = sum(
			invoices.filter(
				(row) =>
					row['direction'] === 'sale' &&
					row['status'] !== 'draft' &&
					(day(row, 'issue_date') ?? 0) >= month.start &&
					(day(row, 'issue_date') ?? 0) <= month.end,
			),
			(row) => (row['type'] === 'credit_note' ? -1 : 1) * cents(row, 'gross_cents'),
		);
		days += sold > owed ? (owed / sold) * (month.end - month.start + 1) : month.end - month.start + 1;
		owed -= sold;
		at = month.start - 1;
	}
	expect(own.dso).toBeCloseTo(days, 6);
});

test('money in and out is that of the payments of the month', async () => {
	const { own, value } = await company<Cash>('tresorerie_nette', lastMonth());
	const { start, end } = periodOf('month', lastMonth());
	const paid = (await table('payments')).filter(
		(row) => row['status'] === 'received' && (day(row, 'paid_on') ?? 0) >= start && (day(row, 'paid_on') ?? 0) <= end,
	);
	const of = (direction: string): number => sum(paid.filter((row) => row['direction'] === direction), (row) => cents(row, 'amount_cents')); // prettier-ignore
	expect(own).toEqual({ in: of('in'), out: of('out'), payments: paid.length });
	expect(value).toBe(of('in') - of('out'));
	expect(own.in).toBeGreaterThan(0);
});

/** Each client's monthly revenue at the end of a day, from the history of each subscription. */
async function revenueAt(end: number): Promise<Map<string, number>> {
	const changes = (await table('subscription_changes')).filter((row) => (day(row, 'changed_on') ?? Infinity) <= end);
	const order = (row: Row): number => toDate(row['recorded_at'] as Date).getTime() * 2 + Number(row['kind'] !== 'renewal');
	const clients = new Map<string, number>();
	for (const own of Map.groupBy(changes, (row) => row['subscription']).values()) {
		const last = own.toSorted((one, two) => (day(one, 'changed_on') ?? 0) - (day(two, 'changed_on') ?? 0) || order(one) - order(two)).at(-1) ?? {};
		const client = String(last['company']);
		clients.set(client, (clients.get(client) ?? 0) + cents(last, 'mrr_after_cents'));
	}
	return clients;
}

test('movements of recurring revenue foot in every month, and say what each client did', async () => {
	for (let at = today, months = 0; months < 12; at = periodOf('month', at).start - 1, months++) {
		const { own, value } = await company<Movements>('mouvements_mrr', at);
		expect(own.opening + sum(moves, (move) => own[move].cents)).toBe(own.closing);
		expect(value).toBe(own.closing - own.opening);
	}
	const { start, end } = periodOf('month', lastMonth());
	const [before, after] = [await revenueAt(start - 1), await revenueAt(end)];
	const { own } = await company<Movements>('mouvements_mrr', lastMonth());
	expect([own.opening, own.closing]).toEqual([sum([...before.values()], Number), sum([...after.values()], Number)]);
	const clients = [...new Set([...before.keys(), ...after.keys()])].map((client) => [before.get(client) ?? 0, after.get(client) ?? 0] as const);
	const churned = clients.filter(([opening, closing]) => opening > 0 && closing === 0);
	expect(own.churn).toEqual({ cents: 0 - sum(churned, ([opening]) => opening), clients: churned.length });
	const grown = clients.filter(([opening, closing]) => opening > 0 && closing > opening);
	expect(own.expansion).toEqual({ cents: sum(grown, ([opening, closing]) => closing - opening), clients: grown.length });
	expect(own.clientsAfter).toBe(clients.filter(([, closing]) => closing > 0).length);
	// Running subscriptions say the same today.
	const running = (await table('subscriptions')).filter((row) => ['active', 'cancelled'].includes(String(row['status'])));
	expect((await company<Movements>('mouvements_mrr')).own.closing).toBe(sum(running, (row) => cents(row, 'mrr_cents')));
	const teams = [...(await kept<Movements>('mouvements_mrr', lastMonth()))].filter(([key]) => key !== 'company');
	expect(sum(teams, ([, team]) => team.own.closing)).toBe(own.closing);
});

test('a cohort pays what its clients pay', async () => {
	const { own, value } = await company<Retention>('retention_cohortes');
	const until = periodOf('month', today).start - 1;
	expect(own.until).toBe(isoOf(until).slice(0, 7));
	const first = new Map<string, number>();
	for (const row of await table('subscription_changes')) {
		const at = day(row, 'changed_on') ?? 0;
		const client = String(row['company']);
		if (cents(row, 'mrr_after_cents') > 0) first.set(client, Math.min(at, first.get(client) ?? Infinity));
	}
	expect(own.cohorts.length).toBeGreaterThan(12);
	for (const cohort of own.cohorts.slice(0, 6)) {
		const members = [...first].filter(([, at]) => isoOf(at).startsWith(cohort.month)).map(([client]) => client);
		const month = periodOf('month', first.get(members[0] ?? '') ?? 0);
		const [begun, then] = [await revenueAt(month.end), await revenueAt(until)];
		expect([cohort.month, cohort.cents[0], cohort.clients[0]]).toEqual([
			cohort.month,
			sum(members, (id) => begun.get(id) ?? 0),
			members.filter((id) => (begun.get(id) ?? 0) > 0).length,
		]);
		expect([cohort.cents.at(-1), cohort.clients.at(-1)]).toEqual([
			sum(members, (id) => then.get(id) ?? 0),
			members.filter((id) => (then.get(id) ?? 0) > 0).length,
		]);
	}
	const old = own.cohorts.filter(({ cents: paid }) => paid.length > 12);
	expect(value).toBe(Math.round((sum(old, ({ cents: paid }) => paid[12] ?? 0) * 10_000) / sum(old, ({ cents: paid }) => paid[0] ?? 0)));
});

test('a campaign is put down the deals that it, or else its leads, brought', async () => {
	const { own, value } = await company<Campaigns>('roi_campagnes');
	const [leads, deals, stages] = [await table('leads'), await table('opportunities'), await table('stages')];
	const campaignOf = new Map(leads.map((row) => [row['id'], row['campaign']]));
	const won = new Set(stages.filter((row) => Boolean(row['is_won'])).map(({ id }) => id));
	expect(own.campaigns.some((one) => one.won > 0)).toBe(true);
	for (const one of own.campaigns) {
		const sold = deals.filter((row) => (row['campaign'] ?? campaignOf.get(row['lead'])) === one.id && row['kind'] !== 'renewal' && won.has(row['stage']));
		expect([one.name, one.won, one.revenue]).toEqual([one.name, sold.length, sum(sold, (row) => cents(row, 'amount_cents'))]);
		expect([one.name, one.leads]).toEqual([one.name, leads.filter((row) => row['campaign'] === one.id && row['merged_into'] === null).length]);
	}
	expect(sum(own.channels, ({ revenue }) => revenue)).toBe(own.total.revenue);
	expect(value).toBe(Math.round(((own.total.revenue - own.total.cost) * 10_000) / own.total.cost));
});

test('automated acts are rows of the product, and minutes follow the settings', async () => {
	const { start, end } = periodOf('month', lastMonth());
	const isIn = (value: unknown): boolean => value !== null && toDate(value as Date) >= fromParis(start, 0) && toDate(value as Date) < fromParis(end + 1, 0);
	const { own, value } = await company<AutomationDetails>('taux_automatisation', lastMonth());
	const tasks = (await table('tasks')).filter((row) => isIn(row['date_created']));
	const of = (act: string) => own.acts.find((one) => one.act === act);
	expect(of('tasks')).toMatchObject({
		automatic: tasks.filter(({ origin }) => origin !== 'manual').length,
		manual: tasks.filter(({ origin }) => origin === 'manual').length,
	});
	const kinds = (await table('leads')).filter((row) => isIn(row['assigned_at'])).map((row) => parseJson<{ kind: string } | null>(row['assignment'])?.kind);
	expect(of('assignments')).toMatchObject({
		automatic: kinds.filter((kind) => kind && !['manual', 'none', 'off'].includes(kind)).length,
		manual: kinds.filter((kind) => kind === 'manual').length,
	});
	const settled = (await table('payment_allocations')).filter(
		(row) => row['payment'] !== null && (day(row, 'allocated_on') ?? 0) >= start && (day(row, 'allocated_on') ?? 0) <= end,
	);
	expect(of('allocations')).toMatchObject({
		automatic: settled.filter((row) => row['matched_by'] !== 'manual').length,
		manual: settled.filter((row) => row['matched_by'] === 'manual').length,
	});
	const automatic = sum(own.acts, (act) => act.automatic);
	expect(value).toBe(Math.round((automatic * 10_000) / sum(own.acts, (act) => act.automatic + act.manual)));
	expect(own.minutes).toBe(sum(own.acts, (act) => act.automatic * act.minutes));

	await directus.database('settings').update({ automation_minutes: JSON.stringify([{ act: 'tasks', minutes: 10 }]) });
	const definition = definitionOf('taux_automatisation');
	await directus.database.transaction((trx) => runKpis(trx, definition ? [{ definition, periods: [periodOf('month', lastMonth())] }] : [], now));
	const after = (await company<AutomationDetails>('taux_automatisation', lastMonth())).own;
	expect(after.minutes - own.minutes).toBe((of('tasks')?.automatic ?? 0) * 8);
});

test('what was announced is held against what came, each case once', async () => {
	const { own, cases } = await company<Calibration>('calibration_modeles');
	const stages = new Map((await table('stages')).map((row) => [row['id'], row]));
	const closed = (await table('opportunities')).filter(
		(row) => row['closed_at'] !== null && toDate(row['closed_at'] as Date).getTime() > now.getTime() - 364 * 86_400_000,
	);
	const changes = await table('stage_changes');
	const seen = closed.filter(({ id }) =>
		changes.some(
			(row) =>
				row['opportunity'] === id && row['probability'] !== null && !stages.get(row['to_stage'])?.['is_won'] && !stages.get(row['to_stage'])?.['is_lost'],
		),
	);
	expect(cases).toBeGreaterThanOrEqual(seen.length);
	expect(sum(own.told.deal_win, (bin) => bin.cases)).toBeGreaterThan(100);
	const won = sum(own.told.deal_win, (bin) => Math.round(bin.cases * bin.came));
	expect(won / sum(own.told.deal_win, (bin) => bin.cases)).toBeCloseTo(seen.filter((row) => stages.get(row['stage'])?.['is_won']).length / seen.length, 1);
	for (const bin of own.told.deal_win) expect(bin.low <= bin.came && bin.came <= bin.high).toBe(true);
});

test('clients by health and risk are all who pay, with what they pay', async () => {
	const { own, value } = await company<ChurnBands>('mrr_a_risque');
	const paying = new Map([...(await revenueAt(today))].filter(([, mrr]) => mrr > 0));
	const total = [...Object.values(own.bands), own.unmeasured];
	expect([sum(total, ({ clients }) => clients), sum(total, ({ mrr }) => mrr)]).toEqual([paying.size, sum([...paying.values()], Number)]);
	const records = (await table('health_history')).filter((row) => dayOrNull(row['computed_on']) === own.day && paying.has(String(row['company'])));
	expect(records.length).toBeGreaterThan(50);
	expect(own.bands.watch.clients).toBe(records.filter(({ band }) => band === 'watch').length);
	expect(value).toBe(sum(records.filter((row) => Number(row['churn_risk'] ?? 0) >= own.thresholds.from), (row) => paying.get(String(row['company'])) ?? 0)); // prettier-ignore
});

const panels = {
	cash: ['direction', 'finance'],
	receivables: ['direction', 'finance'],
	recurring: ['direction', 'finance', 'success'],
	retention: ['direction', 'finance', 'success'],
	campaigns: ['direction', 'finance'],
	churn: ['direction', 'success'],
	automation: ['direction', 'finance'],
	models: ['direction', 'manager', 'success'],
} as const;
const roleNames = {
	direction: 'Direction',
	manager: 'Manager',
	commercial: 'Commercial',
	finance: 'Finance',
	success: 'Succès client',
	operations: 'Opérations',
	reseller: 'Revendeur',
};

test('each role sees of each panel what its lists would show, and nothing beyond', async () => {
	await directus.database('models').insert({
		id: randomUUID(),
		name: 'Gagner une affaire',
		version: 1,
		status: 'shadow',
		target: 'deal_win',
		algorithm: 'gbdt',
		drift_state: 'unknown',
		trained_at: now,
	});
	const seen: [string, string, boolean][] = [];
	const wanted: typeof seen = [];
	for (const [role, name] of Object.entries(roleNames)) {
		const client = await directus.as(name);
		for (const [panel, allowed] of Object.entries(panels)) {
			const answer = await call<{ figures: object | null }>(client, 'GET', `/orchestre/panels/${panel}?scope=company`).catch((error: unknown) => String(error));
			const sees = typeof answer !== 'string' && answer.figures !== null;
			seen.push([role, panel, sees]);
			wanted.push([role, panel, (allowed as readonly string[]).includes(role)]);
		}
	}
	expect(seen).toEqual(wanted);
});

test('the list of clients at risk is the caller’s own, with what each pays', async () => {
	await directus.database('companies').where({ is_client: true }).update({ churn_risk: 90 });
	const { id, client } = await directus.hire('Commercial');
	const success = await figuresOf(await directus.as('Succès client'), 'churn?scope=company&lines=20');
	expect(success?.clients).toHaveLength(20);
	const revenue = await revenueAt(today);
	for (const one of success?.clients ?? []) expect(one.mrr).toBe(revenue.get(one.id) ?? 0);
	// A salesperson has no figures of the company, and so no panel of it, nor of the clients among them that are theirs.
	const [one] = success?.clients ?? [];
	await directus
		.database('companies')
		.where({ id: one?.id ?? '' })
		.update({ owner: id });
	const refused = await ask(client, 'GET', '/orchestre/panels/churn?scope=company');
	expect([refused.status, refused.data]).toEqual([403, undefined]);
});

const figuresOf = async (client: Client, path: string): Promise<{ clients: { id: string; mrr: number }[] } | null> =>
	(await call<{ figures: { clients: { id: string; mrr: number }[] } | null }>(client, 'GET', `/orchestre/panels/${path}`)).figures;
