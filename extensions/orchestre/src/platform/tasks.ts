import type { Knex } from './directus.ts';
import { writeTrail } from './trail.ts';

/** A whole row of `tasks`; `origin_key` names the occasion, for which there is one task at most. */
export type AutomaticTask = Record<string, unknown> & { id: string; origin_key: string };

/** Writes a task that the product makes by itself, with its trail. False when that occasion has one already. */
export async function addTaskOnce(trx: Knex, task: AutomaticTask): Promise<boolean> {
	const written = (await trx('tasks').insert(task).onConflict('origin_key').ignore().returning('id')) as { id: string }[];
	if (written.length > 0) await writeTrail(trx, {}, [{ action: 'create', collection: 'tasks', item: task.id, data: task }]);
	return written.length > 0;
}
