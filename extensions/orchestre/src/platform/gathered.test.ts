import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Gathered } from './gathered.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

const gather = (): { gathered: Gathered<string>; rounds: string[][] } => {
	const rounds: string[][] = [];
	const handOn = async (round: ReadonlyMap<string, readonly string[]>): Promise<void> => void rounds.push([...round.values()].flat());
	return { gathered: new Gathered(handOn, () => undefined), rounds };
};

it('hands on what people change by hand two seconds later, again and again', async () => {
	const { gathered, rounds } = gather();
	for (const id of ['a', 'b']) {
		gathered.note('leads', [id]);
		await vi.advanceTimersByTimeAsync(2000);
	}
	expect(rounds).toEqual([['a'], ['b']]);
});

it('leaves ten seconds between rounds while rows come by the hundred, and is quick again afterwards', async () => {
	const { gathered, rounds } = gather();
	for (let n = 0; n < 150; n++) gathered.note('leads', [String(n)]);
	await vi.advanceTimersByTimeAsync(2000);
	gathered.note('leads', ['next']);
	await vi.advanceTimersByTimeAsync(9000);
	expect(rounds).toHaveLength(1);
	await vi.advanceTimersByTimeAsync(1000);
	expect(rounds[1]).toEqual(['next']);
	gathered.note('leads', ['last']);
	await vi.advanceTimersByTimeAsync(2000);
	expect(rounds[2]).toEqual(['last']);
});

it('keeps a payment waiting for two seconds only, whatever leads come in by the hundred', async () => {
	const { gathered, rounds } = gather();
	for (let n = 0; n < 150; n++) gathered.note('leads', [String(n)]);
	await vi.advanceTimersByTimeAsync(2000);
	gathered.note('leads', ['next']);
	gathered.note('payments', ['payment']);
	gathered.note('invoices', ['invoice']);
	await vi.advanceTimersByTimeAsync(2000);
	expect(rounds.slice(1)).toEqual([['payment', 'invoice']]);
	await vi.advanceTimersByTimeAsync(8000);
	expect(rounds[2]).toEqual(['next']);
});

it('hands on at once what it is told to, and nothing of it again', async () => {
	const { gathered, rounds } = gather();
	gathered.note('leads', ['a']);
	await gathered.flush();
	await vi.advanceTimersByTimeAsync(20_000);
	expect(rounds).toEqual([['a']]);
});
