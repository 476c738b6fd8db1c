import { dayMs } from '../platform/time/paris.ts';
import type { Knex } from '../platform/directus.ts';
import { emptyTally } from './rules/estimate.ts';
import { isTopic, type Topic } from './rules/topics.ts';
import type { Habits, Tally } from './rules/types.ts';

/** Outcomes older than this tell of another market. */
const learntDays = 730;
/** What a person answered longer ago than this is forgotten. */
const habitDays = 90;

type CountRow = { topic: string; state: string; refusal_reason: string | null; hold_out: unknown; outcome: string; n: number | string };

/** Refusals that say that the thing was not done, as far as we know: the others say nothing of what happened without it. */
const leftUndone: readonly string[] = ['not_now', 'not_worth'];

/** How each kind of action has done, counted in the database: “done” against what was shown and not done, hold-outs apart. */
export async function readTallies(knex: Knex, now: Date): Promise<ReadonlyMap<Topic, Tally>> {
	const rows = (await knex('insights')
		.where({ kind: 'next_action' })
		.whereNotNull('outcome')
		.whereNotNull('topic')
		.where('date_created', '>=', new Date(now.getTime() - learntDays * dayMs))
		.groupBy('topic', 'state', 'refusal_reason', 'hold_out', 'outcome')
		.select('topic', 'state', 'refusal_reason', 'hold_out', 'outcome')
		.count({ n: '*' })) as CountRow[];
	const tallies = new Map<Topic, Tally>();
	for (const { topic, state, refusal_reason, hold_out, outcome, n } of rows) {
		if (!isTopic(topic)) continue;
		const isHeld = Boolean(hold_out);
		const isUndone = isHeld || state === 'closed' || (state === 'refused' && leftUndone.includes(refusal_reason ?? ''));
		if (!isUndone && state !== 'done') continue;
		const count = Number(n);
		const moved = outcome === 'won' || outcome === 'advanced' || outcome === 'saved' ? count : 0;
		const tally = tallies.get(topic) ?? { ...emptyTally };
		tallies.set(topic, tally);
		if (isHeld) {
			tally.held += count;
			tally.heldMoved += moved;
		}
		if (isUndone) {
			tally.others += count;
			tally.othersMoved += moved;
		} else {
			tally.done += count;
			tally.doneMoved += moved;
		}
	}
	return tallies;
}

type HabitRow = { owner: string; topic: string; state: string; refusal_reason: string | null; n: number | string };

/** What each person has answered to each kind lately: key `<person>|<topic>`. */
export async function readHabits(knex: Knex, now: Date): Promise<ReadonlyMap<string, Habits>> {
	const rows = (await knex('insights')
		.where({ kind: 'next_action' })
		.whereIn('state', ['done', 'refused'])
		.where('decided_at', '>=', new Date(now.getTime() - habitDays * dayMs))
		.groupBy('owner', 'topic', 'state', 'refusal_reason')
		.select('owner', 'topic', 'state', 'refusal_reason')
		.count({ n: '*' })) as HabitRow[];
	const habits = new Map<string, { done: number; refused: Record<string, number> }>();
	for (const { owner, topic, state, refusal_reason, n } of rows) {
		const key = `${owner}|${topic}`;
		const own = habits.get(key) ?? { done: 0, refused: {} };
		habits.set(key, own);
		if (state === 'done') own.done += Number(n);
		else own.refused[refusal_reason ?? 'other'] = (own.refused[refusal_reason ?? 'other'] ?? 0) + Number(n);
	}
	return habits;
}
