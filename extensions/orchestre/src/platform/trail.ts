import { now } from './clock.ts';
import { chunks, isPostgres, orchestreUserId, type Accountability, type Json, type Knex } from './directus.ts';
import { UnexpectedError } from './errors.ts';
import { sharedState } from './shared-state.ts';
import { writeTogether, type Statement } from './together.ts';

/** Who did it, as Directus notes it. An accountability fits. */
export type Actor = Partial<Pick<Accountability, 'user' | 'ip' | 'userAgent' | 'origin'>>;

/**
 * One written row. `data`: the row's own columns after the write; `delta`: what the write set (on create both are the same,
 * so leave it out). Dates as Date or ISO text.
 */
export type TrailEntry = { action: 'create' | 'update'; collection: string; item: string; data: Record<string, unknown>; delta?: Record<string, unknown> };

type ActivityRow = { id: number; action: string; collection: string; item: string };

const sameRow = ({ action, collection, item }: { action: string; collection: string; item: string }): string => `${action} ${collection} ${item}`;

/** As Directus stores it: dates as ISO text inside JSON. */
const revisionJson = (values: Record<string, unknown>): string => JSON.stringify(values as Json);

function revisionsOf(entries: readonly TrailEntry[], activity: readonly ActivityRow[]): Record<string, unknown>[] {
	// SQLite does not promise the order of RETURNING: match by what the rows say. Equal rows are interchangeable.
	const ids = new Map<string, number[]>();
	for (const row of activity)
		ids.set(
			sameRow(row),
			[...(ids.get(sameRow(row)) ?? []), row.id].toSorted((a, b) => b - a),
		);
	return entries.map((entry) => {
		const id = ids.get(sameRow(entry))?.pop();
		if (id === undefined) throw new UnexpectedError(`trail: no activity came back for ${entry.collection}`);
		return {
			activity: id,
			collection: entry.collection,
			item: entry.item,
			data: revisionJson(entry.data),
			delta: revisionJson(entry.delta ?? entry.data),
			parent: null,
			version: null,
		};
	});
}

/** On PostgreSQL the revisions find their activity in the same statement. */
const revisionsAfter = (trx: Knex, activity: Statement, entries: readonly TrailEntry[]): Statement => {
	const wanted = entries.map(({ action, collection, item, data, delta = data }) => ({ action, collection, item, data, delta }));
	const found = trx('activity as a')
		.joinRaw(`join json_array_elements(?::json) as e on e->>'item' = a.item and e->>'collection' = a.collection and e->>'action' = a.action`, [
			JSON.stringify(wanted),
		])
		.select('a.id', 'a.collection', 'a.item', trx.raw(`e->'data'`), trx.raw(`e->'delta'`));
	return trx(trx.raw('?? (??, ??, ??, ??, ??)', ['directus_revisions', 'activity', 'collection', 'item', 'data', 'delta']))
		.with('activity', activity)
		.insert(found);
};

async function writePart(trx: Knex, actor: Actor, entries: readonly TrailEntry[], others: readonly Statement[]): Promise<void> {
	const timestamp = now();
	const insert = trx('directus_activity')
		.insert(
			entries.map(({ action, collection, item }) => ({
				action,
				collection,
				item,
				timestamp,
				user: actor.user === undefined ? orchestreUserId : actor.user,
				ip: actor.ip ?? null,
				user_agent: actor.userAgent ?? null,
				origin: actor.origin ?? null,
			})),
		)
		.returning(['id', 'action', 'collection', 'item']);
	if (isPostgres(trx) && new Set(entries.map(sameRow)).size === entries.length) return writeTogether(trx, revisionsAfter(trx, insert, entries), others);
	await writeTogether<ActivityRow[]>(trx, insert, others, async (activity) => {
		await trx('directus_revisions').insert(revisionsOf(entries, activity));
	});
}

type Hear = (collections: ReadonlySet<string>) => void;
const shared = sharedState('platform.trail', () => ({ hear: null as Hear | null }));

/** Calls `hear` with the collections of every trail once it is committed: what is written with knex tells no listener of Directus. */
export function hearTrails(hear: Hear): void {
	shared.hear = hear;
}

function tellOnceCommitted(trx: Knex, entries: readonly TrailEntry[]): void {
	const { hear } = shared;
	if (!hear || !trx.isTransaction) return;
	(trx as Knex.Transaction).executionPromise.then(
		() => hear(new Set(entries.map(({ collection }) => collection))),
		() => undefined,
	);
}

/**
 * Activity and revisions for rows that were written with knex, in the shape that Directus gives its own, so that the
 * history in the side bar is whole. Two statements for every hundred rows, on PostgreSQL one. Without `user` the actor is “Orchestre”. `others`:
 * statements that go along with the first.
 */
export async function writeTrail(trx: Knex, actor: Actor, entries: readonly TrailEntry[], others: readonly Statement[] = []): Promise<void> {
	const [first, ...rest] = chunks(entries);
	if (first) tellOnceCommitted(trx, entries);
	if (first) await writePart(trx, actor, first, others);
	else if (others[0]) await writeTogether(trx, others[0], others.slice(1));
	for (const part of rest) await writePart(trx, actor, part, []);
}
