import { now } from '../clock.ts';
import type { Knex } from '../directus.ts';
import { conflict, notFound } from '../errors.ts';
import { writeTrail, type Actor } from '../trail.ts';
import { released } from './lease.ts';
import type { JobState } from './types.ts';

const refusals: Partial<Record<JobState, string>> = {
	running: 'Ce travail est en cours : attendez qu’il se termine.',
	done: 'Ce travail est déjà fait : le rejouer le ferait deux fois.',
};

/**
 * A person asks to try again: a failed or skipped job starts over with all its tries, a waiting one is due at once. Running
 * and done ones are refused. Who asked is kept in the trail. Rights are the caller's matter.
 */
export async function replay(database: Knex, id: string, actor: Actor): Promise<void> {
	await database.transaction(async (trx) => {
		const delta = { ...released, state: 'waiting', attempts: 0, due_at: now(), started_at: null, ended_at: null, error: null, date_updated: now() };
		const replayed = await trx('jobs').where({ id }).whereIn('state', ['waiting', 'failed', 'skipped']).update(delta);
		const job = (await trx('jobs').where({ id }).first()) as ({ state: JobState } & Record<string, unknown>) | undefined;
		if (!job) throw notFound('Ce travail n’existe pas.');
		if (replayed !== 1) throw conflict(refusals[job.state] ?? 'Ce travail ne peut pas être rejoué.');
		await writeTrail(trx, actor, [{ action: 'update', collection: 'jobs', item: id, data: job, delta }]);
	});
}
