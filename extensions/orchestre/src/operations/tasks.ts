import { now as clockNow } from '../platform/clock.ts';
import { dateOrNull, readLocked, saveSettled } from '../platform/columns.ts';
import { chunks, type FilterContext, type Knex } from '../platform/directus.ts';
import type { Checked, Payload, Written } from '../platform/written.ts';
import { settleTask, subjectFaults, subjects } from './rules.ts';

/** Columns of `tasks` that only the product writes; a value from outside is refused. */
export const computedFields = ['done_at', 'origin', 'origin_key', 'expected_value_cents'] as const;

type TaskRow = { id: string; status: string; assignee: string | null; team: string | null; done_at: unknown };

/** At most one subject, said before the database's own check would answer with a bare 500. */
export async function checkTask(payload: Payload, keys: readonly string[] | null, { database }: FilterContext): Promise<Checked> {
	if (!keys) return { faults: subjectFaults(payload, null) };
	if (!Object.keys(subjects).some((field) => payload[field])) return {};
	for (const part of chunks(keys, 500)) {
		const rows = (await database('tasks').whereIn('id', part).select(Object.keys(subjects))) as Record<string, unknown>[];
		for (const row of rows) {
			const faults = subjectFaults(payload, row);
			if (faults.length > 0) return { faults };
		}
	}
	return {};
}

async function readTeams(trx: Knex, rows: readonly TaskRow[]): Promise<Map<string, string | null>> {
	const people = [...new Set(rows.flatMap(({ team, assignee }) => (team === null && assignee ? assignee : [])))];
	if (people.length === 0) return new Map();
	return new Map(
		((await trx('directus_users').whereIn('id', people).select('id', 'team')) as { id: string; team: string | null }[]).map(({ id, team }) => [id, team]),
	);
}

/** Tasks that a transaction wrote: the moment they were done, and the team that sees them. */
export async function treatTasks(trx: Knex, written: readonly Written[]): Promise<void> {
	const now = clockNow();
	for (const ids of chunks(
		written.map(({ id }) => id),
		200,
	)) {
		const rows = (await readLocked(trx, 'tasks', ids)) as TaskRow[];
		const teams = await readTeams(trx, rows);
		const settled = rows.map(({ id, status, assignee, team, done_at }) => {
			const before = { done_at: dateOrNull(done_at), team };
			return { id, before, after: settleTask({ ...before, status }, teams.get(assignee ?? '') ?? null, now) };
		});
		await saveSettled(trx, 'tasks', settled);
	}
}
