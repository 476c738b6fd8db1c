import { now as clockNow } from '../../platform/clock.ts';
import type { Knex } from '../../platform/directus.ts';
import { enqueue } from '../../platform/jobs/enqueue.ts';

/** Until the clients' health is known: nothing is to be sold to one in danger. */
const afterHealthMs = 45_000;

/**
 * Queues the first look at the clients (a demo, an import, a restore), so that nobody has to wait for Monday: proposals once their health
 * is known, renewals and contracts at once. Once.
 */
export async function queueFirstLook(knex: Knex): Promise<void> {
	const [client, looked]: unknown[] = [await knex('companies').where({ is_client: true }).first('id'), await knex('jobs').where({ kind: 'success.growth' }).first('id')]; // prettier-ignore
	if (!client || looked) return;
	await enqueue(knex, [
		{ kind: 'success.renewals', key: 'success.renewals:first', payload: { anyDay: true } },
		{ kind: 'success.contracts', key: 'success.contracts:first', payload: { anyDay: true } },
		{ kind: 'success.growth', key: 'success.growth:first', payload: { all: true }, dueAt: new Date(clockNow().getTime() + afterHealthMs) },
	]);
}
