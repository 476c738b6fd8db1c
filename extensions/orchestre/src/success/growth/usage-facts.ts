import { dayNumberOrNull } from '../../platform/columns.ts';
import { jsonRows } from '../../platform/json-rows.ts';
import type { Knex } from '../../platform/directus.ts';
import { plusMonths, termBefore } from '../../platform/time/months.ts';
import { fromParis } from '../../platform/time/paris.ts';
import { rowsOf } from './holdings.ts';
import type { Usage } from './rules/types.ts';
import { trendDays, usageOf } from './rules/usage.ts';

/** A subscription with a limit. `included` in thousandths. */
export type Plan = { id: string; startDay: number; period: string; included: number; unit: string | null; measure: string; event: string | null };

type SubscriptionRow = Record<string, unknown> & { id: string };
const planColumns = ['id', 'period', 'started_on', 'usage_limit', 'usage_unit', 'usage_measure', 'usage_event'];

/** The plan of a subscription's row; none where usage is unlimited. */
export function planOf(row: SubscriptionRow): Plan[] {
	const startDay = dayNumberOrNull(row['started_on']);
	if (!row['usage_limit'] || startDay === null) return [];
	const [unit, event] = [row['usage_unit'] as string | null, row['usage_event'] as string | null];
	return [{ id: row.id, startDay, period: String(row['period']), included: Number(row['usage_limit']), unit, measure: String(row['usage_measure']), event }];
}

/** The plans of these subscriptions. */
export async function plansOf(trx: Knex, subscriptions: readonly string[]): Promise<Plan[]> {
	const rows = (await trx('subscriptions')
		.whereIn('id', [...subscriptions])
		.select(planColumns)) as SubscriptionRow[];
	return rows.flatMap(planOf);
}

type Row = {
	id: string;
	used: number | string | null;
	recent: number | string | null;
	earlier: number | string | null;
	actors: number | string;
	before: number | string;
};

const monthsOf: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

/**
 * What these plans used, in one statement: it reads each subscription's events since its period began, and for two months to see the
 * trend, and adds them up in the database.
 */
async function readUsage(trx: Knex, plans: readonly (Plan & { from: number })[], today: number): Promise<Map<string, Row>> {
	const at = (day: number): Date => fromParis(day, 0);
	const [recent, earlier, seen, before] = [at(today - trendDays.quantity + 1), at(today - 2 * trendDays.quantity + 1), at(today - trendDays.actors + 1), at(today - 2 * trendDays.actors + 1)];
	const first = (from: number): Date => (at(from) < earlier ? at(from) : earlier);
	const spans = plans.map(({ id, event, measure, from }) => ({ id, event, since: measure === 'actors' ? before : first(from), period: at(from), recent, earlier, seen, before }));
	const { source, column, toJson } = jsonRows(trx, { id: 'uuid', event: 'text', since: 'timestamptz', period: 'timestamptz', recent: 'timestamptz', earlier: 'timestamptz', seen: 'timestamptz', before: 'timestamptz' });
	const sql = `
		select u.subscription as id,
			sum(case when u.at >= ${column('period')} then u.quantity else 0 end) as used,
			sum(case when u.at >= ${column('recent')} then u.quantity else 0 end) as recent,
			sum(case when u.at >= ${column('earlier')} and u.at < ${column('recent')} then u.quantity else 0 end) as earlier,
			count(distinct case when u.at >= ${column('seen')} then u.actor end) as actors,
			count(distinct case when u.at >= ${column('before')} and u.at < ${column('seen')} then u.actor end) as before
		from ${source}
		join usage_events u on u.subscription = ${column('id')} and u.at >= ${column('since')} and (${column('event')} is null or u.name = ${column('event')})
		group by u.subscription`;
	return new Map(rowsOf<Row>(await trx.raw(sql, [toJson(spans)])).map((row) => [row.id, row]));
} // prettier-ignore

/** Usage of plans against what they include, by subscription. */
export async function usageOfPlans(trx: Knex, plans: readonly Plan[], today: number): Promise<Map<string, Usage>> {
	if (plans.length === 0) return new Map();
	const running = plans.map((plan) => ({ ...plan, months: monthsOf[plan.period] ?? 1, from: termBefore(plan.startDay, monthsOf[plan.period] ?? 1, today) }));
	const rows = await readUsage(trx, running, today);
	const found = new Map<string, Usage>();
	for (const { id, measure, unit, included, from, months } of running) {
		const row = rows.get(id);
		const number = (value: number | string | null | undefined): number => Number(value ?? 0);
		const usage = usageOf(
			{
				measure: measure === 'actors' ? 'actors' : 'quantity',
				unit: unit ?? (measure === 'actors' ? 'utilisateurs' : 'unités'),
				included: included / 1000,
				used: number(row?.used) / 1000,
				recent: number(row?.recent) / 1000,
				recentBefore: number(row?.earlier) / 1000,
				actors: number(row?.actors),
				actorsBefore: number(row?.before),
				periodEnd: plusMonths(from, months) - 1,
			},
			today,
		);
		if (usage) found.set(id, usage);
	}
	return found;
}
