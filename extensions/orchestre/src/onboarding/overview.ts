import { now as clockNow } from '../platform/clock.ts';
import { dateOrNull } from '../platform/columns.ts';
import { refuseUnlessUpdatable } from '../platform/access.ts';
import type { Accountability, Host, Knex } from '../platform/directus.ts';
import { conflict, kindOf, notAllowed, notFound } from '../platform/errors.ts';
import { replay } from '../platform/jobs/replay.ts';
import { runToEnd } from '../platform/jobs/run.ts';
import type { JobState } from '../platform/jobs/types.ts';
import { isoOf, toParis } from '../platform/time/paris.ts';
import { namesOf } from '../pipeline/health/recipients.ts';
import { readMilestones, type Milestone } from './plan.ts';
import { slackOf } from './rules/critical-path.ts';
import { workingDaysBetween } from './rules/days.ts';
import { movesOf } from './rules/reschedule.ts';
import { branches, isBranch, type Branch, type PlanMilestone } from './rules/types.ts';
import { readOnboardingSettings } from './settings.ts';
import { signedOn } from './signature.ts';

/** A milestone as the panel draws it; days as YYYY-MM-DD, `late` and `slack` in working days. */
export type MilestoneView = {
	id: string;
	name: string;
	status: PlanMilestone['status'];
	starts: string | null;
	due: string | null;
	done: string | null;
	/** Where it is heading, when that is later than `due`. */
	expected: string | null;
	owner: string | null;
	late: number;
	slack: number | null;
	critical: boolean;
	goLive: boolean;
	fixed: boolean;
	lacks: 'evidence' | 'result' | null;
	after: string[];
	tasks: { open: number; all: number };
};
/** A branch, by its job. `state` as in `jobs`; `reason`: French, of what was not done. */
export type BranchView = { branch: Branch; state: JobState; reason: string | null; at: string | null; canReplay: boolean };
export type SurveyView = { id: string; milestone: string | null; score: number | null; askedAt: string; answeredAt: string | null; comment: string | null };
export type PlanView = {
	status: string;
	progress: number;
	today: string;
	ends: string | null;
	expectedEnd: string | null;
	signed: string | null;
	timeToValue: number | null;
	isOnboarding: boolean;
	milestones: MilestoneView[];
	branches: BranchView[];
	surveys: SurveyView[];
};

type ProjectRow = Record<string, unknown> & { id: string; status: string; progress: number | null };
type JobRow = { id: string; kind: string; state: JobState; error: string | null; attempts: number; ended_at: unknown; date_updated: unknown };

/** Reads rows with the caller's own rights; none where the collection is out of reach. */
async function readable(
	host: Host,
	accountability: Accountability | null,
	collection: string,
	query: Record<string, unknown>,
): Promise<Record<string, unknown>[]> {
	const schema = await host.getSchema();
	const service = new host.services.ItemsService(collection, { knex: host.database, schema, accountability });
	try {
		return (await service.readByQuery({ limit: -1, ...query } as never)) as Record<string, unknown>[];
	} catch (error) {
		if ((error as { status?: number }).status === 403 || kindOf(error) === 'user') return [];
		throw error;
	}
}

async function refuseUnlessReadable(host: Host, accountability: Accountability | null, id: string): Promise<void> {
	if (!accountability?.user) throw notAllowed('Connectez-vous pour voir ce plan.');
	const rows = await readable(host, accountability, 'projects', { filter: { id: { _eq: id } }, fields: ['id'], limit: 1 });
	if (rows.length === 0) throw notAllowed('Ce projet n’existe pas, ou vous n’avez pas le droit de le voir.');
}

const latestJobs = async (knex: Knex, project: string): Promise<JobRow[]> =>
	(await knex('jobs').where({ collection: 'projects', item: project }).whereIn('kind', branches.map((branch) => `onboarding.${branch}`)).orderBy('date_created', 'desc').select('id', 'kind', 'state', 'error', 'attempts', 'ended_at', 'date_updated')) as JobRow[]; // prettier-ignore

const jobOf = (jobs: readonly JobRow[], branch: Branch): JobRow | undefined => jobs.find(({ kind }) => kind === `onboarding.${branch}`);
const mayReplay = ({ state, attempts }: JobRow): boolean => state === 'failed' || state === 'skipped' || (state === 'waiting' && attempts > 0);

async function branchesOf(knex: Knex, project: string, mayChange: boolean): Promise<BranchView[]> {
	const jobs = await latestJobs(knex, project);
	return branches.flatMap((branch): BranchView[] => {
		const job = jobOf(jobs, branch);
		if (!job) return [];
		const at = dateOrNull(job.ended_at ?? job.date_updated)?.toISOString() ?? null;
		return [{ branch, state: job.state, reason: job.state === 'done' ? null : job.error, at, canReplay: mayChange && mayReplay(job) }];
	});
}

async function mayUpdate(host: Host, accountability: Accountability | null, id: string): Promise<boolean> {
	try {
		await refuseUnlessUpdatable(host, accountability, 'projects', id, '');
		return true;
	} catch (error) {
		if (kindOf(error) === 'user') return false;
		throw error;
	}
}

async function tasksOf(knex: Knex, milestones: readonly string[]): Promise<Map<string, { open: number; all: number }>> {
	const rows = (await knex('tasks').whereIn('milestone', [...milestones]).whereNot({ status: 'cancelled' }).groupBy('milestone').select('milestone').count({ n: '*' }).select(knex.raw(`sum(case when status = 'done' then 0 else 1 end) as open`))) as { milestone: string; n: number | string; open: number | string }[]; // prettier-ignore
	return new Map(rows.map(({ milestone, n, open }) => [milestone, { open: Number(open), all: Number(n) }]));
}

const dayText = (day: number | null): string | null => (day === null ? null : isoOf(day));

async function milestonesOf(
	knex: Knex,
	all: readonly Milestone[],
	seen: ReadonlySet<string>,
	today: number,
): Promise<{ views: MilestoneView[]; end: number | null; expected: number | null }> {
	const { calendar } = await readOnboardingSettings(knex);
	const slack = slackOf(all, calendar);
	const heading = new Map(movesOf(all, calendar, today).map((move) => [move.id, move.due]));
	const nameOf = await namesOf(knex, all.map(({ owner }) => owner)); // prettier-ignore
	const tasks = await tasksOf(knex, all.map(({ id }) => id)); // prettier-ignore
	const isOpen = ({ status }: Milestone): boolean => status !== 'done' && status !== 'cancelled';
	const expectedOf = (one: Milestone): number | null =>
		heading.get(one.id) ?? (isOpen(one) && one.due !== null ? Math.max(one.due, today) : (one.done ?? one.due));
	const counted = all.filter(({ status }) => status !== 'cancelled');
	const views = all
		.filter(({ id }) => seen.has(id))
		.map((one): MilestoneView => {
			const expected = expectedOf(one);
			const free = slack.get(one.id) ?? null;
			return {
				id: one.id,
				name: one.name,
				status: one.status,
				starts: dayText(one.starts),
				due: dayText(one.due),
				done: dayText(one.done),
				expected: isOpen(one) && expected !== null && expected > (one.due ?? 0) ? isoOf(expected) : null,
				owner: one.owner && nameOf(one.owner),
				late: isOpen(one) && one.due !== null && one.due < today ? Math.max(1, workingDaysBetween(one.due, today, calendar)) : 0,
				slack: free,
				critical: isOpen(one) && free !== null && free <= 0,
				goLive: one.isGoLive,
				fixed: one.fixed,
				lacks: one.status !== 'done' ? null : one.evidenceExpected && !one.hasEvidence ? 'evidence' : one.successMetric && !one.successResult ? 'result' : null,
				after: one.requires.filter((id) => seen.has(id)),
				tasks: tasks.get(one.id) ?? { open: 0, all: 0 },
			};
		});
	const most = (days: (number | null)[]): number | null => (days.some((day) => day !== null) ? Math.max(...days.map((day) => day ?? 0)) : null);
	return { views, end: most(counted.map(({ due }) => due)), expected: most(counted.map(expectedOf)) };
}

/** The plan of a project as its panel shows it: for whoever may read the project, with the milestones and opinions that they may read. */
export async function planOf(host: Host, accountability: Accountability | null, id: string): Promise<PlanView> {
	await refuseUnlessReadable(host, accountability, id);
	const { database } = host;
	const project = (await database('projects').where({ id }).first()) as ProjectRow;
	const today = toParis(clockNow()).day;
	const allowed = await readable(host, accountability, 'milestones', { filter: { project: { _eq: id } }, fields: ['id'] });
	const seen = new Set(allowed.map((row) => String(row['id'])));
	const { views, end, expected } = await milestonesOf(database, await readMilestones(database, [id]), seen, today);
	const fields = ['id', 'milestone.name', 'score', 'comment', 'asked_at', 'answered_at'];
	const surveys = await readable(host, accountability, 'survey_answers', { filter: { project: { _eq: id } }, fields, sort: ['-asked_at'] });
	const moment = (value: unknown): string | null => dateOrNull(value)?.toISOString() ?? null;
	return {
		status: project.status,
		progress: Number(project.progress ?? 0),
		today: isoOf(today),
		ends: dayText(end),
		expectedEnd: dayText(expected),
		signed: dayText(await signedOn(database, project as never)),
		timeToValue: project['time_to_value_days'] as number | null,
		isOnboarding: project['kind'] === 'onboarding',
		milestones: views,
		branches: await branchesOf(database, id, await mayUpdate(host, accountability, id)),
		surveys: surveys.map((row) => ({
			id: String(row['id']),
			milestone: ((row['milestone'] as { name?: string } | null)?.name ?? null) as string | null,
			score: row['score'] as number | null,
			askedAt: moment(row['asked_at']) ?? '',
			answeredAt: moment(row['answered_at']),
			comment: row['comment'] as string | null,
		})),
	};
}

/** Tries a branch of a plan again, at once, for whoever may change the project; answers how it stands then. 403, 404, 409 when it is done or running. */
export async function replayBranch(host: Host, accountability: Accountability | null, id: string, branch: string): Promise<BranchView | null> {
	if (!isBranch(branch)) throw notFound('Cette étape n’existe pas.');
	await refuseUnlessReadable(host, accountability, id);
	await refuseUnlessUpdatable(host, accountability, 'projects', id, 'Vous n’avez pas le droit de relancer cette étape.');
	const job = jobOf(await latestJobs(host.database, id), branch);
	if (!job) throw notFound('Cette étape n’a pas été préparée pour ce projet.');
	if (!mayReplay(job)) throw conflict(job.state === 'done' ? 'Cette étape est déjà faite.' : 'Cette étape est en cours : attendez qu’elle se termine.');
	await replay(host.database, job.id, accountability ?? {});
	await runToEnd(host, [job.id], 30_000);
	return (await branchesOf(host.database, id, true)).find((one) => one.branch === branch) ?? null;
}
