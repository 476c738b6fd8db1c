import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { beforeCommit } from '../../../extensions/orchestre/src/platform/before-commit.ts';
import { defineJob } from '../../../extensions/orchestre/src/platform/jobs/index.ts';

/** Where a worker process kills itself, in the order in which it passes them. */
export const killPoints = ['claimed', 'started', 'effect', 'ended', 'committed'] as const;
export type KillPoint = (typeof killPoints)[number];

export const dieAt = (point: KillPoint, wanted: string | undefined): void => {
	if (point === wanted) process.kill(process.pid, 'SIGKILL');
};

/** Waits until a second process has come into the same folder: whoever is up first would have done all the work alone. */
async function meetAnother(folder: string): Promise<void> {
	writeFileSync(join(folder, String(process.pid)), '');
	while (readdirSync(folder).length < 2) await sleep(5);
}

/**
 * `test.ledger` books a row in the job's transaction; `test.vendor` calls an outside service, here a file that takes down the
 * idempotency key of every call, and books what came back; with `meet` it calls once two processes are in that folder.
 */
export function defineTestJobs({ kill, vendor = '', pauseMs = 0, meet }: { kill?: string; vendor?: string; pauseMs?: number; meet?: string } = {}): void {
	defineJob({
		kind: 'test.ledger',
		title: 'Écrire une ligne',
		mode: 'transaction',
		payload: z.object({ n: z.number() }),
		async run({ trx, payload }) {
			beforeCommit(
				trx,
				() => null,
				async () => dieAt('ended', kill),
			);
			dieAt('started', kill);
			if (pauseMs) await sleep(pauseMs);
			await trx('ledger').insert({ n: payload.n, process: process.pid });
			dieAt('effect', kill);
			return { n: payload.n };
		},
	});
	defineJob({
		kind: 'test.vendor',
		title: 'Appeler un service',
		mode: 'external',
		payload: z.object({ n: z.number() }),
		async run({ key, payload }) {
			dieAt('started', kill);
			if (meet) await meetAnother(meet);
			appendFileSync(vendor, `${key}\n`);
			dieAt('effect', kill);
			return { n: payload.n };
		},
		async record(trx, _result, job) {
			await trx('ledger').insert({ n: (job.payload as { n: number }).n, process: process.pid });
			dieAt('ended', kill);
		},
	});
}
