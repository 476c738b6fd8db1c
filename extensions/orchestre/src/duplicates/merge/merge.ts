import { isDeepStrictEqual } from 'node:util';
import { now as clockNow } from '../../platform/clock.ts';
import { readLocked } from '../../platform/columns.ts';
import type { Accountability, Host, Knex, SchemaOverview } from '../../platform/directus.ts';
import { conflict, UserError } from '../../platform/errors.ts';
import { collectionWords } from '../../platform/schema-words.ts';
import { writeTrail, type TrailEntry } from '../../platform/trail.ts';
import { Writing } from '../../operations/handover/writing.ts';
import { sidesOf } from '../pairs.ts';
import { valueOf, type Values } from '../rules/choose.ts';
import type { Kind } from '../rules/kinds.ts';
import { refuseUnlessMerger, type Actor } from './actor.ts';
import { faultsOf } from './faults.ts';
import { carriedValues, fieldsOf, readBoth, sidesFor, type Choices } from './fields.ts';
import { linksTo, pointTo, rowsOfLink, type Link } from './links.ts';
import { labelsOf, readPair, type Pair } from './pair.ts';
import { readKept } from './proposal.ts';
import type { MergeRecord } from './record.ts';
import { countWords, mergedSentence, type Count } from './words.ts';

/** `already`: these two were merged before, and nothing was done. */
export type Merged = {
	pair: string;
	kind: Kind;
	kept: string;
	gone: string;
	already: boolean;
	summary: string;
	moved: { collection: string; count: number }[];
};
export type MergeRequest = { keep?: string | undefined; choices?: Choices | undefined };

type Work = { trx: Knex; schema: SchemaOverview; writing: Writing; actor: Actor; kind: Kind; kept: string; gone: string };

/** Moves every link from one record to the other, with the trail in the caller's name. Nothing but the link is written: not even the date of the last change. */
async function moveLinks({ trx, schema, actor, kind, kept, gone }: Work, chosen: (link: Link) => boolean): Promise<MergeRecord['moved']> {
	const moved: MergeRecord['moved'] = [];
	const trail: TrailEntry[] = [];
	for (const link of linksTo(schema, kind).filter(chosen)) {
		const { move } = await rowsOfLink(trx, kind, link, gone, kept);
		if (move.length === 0) continue;
		const keys = await pointTo(trx, link, move, gone, kept);
		moved.push({ collection: link.collection, field: link.field, primary: link.primary, keys });
		if (schema.collections[link.collection]?.accountability)
			trail.push(...keys.map((key): TrailEntry => ({ action: 'update', collection: link.collection, item: String(key), data: { [link.field]: kept } })));
	}
	await writeTrail(trx, actor, trail);
	return moved;
}

/** Fields of the kept record that name the other one: it is nobody's own parent or copy. */
const ownLinks = (schema: SchemaOverview, kind: Kind, row: Values, gone: string): string[] =>
	schema.relations.flatMap(({ collection, field, related_collection }) =>
		collection === kind && related_collection === kind && row[field] === gone ? [field] : [],
	);

/** Columns that only the product writes: straight into the row, with the trail in the caller's name. */
export async function stamp({ trx, actor, kind }: Pick<Work, 'trx' | 'actor' | 'kind'>, id: string, columns: Values): Promise<void> {
	if (Object.keys(columns).length === 0) return;
	await trx(kind).where({ id }).update(columns);
	await writeTrail(trx, actor, [{ action: 'update', collection: kind, item: id, data: columns }]);
}

const only = (row: Values, fields: Iterable<string>): Values => Object.fromEntries([...fields].map((field) => [field, row[field] ?? null]));
const changes = (before: Values, after: Values): Values =>
	Object.fromEntries(Object.entries(after).filter(([field, value]) => !isDeepStrictEqual(before[field] ?? null, value ?? null)));

/** Values that may stand in one row only: the record that goes lets go of them first. */
const uniqueOf = (gone: Values, wanted: Values): Values =>
	Object.fromEntries(
		Object.keys(wanted)
			.filter((field) => ['external_id', 'stripe_customer_id', 'quickbooks_id'].includes(field) && gone[field])
			.map((field) => [field, null]),
	);

/** Prospecting that the closing of a lead cancels, to be taken up again by an undo. */
const openProspecting = (trx: Knex, lead: string): Promise<{ id: string; status: string }[]> =>
	trx('tasks')
		.where({ lead })
		.whereIn('status', ['todo', 'in_progress'])
		.whereIn('origin', ['leads.follow_up', 'leads.escalate'])
		.orderBy('id')
		.select('id', 'status') as Promise<{ id: string; status: string }[]>;

async function carryOut(host: Host, work: Work, choices: Choices): Promise<{ record: MergeRecord; fields: number }> {
	const { trx, schema, writing, actor, kind, kept, gone } = work;
	const [mine, theirs] = await readBoth(host, trx, schema, kind, [kept, gone]);
	const faults = faultsOf(kind, mine, theirs);
	if (faults.length > 0) throw new UserError(faults.join(' '), { code: 'NOT_MERGEABLE', status: 409, extensions: { faults } });
	const sides = sidesFor(await fieldsOf(trx, schema, kind, actor), mine, theirs, choices);
	const wanted = changes(
		mine,
		Object.fromEntries([...sides].flatMap(([{ set }, side]) => set.map((field) => [field, valueOf(side, mine[field], theirs[field])]))),
	);
	const self = ownLinks(schema, kind, mine, gone);
	const carried = Object.fromEntries(Object.entries(carriedValues(kind, mine, theirs)).filter(([field]) => !self.includes(field)));
	const cleared = self.filter((field) => field !== 'merged_into');
	const cancelled = kind === 'leads' ? await openProspecting(trx, gone) : [];
	const closing: Values = { archived: true, ...(kind === 'leads' && theirs['status'] !== 'lost' && { status: 'lost', lost_reason: 'duplicate' }) };
	const carriedUnique = uniqueOf(theirs, carried);

	// What is under way about the record goes on with the kept one, before its closing would end it; the prospecting of a lead ends with it.
	const endsWithIt = ({ collection }: Link): boolean => kind === 'leads' && collection === 'tasks';
	const moved = await moveLinks(work, (link) => !endsWithIt(link));
	await writing.apply(trx, [{ collection: kind, ids: [gone], set: { ...closing, ...uniqueOf(theirs, wanted) } }]);
	await stamp(work, gone, { ...carriedUnique, merged_into: kept });
	moved.push(...(await moveLinks(work, endsWithIt)));
	await stamp(work, kept, { ...carried, ...Object.fromEntries(cleared.map((field) => [field, null])) });
	const set = Object.fromEntries(Object.entries(wanted).filter(([field]) => !cleared.includes(field)));
	if (Object.keys(set).length > 0) await writing.apply(trx, [{ collection: kind, ids: [kept], set }]);

	const [mineAfter, theirsAfter] = await readBoth(host, trx, schema, kind, [kept, gone]);
	const goneFields = [...Object.keys(closing), ...Object.keys(uniqueOf(theirs, wanted)), ...Object.keys(carriedUnique)];
	return {
		fields: Object.keys(set).length,
		record: {
			kept,
			gone,
			by: actor.user,
			moved,
			cleared,
			keptBefore: only(mine, Object.keys(set)),
			keptAfter: only(mineAfter, Object.keys(set)),
			goneBefore: only(theirs, goneFields),
			goneAfter: only(theirsAfter, goneFields),
			carriedBefore: only(mine, Object.keys(carried)),
			carriedAfter: only(mineAfter, Object.keys(carried)),
			cancelled,
		},
	};
}

/** Sums of what moved, a line for each collection, in French. */
export async function countsOf(knex: Knex, moved: readonly { collection: string; move: number; stay: number }[]): Promise<Count[]> {
	const sums = new Map<string, { move: number; stay: number }>();
	for (const { collection, move, stay } of moved) {
		const sum = sums.get(collection) ?? { move: 0, stay: 0 };
		sums.set(collection, { move: sum.move + move, stay: sum.stay + stay });
	}
	const words = await collectionWords(knex, [...sums.keys()]);
	return [...sums]
		.filter(([, { move, stay }]) => move + stay > 0)
		.map(([collection, sum]) => ({ collection, ...sum, label: countWords({ collection, move: sum.move }, words) }))
		.toSorted((a, b) => b.move - a.move || (a.collection < b.collection ? -1 : 1));
}

/** Other proposals about the record that is gone: a search finds again what holds for the kept one. */
async function dropProposals(trx: Knex, kind: Kind, gone: string, pair: string): Promise<void> {
	const [first, second] = sidesOf[kind];
	await trx('duplicate_pairs')
		.where({ kind, state: 'proposed' })
		.whereNot({ id: pair })
		.where((either) => void either.where(first, gone).orWhere(second, gone))
		.delete();
}

/** What somebody decided about a pair, with the trail in their name. */
export async function decide(trx: Knex, actor: Actor, pair: string, change: Values, news: Values): Promise<void> {
	const at = clockNow();
	await trx('duplicate_pairs')
		.where({ id: pair })
		.update({ ...change, ...news, decided_at: at, decided_by: actor.user, date_updated: at, user_updated: actor.user });
	await writeTrail(trx, actor, [{ action: 'update', collection: 'duplicate_pairs', item: pair, data: { ...news, decided_by: actor.user } }]);
}

export async function already(knex: Knex, { id, kind, record, report }: Pair): Promise<Merged | null> {
	if (!record) return null;
	const [kept] = await labelsOf(knex, kind, [record.kept]);
	return { pair: id, kind, kept: record.kept, gone: record.gone, already: true, summary: report ?? `Déjà fusionnées dans « ${kept ?? ''} ».`, moved: [] };
}

/**
 * Makes one record of two, all at once or nothing, in the caller's name: the other one's links move, the kept one gets the chosen
 * values, the other one is archived and says where it went. Fifty calls at once merge once, and all get the same answer.
 */
export async function mergePair(host: Host, accountability: Accountability | null, id: string, { keep, choices = {} }: MergeRequest): Promise<Merged> {
	const asked = await readPair(host.database, id);
	const { kind, a, b } = asked;
	const actor = await refuseUnlessMerger(host, accountability, { pair: id, kind, ids: [a, b] });
	if (keep !== undefined && keep !== a && keep !== b) throw new UserError('La fiche à garder est l’une des deux de la paire.');
	const chosen = keep === undefined ? await readKept(host.database, kind, a, b) : { kept: keep, gone: keep === a ? b : a };
	const writing = new Writing(host, actor);
	const merged = await host.database.transaction(async (trx): Promise<Merged> => {
		await readLocked(trx, kind, [a, b]);
		const pair = await readPair(trx, id);
		const before = pair.state === 'merged' ? await already(trx, pair) : null;
		if (before) return before;
		const work: Work = { trx, schema: await host.getSchema({ database: trx }), writing, actor, kind, ...chosen };
		const labels = await labelsOf(trx, kind, [chosen.kept, chosen.gone]);
		const { record, fields } = await carryOut(host, work, choices);
		const counts = await countsOf(
			trx,
			record.moved.map(({ collection, keys }) => ({ collection, move: keys.length, stay: 0 })),
		);
		const summary = mergedSentence(labels[0] ?? '', labels[1] ?? '', counts, fields);
		await decide(trx, actor, id, { merge: JSON.stringify(record) }, { state: 'merged', report: summary });
		await dropProposals(trx, kind, chosen.gone, id);
		return { pair: id, kind, ...chosen, already: false, summary, moved: counts.map(({ collection, move }) => ({ collection, count: move })) };
	});
	writing.emitAfterwards();
	return merged;
}

/** Says that two records are two: they are not proposed again. */
export async function rejectPair(host: Host, accountability: Accountability | null, id: string): Promise<void> {
	const { kind, a, b } = await readPair(host.database, id);
	const actor = await refuseUnlessMerger(host, accountability, { pair: id, kind, ids: [a, b] });
	await host.database.transaction(async (trx) => {
		await readLocked(trx, 'duplicate_pairs', [id]);
		const { state } = await readPair(trx, id);
		if (state === 'merged') throw conflict('Ces fiches sont fusionnées : annulez d’abord la fusion.');
		if (state !== 'not_duplicates') await decide(trx, actor, id, {}, { state: 'not_duplicates' });
	});
}
