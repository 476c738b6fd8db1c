import { numberOrNull } from '../../platform/columns.ts';
import { isDeepStrictEqual } from 'node:util';
import { jsonRows, type ColumnTypes } from '../../platform/json-rows.ts';
import { chunks, parseJson, toDate, type Knex } from '../../platform/directus.ts';
import type { Reason } from './rules/types.ts';

/** An upsell insight as it is stored. */
export type Stored = {
	id: string;
	company: string;
	product: string | null;
	subscription: string | null;
	state: 'open' | 'snoozed' | 'done' | 'refused' | 'closed';
	snoozedUntil: Date | null;
	/** When somebody answered it, as well as is known. */
	answeredAt: Date;
	owner: string | null;
	episodeKey: string | null;
	figures: Figures;
};

/** What a run computes of an insight; a change of any of it is written. */
export type Figures = {
	title: string;
	recommended_action: string;
	expected_value_cents: number | null;
	score: number | null;
	probability: number | null;
	probability_low: number | null;
	probability_high: number | null;
	reasons: Reason[];
};

type Row = Record<string, unknown> & { id: string; company: string };

const storedOf = (row: Row): Stored => ({
	id: row.id,
	company: row.company,
	product: row['product'] as string | null,
	subscription: row['subscription'] as string | null,
	state: row['state'] as Stored['state'],
	snoozedUntil: row['snoozed_until'] ? toDate(row['snoozed_until'] as Date) : null,
	answeredAt: toDate((row['decided_at'] ?? row['date_updated'] ?? row['date_created'] ?? row['computed_at']) as Date),
	owner: row['owner'] as string | null,
	episodeKey: row['episode_key'] as string | null,
	figures: {
		title: String(row['title']),
		recommended_action: String(row['recommended_action'] ?? ''),
		expected_value_cents: numberOrNull(row['expected_value_cents']),
		score: numberOrNull(row['score']),
		probability: numberOrNull(row['probability']),
		probability_low: numberOrNull(row['probability_low']),
		probability_high: numberOrNull(row['probability_high']),
		reasons: parseJson<Reason[] | null>(row['reasons'] ?? null) ?? [],
	},
});

/** Every upsell insight that these companies ever had. */
export async function readStored(trx: Knex, companies: readonly string[]): Promise<Map<string, Stored[]>> {
	const rows = (await trx('insights')
		.where({ kind: 'upsell' })
		.whereIn('company', [...companies])
		.orderBy('id')) as Row[];
	return Map.groupBy(rows.map(storedOf), ({ company }) => company);
}

export const isChanged = (before: Figures, after: Figures): boolean => !isDeepStrictEqual(before, after);

export type Update = { id: string; state: Stored['state']; owner: string | null } & Figures;

const columns = {
	state: 'text',
	owner: 'uuid',
	title: 'text',
	recommended_action: 'text',
	expected_value_cents: 'integer',
	score: 'integer',
	probability: 'integer',
	probability_low: 'integer',
	probability_high: 'integer',
	reasons: 'json',
} as const satisfies ColumnTypes;

/** Brings any number of open insights up to date in one statement; one that a person answered meanwhile is left alone. */
export async function updateInsights(trx: Knex, updates: readonly Update[], now: Date): Promise<void> {
	if (updates.length === 0) return;
	const { source, column, toJson } = jsonRows(trx, { id: 'uuid', ...columns });
	const sets = [...Object.keys(columns).map((name) => `${name} = ${column(name)}`), `snoozed_until = case when ${column('state')} = 'snoozed' then snoozed_until end`];
	await trx.raw(
		`update insights set ${sets.join(', ')}, computed_at = ?, date_updated = ? from ${source} where insights.id = ${column('id')} and insights.state in ('open', 'snoozed')`,
		[now, now, toJson(updates)],
	);
} // prettier-ignore

/** Ends insights that no longer hold. */
export async function closeInsights(trx: Knex, ids: readonly string[], now: Date): Promise<void> {
	for (const part of chunks(ids, 500))
		await trx('insights').whereIn('id', part).whereIn('state', ['open', 'snoozed']).update({ state: 'closed', snoozed_until: null, date_updated: now });
}
