import { randomUUID } from 'node:crypto';
import { chunks, type Knex } from '../platform/directus.ts';
import { enqueue } from '../platform/jobs/enqueue.ts';
import type { Target } from './rules/types.ts';
import { targetWords } from './rules/words.ts';

/** Changes of this long are done together: fifty leads of one call, or a form that is saved twice. */
const gatherMs = 2000;
const mostIds = 500;

/**
 * Gathers what changed and queues one job for it a moment later, outside the transaction of the change: a prediction that comes two
 * seconds later costs the lead's own path nothing. What a crash loses in these seconds, the night finds.
 */
export class Touched {
	private readonly waiting = new Map<Target, Set<string>>();
	private timer: NodeJS.Timeout | null = null;
	private readonly database: Knex;
	private readonly onError: (error: unknown) => void;

	constructor(database: Knex, onError: (error: unknown) => void) {
		this.database = database;
		this.onError = onError;
	}

	note(target: Target, ids: readonly unknown[]): void {
		const set = this.waiting.get(target) ?? new Set<string>();
		this.waiting.set(target, set);
		for (const id of ids) if (typeof id === 'string') set.add(id);
		this.timer ??= setTimeout(() => void this.flush().catch(this.onError), gatherMs).unref();
	}

	/** Queues what waits, for targets that have been trained at all: before that there is nothing to say. */
	async flush(): Promise<void> {
		if (this.timer) clearTimeout(this.timer);
		this.timer = null;
		const gathered = [...this.waiting].filter(([, ids]) => ids.size > 0);
		this.waiting.clear();
		if (gathered.length === 0) return;
		const trained = new Set((await this.database('models').distinct('target').pluck('target')) as string[]);
		const jobs = gathered
			.filter(([target]) => trained.has(target))
			.flatMap(([target, ids]) =>
				chunks([...ids], mostIds).map((part) => ({
					kind: 'predictions.touch',
					key: `predictions.touch:${randomUUID()}`,
					payload: { target, ids: part },
					label: targetWords[target].fr,
				})),
			);
		if (jobs.length > 0) await enqueue(this.database, jobs);
	}
}
