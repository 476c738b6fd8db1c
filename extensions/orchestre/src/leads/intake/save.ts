import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { orchestreUserId, type Knex } from '../../platform/directus.ts';
import { enqueueing } from '../../platform/jobs/enqueue.ts';
import type { NewJob } from '../../platform/jobs/types.ts';
import type { ColumnTypes } from '../../platform/json-rows.ts';
import type { Gate, RowWrite } from '../../platform/row-writes.ts';
import { writeTrail, type TrailEntry } from '../../platform/trail.ts';
import type { LoadChanges } from '../people.ts';
import type { PlannedTask } from '../rules/types.ts';
import type { Assigner } from './assignment.ts';
import { leadTypes, toColumns, type LeadRow } from './row.ts';

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

const scoreTypes = {
	id: 'uuid',
	lead: 'uuid',
	at: 'timestamptz',
	points: 'integer',
	fit_points: 'integer',
	engagement_points: 'integer',
	grade: 'text',
	previous_grade: 'text',
	cause: 'text',
	reasons: 'json',
	rules_version: 'integer',
} as const;
const statusTypes = { id: 'uuid', lead: 'uuid', from_status: 'text', to_status: 'text', at: 'timestamptz', owner: 'uuid' } as const;
const taskTypes = {
	id: 'uuid',
	title: 'text',
	status: 'text',
	kind: 'text',
	priority: 'text',
	due_at: 'timestamptz',
	assignee: 'uuid',
	team: 'uuid',
	lead: 'uuid',
	origin: 'text',
	origin_key: 'text',
	date_created: 'timestamptz',
	user_created: 'uuid',
} as const;

/** Columns kept for the treatment itself: no news for a reader of the history. The reasons of a score have theirs in `lead_scores`. */
const silent = new Set(['treated_status', 'counted_as', 'counted_for', 'rules_version', 'scored_at', 'reasons']);

/** A row's columns, and what the treatment changed of them. */
type Change = { row: LeadRow; cause: ScoreCause; columns: Record<string, unknown>; change: Record<string, unknown> };

function changeOf({ row, before, cause }: Treated): Change {
	const columns = toColumns(row);
	return { row, cause, columns, change: Object.fromEntries(Object.entries(columns).filter(([column, value]) => !isDeepStrictEqual(before[column], value))) };
}

/** Sets what differs in one of them in all of them. */
function rowWrites(changes: readonly Change[]): RowWrite[] {
	const names = new Set(changes.flatMap(({ change }) => Object.keys(change)));
	if (names.size === 0) return [];
	const types = Object.fromEntries(Object.entries(leadTypes).filter(([name]) => name === 'id' || names.has(name)));
	const rows = changes.map(({ row, columns }) => pick({ ...columns, id: row.id, reasons: row.reasons, assignment: row.assignment }, types));
	return [{ table: 'leads', types, rows, how: 'update' }];
}

const pick = (row: Record<string, unknown>, types: ColumnTypes): Record<string, unknown> =>
	Object.fromEntries(Object.keys(types).map((name) => [name, row[name]]));

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
			reasons: row.reasons,
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

const insertion = (table: string, types: ColumnTypes, rows: readonly Record<string, unknown>[]): RowWrite[] =>
	rows.length > 0 ? [{ table, types, rows, how: 'insert' }] : [];

const telling = (columns: Record<string, unknown>): Record<string, unknown> =>
	Object.fromEntries(Object.entries(columns).filter(([column]) => !silent.has(column)));

/** Of a lead that was just created all of this is new: what was set says as much as the columns do. */
const leadTrail = (changes: readonly Change[]): TrailEntry[] =>
	changes.flatMap(({ row, columns, change, cause }) => {
		const delta = telling(change);
		const data = cause === 'created' ? delta : telling(columns);
		return Object.keys(delta).length > 0 ? [{ action: 'update' as const, collection: 'leads', item: row.id, data, delta }] : [];
	});

/** What a treatment changed in the counters, and who has one. */
export type LoadsOf = { loads: LoadChanges; assigner: Pick<Assigner, 'counters'> };

/**
 * Writes what the treatment decided: the leads, score history, status changes, first tasks, jobs, counters, and the trail,
 * signed by “Orchestre”. One statement a table, whatever the number of leads; on PostgreSQL one in all. `gate`: what lets it through, in
 * place of the counters' own write. Answers whether it did.
 */
export async function save(
	trx: Knex,
	treated: readonly Treated[],
	counted: LoadsOf | null,
	{ now, actor, gate = null }: { now: Date; actor: string | null; gate?: Gate | null },
): Promise<boolean> {
	const changed = treated.map(changeOf).filter(({ change }) => Object.keys(change).length > 0);
	const tasks = taskRows(treated, now);
	const jobs = treated.flatMap((one) => one.jobs);
	return writeTrail(
		trx,
		{},
		[...leadTrail(changed), ...tasks.map((row) => ({ action: 'create' as const, collection: 'tasks', item: String(row['id']), data: row }))],
		[
			...(counted && !gate ? counted.loads.toWrites(counted.assigner.counters) : []),
			...rowWrites(changed),
			...insertion('lead_scores', scoreTypes, scoreRows(treated, now)),
			...insertion('lead_status_changes', statusTypes, statusRows(treated, now)),
			...insertion('tasks', taskTypes, tasks),
			...enqueueing(trx, jobs, actor),
		],
		gate,
	);
}
