import { expect, test } from 'vitest';
import { together } from './together.ts';

test('answers in the order of the work, whatever ends first', async () => {
	const slow = new Promise<string>((resolve) => setTimeout(() => resolve('slow'), 5));
	expect(await together(slow, Promise.resolve(2), null)).toEqual(['slow', 2, null]);
});

test('waits for all work before it throws, so that nothing runs on after the rollback', async () => {
	let isOver = false;
	const other = new Promise<void>((resolve) =>
		setTimeout(() => {
			isOver = true;
			resolve();
		}, 5),
	);
	await expect(together(Promise.reject(new Error('first')), other)).rejects.toThrow('first');
	expect(isOver).toBe(true);
});
