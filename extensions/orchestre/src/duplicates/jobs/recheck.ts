import { z } from 'zod';
import { now } from '../../platform/clock.ts';
import { chunks, parseJson, type Host, type JsonObject, type Knex } from '../../platform/directus.ts';
import { enqueue } from '../../platform/jobs/enqueue.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import { candidatesFor } from '../candidates.ts';
import { flows } from '../flows.ts';
import { proposalsFor } from '../merge/proposal.ts';
import { dropStale, keepPairs, rowOf, sidesOf } from '../pairs.ts';
import { compareRows, readSome } from '../read.ts';
import type { Found } from '../rules/blocks.ts';
import { type Row } from '../rules/facts.ts';
import { kinds, type Kind } from '../rules/kinds.ts';

/** More changes at once (an import) are left to a search through everything, which is then quicker. */
const most = 1000;
/** Rows of a transaction that was still open at the last look are seen at the next. */
const overlap = 5 * 60_000;
/** Without an earlier look: what changed within a day; the search at night has seen the rest. */
const firstLook = 24 * 60 * 60_000;

async function lookedUntil(database: Knex): Promise<Date> {
	const row = (await database('jobs').where({ kind: 'duplicates.recheck', state: 'done' }).orderBy('ended_at', 'desc').first('result')) as
		{ result: unknown } | undefined;
	const until = parseJson<{ until?: string } | null>(row?.result ?? null)?.until;
	return until ? new Date(Date.parse(until) - overlap) : new Date(now().getTime() - firstLook);
}

const changedSince = (database: Knex, kind: Kind, since: Date): Promise<string[]> =>
	database(kind)
		.where((either) => void either.where('date_created', '>=', since).orWhere('date_updated', '>=', since))
		.orderBy('id')
		.limit(most + 1)
		.pluck('id') as Promise<string[]>;

/** Pairs that wait already, compared anew: a search by columns finds less than the search at night did. */
async function waitingPairs(database: Knex, kind: Kind, ids: readonly string[]): Promise<Found[]> {
	const [first, second] = sidesOf[kind];
	const pairs = (await database('duplicate_pairs')
		.where({ kind, state: 'proposed' })
		.where((either) => void either.whereIn(first, [...ids]).orWhereIn(second, [...ids]))
		.select({ a: first, b: second })) as { a: string; b: string }[];
	const rows = new Map((await readSome(database, kind, [...new Set(pairs.flatMap(({ a, b }) => [a, b]))])).map((row) => [row['id'] ?? '', row]));
	return pairs.flatMap(({ a, b }) => {
		const [one, other] = [rows.get(a), rows.get(b)];
		return one && other ? compareRows(kind, one, other) : [];
	});
}

async function pairsAbout(database: Knex, kind: Kind, rows: readonly Row[], signal?: AbortSignal): Promise<Found[]> {
	const waiting = await waitingPairs(
		database,
		kind,
		rows.map(({ id }) => id ?? ''),
	);
	const found = new Map(waiting.map((pair) => [`${pair.a.id} ${pair.b.id}`, pair]));
	for (const row of rows) {
		signal?.throwIfAborted();
		const me = { id: row['id'] ?? '', label: row['display_name'] ?? row['name'] ?? [row['first_name'], row['last_name']].filter(Boolean).join(' ') };
		for (const { verdict, ...other } of await candidatesFor(database, kind, row)) {
			const [a, b] = me.id < other.id ? [me, other] : [other, me];
			found.set(`${a.id} ${b.id}`, { a, b, verdict });
		}
	}
	return [...found.values()];
}

/** Compares these records with all others, and takes away proposals about them that no longer hold. */
export async function recheck(database: Knex, kind: Kind, ids: readonly string[], signal?: AbortSignal): Promise<number> {
	const start = now();
	let pairs = 0;
	for (const part of chunks(ids, 200)) {
		const found = await pairsAbout(database, kind, await readSome(database, kind, part), signal);
		const proposals = await proposalsFor(database, kind, found);
		await keepPairs(
			database,
			found.map((pair, index) => rowOf(kind, pair, proposals[index] ?? null)),
		);
		pairs += found.length;
	}
	await dropStale(database, kind, start, ids);
	return pairs;
}

async function recheckChanges({ database }: Pick<Host, 'database'>, key: string, signal: AbortSignal): Promise<JsonObject> {
	const until = now();
	const since = await lookedUntil(database);
	const figures: JsonObject = { until: until.toISOString() };
	for (const kind of kinds) {
		const ids = await changedSince(database, kind, since);
		if (ids.length > most) {
			await enqueue(database, [{ kind: 'duplicates.check', key: `duplicates.check:${key}` }]);
			return { ...figures, everything: true };
		}
		figures[kind] = { records: ids.length, pairs: await recheck(database, kind, ids, signal) };
	}
	return figures;
}

/** After changes: never in their own transaction, so that nobody's saving waits for a search. */
defineJob({
	kind: 'duplicates.recheck',
	flow: flows.recheck,
	mode: 'external',
	payload: z.object({}).loose(),
	maxAttempts: 3,
	timeoutMs: 5 * 60_000,
	run: ({ host, job, signal }) => recheckChanges(host, job.key, signal),
});
