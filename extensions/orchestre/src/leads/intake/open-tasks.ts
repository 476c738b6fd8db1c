import { orchestreUserId, type Knex } from '../../platform/directus.ts';
import { writeTrail } from '../../platform/trail.ts';
import type { LeadRow } from './row.ts';

const automatic = ['leads.follow_up', 'leads.escalate'];

async function changeOpenTasks(trx: Knex, lead: string, change: Record<string, unknown>, now: Date): Promise<void> {
	const rows = (await trx('tasks').where({ lead }).whereIn('origin', automatic).whereIn('status', ['todo', 'in_progress']).select('id')) as { id: string }[];
	if (rows.length === 0) return;
	const update = { ...change, date_updated: now, user_updated: orchestreUserId };
	await trx('tasks')
		.whereIn(
			'id',
			rows.map(({ id }) => id),
		)
		.update(update);
	await writeTrail(
		trx,
		{},
		rows.map(({ id }) => ({ action: 'update' as const, collection: 'tasks', item: id, data: update, delta: change })),
	);
}

/** The automatic tasks of a lead go with it to its new owner; those made by hand stay where they are. */
export const handOverTasks = (trx: Knex, row: LeadRow, now: Date): Promise<void> => changeOpenTasks(trx, row.id, { assignee: row.owner, team: row.team }, now);

/** A closed lead needs no automatic follow-up any more. */
export const cancelTasks = (trx: Knex, row: LeadRow, now: Date): Promise<void> =>
	changeOpenTasks(trx, row.id, { status: 'cancelled', outcome: row.status === 'converted' ? 'Lead converti.' : 'Lead perdu.' }, now);
