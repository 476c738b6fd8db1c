import { stopClock } from '../../../extensions/orchestre/src/platform/clock.ts';
import { attempt, claim, startWorker, sweep } from '../../../extensions/orchestre/src/platform/jobs/index.ts';
import { hostOn, open } from './queue.ts';
import { defineTestJobs, dieAt } from './test-jobs.ts';

/**
 * A worker in a process of its own, to be killed. `WORKER` (JSON): the database, the clock, and either one attempt with a
 * point at which to die, or the real loop until nothing is left. Says `ready` once it works.
 */
export type WorkerOrder = { target: string; at: string; vendor?: string; kill?: string; loop?: boolean; pauseMs?: number; meet?: string };

const { target, at, vendor, kill, loop, pauseMs, meet } = JSON.parse(process.env['WORKER'] ?? '{}') as WorkerOrder;
stopClock(at);
defineTestJobs({ kill, vendor, pauseMs, meet });
const knex = open(target);
const host = hostOn(knex);

const left = async (): Promise<boolean> => Boolean(await knex('jobs').whereIn('state', ['waiting', 'running']).first());

if (loop) {
	const worker = startWorker(host, { pollMs: 50, concurrency: 2, graceMs: 0 });
	process.stdout.write('ready\n');
	while (await left()) await new Promise((resolve) => setTimeout(resolve, 50));
	await worker.stop();
} else {
	await sweep(knex);
	const [job] = await claim(knex, () => undefined, 1);
	dieAt('claimed', kill);
	if (job) await attempt(host, job);
	dieAt('committed', kill);
}
await knex.destroy();
