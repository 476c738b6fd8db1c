import { orchestreUserId, parseJson } from '../../../platform/directus.ts';
import { acts, isAct, minutesOf, totalOf, type Act, type ActCount } from '../rules/acts.ts';
import { byDay, byMoment, from } from '../definitions/make.ts';
import type { Computing, Figure } from '../types.ts';
import { jsonText } from './ask.ts';
import { casesIn } from './cases-in.ts';

/** Background work of a kind that ended in the period. */
export type JobCount = { kind: string; done: number; failed: number };
export type AutomationDetails = { acts: ActCount[]; minutes: number; origins: Record<string, number>; jobs: JobCount[]; done: number; failed: number };

/** What a row tells of, as a part: an act, done by the product (1) or by a person (0). */
const told = (act: Act, automatic: string): string => `case when ${automatic} then '${act} 1' else '${act} 0' end as part`;
/** How leads are given out by the product (leads/assignment). */
const assigned = ['best', 'continuity', 'newcomer', 'escalation'].map((kind) => `when '${kind}' then 'assignments 1'`).join(' ');
const part = 'f.part';

/**
 * Each act that a row tells of, dated; no part: none. What was done before the feature existed, or away from the product, left no row and does not
 * count. After a task's act stands why the product made it.
 */
const actRows = from(
	byMoment((d) => {
		const rows = [
			`select date_created as at, case when origin = 'manual' then 'tasks 0' else 'tasks 1 ' || origin end as part from tasks`,
			`select assigned_at, case ${jsonText(d, 'assignment', 'kind')} when 'manual' then 'assignments 0' ${assigned} end from leads where assigned_at is not null`,
			`select at, ${told('messages', `user_created = '${orchestreUserId}'`)} from interactions where kind in ('email', 'sms') and direction = 'outbound'`,
			`select date_created, ${told('milestones', 'template_milestone is not null')} from milestones`,
			`select coalesce(reviewed_at, read_at, date_created), ${told('documents', `origin <> 'manual' and reviewed_at is null and read_at is not null`)} from documents where status = 'filed'`,
			`select at, ${told('summaries', 'summary_source is not null')} from interactions where summary is not null and content is not null`,
		];
		return `select x.*, null as owner, null as team from (${rows.join(' union all ')}) x`;
	}),
	{ part },
);
const allocationRows = from(
	byDay(
		() =>
			`select allocated_on as at, null as owner, null as team, ${told('allocations', `coalesce(matched_by, '') <> 'manual'`)} from payment_allocations where payment is not null`,
	),
	{ part },
);
const jobRows = from(
	byMoment(() => `select ended_at as at, null as owner, null as team, kind, state from jobs where ended_at is not null and state in ('done', 'failed')`),
	{ part: `f.state || ' ' || f.kind` },
);

/** What the product and people did in the period, what that saved, and how its background work ended. */
export async function readAutomation(computing: Computing): Promise<Figure[]> {
	const { trx, once } = computing;
	const settings = await once(
		'automation minutes',
		async () => (await trx('settings').first('automation_minutes')) as { automation_minutes: unknown } | undefined,
	);
	const minutes = minutesOf(parseJson(settings?.automation_minutes ?? null));
	const counts = Object.keys(acts)
		.filter(isAct)
		.map((act): ActCount => ({ act, automatic: 0, manual: 0, minutes: minutes[act] }));
	const origins: Record<string, number> = {};
	for (const found of [await casesIn(computing, 'acts', actRows), await casesIn(computing, 'allocations', allocationRows)]) {
		for (const [name, n] of found) {
			const [act, automatic, origin = ''] = name.split(' ');
			const one = counts.find((count) => count.act === act);
			if (one) one[automatic === '1' ? 'automatic' : 'manual'] += n;
			if (origin) origins[origin] = (origins[origin] ?? 0) + n;
		}
	}
	const jobs = new Map<string, JobCount>();
	for (const [name, n] of await casesIn(computing, 'jobs', jobRows)) {
		const [state, ...words] = name.split(' ');
		const kind = words.join(' ');
		const one = jobs.get(kind) ?? { kind, done: 0, failed: 0 };
		jobs.set(kind, one);
		one[state === 'failed' ? 'failed' : 'done'] += n;
	}
	const { automatic, total, minutes: saved } = totalOf(counts);
	const ended = [...jobs.values()].toSorted((one, two) => two.failed - one.failed || two.done - one.done || one.kind.localeCompare(two.kind));
	const details: AutomationDetails = {
		acts: counts,
		minutes: saved,
		origins,
		jobs: ended,
		done: ended.reduce((sum, one) => sum + one.done, 0),
		failed: ended.reduce((sum, one) => sum + one.failed, 0),
	};
	return [{ scope: 'company', key: 'company', numerator: automatic, denominator: total, cases: total, details }];
}
