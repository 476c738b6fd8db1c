import { now } from './clock.ts';
import { chunks, isPostgres, orchestreUserId, type Accountability, type Knex } from './directus.ts';
import { jsonRows } from './json-rows.ts';
import { passed, scriptOf, writeAtOnce, type Gate, type RowWrite } from './row-writes.ts';
import { sharedState } from './shared-state.ts';
import { runScript, type Step } from './sqlite-script.ts';

/** Who did it, as Directus notes it. An accountability fits. */
export type Actor = Partial<Pick<Accountability, 'user' | 'ip' | 'userAgent' | 'origin'>>;

/**
 * One written row. `data`: the row's own columns after the write; `delta`: what the write set (on create both are the same,
 * so leave it out). Dates as Date or ISO text.
 */
export type TrailEntry = { action: 'create' | 'update'; collection: string; item: string; data: Record<string, unknown>; delta?: Record<string, unknown> };

const entryTypes = { action: 'text', collection: 'text', item: 'text', data: 'json', delta: 'json' } as const;
const revisionColumns = '"activity", "collection", "item", "data", "delta"';
const activityColumns = '"action", "collection", "item", "timestamp", "user", "ip", "user_agent", "origin"';

/** As Directus stores it: dates as ISO text inside JSON. Where both are the same they go once. */
const toJson = (entries: readonly TrailEntry[]): string =>
	JSON.stringify(entries.map(({ action, collection, item, data, delta }) => ({ action, collection, item, data, ...(delta !== data && { delta }) })));

const signature = (actor: Actor, at: Date | string): unknown[] => [
	at,
	actor.user === undefined ? orchestreUserId : actor.user,
	actor.ip ?? null,
	actor.userAgent ?? null,
	actor.origin ?? null,
];

/** On PostgreSQL activity and revisions are parts of one statement: ids are drawn first, so that each revision knows its activity. */
function postgresTrail(trx: Knex, actor: Actor, entries: readonly TrailEntry[], isGated: boolean): [string, Gate][] {
	const only = isGated ? ` where ${passed}` : '';
	const { source } = jsonRows(trx, entryTypes);
	return [
		['entries', { sql: `select nextval(pg_get_serial_sequence('directus_activity', 'id')) as id, v.* from ${source}`, bindings: [toJson(entries)] }],
		[
			'activity',
			{
				sql:
					`insert into directus_activity ("id", ${activityColumns}) ` +
					`select id, action, collection, item, ?::timestamptz, ?::uuid, ?::text, ?::text, ?::text from "entries"${only}`,
				bindings: signature(actor, now().toISOString()),
			},
		],
		[
			'revisions',
			{
				sql: `insert into directus_revisions (${revisionColumns}) select id, collection, item, data, coalesce(delta, data) from "entries"${only}`,
				bindings: [],
			},
		],
	];
}

/**
 * SQLite gives the rows of one insert ids one after the other, in the order of the select, and each id above all before: nobody else writes
 * meanwhile.
 */
function sqliteTrail(trx: Knex, actor: Actor, entries: readonly TrailEntry[]): Step[] {
	const { source, column } = jsonRows(trx, entryTypes);
	const json = toJson(entries);
	const columns = (...names: readonly string[]): string => names.map(column).join(', ');
	const first = `(select max(id) from directus_activity) - ${entries.length - 1}`;
	return [
		{
			sql: `insert into directus_activity (${activityColumns}) select ${columns('action', 'collection', 'item')}, ?, ?, ?, ?, ? from ${source} order by v.key`,
			bindings: [...signature(actor, now()), json],
		},
		{
			sql:
				`insert into directus_revisions (${revisionColumns}) select ${first} + v.key, ${columns('collection', 'item', 'data')}, ` +
				`coalesce(${columns('delta', 'data')}) from ${source}`,
			bindings: [json],
		},
	];
}

/** All of it in one script, within a transaction. */
async function writeOnSqlite(trx: Knex, actor: Actor, entries: readonly TrailEntry[], writes: readonly RowWrite[]): Promise<void> {
	tellOnceCommitted(trx, entries);
	await runScript(trx, [...scriptOf(trx, writes), ...chunks(entries, 500).flatMap((part) => sqliteTrail(trx, actor, part))]);
}

type Hear = (collections: ReadonlySet<string>) => void;
const shared = sharedState('platform.trail', () => ({ hear: null as Hear | null }));

/** Calls `hear` with the collections of every trail once it is committed: what is written with knex tells no listener of Directus. */
export function hearTrails(hear: Hear): void {
	shared.hear = hear;
}

function tellOnceCommitted(trx: Knex, entries: readonly TrailEntry[]): void {
	const { hear } = shared;
	if (!hear || !trx.isTransaction || entries.length === 0) return;
	(trx as Knex.Transaction).executionPromise.then(
		() => hear(new Set(entries.map(({ collection }) => collection))),
		() => undefined,
	);
}

/**
 * Activity and revisions for rows that were written with knex, in the shape that Directus gives its own, so that the
 * history in the side bar is whole. One statement for every five hundred rows, on SQLite one script for all. Without `user` the actor is “Orchestre”.
 * `writes`: rows that go along with it, and on PostgreSQL the `gate` that lets all of it through or nothing. Answers whether it did.
 */
export async function writeTrail(
	trx: Knex,
	actor: Actor,
	entries: readonly TrailEntry[],
	writes: readonly RowWrite[] = [],
	gate: Gate | null = null,
): Promise<boolean> {
	if (!isPostgres(trx)) {
		if (trx.isTransaction) await writeOnSqlite(trx, actor, entries, writes);
		else await trx.transaction((own) => writeOnSqlite(own, actor, entries, writes));
		return true;
	}
	const [first = [], ...rest] = chunks(entries, 500);
	const hasPassed = await writeAtOnce(trx, writes, first.length > 0 ? postgresTrail(trx, actor, first, gate !== null) : [], gate);
	if (!hasPassed) return false;
	tellOnceCommitted(trx, entries);
	for (const part of rest) await writeAtOnce(trx, [], postgresTrail(trx, actor, part, false), null);
	return true;
}
