import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { advanceClock, now, resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import type { Host } from '../../extensions/orchestre/src/platform/directus.ts';
import { OperationalError, UserError } from '../../extensions/orchestre/src/platform/errors.ts';
import {
	attempt,
	claim,
	defineJob,
	enqueue,
	replay,
	runDueJobs,
	runJobs,
	startWorker,
	sweep,
	tallyOf,
	type BulkJob,
	type JobResult,
	type TransactionJob,
} from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { pruneJobs } from '../../extensions/orchestre/src/platform/jobs/prune.ts';
import { createQueue, hostOn, type QueueDatabase } from './support/queue.ts';

let queue: QueueDatabase;
let host: Host;
let lines: unknown[];

beforeEach(async () => {
	stopClock('2026-01-05T09:00:00Z');
	queue = await createQueue();
	lines = [];
	host = hostOn(queue.knex, lines);
	define({ run: async ({ trx, job }) => trx('ledger').insert({ n: Number(job.item), process: 0 }) });
});

afterEach(async () => {
	vi.useRealTimers();
	resetClock();
	await queue.close();
});

const define = (job: Partial<TransactionJob<object>>): unknown =>
	defineJob({ kind: 'test.job', title: 'Travail d’essai', mode: 'transaction', payload: z.object({}), run: async () => undefined, ...job });
const add = (key = 'one', more: { item?: string; dueAt?: Date; label?: string } = {}): Promise<string[]> =>
	queue.knex.transaction((trx) => enqueue(trx, [{ kind: 'test.job', key, ...more }]));
const only = async (): Promise<Record<string, unknown>> => (await queue.knex('jobs').first()) as Record<string, unknown>;
const booked = async (): Promise<number> => (await queue.knex('ledger')).length;

describe('enqueue', () => {
	it('fifty at once with one key make one job', async () => {
		const ids = await Promise.all(Array.from({ length: 50 }, () => add()));
		expect(ids.flat()).toHaveLength(1);
		expect(await queue.knex('jobs')).toHaveLength(1);
	});

	it('writes many in few statements and answers with the new ones only', async () => {
		await add('key:7');
		const statements: string[] = [];
		queue.knex.on('query', ({ sql }: { sql: string }) => statements.push(sql));
		const jobs = Array.from({ length: 150 }, (_, n) => ({ kind: 'test.job', key: `key:${n}` }));
		expect(await queue.knex.transaction((trx) => enqueue(trx, jobs))).toHaveLength(149);
		expect(statements.filter((sql) => sql.startsWith('insert'))).toHaveLength(1);
	});

	it('says on the job what is done and what it is about', async () => {
		await add('one', { label: 'Camille Petit' });
		await add('two');
		await add('long', { label: 'x'.repeat(400) });
		const labels = Object.fromEntries(((await queue.knex('jobs')) as { key: string; label: string }[]).map(({ key, label }) => [key, label]));
		expect(labels).toMatchObject({ one: 'Travail d’essai · Camille Petit', two: 'Travail d’essai' });
		expect(labels['long']).toHaveLength(255);
	});

	it('leaves no job behind when the cause is rolled back', async () => {
		const failed = queue.knex.transaction(async (trx) => {
			await enqueue(trx, [{ kind: 'test.job', key: 'one' }]);
			throw new Error('cause');
		});
		await expect(failed).rejects.toThrow('cause');
		expect(await queue.knex('jobs')).toEqual([]);
	});

	it('refuses an unknown kind and a payload that does not fit', async () => {
		await expect(queue.knex.transaction((trx) => enqueue(trx, [{ kind: 'test.nobody', key: 'one' }]))).rejects.toThrow('unknown kind');
		define({ payload: z.object({ n: z.number() }) });
		await expect(add()).rejects.toThrow('payload');
	});

	it('wakes the worker when the transaction commits', async () => {
		const worker = startWorker(host, { pollMs: 60_000, concurrency: 1, graceMs: 0 });
		await sleep(50);
		await add();
		await expect.poll(async () => (await only())['state']).toBe('done');
		await worker.stop();
	});
});

describe('a run of what is due', () => {
	it('goes on where another was quicker to take the first job', async () => {
		for (let round = 0; round < 10; round++) {
			await add(`first:${round}`, { item: '1' });
			await add(`second:${round}`, { item: '2' });
			const [first] = (await queue
				.knex('jobs')
				.where({ key: `first:${round}` })
				.select('id')) as { id: string }[];
			await Promise.all([runJobs(host, { ids: [first?.id ?? ''] }), runDueJobs(host)]);
			expect(
				await queue
					.knex('jobs')
					.where({ key: `second:${round}` })
					.pluck('state'),
			).toEqual(['done']);
		}
	});
});

describe('an attempt', () => {
	it('keeps the result and leaves no lease', async () => {
		define({ run: async () => ({ sent: 3 }) });
		await add();
		expect(await runDueJobs(host)).toMatchObject({ done: 1 });
		const { result, state, leased_by, leased_until, ended_at } = await only();
		expect({ state, leased_by, leased_until }).toEqual({ state: 'done', leased_by: null, leased_until: null });
		expect(typeof result === 'string' ? JSON.parse(result) : result).toEqual({ sent: 3 });
		expect(ended_at).not.toBeNull();
	});

	it('waits longer after each operational failure, then fails with the reason', async () => {
		define({ maxAttempts: 3, run: () => Promise.reject(new OperationalError('Le service ne répond pas.')) });
		await add();
		const rests: number[] = [];
		for (let tries = 1; tries < 3; tries++) {
			expect(await runDueJobs(host)).toMatchObject({ retry: 1, reasons: ['Le service ne répond pas.'] });
			expect(await runDueJobs(host)).toMatchObject({ retry: 0 });
			rests.push(new Date((await only())['due_at'] as number).getTime() - now().getTime());
			advanceClock(rests.at(-1) ?? 0);
		}
		expect(rests[0]).toBeGreaterThanOrEqual(2500);
		expect(rests[1]).toBeGreaterThanOrEqual(5000);
		expect(await runDueJobs(host)).toMatchObject({ failed: 1 });
		expect(await only()).toMatchObject({ state: 'failed', attempts: 3, error: 'Le service ne répond pas.' });
	});

	it('obeys the rest that a service asks for', async () => {
		define({ run: () => Promise.reject(new OperationalError('Trop de demandes.', { retryAfterMs: 3_600_000 })) });
		await add();
		await runDueJobs(host);
		expect(new Date((await only())['due_at'] as number).getTime() - now().getTime()).toBe(3_600_000);
	});

	it('fails at once on a fault that only a person can mend', async () => {
		define({ run: () => Promise.reject(new UserError('L’adresse manque.')) });
		await add();
		expect(await runDueJobs(host)).toMatchObject({ failed: 1 });
		expect(await only()).toMatchObject({ state: 'failed', attempts: 1, error: 'L’adresse manque.' });
	});

	it('shows people a reference for what nobody foresaw, and logs the rest', async () => {
		define({ maxAttempts: 1, run: () => Promise.reject(new Error('secret of jean@example.com')) });
		await add();
		await runDueJobs(host);
		const { error } = await only();
		const [, reference] = /^Erreur inattendue \(référence ([0-9a-f]{8})\)/.exec(String(error)) ?? [];
		expect(lines[0]).toMatchObject([{ reference, err: { message: 'secret of jean@example.com' } }, expect.any(String)]);
	});

	it('takes the effect back when it fails', async () => {
		define({
			run: async ({ trx }) => {
				await trx('ledger').insert({ n: 1, process: 0 });
				throw new OperationalError('Trop tard.');
			},
		});
		await add();
		await runDueJobs(host);
		expect(await booked()).toBe(0);
	});

	it('is cut off after its time, and nothing of it stays', async () => {
		let aborted = false;
		define({
			timeoutMs: 60,
			run: async ({ trx, signal }) => {
				await trx('ledger').insert({ n: 1, process: 0 });
				signal.addEventListener('abort', () => (aborted = true));
				await sleep(400);
			},
		});
		await add();
		expect(await runDueJobs(host)).toMatchObject({ retry: 1, reasons: [expect.stringContaining('Délai dépassé')] });
		expect(aborted).toBe(true);
		expect(await booked()).toBe(0);
	});

	it('has no effect once another took the job over', async () => {
		await add();
		const [slow] = await claim(queue.knex, () => undefined, 1);
		advanceClock(120_000);
		expect(await sweep(queue.knex)).toEqual({ waiting: 1, failed: 0 });
		expect(await runDueJobs(host)).toMatchObject({ done: 1 });
		expect(await attempt(host, slow!)).toMatchObject({ end: 'lost' });
		expect(await booked()).toBe(1);
	});

	it('that calls outside for long is leased a minute and a half at a time, again and again while it lives', async () => {
		const until = async (): Promise<number> => new Date((await only())['leased_until'] as number).getTime() - now().getTime();
		vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
		const run = async (): Promise<undefined> => {
			for (let beat = 0; beat < 10; beat += 1) {
				expect(await until()).toBe(90_000);
				advanceClock(60_000);
				expect(await sweep(queue.knex)).toEqual({ waiting: 0, failed: 0 });
				vi.advanceTimersByTime(20_000);
				await expect.poll(until).toBe(90_000);
			}
		};
		defineJob({ kind: 'test.long', title: 'Longue lecture', mode: 'external', timeoutMs: 900_000, payload: z.object({}), run });
		await queue.knex.transaction((trx) => enqueue(trx, [{ kind: 'test.long', key: 'long' }]));
		expect(await runDueJobs(host)).toMatchObject({ done: 1, reasons: [] });
	});

	it('ends as skipped when the run says that it is not needed', async () => {
		define({ run: async () => ({ skipped: 'Le lead est déjà converti.' }) });
		await add();
		expect(await runDueJobs(host)).toMatchObject({ skipped: 1 });
		expect(await only()).toMatchObject({ state: 'skipped', error: 'Le lead est déjà converti.' });
	});

	it('fails, without trying again, when an older payload no longer fits', async () => {
		await add();
		define({ payload: z.object({ n: z.number() }) });
		expect(await runDueJobs(host)).toMatchObject({ failed: 1 });
	});
});

describe('a job of a flow', () => {
	const flow = '8f2f0f0e-7d10-4a3f-9f3e-0c6a5a3c1d11';
	const withFlow = async (status: string | null): Promise<void> => {
		define({ flow, run: async ({ trx }) => trx('ledger').insert({ n: 1, process: 0 }) });
		if (status) await queue.knex('directus_flows').insert({ id: flow, name: '[Leads] Prévenir', status });
		await add();
	};

	it('runs while the flow is active', async () => {
		await withFlow('active');
		expect(await runDueJobs(host)).toMatchObject({ done: 1 });
	});

	it('ends as skipped, with the reason, when the flow is switched off', async () => {
		await withFlow('inactive');
		expect(await runDueJobs(host)).toMatchObject({ skipped: 1 });
		expect(await only()).toMatchObject({ state: 'skipped', error: 'L’automatisation « [Leads] Prévenir » est désactivée.' });
		expect(await booked()).toBe(0);
	});

	it('ends as skipped when the flow was deleted', async () => {
		await withFlow(null);
		expect(await runDueJobs(host)).toMatchObject({ skipped: 1 });
	});

	it('is left to the flow first, and to the worker a little later', async () => {
		await withFlow('active');
		expect(await runDueJobs(host, { graceMs: 5000 })).toMatchObject({ done: 0 });
		advanceClock(5000);
		expect(await runDueJobs(host, { graceMs: 5000 })).toMatchObject({ done: 1 });
	});
});

describe('runJobs', () => {
	it('runs the due jobs of these items only, and nothing the second time', async () => {
		await Promise.all(['1', '2', '3'].map((item) => add(`job:${item}`, { item })));
		await add('later:1', { item: '1', dueAt: new Date(now().getTime() + 60_000) });
		expect(tallyOf(await runJobs(host, { kind: 'test.job', items: ['1', '2'] }))).toMatchObject({ done: 2 });
		expect(tallyOf(await runJobs(host, { kind: 'test.job', items: ['1', '2'] }))).toMatchObject({ done: 0 });
		expect((await queue.knex('jobs').where({ state: 'waiting' })).map(({ key }: { key: string }) => key).toSorted()).toEqual(['job:3', 'later:1']);
	});
});

describe('a bulk job', () => {
	const defineBulk = (run: BulkJob<object>['run']): unknown =>
		defineJob({ kind: 'test.job', title: 'Travail d’essai', mode: 'bulk', payload: z.object({}), run });
	const book: BulkJob<object>['run'] = async ({ trx, items }) => {
		await trx('ledger').insert(items.map(({ job }) => ({ n: Number(job.item), process: 0 })));
		return items.map(({ job }): JobResult => (job.item === '2' ? { skipped: 'Déjà fait.' } : { n: Number(job.item) }));
	};
	const items = Array.from({ length: 120 }, (_, n) => String(n));
	const addAll = (): Promise<unknown> =>
		queue.knex.transaction((trx) =>
			enqueue(
				trx,
				items.map((item) => ({ kind: 'test.job', key: `job:${item}`, item })),
			),
		);

	it('is done with its likes, a hundred in a transaction, each with its own end', async () => {
		const sizes: number[] = [];
		defineBulk(async (context) => {
			sizes.push(context.items.length);
			return book(context);
		});
		await addAll();
		expect(tallyOf(await runJobs(host, { kind: 'test.job', items }))).toMatchObject({ done: 119, skipped: 1 });
		expect(sizes).toEqual([100, 20]);
		expect(await booked()).toBe(120);
		expect(await queue.knex('jobs').where({ item: '2' }).first()).toMatchObject({ state: 'skipped', error: 'Déjà fait.', leased_by: null });
	});

	it('that fails holds nobody up: the others are done, and what failed together left nothing behind', async () => {
		defineBulk(async (context) => {
			const results = await book(context);
			if (context.items.some(({ job }) => job.item === '7')) throw new UserError('L’adresse manque.');
			return results;
		});
		await addAll();
		expect(tallyOf(await runJobs(host, { kind: 'test.job', items }))).toMatchObject({ done: 118, skipped: 1, failed: 1, reasons: ['L’adresse manque.'] });
		expect(await booked()).toBe(119);
	});

	it('is found by the worker, too', async () => {
		defineBulk(book);
		await addAll();
		const worker = startWorker(host, { pollMs: 60_000, concurrency: 2, graceMs: 0 });
		await expect.poll(booked).toBe(120);
		await worker.stop();
		expect(await queue.knex('jobs').whereNotIn('state', ['done', 'skipped'])).toEqual([]);
	});
});

describe('replay', () => {
	const fail = async (): Promise<string> => {
		define({ run: () => Promise.reject(new UserError('L’adresse manque.')) });
		const [id = ''] = await add();
		await runDueJobs(host);
		return id;
	};

	it('starts a failed job over, and the trail says who asked', async () => {
		const id = await fail();
		const user = randomUUID();
		await replay(queue.knex, id, { user });
		expect(await only()).toMatchObject({ state: 'waiting', attempts: 0, error: null });
		expect(await queue.knex('directus_activity')).toMatchObject([{ action: 'update', collection: 'jobs', item: id, user }]);
		define({ run: async () => undefined });
		expect(await runDueJobs(host)).toMatchObject({ done: 1 });
	});

	it('refuses what is done, running or unknown', async () => {
		const [id = ''] = await add();
		await claim(queue.knex, () => undefined, 1);
		await expect(replay(queue.knex, id, {})).rejects.toMatchObject({ status: 409, message: expect.stringContaining('en cours') });
		await queue.knex('jobs').update({ state: 'done' });
		await expect(replay(queue.knex, id, {})).rejects.toMatchObject({ status: 409, message: expect.stringContaining('déjà fait') });
		await expect(replay(queue.knex, randomUUID(), {})).rejects.toMatchObject({ status: 404 });
	});
});

it('old jobs that ended well are forgotten, failed and recent ones are kept', async () => {
	defineJob(pruneJobs);
	const states = ['done', 'skipped', 'failed', 'waiting'];
	await Promise.all(states.map((state) => add(state)));
	for (const state of states) await queue.knex('jobs').where({ key: state }).update({ state, ended_at: now() });
	advanceClock(89 * 86_400_000);
	await add('recent');
	await queue.knex('jobs').where({ key: 'recent' }).update({ state: 'done', ended_at: now() });
	await queue
		.knex('jobs')
		.where({ key: 'waiting' })
		.update({ due_at: new Date('2027-01-01') });
	advanceClock(2 * 86_400_000);
	await queue.knex.transaction((trx) => enqueue(trx, [{ kind: 'platform.prune_jobs', key: 'prune' }]));
	expect(await runDueJobs(host)).toMatchObject({ done: 1 });
	expect((await queue.knex('jobs').orderBy('key')).map(({ key }: { key: string }) => key)).toEqual(['failed', 'prune', 'recent', 'waiting']);
});
