import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { batchOf, beforeCommit, checkBeforeCommit } from '../../extensions/orchestre/src/platform/before-commit.ts';
import { nextNumber } from '../../extensions/orchestre/src/platform/counters.ts';
import { orchestreUserId, type Knex } from '../../extensions/orchestre/src/platform/directus.ts';
import { writeTrail } from '../../extensions/orchestre/src/platform/trail.ts';
import { createQueue, type QueueDatabase } from './support/queue.ts';

let queue: QueueDatabase;
beforeEach(async () => {
	queue = await createQueue();
});
afterEach(() => queue.close());

const booked = async (): Promise<number[]> => (await queue.knex('ledger').orderBy('n')).map(({ n }: { n: number }) => n);

describe('nextNumber', () => {
	it('gives fifty takers at once 1 to 50', async () => {
		const numbers = await Promise.all(Array.from({ length: 50 }, () => queue.knex.transaction((trx) => nextNumber(trx, 'quotes:2026'))));
		expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
	});

	it('leaves no gap when a taker is rolled back, and counts each series by itself', async () => {
		const failed = queue.knex.transaction(async (trx) => {
			await nextNumber(trx, 'quotes:2026');
			throw new Error('rolled back');
		});
		await expect(failed).rejects.toThrow('rolled back');
		expect(await queue.knex.transaction((trx) => nextNumber(trx, 'quotes:2026'))).toBe(1);
		expect(await queue.knex.transaction((trx) => nextNumber(trx, 'invoices:2026'))).toBe(1);
	});

	it('is refused outside a transaction', async () => {
		await expect(nextNumber(queue.knex, 'quotes:2026')).rejects.toThrow('inside the transaction');
	});
});

describe('beforeCommit', () => {
	const flush = async (trx: Knex, batch: number[]): Promise<void> => {
		await trx('ledger').insert(batch.map((n) => ({ n, process: 0 })));
	};
	const collect = (trx: Knex, ...numbers: number[]): void => void beforeCommit(trx, () => [] as number[], flush).push(...numbers);

	it('passes its own test', () => expect(checkBeforeCommit(queue.knex)).resolves.toBeUndefined());

	it('does the collected work once, before the commit', async () => {
		await queue.knex.transaction(async (trx) => {
			collect(trx, 1);
			collect(trx, 2, 3);
			expect(batchOf(trx, flush)).toEqual([1, 2, 3]);
			expect(await trx('ledger')).toEqual([]);
		});
		expect(await booked()).toEqual([1, 2, 3]);
	});

	it('rolls everything back when the work fails', async () => {
		const failed = queue.knex.transaction(async (trx) => {
			await trx('ledger').insert({ n: 1, process: 0 });
			beforeCommit(
				trx,
				() => null,
				() => Promise.reject(new Error('cannot score')),
			);
		});
		await expect(failed).rejects.toThrow('cannot score');
		expect(await booked()).toEqual([]);
	});

	it('does what the work itself registers', async () => {
		const outer = async (trx: Knex): Promise<void> => collect(trx, 9);
		await queue.knex.transaction(async (trx) => {
			collect(trx, 1);
			beforeCommit(trx, () => null, outer);
		});
		expect(await booked()).toEqual([1, 9]);
	});

	it('stops when work registers itself for ever', async () => {
		const endless = async (trx: Knex): Promise<void> => void beforeCommit(trx, () => null, endless);
		await expect(queue.knex.transaction(async (trx) => void beforeCommit(trx, () => null, endless))).rejects.toThrow('keep registering');
	});

	it('forgets the batch of a savepoint that is rolled back, and keeps the outer one', async () => {
		await queue.knex.transaction(async (trx) => {
			collect(trx, 1);
			await trx
				.transaction(async (inner) => {
					collect(inner, 2);
					throw new Error('inner');
				})
				.catch(() => undefined);
			await trx.transaction(async (inner) => collect(inner, 3));
		});
		expect(await booked()).toEqual([1, 3]);
	});

	it('is refused outside a transaction', () => expect(() => collect(queue.knex, 1)).toThrow('needs a transaction'));
});

describe('writeTrail', () => {
	it('ties every revision to its own activity, in one script for a hundred rows', async () => {
		const statements: string[] = [];
		queue.knex.on('query', ({ sql }: { sql: string }) => statements.push(sql));
		const entries = Array.from({ length: 100 }, (_, n) => ({
			action: 'create' as const,
			collection: 'tasks',
			item: `item-${n % 99}`,
			data: { title: `Tâche ${n}` },
		}));
		await queue.knex.transaction((trx) => writeTrail(trx, {}, entries));
		// What goes in one script is none of knex's statements.
		expect(statements).toEqual(['BEGIN;', 'COMMIT;']);
		const pairs = (await queue
			.knex('directus_revisions as r')
			.join('directus_activity as a', 'a.id', 'r.activity')
			.select('a.item as activity', 'r.item as revision', 'a.user')) as {
			activity: string;
			revision: string;
			user: string;
		}[];
		expect(pairs).toHaveLength(100);
		expect(pairs.filter(({ activity, revision }) => activity !== revision)).toEqual([]);
		expect(new Set(pairs.map(({ user }) => user))).toEqual(new Set([orchestreUserId]));
		expect(new Set((await queue.knex('directus_revisions')).map(({ activity }: { activity: number }) => activity)).size).toBe(100);
	});

	it('keeps what an update set apart from the row as it then was', async () => {
		const entry = { action: 'update' as const, collection: 'leads', item: '1', data: { grade: 'A1', name: 'Ada' }, delta: { grade: 'A1' } };
		await queue.knex.transaction((trx) => writeTrail(trx, { user: null, ip: '127.0.0.1' }, [entry]));
		const [revision] = (await queue.knex('directus_revisions')) as { data: string; delta: string }[];
		const read = (value: unknown): unknown => (typeof value === 'string' ? JSON.parse(value) : value);
		expect([read(revision?.data), read(revision?.delta)]).toEqual([entry.data, entry.delta]);
		expect(await queue.knex('directus_activity')).toMatchObject([{ user: null, ip: '127.0.0.1', action: 'update' }]);
	});

	it('keeps texts as they are, and nothing of a transaction that was rolled back', async () => {
		const entry = (item: string) => ({ action: 'create' as const, collection: 'leads', item, data: { name: "L’Œuvre d'Aix?'); --" } });
		const failed = queue.knex.transaction(async (trx) => {
			await writeTrail(trx, {}, [entry('1')]);
			throw new Error('rolled back');
		});
		await expect(failed).rejects.toThrow('rolled back');
		await queue.knex.transaction((trx) => writeTrail(trx, { userAgent: "O'Neil?" }, [entry('2')]));
		expect(await queue.knex('directus_activity')).toMatchObject([{ item: '2', user_agent: "O'Neil?" }]);
		const [revision] = (await queue.knex('directus_revisions')) as { data: unknown }[];
		expect(typeof revision?.data === 'string' ? JSON.parse(revision.data) : revision?.data).toEqual(entry('2').data);
	});
});
