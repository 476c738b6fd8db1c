import { randomUUID } from 'node:crypto';
import { chunks, type Knex } from '../platform/directus.ts';
import { enqueue } from '../platform/jobs/enqueue.ts';

/** Changes of this long are looked at together. */
const gatherMs = 3000;
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

/**
 * Gathers what changed and queues one job for it a moment later, outside of the transaction of the change, as the predictions do: a lead's
 * own path has no statement more. What a crash loses in these seconds, the next morning finds.
 */
export class Touched {
	private readonly waiting = new Map<Watched, Set<string>>();
	private timer: NodeJS.Timeout | null = null;
	private readonly database: Knex;
	private readonly onError: (error: unknown) => void;

	constructor(database: Knex, onError: (error: unknown) => void) {
		this.database = database;
		this.onError = onError;
	}

	note(collection: Watched, ids: readonly unknown[]): void {
		const set = this.waiting.get(collection) ?? new Set<string>();
		this.waiting.set(collection, set);
		for (const id of ids) if (typeof id === 'string') set.add(id);
		this.timer ??= setTimeout(() => void this.flush().catch(this.onError), gatherMs).unref();
	}

	/** Queues what waits, once lists have been made at all. */
	async flush(): Promise<void> {
		if (this.timer) clearTimeout(this.timer);
		this.timer = null;
		const gathered = [...this.waiting].filter(([, ids]) => ids.size > 0);
		this.waiting.clear();
		if (gathered.length === 0 || !(await this.database('jobs').where({ kind: 'actions.prepare', state: 'done' }).first('id'))) return;
		const jobs = gathered.flatMap(([collection, ids]) => chunks([...ids], mostIds).map((part) => ({ collection, ids: part })));
		await enqueue(
			this.database,
			// Small changes of all collections go together: one look at the lists.
			jobs.length > 1 && jobs.every(({ ids }) => ids.length < 50)
				? [{ kind: 'actions.touch', key: `actions.touch:${randomUUID()}`, payload: { touched: jobs } }]
				: jobs.map((one) => ({ kind: 'actions.touch', key: `actions.touch:${randomUUID()}`, payload: { touched: [one] } })),
		);
	}
}
