import { randomUUID } from 'node:crypto';
import { now } from '../platform/clock.ts';
import { chunks, type Knex } from '../platform/directus.ts';
import { shorten } from '../platform/text.ts';
import type { Found } from './rules/blocks.ts';
import type { Kind } from './rules/kinds.ts';

/** The two columns of `duplicate_pairs` that name the records of each kind. */
export const sidesOf = { companies: ['company_a', 'company_b'], people: ['person_a', 'person_b'], leads: ['lead_a', 'lead_b'] } as const satisfies Record<
	Kind,
	readonly [string, string]
>;

export const pairKey = (kind: Kind, one: string, other: string): string => [kind, ...[one, other].toSorted()].join(':');

type PairRow = Record<string, unknown> & { id: string; pair_key: string };

export function rowOf(kind: Kind, { a, b, verdict }: Found, proposal: string | null): PairRow {
	const [first, second] = sidesOf[kind];
	const at = now();
	return {
		id: randomUUID(),
		pair_key: pairKey(kind, a.id, b.id),
		kind,
		[first]: a.id,
		[second]: b.id,
		label: `${shorten(a.label, 280)} ↔ ${shorten(b.label, 280)}`,
		state: 'proposed',
		level: verdict.level,
		sureness: verdict.sureness,
		reasons: sentence(verdict.reasons),
		proposal,
		checked_at: at,
		date_created: at,
	};
}

const sentence = (reasons: readonly string[]): string => {
	const words = reasons.join(', ');
	return words.charAt(0).toUpperCase() + words.slice(1);
};

const refreshed = ['label', 'level', 'sureness', 'reasons', 'proposal', 'checked_at'];

/**
 * Keeps what a search found: new pairs are proposed, those that still wait are brought up to date, and those that a person has
 * decided stay as they were decided. One short transaction for every hundred. Written past Directus's services: a proposal is the
 * product's own finding, without an author, and ten thousand of them would be as many entries of a history that nobody reads.
 */
export async function keepPairs(knex: Knex, rows: readonly PairRow[]): Promise<void> {
	for (const part of chunks(rows))
		await knex('duplicate_pairs').insert(part).onConflict('pair_key').merge(refreshed).where('duplicate_pairs.state', 'proposed');
}

/** Takes away proposals of a kind that a search since `start` has not found again; with `ids`, only those about these records. */
export async function dropStale(knex: Knex, kind: Kind, start: Date, ids?: readonly string[]): Promise<number> {
	const stale = () => knex('duplicate_pairs').where({ kind, state: 'proposed' }).whereNot('level', 'by_hand').where('checked_at', '<', start);
	if (!ids) return stale().delete();
	const [first, second] = sidesOf[kind];
	let dropped = 0;
	for (const part of chunks(ids, 200))
		dropped += await stale()
			.where((either) => void either.whereIn(first, part).orWhereIn(second, part))
			.delete();
	return dropped;
}
