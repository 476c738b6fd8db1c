import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { instantOf, lastDayUpTo, mergePage, readCursor, writeCursor, type Arm } from './pages.ts';
import type { Cursor, TimelineEvent } from './types.ts';

const event = (source: string, at: string, id: string): TimelineEvent => ({
	key: `${source}:${id}`,
	source,
	kind: 'task',
	collection: 'tasks',
	at,
	row: { id },
});
const newestFirst = (one: TimelineEvent, other: TimelineEvent): number => instantOf(other.at) - instantOf(one.at) || other.key.localeCompare(one.key);

/** What a database answers: the events up to the cursor, without as many as have been told, and one more than a page. */
function read(all: readonly TimelineEvent[], source: string, days: boolean, from: Cursor | null, limit: number): Arm {
	const own = all.filter((one) => one.source === source).sort(newestFirst);
	const upTo = from ? own.filter(({ at }) => (days ? at <= lastDayUpTo(from.t) : instantOf(at) < from.t + 1)) : own;
	return { source, events: upTo.slice(from?.n[source] ?? 0).slice(0, limit + 1) };
}

describe('pages', () => {
	it('tell every event once, newest first, whatever stands at the same moment', () => {
		const moments = fc.integer({ min: 0, max: 6 }).map((hour) => new Date(Date.UTC(2026, 0, 5, 9 + hour)).toISOString());
		const dates = fc.integer({ min: 1, max: 4 }).map((day) => `2026-01-0${day + 2}`);
		fc.assert(
			fc.property(
				fc.array(moments, { maxLength: 40 }),
				fc.array(moments, { maxLength: 20 }),
				fc.array(dates, { maxLength: 20 }),
				fc.integer({ min: 1, max: 7 }),
				(calls, tasks, quotes, limit) => {
					const all = [
						...calls.map((at, index) => event('call', at, `${index}`)),
						...tasks.map((at, index) => event('task', at, `${index}`)),
						...quotes.map((at, index) => event('quote', at, `${index}`)),
					];
					const told: TimelineEvent[] = [];
					let from: Cursor | null = null;
					for (let page = 0; page <= all.length; page += 1) {
						const arms: Arm[] = ['call', 'task', 'quote'].map((source) => read(all, source, source === 'quote', from, limit));
						const { events, next } = mergePage(arms, limit, from);
						told.push(...events);
						from = next && readCursor(writeCursor(next));
						if (!from) break;
					}
					expect(told.map(({ key }) => key).toSorted()).toEqual(all.map(({ key }) => key).toSorted());
					const instants = told.map(({ at }) => instantOf(at));
					expect(instants).toEqual(instants.toSorted((one, other) => other - one));
				},
			),
		);
	});

	it('set a plain day at its noon, and find the last day before an instant', () => {
		expect(instantOf('2026-01-05')).toBe(Date.UTC(2026, 0, 5, 12));
		expect(lastDayUpTo(Date.UTC(2026, 0, 5, 12))).toBe('2026-01-05');
		expect(lastDayUpTo(Date.UTC(2026, 0, 5, 12) - 1)).toBe('2026-01-04');
	});

	it('refuse a cursor that is not theirs', () => {
		for (const text of [
			'',
			'rien',
			Buffer.from('{}').toString('base64url'),
			Buffer.from('["x",{}]').toString('base64url'),
			Buffer.from('[1e30,{}]').toString('base64url'),
		])
			expect(readCursor(text)).toBeNull();
		expect(readCursor(writeCursor({ t: 5, n: { task: 2 } }))).toEqual({ t: 5, n: { task: 2 } });
	});
});
