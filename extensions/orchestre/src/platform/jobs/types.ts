import type { ZodType } from 'zod';
import type { Host, JsonObject, Knex } from '../directus.ts';
import type { Logger } from '../log.ts';

/** waiting → running → done | failed | skipped; a failed attempt with tries left goes back to waiting. */
export type JobState = 'waiting' | 'running' | 'done' | 'failed' | 'skipped';

/** A row of `jobs`, with dates and json as values on both databases. */
export type Job = {
	id: string;
	kind: string;
	key: string;
	state: JobState;
	payload: unknown;
	collection: string | null;
	item: string | null;
	label: string | null;
	flow: string | null;
	attempts: number;
	max_attempts: number;
	due_at: Date;
	leased_by: string | null;
};

/** What a caller asks for. `key` names the work itself (kind, row, occasion): the same key is never queued twice. */
export type NewJob = {
	kind: string;
	key: string;
	payload?: JsonObject;
	/** The row that it is about: shown to people, and how a flow finds its jobs. */
	collection?: string;
	item?: string;
	/** For people, e.g. the lead's name; shown after the kind's title. */
	label?: string;
	/** Not before; default at once. */
	dueAt?: Date;
};

/** Not needed after all; the job ends as skipped with this French reason. */
export type Skipped = { skipped: string };

/** What a run hands back: figures for the job's `result`, without personal data. */
export type JobResult = JsonObject | Skipped | void;

type Common<P> = { job: Job; payload: P; host: Host; logger: Logger; signal: AbortSignal };

/** `trx` carries the effect and the job's end; on SQLite it holds the only connection, so use nothing else. */
export type TransactionRun<P> = Common<P> & { trx: Knex.Transaction };

/** `key` goes to the vendor as idempotency key: the call may be repeated after a crash. */
export type ExternalRun<P> = Common<P> & { key: string };

type Definition<P> = {
	kind: string;
	/** French; by default from the catalogue. */
	title?: string;
	/** The flow that switches it: jobs of a flow that is off end as skipped. */
	flow?: string;
	payload: ZodType<P>;
	/** Default 8 (about 10 minutes of back-off). */
	maxAttempts?: number;
	/** One attempt; default 60 000. */
	timeoutMs?: number;
};

/** Effect inside our database: it commits together with `state = done`, hence exactly once, even under kill -9. */
export type TransactionJob<P> = Definition<P> & { mode: 'transaction'; run: (context: TransactionRun<P>) => Promise<JobResult> };

/** One of the jobs that a bulk run is given. */
export type BulkItem<P> = { job: Job; payload: P };

/** `items`: at least one, at most a hundred, of one kind. */
export type BulkRun<P> = Omit<TransactionRun<P>, 'job' | 'payload'> & { items: readonly BulkItem<P>[] };

/**
 * Like a transaction job, but those that wait are done together in one transaction: answers one result an item, in their
 * order. Should it throw, each is tried alone, so that one bad job holds nobody up.
 */
export type BulkJob<P> = Definition<P> & { mode: 'bulk'; run: (context: BulkRun<P>) => Promise<JobResult[]> };

/** Effect outside (mail, vendor): at least once. `record` writes what came back together with the job's end. */
export type ExternalJob<P> = Definition<P> & {
	mode: 'external';
	run: (context: ExternalRun<P>) => Promise<JobResult>;
	record?: (trx: Knex.Transaction, result: JobResult, job: Job) => Promise<void>;
};

export type JobDefinition<P> = TransactionJob<P> | BulkJob<P> | ExternalJob<P>;
