import type { Host } from '../directus.ts';
import { forLog, roomLogger } from '../log.ts';
import { sharedState } from '../shared-state.ts';
import { attempt } from './attempt.ts';
import { claim, sweep } from './lease.ts';
import { definitionOf } from './registry.ts';
import { drainBulk, dueJobs } from './run.ts';
import type { Job } from './types.ts';

export type WorkerOptions = { pollMs: number; concurrency: number; graceMs: number };

/** `nudge`: look now instead of at the next poll; `stop`: take nothing new, and wait for what runs. */
export type Worker = { nudge: () => void; stop: () => Promise<void> };

const running = sharedState('jobs.workers', () => new Set<Worker>());

/** Tells this process's worker, if it has one, that there may be work. */
export const nudgeWorkers = (): void => running.forEach((worker) => worker.nudge());

/**
 * Works off due jobs until it is stopped: looks every `pollMs`, at once when a job ends or on a nudge, and frees the jobs of
 * dead processes. Any number of instances may run one. On SQLite jobs share the one connection: only their outside calls
 * overlap.
 */
export function startWorker(host: Host, { pollMs, concurrency, graceMs }: WorkerOptions): Worker {
	const logger = roomLogger(host.logger, 'platform');
	const active = new Set<Promise<void>>();
	let stopped = false;
	let looking: Promise<void> | null = null;
	let again = false;
	let troubled = false;
	let sweepDue = true;

	async function run(job: Job): Promise<void> {
		try {
			await attempt(host, job);
			if (definitionOf(job.kind).mode === 'bulk') await drainBulk(host, job.kind);
		} catch (error) {
			logger.error({ job: job.id, kind: job.kind, err: forLog(error) }, 'the end of a job could not be recorded');
		}
	}

	function launch(job: Job): void {
		const attempted = run(job).finally(() => {
			active.delete(attempted);
			nudge();
		});
		active.add(attempted);
	}

	async function freeDead(): Promise<void> {
		sweepDue = false;
		const { waiting, failed } = await sweep(host.database);
		if (waiting + failed > 0) logger.warn({ count: waiting + failed }, 'freed jobs of a process that died');
	}

	async function look(): Promise<void> {
		if (sweepDue) await freeDead();
		if (!stopped && active.size < concurrency) (await claim(host.database, dueJobs(graceMs), concurrency - active.size)).forEach(launch);
		troubled = false;
	}

	/** The first of a row of failures is logged: an empty database before its schema, a database that is restarting. */
	function trouble(error: unknown): void {
		if (!troubled && !stopped) logger.error({ err: forLog(error) }, 'the job queue cannot be read; trying again');
		troubled = true;
	}

	function nudge(): void {
		if (stopped) return;
		if (looking) {
			again = true;
			return;
		}
		looking = look()
			.catch(trouble)
			.finally(() => {
				looking = null;
				if (again) {
					again = false;
					if (!troubled) nudge();
				}
			});
	}

	const timer = setInterval(() => {
		sweepDue = true;
		nudge();
	}, pollMs).unref();
	const worker: Worker = {
		nudge,
		async stop() {
			stopped = true;
			running.delete(worker);
			clearInterval(timer);
			await looking;
			await Promise.all(active);
		},
	};
	running.add(worker);
	nudge();
	return worker;
}
