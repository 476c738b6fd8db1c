import type { Knex } from '../platform/directus.ts';
import { enqueue } from '../platform/jobs/enqueue.ts';

/** An instance that has plans and never looked for late milestones does so as it starts, whatever the day; any number of instances, once. */
export async function queueFirstCheck(database: Knex): Promise<void> {
	const plan: unknown = await database('milestones').first('id');
	if (plan) await enqueue(database, [{ kind: 'onboarding.late', key: 'onboarding.late:first', payload: { anyDay: true } }]);
}
