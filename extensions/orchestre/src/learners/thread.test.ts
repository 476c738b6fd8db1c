import { describe, expect, test } from 'vitest';
import { develop, type Order } from './develop.ts';
import { madeUp } from './made-up.ts';
import { limitRows, splitByTime } from './sample.ts';
import { developInThread } from './thread.ts';

const sampleOf = (rows: number, seed: number): Order['train'] => madeUp(rows, seed);
const small: Order = { train: sampleOf(500, 1), test: sampleOf(300, 2) };
const large: Order = { train: sampleOf(30_000, 1), test: sampleOf(300, 2) };

describe('training in a thread', () => {
	test('gives what it gives without, and leaves the main thread free', async () => {
		let beats = 0;
		const heart = setInterval(() => beats++, 5);
		const { card, model } = await developInThread(small);
		clearInterval(heart);
		const here = develop(small);
		expect(model).toEqual(here.model);
		expect(card.metrics).toEqual(here.card.metrics);
		expect(card.verdict.state).toBe('accepted');
		expect(beats).toBeGreaterThan(5);
	});

	test('ends with a sentence when it takes too long, too much memory, or finds nothing to learn', async () => {
		await expect(developInThread(large, { timeoutMs: 300 })).rejects.toMatchObject({ name: 'NotLearnable', message: expect.stringContaining('dépassé') });
		await expect(developInThread(large, { heapMb: 8 })).rejects.toMatchObject({ name: 'NotLearnable', message: expect.stringContaining('mémoire') });
		await expect(developInThread({ ...small, train: { ...small.train, labels: new Uint8Array(500) } })).rejects.toThrow('même issue');
	});

	test('runs one after the other, however short the second', async () => {
		const middling: Order = { train: sampleOf(4000, 1), test: sampleOf(300, 2) };
		const order: string[] = [];
		await Promise.all([developInThread(middling).then(() => order.push('first')), developInThread(small).then(() => order.push('second'))]);
		expect(order).toEqual(['first', 'second']);
	});

	test('waits for its turn, and can be aborted at work and in the queue', async () => {
		const [atWork, inQueue] = [new AbortController(), new AbortController()];
		const first = developInThread(large, { signal: atWork.signal });
		const second = developInThread(small, { signal: inQueue.signal });
		const third = developInThread(small);
		const order: string[] = [];
		const noted = [first.catch(() => order.push('first')), second.catch(() => order.push('second')), third.then(() => order.push('third'))];
		inQueue.abort(new Error('plus la peine'));
		await expect(second).rejects.toThrow('plus la peine');
		atWork.abort(new Error('on s’arrête'));
		await expect(first).rejects.toThrow('on s’arrête');
		await Promise.all(noted);
		expect(order).toEqual(['second', 'first', 'third']);
	});
});

describe('rows to learn from', () => {
	test('are the newest when there are too many and they have moments', () => {
		const { table, labels } = madeUp(1000);
		const at = Array.from({ length: 1000 }, (_, row) => (row * 617) % 1000);
		const { table: kept } = limitRows({ ...table, at }, Uint8Array.from(labels), 300);
		expect(kept.rows).toBe(300);
		expect(Math.min(...(kept.at ?? []))).toBe(700);
	});

	test('are a fair part of each outcome without moments, whatever their order', () => {
		const { table, labels } = madeUp(2000);
		const all = Uint8Array.from(labels);
		const share = (own: Uint8Array): number => own.reduce((sum, label) => sum + label, 0) / own.length;
		const first = limitRows(table, all, 500);
		expect(first.table.rows).toBe(500);
		expect(share(first.labels)).toBeCloseTo(share(all), 2);
		const turned = { ...table, columns: table.columns.map((column) => column.toReversed()) };
		expect(limitRows(turned, all.toReversed(), 500).table.columns).toEqual(first.table.columns);
	});

	test('are older than the test by the time that an outcome takes', () => {
		const { table } = madeUp(100);
		const at = Array.from({ length: 100 }, (_, row) => row * 10);
		expect(splitByTime({ ...table, at }, { gapMs: 100 })).toEqual({
			train: Array.from({ length: 70 }, (_, row) => row),
			test: Array.from({ length: 20 }, (_, row) => row + 80),
		});
		expect(splitByTime(table)).toBeNull();
	});
});

test('without a test of its own the newest fifth is held back, and the model learns from all in the end', () => {
	const { table, labels } = madeUp(1000);
	const at = labels.map((_, row) => row * 86_400_000);
	const { card } = develop({ train: { table: { ...table, at }, labels, points: labels.map((_, row) => row % 7) } });
	expect(card).toMatchObject({ train: { rows: 800, days: 799 }, test: { rows: 200 }, verdict: { state: 'accepted' } });
	expect(card.verdict.checks.map(({ name }) => name)).toContain('points');
	expect(() => develop({ train: { table, labels } })).toThrow('test');
});
