import { chunks, orchestreUserId, type Knex } from '../../../platform/directus.ts';
import { writeTrail } from '../../../platform/trail.ts';

/** Rows that an episode made and that nobody has touched since. */
const untouched = (query: Knex.QueryBuilder): Knex.QueryBuilder =>
	query.where((own) => void own.whereNull('user_updated').orWhere('user_updated', orchestreUserId));

/**
 * Takes back what an episode put on people's lists and nobody has begun: tasks still to do, a check-in still to be confirmed, a request
 * still to be decided. What a person changed is theirs and stays.
 */
export async function withdrawPlans(trx: Knex, keys: readonly string[], outcome: string, now: Date): Promise<void> {
	const written = { date_updated: now, user_updated: orchestreUserId };
	for (const part of chunks(keys, 100)) {
		const tasks = untouched(trx('tasks').where({ origin: 'success.retention', status: 'todo' })).where((of) => {
			for (const key of part) void of.orWhere('origin_key', 'like', `${key}:step:%`);
		});
		const checkIns = untouched(trx('planning').whereIn('origin_key', part).where({ kind: 'check_in', status: 'tentative' }).where('starts_at', '>', now));
		const requests = trx('validation')
			.whereIn(
				'request_key',
				part.map((key) => `incentive:${key}`),
			)
			.where({ status: 'pending' });
		await cancel(trx, 'tasks', tasks, { status: 'cancelled', ...written });
		await cancel(trx, 'planning', checkIns, { status: 'cancelled', ...written });
		await cancel(trx, 'validation', requests, { status: 'cancelled', comment: outcome, decided_at: now, decided_by: orchestreUserId, ...written });
	}
}

async function cancel(trx: Knex, collection: string, rows: Knex.QueryBuilder, change: Record<string, unknown>): Promise<void> {
	const cancelled = (await rows.update(change).returning('id')) as { id: string }[];
	await writeTrail(
		trx,
		{},
		cancelled.map(({ id }) => ({ action: 'update', collection, item: id, data: change })),
	);
}
