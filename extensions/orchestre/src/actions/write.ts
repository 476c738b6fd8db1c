import { randomUUID } from 'node:crypto';
import { storedDay } from '../platform/columns.ts';
import { chunks, isPostgres, orchestreUserId, type Knex } from '../platform/directus.ts';
import { isoOf } from '../platform/time/paris.ts';
import { starts } from './rules/topics.ts';
import { occasionKey } from './rules/choose.ts';
import type { Ranked, StoredReasons } from './rules/types.ts';
import { episodeKey, type StoredAction } from './stored.ts';

const rounded = (share: number): number => Math.round(share * 10_000) / 10_000;

export function reasonsOf({ topic, next, why, lines, estimate, lowCents, highCents, urgent }: Ranked): StoredReasons {
	const { gain, low, high, ...known } = estimate;
	return { topic, next, why, lines, gain: { gain: rounded(gain), low: rounded(low), high: rounded(high), ...known }, range: { low: lowCents, high: highCents }, urgent };
} // prettier-ignore

/** What of a row follows the facts of the day. */
type Figures = { title: string; advice: string | null; means: string; expected: number; minutes: number; priority: number; reasons: string };

const figuresOf = (one: Ranked): Figures => ({
	title: one.title.slice(0, 255),
	advice: one.advice ?? one.why,
	means: one.means ?? starts[one.topic].means,
	expected: one.expectedCents,
	minutes: one.spentMinutes,
	priority: one.priority,
	reasons: JSON.stringify(reasonsOf(one)),
});

/** Whether a row says this already, for this day. */
export function isSame(row: StoredAction, one: Ranked, day: number): boolean {
	const figures = figuresOf(one);
	return (
		row.state === 'open' &&
		row.dueDay === day &&
		row.title === figures.title &&
		row.advice === figures.advice &&
		row.means === figures.means &&
		row.expectedCents === figures.expected &&
		row.minutes === figures.minutes &&
		row.priority === figures.priority &&
		row.reasons === figures.reasons
	);
}

function rowOf(one: Ranked, day: number, now: Date, isHeld: boolean): Record<string, unknown> {
	const { title, advice, means, expected, minutes, priority, reasons } = figuresOf(one);
	return {
		id: randomUUID(),
		kind: 'next_action',
		topic: one.topic,
		// What chance keeps back is recorded and never shown: no list asks for what is closed.
		state: isHeld ? 'closed' : 'open',
		treated_state: isHeld ? 'closed' : 'open',
		hold_out: isHeld,
		owner: one.owner,
		team: one.team,
		title,
		recommended_action: advice,
		action_kind: means,
		expected_value_cents: expected,
		minutes,
		priority,
		reasons,
		due_on: storedDay(day),
		computed_at: now,
		...one.links,
		episode_key: episodeKey(occasionKey(one), isHeld ? 'held' : isoOf(day)),
		date_created: now,
		user_created: orchestreUserId,
	};
}

const figureColumns = ['title', 'recommended_action', 'action_kind', 'expected_value_cents', 'minutes', 'priority', 'reasons', 'due_on', 'computed_at', 'team'] as const; // prettier-ignore

/** New rows. An occasion that was closed earlier the same day and is back opens its row again. Returns how many were written. */
export async function insertActions(trx: Knex, shown: readonly Ranked[], held: readonly Ranked[], day: number, now: Date): Promise<number> {
	const every = ['id', 'kind', 'topic', 'state', 'treated_state', 'hold_out', 'owner', 'team', 'title', 'recommended_action', 'action_kind', 'expected_value_cents', 'minutes', 'priority', 'reasons', 'due_on', 'computed_at', 'company', 'person', 'lead', 'opportunity', 'quote', 'subscription', 'contract', 'project', 'ticket', 'invoice', 'task', 'approval', 'basis', 'episode_key', 'date_created', 'user_created']; // prettier-ignore
	const whole = (row: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(every.map((column) => [column, row[column] ?? null]));
	let written = 0;
	for (const part of chunks(shown, 50)) {
		const rows = await trx('insights')
			.insert(part.map((one) => whole(rowOf(one, day, now, false))))
			.onConflict('episode_key')
			.merge([...figureColumns, 'state', 'treated_state'])
			.where('insights.state', 'closed')
			.where('insights.hold_out', false)
			.returning('id');
		written += rows.length;
	}
	for (const part of chunks(held, 50)) {
		const rows = await trx('insights').insert(part.map((one) => whole(rowOf(one, day, now, true)))).onConflict('episode_key').ignore().returning('id'); // prettier-ignore
		written += rows.length;
	}
	return written;
}

const types: Readonly<Record<keyof Figures, string>> = { title: 'text', advice: 'text', means: 'text', expected: 'integer', minutes: 'integer', priority: 'integer', reasons: 'text' }; // prettier-ignore
const columnOf: Readonly<Record<keyof Figures, string>> = { title: 'title', advice: 'recommended_action', means: 'action_kind', expected: 'expected_value_cents', minutes: 'minutes', priority: 'priority', reasons: 'reasons' }; // prettier-ignore

/** Brings rows up to date, one statement whatever their number: they travel as one json. Only what nobody has answered meanwhile. */
export async function updateActions(trx: Knex, updates: readonly { row: StoredAction; one: Ranked }[], day: number, now: Date): Promise<void> {
	if (updates.length === 0) return;
	const isOnPostgres = isPostgres(trx);
	const names = Object.keys(types) as (keyof Figures)[];
	const part = (name: string): string => (isOnPostgres ? `v.${name}` : `json_extract(v.value, '$.${name}')`);
	const assignments = names.map((name) => `${columnOf[name]} = ${part(name)}${name === 'reasons' && isOnPostgres ? '::json' : ''}`);
	const definition = ['id uuid', ...names.map((name) => `${name} ${types[name]}`)].join(', ');
	const source = isOnPostgres ? `json_to_recordset(?::json) as v(${definition})` : 'json_each(?) as v';
	const values = updates.map(({ row, one }) => ({ id: row.id, ...figuresOf(one) }));
	await trx.raw(
		`update insights set ${assignments.join(', ')}, due_on = ?, computed_at = ?, state = 'open', treated_state = 'open', snoozed_until = null
		from ${source} where insights.id = ${part('id')} and insights.state in ('open', 'snoozed')`,
		[storedDay(day), now, JSON.stringify(values)],
	);
} // prettier-ignore

/** Ends rows whose occasion is over: `done` ones were seen to by somebody, the others have become pointless. */
export async function endActions(trx: Knex, rows: readonly string[], state: 'done' | 'closed', now: Date): Promise<void> {
	for (const part of chunks(rows, 500))
		await trx('insights')
			.whereIn('id', part)
			.whereIn('state', ['open', 'snoozed'])
			.update({
				state,
				treated_state: state,
				snoozed_until: null,
				...(state === 'done' && { decided_at: now }),
				date_updated: now,
				user_updated: orchestreUserId,
			});
}
