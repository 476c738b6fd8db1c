import { dateOrNull, dayOrNull } from '../platform/columns.ts';
import { parseJson, type Knex } from '../platform/directus.ts';
import { dayMs, dayOf, toParis } from '../platform/time/paris.ts';
import type { Known } from './rules/types.ts';

/** A row of the list with all that a run compares and may write. */
export type StoredAction = Known & {
	title: string;
	advice: string | null;
	means: string | null;
	expectedCents: number;
	reasons: string;
	createdAt: Date;
	lead: string | null;
	opportunity: string | null;
	company: string | null;
	task: string | null;
	approval: string | null;
	invoice: string | null;
};

type Row = Record<string, unknown>;

const shape = /^(next_action:[0-9a-f-]{36}:([a-z_]+:[^:]+):[a-z]+\.[a-z_]+:.*):(\d{4}-\d\d-\d\d|held)$/;

/** The occasion and the record in an episode's key; null when it is not one of ours. */
export function readKey(key: string): { occasion: string; record: string } | null {
	const [, occasion, record] = shape.exec(key) ?? [];
	return occasion && record ? { occasion, record } : null;
}

/** An episode is named by its occasion and the day on which it first came on the list. */
export const episodeKey = (occasion: string, day: string): string => `${occasion}:${day}`;

const columns = [
	'id',
	'owner',
	'state',
	'topic',
	'title',
	'recommended_action',
	'action_kind',
	'expected_value_cents',
	'minutes',
	'priority',
	'due_on',
	'reasons',
	'decided_at',
	'snoozed_until',
	'refusal_reason',
	'hold_out',
	'episode_key',
	'date_created',
	'lead',
	'opportunity',
	'company',
	'task',
	'approval',
	'invoice',
];

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

function storedOf(row: Row, listDay: (day: number) => number): StoredAction[] {
	const key = readKey(String(row['episode_key'] ?? ''));
	if (!key) return [];
	const decidedAt = dateOrNull(row['decided_at']);
	const due = dayOrNull(row['due_on']);
	return [
		{
			id: String(row['id']),
			owner: String(row['owner']),
			record: key.record,
			key: key.occasion,
			state: row['state'] as Known['state'],
			topic: String(row['topic'] ?? ''),
			priority: Number(row['priority'] ?? 0),
			minutes: Number(row['minutes'] ?? 0),
			holdOut: Boolean(row['hold_out']),
			dueDay: due === null ? null : dayOf(due),
			decidedDay: decidedAt ? listDay(toParis(decidedAt).day) : null,
			snoozedUntil: dateOrNull(row['snoozed_until']),
			refusalReason: text(row['refusal_reason']),
			title: String(row['title'] ?? ''),
			advice: text(row['recommended_action']),
			means: text(row['action_kind']),
			expectedCents: Number(row['expected_value_cents'] ?? 0),
			reasons: JSON.stringify(parseJson(row['reasons'] ?? null)),
			createdAt: dateOrNull(row['date_created']) ?? new Date(0),
			lead: text(row['lead']),
			opportunity: text(row['opportunity']),
			company: text(row['company']),
			task: text(row['task']),
			approval: text(row['approval']),
			invoice: text(row['invoice']),
		},
	];
}

/** The rows of these people that are open, put off, or were answered in the last `days` days. `listDay`: the working day that a day's work counts for. */
export async function readStored(trx: Knex, owners: readonly string[], days: number, now: Date, listDay: (day: number) => number): Promise<StoredAction[]> {
	const rows = (await trx('insights')
		.where({ kind: 'next_action' })
		.whereIn('owner', [...owners])
		.where(
			(either) =>
				void either
					.whereIn('state', ['open', 'snoozed'])
					.orWhere((one) => void one.whereIn('state', ['done', 'refused']).where('decided_at', '>=', new Date(now.getTime() - (days + 4) * dayMs))),
		)
		.orderBy('id')
		.select(columns)) as Row[];
	return rows.flatMap((row) => storedOf(row, listDay));
}
