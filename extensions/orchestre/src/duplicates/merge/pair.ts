import { randomUUID } from 'node:crypto';
import { now } from '../../platform/clock.ts';
import { dateOrNull } from '../../platform/columns.ts';
import { parseJson, type Accountability, type Host, type Knex } from '../../platform/directus.ts';
import { notFound, UserError } from '../../platform/errors.ts';
import { isUuid } from '../../platform/input/fields.ts';
import { shorten } from '../../platform/text.ts';
import { keepPairs, pairKey, rowOf, sidesOf } from '../pairs.ts';
import { compareRows, readSome } from '../read.ts';
import { kinds, type Kind } from '../rules/kinds.ts';
import { refuseUnlessReadable } from './actor.ts';
import { proposalsFor } from './proposal.ts';
import { recordSchema, type MergeRecord } from './record.ts';

export type State = 'proposed' | 'merged' | 'not_duplicates' | 'undone';
export type Pair = {
	id: string;
	kind: Kind;
	a: string;
	b: string;
	label: string;
	state: State;
	level: string;
	reasons: string;
	sureness: number | null;
	decidedAt: Date | null;
	record: MergeRecord | null;
	report: string | null;
};

export async function readPair(knex: Knex, id: string): Promise<Pair> {
	const row = isUuid(id) ? ((await knex('duplicate_pairs').where({ id }).first()) as Record<string, unknown> | undefined) : undefined;
	if (!row) throw notFound('Cette paire n’existe pas ou plus.');
	const kind = row['kind'] as Kind;
	const [first, second] = sidesOf[kind];
	const record = recordSchema.safeParse(parseJson(row['merge'] ?? null));
	return {
		id,
		kind,
		a: String(row[first]),
		b: String(row[second]),
		label: String(row['label'] ?? ''),
		state: row['state'] as State,
		level: String(row['level']),
		reasons: String(row['reasons'] ?? ''),
		sureness: row['sureness'] as number | null,
		decidedAt: dateOrNull(row['decided_at']),
		record: record.success ? record.data : null,
		report: row['report'] as string | null,
	};
}

/** What two records are called, in their order. */
export async function labelsOf(knex: Knex, kind: Kind, ids: readonly string[]): Promise<string[]> {
	const columns = { companies: ['name'], people: ['first_name', 'last_name'], leads: ['display_name'] }[kind];
	const rows = (await knex(kind)
		.whereIn('id', [...ids])
		.select('id', ...columns)) as Record<string, string | null>[];
	return ids.map((id) => {
		const row = rows.find((one) => one['id'] === id);
		return shorten(
			columns
				.map((column) => row?.[column])
				.filter(Boolean)
				.join(' ') || 'Fiche sans nom',
			255,
		);
	});
}

type Asked = { kind?: unknown; a?: unknown; b?: unknown };

/**
 * The pair of two records that somebody wants to compare; made, as chosen by hand, when no search has proposed it. Only of records
 * that the caller may read.
 */
export async function pairByHand(host: Host, accountability: Accountability | null, { kind: asked, a, b }: Asked): Promise<string> {
	const kind = kinds.find((one) => one === asked);
	if (!kind || !isUuid(a) || !isUuid(b) || a === b) throw new UserError('Indiquez deux fiches différentes : { kind, a, b }.');
	await refuseUnlessReadable(host, accountability, kind, [a, b]);
	const { database } = host;
	const existing = (await database('duplicate_pairs')
		.where({ pair_key: pairKey(kind, a, b) })
		.first('id')) as { id: string } | undefined;
	if (existing) return existing.id;
	const rows = await readSome(database, kind, [a, b]);
	const [one, other] = rows;
	if (!one || !other) throw new UserError('Une de ces fiches est archivée ou déjà fusionnée : rétablissez-la d’abord.', { code: 'CONFLICT', status: 409 });
	const found = compareRows(kind, one, other);
	const [proposal] = await proposalsFor(database, kind, found);
	const [pair] = found;
	const [first, second] = [a, b].toSorted() as [string, string];
	const [labelA, labelB] = await labelsOf(database, kind, [first, second]);
	const byHand = {
		a: { id: first, label: labelA ?? '' },
		b: { id: second, label: labelB ?? '' },
		verdict: { level: 'possible' as const, sureness: 0, reasons: ['choisies à la main'] },
	};
	const row = pair
		? rowOf(kind, pair, proposal ?? null)
		: { ...rowOf(kind, byHand, 'À comparer sur la fiche avant de fusionner.'), level: 'by_hand', sureness: null };
	await keepPairs(database, [{ ...row, id: randomUUID(), checked_at: now() }]);
	return (
		(await database('duplicate_pairs')
			.where({ pair_key: pairKey(kind, a, b) })
			.first('id')) as { id: string }
	).id;
}
