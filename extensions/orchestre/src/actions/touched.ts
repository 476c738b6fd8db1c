import { randomUUID } from 'node:crypto';
import { chunks, type Knex } from '../platform/directus.ts';
import { Gathered } from '../platform/gathered.ts';
import { enqueue } from '../platform/jobs/enqueue.ts';

const mostIds = 500;

/** Collections whose changes move somebody's list. */
export const watched = [
	'leads',
	'opportunities',
	'tasks',
	'interactions',
	'planning',
	'quotes',
	'invoices',
	'tickets',
	'validation',
	'insights',
	'survey_answers',
] as const;
export type Watched = (typeof watched)[number]; // prettier-ignore

/** Queues what was gathered, once lists have been made at all. */
async function queue(database: Knex, gathered: ReadonlyMap<Watched, readonly string[]>): Promise<void> {
	if (!(await database('jobs').where({ kind: 'actions.prepare', state: 'done' }).first('id'))) return;
	const jobs = [...gathered].flatMap(([collection, ids]) => chunks(ids, mostIds).map((part) => ({ collection, ids: part })));
	await enqueue(
		database,
		// Small changes of all collections go together: one look at the lists.
		jobs.length > 1 && jobs.every(({ ids }) => ids.length < 50)
			? [{ kind: 'actions.touch', key: `actions.touch:${randomUUID()}`, payload: { touched: jobs } }]
			: jobs.map((one) => ({ kind: 'actions.touch', key: `actions.touch:${randomUUID()}`, payload: { touched: [one] } })),
	);
}

/** What changed a moment ago: a lead's own path has no statement more. */
export class Touched extends Gathered<Watched> {
	constructor(database: Knex, onError: (error: unknown) => void) {
		super((gathered) => queue(database, gathered), onError);
	}
}
