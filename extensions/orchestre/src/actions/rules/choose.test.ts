import { describe, expect, it } from 'vitest';
import { randomFrom } from '../../learners/random.ts';
import { choose, isHeldOut, occasionKey, recordKey } from './choose.ts';
import { estimateOf } from './estimate.ts';
import { madeUpCandidate, madeUpKnown, madeUpTally } from './made-up.ts';
import { rank } from './rank.ts';
import { topics } from './topics.ts';
import type { Candidate, Known, Ranked } from './types.ts';

const own = { prior: 40, starts: new Map() };
const settings = { perDay: 8, minutesPerDay: 180, refusedDays: 14, holdOut: 0 };
const today = 20_000;
const now = new Date(today * 86_400_000 + 8 * 3_600_000);
const at = { today, now, keeps: false };
const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const ranked = (over: Partial<Candidate> = {}, factor = 1): Ranked => {
	const candidate = madeUpCandidate(over);
	return rank(candidate, estimateOf(candidate.topic, madeUpTally(), own), factor, own);
};
const deal = (n: number, over: Partial<Candidate> = {}): Ranked => ranked({ record: { collection: 'opportunities', id: id(n) }, ...over });
const titles = (list: readonly Ranked[]): string[] => list.map(({ record }) => record.id);
const knownOf = (one: Ranked, over: Partial<Known>): Known => madeUpKnown({ record: recordKey(one), key: occasionKey(one), topic: one.topic, ...over });

describe('the value of an action', () => {
	it('is gain × stake, its minutes make the priority, and the lines sum to it exactly', () => {
		const one = ranked({ stakeCents: 1_000_000 });
		expect(one.expectedCents).toBe(50_000);
		expect(one.priority).toBe(3333);
		const learnt = rank(madeUpCandidate(), estimateOf('deal.plan', madeUpTally({ done: 33, doneMoved: 20, others: 41, othersMoved: 7 }), own), 0.71, own);
		expect(learnt.lines).toHaveLength(3);
		expect(learnt.lines.reduce((sum, { cents }) => sum + cents, 0)).toBe(learnt.expectedCents);
		expect(learnt.lines[2]).toMatchObject({ text: 'Vous écartez souvent ce type d’action' });
		expect(learnt.lowCents).toBeLessThanOrEqual(learnt.expectedCents);
		expect(learnt.highCents).toBeGreaterThanOrEqual(learnt.expectedCents);
	});

	it('of another room’s insight is taken as it is given', () => {
		const one = ranked({ topic: 'insight.churn', givenCents: 240_000, minutes: 20, stakeText: 'Valeur attendue du conseil : 2 400 €' });
		expect(one).toMatchObject({ expectedCents: 240_000, priority: 12_000, lines: [{ text: 'Valeur attendue du conseil : 2 400 €', cents: 240_000 }] });
	});

	it('stays within what a column holds', () => {
		expect(ranked({ stakeCents: 2_147_483_647_00, topic: 'task.due' }).expectedCents).toBe(2_147_483_647);
	});
});

describe('the list of a day', () => {
	it('is the same whatever the order of the facts, ties included', () => {
		const random = randomFrom(7);
		const all = Array.from({ length: 60 }, (_, n) =>
			deal(n, { topic: topics[n % 9] ?? 'deal.plan', stakeCents: Math.floor(n / 6) * 100_000, anchor: String(n % 2) }),
		);
		const expected = titles(choose(all, [], settings, at).shown);
		expect(expected).toHaveLength(8);
		for (let round = 0; round < 30; round++) {
			const shuffled = all
				.map((one) => ({ one, by: random() }))
				.toSorted((a, b) => a.by - b.by)
				.map(({ one }) => one);
			expect(titles(choose(shuffled, [], settings, at).shown)).toEqual(expected);
		}
	});

	it('holds no more things than the settings allow, and no more minutes, but always one', () => {
		const all = Array.from({ length: 20 }, (_, n) => deal(n));
		expect(choose(all, [], settings, at).shown).toHaveLength(8);
		expect(choose(all, [], { ...settings, minutesPerDay: 47 }, at).shown).toHaveLength(3);
		expect(choose([deal(1, { minutes: 400 })], [], settings, at).shown).toHaveLength(1);
		expect(choose([deal(1, { minutes: 400 }), deal(2, { stakeCents: 10 })], [], settings, at).shown).toHaveLength(1);
	});

	it('gives what is urgent its place, and orders all by value a minute', () => {
		const all = [...Array.from({ length: 20 }, (_, n) => deal(n, { stakeCents: 1_000_000 + n })), deal(99, { stakeCents: 1, urgent: true })];
		const list = titles(choose(all, [], settings, at).shown);
		expect(list).toHaveLength(8);
		expect(list.at(-1)).toBe(id(99));
	});

	it('asks one thing about a record: what is urgent, else what is worth most', () => {
		const both = [deal(1, { stakeCents: 5_000_000 }), deal(1, { topic: 'deal.answer', stakeCents: 100, urgent: true })];
		expect(choose(both, [], settings, at).shown.map(({ topic }) => topic)).toEqual(['deal.answer']);
	});

	it('counts in what was answered today, so that it does not grow while it is worked off', () => {
		const all = Array.from({ length: 20 }, (_, n) => deal(n));
		const done = Array.from({ length: 5 }, (_, n) => knownOf(deal(100 + n), { state: 'done', decidedDay: today }));
		expect(choose(all, done, { ...settings, minutesPerDay: 600 }, at).shown).toHaveLength(3);
	});

	it('leaves out what is put off until its time has come', () => {
		const one = deal(1);
		const until = (ms: number): Known => knownOf(one, { state: 'snoozed', snoozedUntil: new Date(now.getTime() + ms) });
		expect(choose([one], [until(60_000)], settings, at).shown).toEqual([]);
		expect(choose([one], [until(-60_000)], settings, at).shown).toEqual([one]);
	});

	it('leaves out what was refused for the days of the settings: that kind about that record, and all about it today', () => {
		const [plan, quote] = [deal(1), deal(1, { topic: 'deal.quote' })];
		const refused = (daysAgo: number): Known => knownOf(plan, { state: 'refused', decidedDay: today - daysAgo, refusalReason: 'not_worth' });
		expect(choose([quote], [refused(0)], settings, at).shown).toEqual([]);
		expect(choose([quote], [refused(1)], settings, at).shown).toEqual([quote]);
		expect(choose([plan], [refused(13)], settings, at).shown).toEqual([]);
		expect(choose([plan], [refused(14)], settings, at).shown).toEqual([plan]);
	});

	it('keeps during the day what is on it, even where something better has come', () => {
		const list = Array.from({ length: 8 }, (_, n) => deal(n));
		const better = deal(50, { stakeCents: 9_000_000 });
		const known = list.map((one) => knownOf(one, { state: 'open' }));
		expect(titles(choose([...list, better], known, settings, { ...at, keeps: true }).shown)).not.toContain(id(50));
		expect(titles(choose([...list, better], known, settings, at).shown)).toContain(id(50));
		expect(titles(choose([...list.slice(1), better], known.slice(1), settings, { ...at, keeps: true }).shown)).toContain(id(50));
	});

	it('gives a place that is taken by what is not looked at to nobody else', () => {
		const all = Array.from({ length: 20 }, (_, n) => deal(n));
		expect(choose(all, [], settings, { ...at, keeps: true, fixed: { places: 7, minutes: 60 } }).shown).toHaveLength(1);
	});
});

describe('hold-outs', () => {
	const all = Array.from({ length: 2000 }, (_, n) => deal(n));

	it('are the share of the settings, the same ones every day, and none of what is urgent', () => {
		const held = all.filter((one) => isHeldOut(one, 0.1));
		expect(held.length).toBeGreaterThan(150);
		expect(held.length).toBeLessThan(250);
		expect(all.filter((one) => isHeldOut({ ...one }, 0.1))).toEqual(held);
		expect(all.some((one) => isHeldOut({ ...one, urgent: true }, 0.5))).toBe(false);
		expect(all.some((one) => isHeldOut(one, 0))).toBe(false);
	});

	it('are recorded and take no place; what is on a list already is not taken off it', () => {
		const { shown, held } = choose(all, [], { ...settings, holdOut: 0.1 }, at);
		expect(shown).toHaveLength(8);
		expect(held.length).toBeGreaterThan(150);
		expect(shown.some((one) => held.includes(one))).toBe(false);
		const one = held[0] as Ranked;
		expect(choose([one], [knownOf(one, { state: 'open' })], { ...settings, holdOut: 0.1 }, at)).toEqual({ shown: [one], held: [] });
	});
});
