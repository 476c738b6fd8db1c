import { now } from '../platform/clock.ts';
import { orchestreUserId, type Knex } from '../platform/directus.ts';
import { writeTrail } from '../platform/trail.ts';
import { dueAfter } from './rules/cadence.ts';
import { cancelsTasks } from './rules/stop.ts';
import type { StopReason } from './rules/types.ts';
import type { RunRow, SequenceRow, StepRow } from './rows.ts';

export type RunChange = Partial<Omit<RunRow, 'id' | 'sequence'>>;

/** Writes what changed of a run, with its trail. `user`: who did it; by default the product itself. */
export async function saveRun(trx: Knex, run: RunRow, change: RunChange, user: string = orchestreUserId): Promise<RunRow> {
	const at = now();
	await trx('sequence_runs')
		.where({ id: run.id })
		.update({ ...change, date_updated: at, user_updated: user });
	const after = { ...run, ...change };
	await writeTrail(trx, { user }, [{ action: 'update', collection: 'sequence_runs', item: run.id, data: after, delta: { ...change } }]);
	return after;
}

/** An ended run frees its address for another sequence. */
const ended = (run: RunRow): RunChange => ({ next_at: null, ended_at: now(), run_key: `ended:${run.id}` });

async function cancelTasks(trx: Knex, run: RunRow): Promise<void> {
	const open = trx('tasks').where({ origin: 'sequences.step' }).where('origin_key', 'like', `sequence:${run.id}:%`).whereIn('status', ['todo', 'in_progress']);
	const ids = (await open.pluck('id')) as string[];
	const change = { status: 'cancelled', date_updated: now(), user_updated: orchestreUserId };
	await trx('tasks').whereIn('id', ids).update(change);
	await writeTrail(
		trx,
		{},
		ids.map((item) => ({ action: 'update' as const, collection: 'tasks', item, data: change })),
	);
}

/** Ends a run early; the tasks that it asked for go with it where they make no sense any more. `note`: French, beside the reason. */
export async function stopRun(
	trx: Knex,
	run: RunRow,
	reason: StopReason,
	{ note = null, user }: { note?: string | null; user?: string } = {},
): Promise<RunRow> {
	if (cancelsTasks.includes(reason)) await cancelTasks(trx, run);
	return saveRun(trx, run, { state: 'stopped', stop_reason: reason, error: note, ...ended(run) }, user);
}

/** One step is done: the next one gets its date, or the run is finished. */
export async function advanceRun(trx: Knex, run: RunRow, sequence: SequenceRow, steps: readonly StepRow[]): Promise<RunRow> {
	const step = run.step + 1;
	const next = steps[step];
	if (!next) return saveRun(trx, run, { state: 'finished', step, error: null, ...ended(run) });
	return saveRun(trx, run, { state: 'active', step, error: null, next_at: dueAfter(now(), next.delay_days, sequence.cadence) });
}
