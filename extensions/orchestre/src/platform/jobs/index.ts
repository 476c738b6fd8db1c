/** The queue as other rooms use it. */
export { attempt } from './attempt.ts';
export type { Ending } from './ending.ts';
export { enqueue } from './enqueue.ts';
export { claim, sweep } from './lease.ts';
export { defineJob, definitionOf, registeredJobs } from './registry.ts';
export { replay } from './replay.ts';
export { runDueJobs, runJobs, runToEnd, tallyOf, type Tally } from './run.ts';
export type {
	BulkItem,
	BulkJob,
	BulkRun,
	ExternalJob,
	ExternalRun,
	Job,
	JobDefinition,
	JobResult,
	JobState,
	NewJob,
	TransactionJob,
	TransactionRun,
} from './types.ts';
export { nudgeWorkers, startWorker, type Worker } from './worker.ts';
