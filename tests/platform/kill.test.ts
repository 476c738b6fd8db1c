import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { enqueue } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { ended, killDuringWork, runProcess, startProcess } from './support/processes.ts';
import { createQueue, type QueueDatabase } from './support/queue.ts';
import { defineTestJobs, killPoints } from './support/test-jobs.ts';

/** Leases of a dead process are over by then. */
const minutes = (count: number): string => new Date(Date.UTC(2026, 0, 5, 9, count)).toISOString();

let queue: QueueDatabase;
let folder: string;
let vendor: string;

beforeEach(async () => {
	stopClock(minutes(0));
	defineTestJobs();
	queue = await createQueue();
	folder = await mkdtemp(join(tmpdir(), 'orchestre-vendor-'));
	vendor = join(folder, 'calls.txt');
	await writeFile(vendor, '');
});

afterEach(async () => {
	resetClock();
	await queue.close();
	await rm(folder, { recursive: true, force: true });
});

const booked = async (): Promise<number[]> => (await queue.knex('ledger').orderBy('n')).map(({ n }: { n: number }) => n);
const jobs = async (): Promise<{ state: string; attempts: number }[]> => queue.knex('jobs').select('state', 'attempts');
const jobsOf = (kind: string, count: number) => Array.from({ length: count }, (_, n) => ({ kind, key: `${kind}:${n}`, payload: { n } }));

describe('a job whose process is killed with SIGKILL', () => {
	it.each(killPoints)('is done exactly once after a restart when its effect is in our database (killed when %s)', async (kill) => {
		await queue.knex.transaction((trx) => enqueue(trx, jobsOf('test.ledger', 1)));
		expect(await runProcess({ target: queue.target, at: minutes(0), kill })).toBe('SIGKILL');
		expect(await booked()).toEqual(kill === 'committed' ? [0] : []);
		expect(await runProcess({ target: queue.target, at: minutes(5) })).toBe(0);
		expect(await booked()).toEqual([0]);
		expect(await jobs()).toEqual([{ state: 'done', attempts: kill === 'committed' ? 1 : 2 }]);
	});

	it.each(killPoints)('is neither lost nor given another key when it calls outside (killed when %s)', async (kill) => {
		await queue.knex.transaction((trx) => enqueue(trx, jobsOf('test.vendor', 1)));
		expect(await runProcess({ target: queue.target, at: minutes(0), kill, vendor })).toBe('SIGKILL');
		expect(await runProcess({ target: queue.target, at: minutes(5), vendor })).toBe(0);
		const calls = (await readFile(vendor, 'utf8')).trim().split('\n');
		expect(new Set(calls)).toEqual(new Set(['test.vendor:0']));
		expect(calls).toHaveLength(kill === 'effect' || kill === 'ended' ? 2 : 1);
		expect(await booked()).toEqual([0]);
		expect(await jobs()).toEqual([{ state: 'done', attempts: kill === 'committed' ? 1 : 2 }]);
	});

	it('is not taken by another process while the lease of the dead one lasts', async () => {
		await queue.knex.transaction((trx) => enqueue(trx, jobsOf('test.vendor', 1)));
		await runProcess({ target: queue.target, at: minutes(0), kill: 'effect', vendor });
		await runProcess({ target: queue.target, at: minutes(1), vendor });
		expect(await jobs()).toEqual([{ state: 'running', attempts: 1 }]);
	});

	it('ends as failed, with the reason, when it kills every process that tries it', async () => {
		await queue.knex.transaction((trx) => enqueue(trx, jobsOf('test.ledger', 1)));
		await queue.knex('jobs').update({ max_attempts: 2 });
		for (const minute of [0, 5]) expect(await runProcess({ target: queue.target, at: minutes(minute), kill: 'effect' })).toBe('SIGKILL');
		expect(await runProcess({ target: queue.target, at: minutes(10) })).toBe(0);
		expect(await queue.knex('jobs').first()).toMatchObject({ state: 'failed', attempts: 2, error: expect.stringContaining('s’est arrêté') });
		expect(await booked()).toEqual([]);
	});
});

it('sixty jobs and a worker that is killed again and again: each is done once', async () => {
	await queue.knex.transaction((trx) => enqueue(trx, jobsOf('test.ledger', 60)));
	let killed = 0;
	for (const [round, ms] of [35, 80, 140, 60, 110].entries()) {
		const child = startProcess({ target: queue.target, at: minutes(round * 5), loop: true, pauseMs: 20 });
		if ((await killDuringWork(child, ms)) === 'SIGKILL') killed += 1;
	}
	expect(killed).toBeGreaterThan(2);
	expect(await runProcess({ target: queue.target, at: minutes(60), loop: true })).toBe(0);
	expect(await booked()).toEqual(Array.from({ length: 60 }, (_, n) => n));
	expect((await jobs()).every(({ state }) => state === 'done')).toBe(true);
}, 60_000);

it('two processes on one database never run a job twice', async () => {
	// Two jobs run at a time in each: both processes are at work on the first ones before either goes on.
	await queue.knex.transaction((trx) => enqueue(trx, jobsOf('test.vendor', 60)));
	await queue.knex.transaction((trx) => enqueue(trx, jobsOf('test.ledger', 60)));
	const meet = await mkdtemp(join(folder, 'meet-'));
	const workers = [1, 2].map(() => startProcess({ target: queue.target, at: minutes(0), vendor, loop: true, pauseMs: 3, meet }));
	expect(await Promise.all(workers.map(ended))).toEqual([0, 0]);
	const calls = (await readFile(vendor, 'utf8')).trim().split('\n');
	expect(calls.toSorted()).toEqual(
		jobsOf('test.vendor', 60)
			.map(({ key }) => key)
			.toSorted(),
	);
	expect(await booked()).toEqual(Array.from({ length: 120 }, (_, n) => Math.floor(n / 2)));
	expect((await queue.knex('ledger').distinct('process')).length).toBe(2);
	expect(new Set((await jobs()).map(({ attempts }) => attempts))).toEqual(new Set([1]));
}, 60_000);
