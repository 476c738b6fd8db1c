import { randomUUID } from 'node:crypto';
import { closeAlerts } from '../platform/alerts.ts';
import { now as clockNow } from '../platform/clock.ts';
import { readLocked, saveSettled } from '../platform/columns.ts';
import { chunks, orchestreUserId, type Knex } from '../platform/directus.ts';
import { refuseFaults, type FieldFault } from '../platform/errors.ts';
import { enqueue } from '../platform/jobs/enqueue.ts';
import { toParis } from '../platform/time/paris.ts';
import type { Written } from '../platform/written.ts';
import { dateOf, dayNumber } from './plan.ts';
import { progressOf } from './rules/reschedule.ts';
import { evidenceFault } from './rules/evidence.ts';
import type { PlanMilestone } from './rules/types.ts';

type Row = Record<string, unknown> & { id: string; name: string; project: string; status: PlanMilestone['status'] };

/** Fields whose change may move or start other milestones. */
const consequential = ['status', 'starts_on', 'due_on', 'done_on', 'dates_fixed', 'project'];

const chosenDates = ['starts_on', 'due_on'];

function settle(row: Row, { set, user, created }: Written, today: number): { before: Record<string, unknown>; after: Record<string, unknown> } {
	const done = dayNumber(row['done_on']);
	const before = { done_on: done === null ? null : dateOf(done), dates_fixed: Boolean(row['dates_fixed']) };
	const byHand = user !== orchestreUserId && !('dates_fixed' in set) && chosenDates.some((field) => set[field] !== null && set[field] !== undefined);
	return {
		before,
		after: {
			done_on: row.status === 'done' ? (before.done_on ?? dateOf(today)) : null,
			// A new milestone goes with the others until somebody moves it.
			dates_fixed: before.dates_fixed || (byHand && !created),
		},
	};
}

/** Share of the milestones reached, on each project concerned. */
async function settleProgress(trx: Knex, projects: readonly string[]): Promise<void> {
	const rows = (await trx('milestones')
		.whereIn('project', [...projects])
		.select('project', 'status')) as Pick<Row, 'project' | 'status'>[];
	const known = (await trx('projects')
		.whereIn('id', [...projects])
		.select('id', 'progress')) as { id: string; progress: number | null }[];
	await saveSettled(
		trx,
		'projects',
		known.map(({ id, progress }) => ({ id, before: { progress }, after: { progress: progressOf(rows.filter(({ project }) => project === id)) } })),
	);
}

const isLate = (row: Row, today: number): boolean => !['done', 'cancelled'].includes(row.status) && (dayNumber(row['due_on']) ?? today) < today;

/**
 * Milestones that a transaction wrote: a milestone is reached with the evidence that was agreed and has its day; dates that a person
 * chose are noted as such; the project's progress follows; what else follows (docs/decisions/110) becomes a job.
 */
export async function treatMilestones(trx: Knex, written: readonly Written[]): Promise<void> {
	const now = clockNow();
	const today = toParis(now).day;
	const byId = new Map(written.map((one) => [one.id, one]));
	for (const ids of chunks([...byId.keys()], 200)) {
		const rows = (await readLocked(trx, 'milestones', ids)) as Row[];
		const faults: FieldFault[] = [];
		const settled = rows.flatMap((row) => {
			const one = byId.get(row.id);
			if (!one) return [];
			const fault = one.set['status'] === 'done' ? evidenceFault(row) : null;
			if (fault) faults.push({ collection: 'milestones', field: 'evidence', message: fault });
			return [{ id: row.id, ...settle(row, one, today) }];
		});
		refuseFaults(faults);
		await saveSettled(trx, 'milestones', settled, ['dates_fixed']);
		const projects = [...new Set(rows.map(({ project }) => project))];
		const counted = rows.some(({ id }) => byId.get(id)?.created || 'status' in (byId.get(id)?.set ?? {}));
		if (counted) await settleProgress(trx, projects);
		const inTime = rows.filter((row) => !isLate(row, today) && ['status', 'due_on'].some((field) => field in (byId.get(row.id)?.set ?? {})));
		await closeAlerts(trx, ['milestone_late'], 'milestone', inTime.map(({ id }) => id), 'Le jalon est atteint, annulé ou replanifié.'); // prettier-ignore
		await enqueue(
			trx,
			rows
				.filter(({ id }) => byId.get(id)?.created || consequential.some((field) => field in (byId.get(id)?.set ?? {})))
				.map(({ id, name, project }) => ({
					kind: 'onboarding.advance',
					// Each change is an occasion of its own.
					key: `onboarding.advance:${id}:${randomUUID()}`,
					payload: { project },
					collection: 'milestones',
					item: id,
					label: name,
				})),
		);
	}
}
