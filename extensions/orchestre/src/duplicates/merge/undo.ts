import { isDeepStrictEqual } from 'node:util';
import { now as clockNow } from '../../platform/clock.ts';
import { readLocked } from '../../platform/columns.ts';
import type { Accountability, Host, Knex, SchemaOverview } from '../../platform/directus.ts';
import { conflict } from '../../platform/errors.ts';
import { collectionWords, fieldLabels } from '../../platform/schema-words.ts';
import { writeTrail, type TrailEntry } from '../../platform/trail.ts';
import { Writing } from '../../operations/handover/writing.ts';
import type { Values } from '../rules/choose.ts';
import { refuseUnlessMerger, type Actor } from './actor.ts';
import { readBoth } from './fields.ts';
import { pointTo } from './links.ts';
import { decide, stamp } from './merge.ts';
import { readPair, type Pair } from './pair.ts';
import { isTooLate, undoDays, type MergeRecord } from './record.ts';
import { countWords, undoneSentence } from './words.ts';

/** `left`: what somebody has changed since, in French; it stays as it is. */
export type Undone = { pair: string; left: string[]; report: string };

type Undo = { trx: Knex; schema: SchemaOverview; writing: Writing; actor: Actor; kind: Pair['kind']; record: MergeRecord };

function undoable(pair: Pair, kept: Values, gone: Values): MergeRecord {
	const { state, record, decidedAt } = pair;
	if (state !== 'merged' || !record || !decidedAt) throw conflict('Ces fiches ne sont pas fusionnées.');
	if (isTooLate(decidedAt, clockNow())) throw conflict(`Une fusion s’annule pendant ${undoDays} jours : celle-ci est plus ancienne.`);
	if (kept['merged_into']) throw conflict('La fiche gardée a depuis été fusionnée dans une autre : annulez d’abord cette fusion-là.');
	if (gone['merged_into'] !== record.kept) throw conflict('Cette fiche a été fusionnée ailleurs depuis : rien ne peut être rétabli.');
	return record;
}

async function moveBack({ trx, schema, actor, record }: Undo): Promise<{ collection: string; count: number }[]> {
	const left: { collection: string; count: number }[] = [];
	const trail: TrailEntry[] = [];
	for (const { collection, field, primary, keys } of record.moved) {
		const back = await pointTo(trx, { collection, field, primary }, keys, record.kept, record.gone);
		if (back.length < keys.length) left.push({ collection, count: keys.length - back.length });
		if (schema.collections[collection]?.accountability)
			trail.push(...back.map((key): TrailEntry => ({ action: 'update', collection, item: String(key), data: { [field]: record.gone } })));
	}
	await writeTrail(trx, actor, trail);
	return left;
}

/** What still says what the merge wrote goes back to what it was; the rest is somebody's work. */
function setBack(now: Values, after: Values, before: Values): { set: Values; left: string[] } {
	const fields = Object.keys(after);
	const still = fields.filter((field) => isDeepStrictEqual(now[field] ?? null, after[field] ?? null));
	return { set: Object.fromEntries(still.map((field) => [field, before[field] ?? null])), left: fields.filter((field) => !still.includes(field)) };
}

async function restoreTasks({ trx, writing, record }: Undo): Promise<void> {
	for (const { id, status } of record.cancelled)
		if (await trx('tasks').where({ id, lead: record.gone, status: 'cancelled' }).first('id'))
			await writing.apply(trx, [{ collection: 'tasks', ids: [id], set: { status, outcome: null } }]);
}

async function takeBack(host: Host, undo: Undo, kept: Values, gone: Values): Promise<string[]> {
	const { trx, writing, kind, record } = undo;
	const values = setBack(kept, record.keptAfter, record.keptBefore);
	const carried = setBack(kept, record.carriedAfter, record.carriedBefore);
	const states = setBack(gone, record.goneAfter, record.goneBefore);
	const carriedUnique = Object.fromEntries(Object.entries(states.set).filter(([field]) => field in record.carriedAfter));
	const lost = await moveBack(undo);
	if (Object.keys(values.set).length > 0) await writing.apply(trx, [{ collection: kind, ids: [record.kept], set: values.set }]);
	const stillClear = record.cleared.filter((field) => kept[field] === null);
	await stamp(undo, record.kept, { ...carried.set, ...Object.fromEntries(stillClear.map((field) => [field, record.gone])) });
	await stamp(undo, record.gone, { ...carriedUnique, merged_into: null });
	const ownStates = Object.fromEntries(Object.entries(states.set).filter(([field]) => !(field in carriedUnique)));
	await writing.apply(trx, [{ collection: kind, ids: [record.gone], set: ownStates }]);
	await restoreTasks(undo);
	const labels = await fieldLabels(trx, kind, [...values.left, ...carried.left]);
	const words = await collectionWords(
		trx,
		lost.map(({ collection }) => collection),
	);
	return [...[...labels.values()].map((label) => `« ${label} »`), ...lost.map(({ collection, count }) => countWords({ collection, move: count }, words))];
}

/**
 * Takes a merge back within 30 days: links, values, tasks and the archived record are as before, all at once or nothing, in the
 * caller's name. What somebody has changed since stays as it is, and the report says so; what came since stays with the kept record.
 */
export async function undoMerge(host: Host, accountability: Accountability | null, id: string): Promise<Undone> {
	const { kind, a, b } = await readPair(host.database, id);
	const actor = await refuseUnlessMerger(host, accountability, { pair: id, kind, ids: [a, b] });
	const writing = new Writing(host, actor);
	const undone = await host.database.transaction(async (trx): Promise<Undone> => {
		await readLocked(trx, kind, [a, b]);
		const pair = await readPair(trx, id);
		const schema = await host.getSchema({ database: trx });
		const [kept, gone] = await readBoth(host, trx, schema, kind, pair.record ? [pair.record.kept, pair.record.gone] : [a, b]);
		const record = undoable(pair, kept, gone);
		const left = await takeBack(host, { trx, schema, writing, actor, kind, record }, kept, gone);
		const report = undoneSentence(left);
		await decide(trx, actor, id, { merge: null }, { state: 'undone', report });
		return { pair: id, left, report };
	});
	writing.emitAfterwards();
	return undone;
}
