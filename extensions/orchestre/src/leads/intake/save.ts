import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { chunks, orchestreUserId, type Knex } from '../../platform/directus.ts';
import { enqueueing } from '../../platform/jobs/enqueue.ts';
import type { NewJob } from '../../platform/jobs/types.ts';
import type { Statement } from '../../platform/together.ts';
import { writeTrail, type TrailEntry } from '../../platform/trail.ts';
import type { LoadChanges } from '../people.ts';
import type { PlannedTask } from '../rules/types.ts';
import { toColumns, type LeadRow } from './row.ts';

export type ScoreCause = 'created' | 'updated' | 'decay' | 'rules';

/** What the treatment of one lead decided, to be written in a few statements for the whole batch. */
export type Treated = {
	row: LeadRow;
	/** Columns as the transaction found them. */
	before: Record<string, unknown>;
	cause: ScoreCause;
	scoreChanged: boolean;
	previousGrade: string | null;
	/** Set when the status changed and this is not its creation. */
	previousStatus: string | null;
	tasks: PlannedTask[];
	jobs: NewJob[];
};

/** Columns kept for the treatment itself: no news for a reader of the history. */
const silent = new Set(['treated_status', 'counted_as', 'counted_for', 'rules_version', 'scored_at']);

/** What a treatment changed of a row, by column. */
const changeOf = ({ row, before }: Treated): Record<string, unknown> =>
	Object.fromEntries(Object.entries(toColumns(row)).filter(([column, value]) => !isDeepStrictEqual(before[column], value)));

/** A single lead by an update of what differs; many by one upsert for every hundred: the rows exist, so only its update half ever runs. */
function rowStatements(trx: Knex, changed: readonly Treated[]): Statement[] {
	const [first, second] = changed;
	if (first && !second) return [trx('leads').where({ id: first.row.id }).update(changeOf(first))];
	return chunks(changed).map((part) =>
		trx('leads')
			.insert(part.map(({ row }) => ({ id: row.id, ...toColumns(row) })))
			.onConflict('id')
			.merge(),
	);
}

function scoreRows(treated: readonly Treated[], now: Date): Record<string, unknown>[] {
	return treated
		.filter(({ scoreChanged, row }) => scoreChanged && row.grade !== null)
		.map(({ row, cause, previousGrade }) => ({
			id: randomUUID(),
			lead: row.id,
			at: now,
			points: row.points,
			fit_points: row.fit_points,
			engagement_points: row.engagement_points,
			grade: row.grade,
			previous_grade: previousGrade,
			cause,
			reasons: JSON.stringify(row.reasons),
			rules_version: row.rules_version,
		}));
}

const statusRows = (treated: readonly Treated[], now: Date): Record<string, unknown>[] =>
	treated
		.filter(({ previousStatus }) => previousStatus !== null)
		.map(({ row, previousStatus }) => ({ id: randomUUID(), lead: row.id, from_status: previousStatus, to_status: row.status, at: now, owner: row.owner }));

const taskRows = (treated: readonly Treated[], now: Date): Record<string, unknown>[] =>
	treated.flatMap(({ row, tasks }) =>
		tasks.map((task) => ({
			id: randomUUID(),
			title: task.title,
			status: 'todo',
			kind: task.kind,
			priority: task.priority,
			due_at: task.dueAt,
			assignee: row.owner,
			team: row.team,
			lead: row.id,
			origin: 'leads.follow_up',
			origin_key: task.originKey,
			date_created: now,
			user_created: orchestreUserId,
		})),
	);

const insertions = (trx: Knex, table: string, rows: readonly Record<string, unknown>[]): Statement[] => chunks(rows).map((part) => trx(table).insert(part));

function leadTrail(treated: readonly Treated[]): TrailEntry[] {
	return treated.flatMap((one) => {
		const delta = Object.fromEntries(Object.entries(changeOf(one)).filter(([column]) => !silent.has(column)));
		if (Object.keys(delta).length === 0) return [];
		return [{ action: 'update' as const, collection: 'leads', item: one.row.id, data: toColumns(one.row), delta }];
	});
}

/**
 * Writes what the treatment decided: the leads, score history, status changes, first tasks, jobs, counters, and the trail,
 * signed by “Orchestre”. About one statement a table, whatever the number of leads.
 */
export async function save(
	trx: Knex,
	treated: readonly Treated[],
	loads: LoadChanges | null,
	{ now, actor }: { now: Date; actor: string | null },
): Promise<void> {
	const changed = treated.filter((one) => Object.keys(changeOf(one)).length > 0);
	const tasks = taskRows(treated, now);
	const jobs = treated.flatMap((one) => one.jobs);
	await writeTrail(
		trx,
		{},
		[...leadTrail(changed), ...tasks.map((row) => ({ action: 'create' as const, collection: 'tasks', item: String(row['id']), data: row }))],
		[
			...(loads?.toStatements(trx) ?? []),
			...rowStatements(trx, changed),
			...insertions(trx, 'lead_scores', scoreRows(treated, now)),
			...insertions(trx, 'lead_status_changes', statusRows(treated, now)),
			...insertions(trx, 'tasks', tasks),
			...enqueueing(trx, jobs, actor),
		],
	);
}
