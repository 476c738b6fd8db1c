import { now } from '../clock.ts';
import { chunks, type Knex } from '../directus.ts';

/** Ends as skipped, with a French reason, the waiting jobs of a kind about these rows: something else stands for them. */
export async function skipWaiting(trx: Knex, kind: string, items: readonly string[], reason: string): Promise<void> {
	const change = { state: 'skipped', error: reason, ended_at: now(), date_updated: now() };
	for (const part of chunks(items, 500)) await trx('jobs').where({ kind, state: 'waiting' }).whereIn('item', part).update(change);
}
