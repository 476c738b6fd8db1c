import { orchestreUserId, parseJson } from '../../../platform/directus.ts';
import { acts, isAct, minutesOf, totalOf, type Act, type ActCount } from '../rules/acts.ts';
import type { Computing, Dialect, Figure } from '../types.ts';
import { ask, boundsOf, jsonText, numberOf, textOf } from './ask.ts';

/** Background work of a kind that ended in the period. */
export type JobCount = { kind: string; done: number; failed: number };
export type AutomationDetails = { acts: ActCount[]; minutes: number; origins: Record<string, number>; jobs: JobCount[]; done: number; failed: number };

/**
 * Each act that a row tells of, dated, done by the product (1) or by a person (0). What was done before the feature existed, or away from
 * the product, left no row and does not count.
 */
const actSql = (dialect: Dialect): Readonly<Record<Act, string>> => ({
	tasks: `select case when origin = 'manual' then 0 else 1 end as automatic from tasks where date_created >= :at and date_created < :after`,
	assignments: `select case when ${jsonText(dialect, 'assignment', 'kind')} = 'manual' then 0 else 1 end as automatic from leads
		where assigned_at >= :at and assigned_at < :after and ${jsonText(dialect, 'assignment', 'kind')} in ('manual', 'best', 'continuity', 'newcomer', 'escalation')`,
	messages: `select case when user_created = :product then 1 else 0 end as automatic from interactions
		where at >= :at and at < :after and kind in ('email', 'sms') and direction = 'outbound'`,
	milestones: `select case when template_milestone is null then 0 else 1 end as automatic from milestones where date_created >= :at and date_created < :after`,
	documents: `select case when origin <> 'manual' and reviewed_at is null and read_at is not null then 1 else 0 end as automatic from documents
		where status = 'filed' and coalesce(reviewed_at, read_at, date_created) >= :at and coalesce(reviewed_at, read_at, date_created) < :after`,
	allocations: `select case when matched_by = 'manual' then 0 else 1 end as automatic from payment_allocations
		where payment is not null and allocated_on >= :from and allocated_on < :next`,
	summaries: `select case when summary_source is null then 0 else 1 end as automatic from interactions
		where at >= :at and at < :after and summary is not null and content is not null`,
});

/** What the product and people did in the period, what that saved, and how its background work ended. */
export async function readAutomation({ trx, dialect, ...computing }: Computing): Promise<Figure[]> {
	const bounds = boundsOf(computing);
	const union = Object.entries(actSql(dialect)).map(([act, sql]) => `select '${act}' as act, automatic, count(*) as n from (${sql}) ${act} group by automatic`);
	const minutes = minutesOf(
		parseJson(((await trx('settings').first('automation_minutes')) as { automation_minutes: unknown } | undefined)?.automation_minutes ?? null),
	);
	const counts = Object.keys(acts)
		.filter(isAct)
		.map((act): ActCount => ({ act, automatic: 0, manual: 0, minutes: minutes[act] }));
	for (const row of await ask(trx, union.join(' union all '), { ...bounds, product: orchestreUserId })) {
		const one = counts.find(({ act }) => act === row['act']);
		if (one) one[numberOf(row, 'automatic') === 1 ? 'automatic' : 'manual'] += numberOf(row, 'n');
	}
	const origins = await ask(
		trx,
		`select origin, count(*) as n from tasks where date_created >= :at and date_created < :after and origin <> 'manual' group by origin`,
		bounds,
	);
	const jobs = new Map<string, JobCount>();
	for (const row of await ask(
		trx,
		`select kind, state, count(*) as n from jobs where ended_at >= :at and ended_at < :after and state in ('done', 'failed') group by kind, state`,
		bounds,
	)) {
		const kind = textOf(row, 'kind') ?? '';
		const one = jobs.get(kind) ?? { kind, done: 0, failed: 0 };
		jobs.set(kind, one);
		one[row['state'] === 'failed' ? 'failed' : 'done'] += numberOf(row, 'n');
	}
	const { automatic, total, minutes: saved } = totalOf(counts);
	const ended = [...jobs.values()].toSorted((one, two) => two.failed - one.failed || two.done - one.done || one.kind.localeCompare(two.kind));
	const details: AutomationDetails = {
		acts: counts,
		minutes: saved,
		origins: Object.fromEntries(origins.map((row) => [String(row['origin']), numberOf(row, 'n')])),
		jobs: ended,
		done: ended.reduce((sum, one) => sum + one.done, 0),
		failed: ended.reduce((sum, one) => sum + one.failed, 0),
	};
	return [{ scope: 'company', key: 'company', numerator: automatic, denominator: total, cases: total, details }];
}
