import type { Knex } from '../platform/directus.ts';
import { enqueue } from '../platform/jobs/enqueue.ts';
import { targets, type Target } from './rules/types.ts';
import { targetWords } from './rules/words.ts';

/** Where an outcome shows: a date on a closed row. */
const outcomes: Readonly<Record<Target, { table: string; column: string }>> = {
	lead_conversion: { table: 'leads', column: 'closed_at' },
	deal_win: { table: 'opportunities', column: 'closed_at' },
	churn: { table: 'subscriptions', column: 'cancelled_on' },
};

/**
 * Queues the first training of a target as soon as there is an outcome to learn from (a demo, an import, a restore): nobody has to wait
 * for the first of the month to read what the history says, or why it says nothing yet. Once a target; answers how many were queued.
 */
export async function queueFirstTrainings(knex: Knex): Promise<number> {
	const trained = new Set((await knex('models').distinct('target').pluck('target')) as string[]);
	const due: Target[] = [];
	for (const target of targets) {
		const { table, column } = outcomes[target];
		if (!trained.has(target) && (await knex(table).whereNotNull(column).first('id'))) due.push(target);
	}
	const jobs = due.map((target) => ({
		kind: 'predictions.train',
		key: `predictions.train:first:${target}`,
		payload: { target, by: null },
		label: targetWords[target].fr,
	}));
	return jobs.length === 0 ? 0 : (await enqueue(knex, jobs)).length;
}
