import { randomUUID } from 'node:crypto';
import { now } from '../clock.ts';
import type { Knex } from '../directus.ts';
import { UnexpectedError } from '../errors.ts';
import { insertMany } from '../json-rows.ts';
import type { RowWrite } from '../row-writes.ts';
import { definitionOf } from './registry.ts';
import type { NewJob } from './types.ts';
import { wantedIn } from './without.ts';
import { nudgeWorkers } from './worker.ts';

function toRow(job: NewJob, user: string | null, at: Date): Record<string, unknown> {
	const definition = definitionOf(job.kind);
	const payload = definition.payload.safeParse(job.payload ?? {});
	if (!payload.success) throw new UnexpectedError(`job ${job.kind}: payload does not fit: ${payload.error.message}`);
	return {
		id: randomUUID(),
		kind: job.kind,
		key: job.key,
		state: 'waiting',
		payload: job.payload ?? {},
		collection: job.collection ?? null,
		item: job.item ?? null,
		// The same lead has many jobs: the list must say which is which.
		label: (job.label ? `${definition.title} · ${job.label}` : definition.title).slice(0, 255),
		flow: definition.flow ?? null,
		attempts: 0,
		max_attempts: definition.maxAttempts,
		due_at: job.dueAt ?? at,
		date_created: at,
		date_updated: at,
		user_created: user,
	};
}

/** The worker looks as soon as the rows can be seen; without this it would at its next poll. Jobs of a flow are the flow's first. */
function nudgeAfter(knex: Knex): void {
	const committed = knex.isTransaction ? (knex as Knex.Transaction).executionPromise : Promise.resolve();
	committed.then(nudgeWorkers).catch(() => undefined);
}

const columns = {
	id: 'uuid',
	kind: 'text',
	key: 'text',
	state: 'text',
	payload: 'json',
	collection: 'text',
	item: 'text',
	label: 'text',
	flow: 'text',
	attempts: 'integer',
	max_attempts: 'integer',
	due_at: 'timestamptz',
	date_created: 'timestamptz',
	date_updated: 'timestamptz',
	user_created: 'uuid',
} as const;

/** What `enqueue` writes, for a caller that writes it along with rows of its own. */
export function enqueueing(trx: Knex, caused: readonly NewJob[], user: string | null = null): RowWrite[] {
	const at = now();
	const jobs = wantedIn(trx, caused);
	if (jobs.length === 0) return [];
	if (jobs.some(({ kind }) => !definitionOf(kind).flow)) nudgeAfter(trx);
	return [{ table: 'jobs', types: columns, rows: jobs.map((job) => toRow(job, user, at)), how: 'insert', onConflict: 'on conflict ("key") do nothing' }];
}

/**
 * Writes jobs in the caller's transaction: the work exists if and only if its cause does. A key that exists already, in
 * whatever state, is left alone. Returns the ids of the new ones. `user`: whose action
 * caused it, null for the product itself.
 */
export async function enqueue(trx: Knex, jobs: readonly NewJob[], user: string | null = null): Promise<string[]> {
	const ids: string[] = [];
	for (const { table, types, rows } of enqueueing(trx, jobs, user)) {
		const written = new Set((await insertMany(trx, table, types, rows, { keys: ['key'] })).map(({ key }) => key));
		for (const { id, key } of rows) if (written.delete(key)) ids.push(String(id));
	}
	return ids;
}
