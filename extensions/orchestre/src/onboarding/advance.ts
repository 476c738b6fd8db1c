import { randomUUID } from 'node:crypto';
import { now as clockNow } from '../platform/clock.ts';
import { dateOrNull, saveSettled } from '../platform/columns.ts';
import { orchestreUserId, type Knex } from '../platform/directus.ts';
import { enqueue } from '../platform/jobs/enqueue.ts';
import { addTaskOnce } from '../platform/tasks.ts';
import { shorten } from '../platform/text.ts';
import { fromParis, toParis } from '../platform/time/paris.ts';
import { addWorkingDays, type WorkingCalendar } from '../platform/time/working-time.ts';
import { dateOf, dayNumber, lockProjects, readMilestones, type Milestone, type Project } from './plan.ts';
import { plusWorkingDays } from './rules/days.ts';
import { movesOf, progressOf, startable, type Move } from './rules/reschedule.ts';
import { isOver, timeToValue } from './rules/value.ts';
import { readOnboardingSettings } from './settings.ts';
import { signedOn } from './signature.ts';
import { tellChanges } from './tell.ts';

export type Advanced = { started: number; moved: number; tasks: number };

/** Dates of the plan that follow from others, written with their trail. */
async function saveMilestones(trx: Knex, before: readonly Milestone[], after: readonly Milestone[]): Promise<void> {
	const old = new Map(before.map((one) => [one.id, one]));
	const columns = ({ status, starts, due }: Milestone): Record<string, unknown> => ({
		status,
		starts_on: starts === null ? null : dateOf(starts),
		due_on: due === null ? null : dateOf(due),
	});
	await saveSettled(
		trx,
		'milestones',
		after.flatMap((one) => {
			const was = old.get(one.id);
			return was ? [{ id: one.id, before: columns(was), after: columns(one) }] : [];
		}),
	);
}

type TaskRow = { id: string; milestone: string; due_at: Date | number | string | null; offset: number | string | null };

/**
 * Open tasks go with their milestone as far as nobody has chosen another date for them: the one that the template gave is still there.
 */
async function moveTasks(trx: Knex, moves: readonly Move[], before: ReadonlyMap<string, Milestone>, first: number, calendar: WorkingCalendar): Promise<number> {
	if (moves.length === 0) return 0;
	const rows = (await trx('tasks as t')
		.join('milestones as m', 'm.id', 't.milestone')
		.join('project_template_tasks as p', 'p.milestone', 'm.template_milestone')
		.whereIn(
			't.milestone',
			moves.map(({ id }) => id),
		) // prettier-ignore
		.where('t.origin', 'onboarding.plan')
		.whereNotIn('t.status', ['done', 'cancelled'])
		.whereRaw(`t.origin_key = 'onboarding.plan:' || m.project || ':' || p.id`)
		.select('t.id', 't.milestone', 't.due_at', { offset: 'p.offset_days' })) as TaskRow[];
	const settled = rows.flatMap(({ id, milestone, due_at, offset }) => {
		const [move, was] = [moves.find((one) => one.id === milestone), before.get(milestone)];
		const at = dateOrNull(due_at);
		if (!move || was?.due === null || was?.due === undefined || !at) return [];
		const dayBy = (due: number): number => Math.max(first, plusWorkingDays(due, Number(offset ?? 0), calendar));
		if (toParis(at).day !== dayBy(was.due)) return [];
		return [{ id, before: { due_at: at }, after: { due_at: fromParis(dayBy(move.due), toParis(at).time) } }];
	});
	await saveSettled(trx, 'tasks', settled);
	return settled.length;
}

/** A client whose onboarding is over is an active one. */
async function settleClient(trx: Knex, project: Project): Promise<void> {
	if (project.kind !== 'onboarding' || !project.company) return;
	const other: unknown = await trx('projects').where({ company: project.company, kind: 'onboarding' }).whereIn('status', ['planned', 'active', 'on_hold']).whereNot({ id: project.id }).first('id'); // prettier-ignore
	if (other) return;
	const row = (await trx('companies').where({ id: project.company }).first('lifecycle')) as { lifecycle: string } | undefined;
	if (row?.lifecycle === 'onboarding') await saveSettled(trx, 'companies', [{ id: project.company, before: row, after: { lifecycle: 'active' } }]);
}

async function settleProject(trx: Knex, project: Project, milestones: readonly Milestone[]): Promise<void> {
	const over = isOver(milestones);
	const last = Math.max(...milestones.filter(({ status }) => status !== 'cancelled').map(({ due }) => due ?? 0), 0);
	const planned = dayNumber(project.ends_on);
	const reached = Math.max(...milestones.map(({ done }) => done ?? 0), 0);
	const before = {
		status: project.status,
		done_on: project.done_on === null ? null : dateOf(dayNumber(project.done_on) ?? 0),
		ends_on: planned === null ? null : dateOf(planned),
		time_to_value_days: project.time_to_value_days,
		progress: project.progress,
	};
	const reopened = project.status === 'done' && !over;
	const after = {
		status: over ? 'done' : reopened ? 'active' : project.status,
		done_on: over ? (before.done_on ?? dateOf(reached)) : reopened ? null : before.done_on,
		// A later end that somebody wrote down stands.
		ends_on: last > (planned ?? 0) ? dateOf(last) : before.ends_on,
		time_to_value_days: timeToValue(milestones, await signedOn(trx, project)),
		progress: milestones.length === 0 ? project.progress : progressOf(milestones),
	};
	await saveSettled(trx, 'projects', [{ id: project.id, before, after }]);
	if (over && project.status !== 'done') await settleClient(trx, project);
}

/** What was reached is measured by what was wanted: whoever answers for it is asked for the figure. */
async function askForResults(trx: Knex, milestones: readonly Milestone[], calendar: WorkingCalendar): Promise<void> {
	for (const { id, name, status, successMetric, successResult, owner, team } of milestones) {
		if (status !== 'done' || !successMetric || successResult) continue;
		await addTaskOnce(trx, {
			id: randomUUID(),
			title: shorten(`Noter le résultat de « ${name} »`, 255),
			description: `Critère de réussite : ${successMetric}. Écrivez ce qui est constaté dans « Résultat constaté », sur le jalon.`,
			status: 'todo',
			kind: 'review',
			priority: 'normal',
			due_at: addWorkingDays(clockNow(), 5, calendar),
			assignee: owner,
			team,
			milestone: id,
			origin: 'onboarding.result',
			origin_key: `onboarding.result:${id}`,
			date_created: clockNow(),
			user_created: orchestreUserId,
		});
	}
}

const running = ['planned', 'active', 'done'];

/**
 * Carries a plan on after something about it changed: moves what has to wait, starts what may begin, closes what is over, and tells
 * whom it concerns. It looks at the plan as it is, so that running it again changes nothing. `cause`: the milestone that changed.
 */
export async function advancePlan(trx: Knex, id: string, cause: string | null): Promise<Advanced | { skipped: string }> {
	const [project] = await lockProjects(trx, [id]);
	if (!project || Boolean(project.archived) || !running.includes(project.status)) return { skipped: 'Le projet n’est pas en cours.' };
	const { calendar } = await readOnboardingSettings(trx);
	const today = toParis(clockNow()).day;
	const before = await readMilestones(trx, [id]);
	const byId = new Map(before.map((one) => [one.id, one]));
	const moves = movesOf(before, calendar);
	const moved = before.map((one) => ({ ...one, ...moves.find((move) => move.id === one.id), id: one.id }));
	const ready = new Set(startable(moved).map((one) => one.id));
	const begin = (one: Milestone): Milestone => ({ ...one, status: 'in_progress', starts: one.fixed || (one.starts ?? today) <= today ? one.starts : today });
	const after = moved.map((one) => (ready.has(one.id) ? begin(one) : one));
	await saveMilestones(trx, before, after);
	const tasks = await moveTasks(trx, moves, byId, dayNumber(project.starts_on) ?? Number.NEGATIVE_INFINITY, calendar);
	await settleProject(trx, project, after);
	await askForResults(trx, before, calendar);
	const surveys = project.company ? after.filter(({ status, asksSatisfaction }) => status === 'done' && asksSatisfaction) : [];
	await enqueue(
		trx,
		surveys.map(({ id: item, name }) => ({ kind: 'onboarding.survey', key: `onboarding.survey:${item}`, collection: 'milestones', item, label: `${project.name} · ${name}` })), // prettier-ignore
	);
	const started = after.filter((one) => ready.has(one.id));
	await tellChanges(trx, project, { cause: byId.get(cause ?? '') ?? null, started, moves, before: byId });
	return { started: started.length, moved: moves.length, tasks };
}
