import type { Knex } from '../directus.ts';
import type { NewJob } from './types.ts';

const unwanted = new WeakMap<Knex, Set<string>>();

/**
 * From now on what this transaction does makes no jobs of this kind: something else stands for them, one summary for ten
 * thousand announcements. A savepoint is a transaction of its own.
 */
export function withoutJobs(trx: Knex, kind: string): void {
	unwanted.set(trx, (unwanted.get(trx) ?? new Set()).add(kind));
}

export const wantedIn = (trx: Knex, jobs: readonly NewJob[]): readonly NewJob[] => {
	const kinds = unwanted.get(trx);
	return kinds ? jobs.filter(({ kind }) => !kinds.has(kind)) : jobs;
};
