import type { Knex } from '../platform/directus.ts';
import { enqueue } from '../platform/jobs/enqueue.ts';
import { targets, type Target } from './rules/types.ts';
import { targetWords } from './rules/words.ts';

const tableOf: Readonly<Record<Target, 'leads' | 'opportunities'>> = { lead_conversion: 'leads', deal_win: 'opportunities' };

/**
 * Queues the first training of a target as soon as there is an outcome to learn from (a demo, an import, a restore): nobody has to wait
 * for the first of the month to read what the history says, or why it says nothing yet. Once a target; answers how many were queued.
 */
export async function queueFirstTrainings(knex: Knex): Promise<number> {
	const trained = new Set((await knex('models').distinct('target').pluck('target')) as string[]);
	const due: Target[] = [];
	for (const target of targets) if (!trained.has(target) && (await knex(tableOf[target]).whereNotNull('closed_at').first('id'))) due.push(target);
	const jobs = due.map((target) => ({
		kind: 'predictions.train',
		key: `predictions.train:first:${target}`,
		payload: { target, by: null },
		label: targetWords[target].fr,
	}));
	return jobs.length === 0 ? 0 : (await enqueue(knex, jobs)).length;
}
