import { randomUUID } from 'node:crypto';
import { chunks, type Knex } from '../platform/directus.ts';
import { Gathered } from '../platform/gathered.ts';
import { enqueue } from '../platform/jobs/enqueue.ts';
import type { RecordTarget } from './rules/types.ts';
import { targetWords } from './rules/words.ts';

const mostIds = 500;

/** Queues a prediction of what changed, for targets that have been trained at all: before that there is nothing to say. */
async function queue(database: Knex, gathered: ReadonlyMap<RecordTarget, readonly string[]>): Promise<void> {
	const trained = new Set((await database('models').distinct('target').pluck('target')) as string[]);
	const jobs = [...gathered]
		.filter(([target]) => trained.has(target))
		.flatMap(([target, ids]) =>
			chunks(ids, mostIds).map((part) => ({
				kind: 'predictions.touch',
				key: `predictions.touch:${randomUUID()}`,
				payload: { target, ids: part },
				label: targetWords[target].fr,
			})),
		);
	if (jobs.length > 0) await enqueue(database, jobs);
}

/** Leads and deals that changed a moment ago: a prediction that comes two seconds later costs the lead's own path nothing. */
export class Touched extends Gathered<RecordTarget> {
	constructor(database: Knex, onError: (error: unknown) => void) {
		super((gathered) => queue(database, gathered), onError);
	}
}
