import { call, pathOf, readAll } from '../support/client.ts';
import type { Client, Row } from '../support/client.ts';
import { changesOf, keyOf } from './compare.ts';
import { readFlows, targetsFirst, unlinked } from './flows.ts';
import { findDuplicates } from './lint.ts';
import type { Seed } from './format.ts';

/** Rows per request: large enough to be quick, small enough for the default limit on a request's size. */
const chunkSize = 200;

export type SeedResult = { name: string; collection: string; created: number; updated: number; unchanged: number; deleted: number };

/** Fields that a seed sets on creation and then leaves to the administrator. */
const initialOnly: Record<string, string[]> = { directus_flows: ['status'] };

/**
 * Brings the rows of the seeds into an instance, in their order: reads what is there, writes what differs in the owned
 * fields and nothing else. Run again it writes nothing. It deletes only permissions of policies that the seeds declare.
 */
export async function seed(client: Client, seeds: Seed[]): Promise<SeedResult[]> {
	const faults = findDuplicates(seeds);
	if (faults.length > 0) throw new Error(faults.join('\n'));
	const instance = await readInstance(client);
	const results: SeedResult[] = [];
	for (const entry of seeds) results.push(await seedOne(client, entry, seeds, instance));
	return results;
}

type InstanceFacts = { singletons: Set<string>; primaryKeys: Map<string, string> };

async function readInstance(client: Client): Promise<InstanceFacts> {
	const [collections, fields] = await Promise.all([
		call<{ collection: string; meta: { singleton: boolean } | null }[]>(client, 'GET', '/collections'),
		call<{ collection: string; field: string; schema: { is_primary_key: boolean } | null }[]>(client, 'GET', '/fields'),
	]);
	return {
		singletons: new Set(collections.filter(({ meta }) => meta?.singleton).map(({ collection }) => collection)),
		primaryKeys: new Map(fields.filter(({ schema }) => schema?.is_primary_key).map(({ collection, field }) => [collection, field])),
	};
}

async function seedOne(client: Client, entry: Seed, all: Seed[], instance: InstanceFacts): Promise<SeedResult> {
	const result = { name: entry.name, collection: entry.collection, created: 0, updated: 0, unchanged: 0, deleted: 0 };
	if (instance.singletons.has(entry.collection)) return seedSingleton(client, entry, result);
	// Written with the flows that they belong to.
	if (entry.collection === 'directus_operations') return result;
	if (entry.collection === 'directus_flows') return seedFlows(client, entry, all, instance, result);
	const { current, created, updated } = await upsert(client, entry, instance, result);
	if (entry.collection === 'directus_permissions') result.deleted = await deleteForgotten(client, entry, all, current);
	return { ...result, created, updated, unchanged: entry.rows.length - created - updated };
}

async function upsert(
	client: Client,
	entry: Seed,
	instance: InstanceFacts,
	{ name }: { name: string },
): Promise<{ current: Row[]; created: number; updated: number }> {
	const { collection } = entry;
	const key = [entry.key].flat();
	const primary = instance.primaryKeys.get(collection);
	if (!primary) throw new Error(`seeds/${name}: there is no collection "${collection}"`);
	const owned = ownedFields(entry, key);
	const stated = new Set(entry.rows.flatMap((row) => Object.keys(row)));
	const current = await readCurrent(client, entry, key, [...new Set([primary, ...key, ...[...stated].filter(owned)])]);
	const byKey = new Map(current.map((row) => [keyOf(row, key), row]));

	const creates: Row[] = [];
	const updates: Row[] = [];
	for (const row of entry.rows) {
		const existing = byKey.get(keyOf(row, key));
		const changes = existing && !entry.keep ? changesOf(row, existing, owned) : undefined;
		if (!existing) creates.push(row);
		else if (changes) updates.push({ ...changes, [primary]: existing[primary] ?? null });
	}
	await create(client, collection, creates, primary);
	await update(client, collection, updates, primary);
	return { current, created: creates.length, updated: updates.length };
}

function ownedFields(entry: Seed, key: string[]): (field: string) => boolean {
	const left = new Set([...key, ...(initialOnly[entry.collection] ?? [])]);
	return (field) => (entry.owns ? entry.owns.includes(field) : !left.has(field));
}

/** The stored rows among which the seed's are looked for: those with its values in the first field of the key. */
async function readCurrent(client: Client, entry: Seed, key: string[], fields: string[]): Promise<Row[]> {
	const [first = 'id'] = key;
	const values = [...new Set(entry.rows.map((row) => row[first] ?? null))].filter((value) => value !== null);
	if (entry.collection === 'directus_translations' || values.length > 500) return readAll(client, entry.collection, fields);
	if (values.length === 0) return [];
	return readAll(client, entry.collection, fields, { [first]: { _in: values } });
}

async function seedSingleton(client: Client, entry: Seed, result: SeedResult): Promise<SeedResult> {
	const [row, ...more] = entry.rows;
	if (!row || more.length > 0) throw new Error(`seeds/${entry.name}: ${entry.collection} is a singleton and takes exactly one row`);
	const current = await call<Row | null>(client, 'GET', pathOf(entry.collection), undefined, { fields: Object.keys(row).join(',') });
	// A singleton without a row answers with its defaults: nothing to keep yet.
	const kept = entry.keep && (await isStored(client, entry.collection));
	const changes = kept ? undefined : changesOf(row, current ?? {}, ownedFields(entry, []));
	if (changes) await call(client, 'PATCH', pathOf(entry.collection), changes);
	return { ...result, updated: changes ? 1 : 0, unchanged: changes ? 0 : 1 };
}

async function isStored(client: Client, collection: string): Promise<boolean> {
	const row = await call<Row | null>(client, 'GET', pathOf(collection), undefined, { fields: 'id' });
	return row?.id !== null && row?.id !== undefined;
}

/**
 * Flows and their operations point at each other, and nothing may run half made: new flows come inactive and without
 * an entry, then operations from the last to the first (their targets are there), then the entry and the status.
 */
async function seedFlows(client: Client, entry: Seed, all: Seed[], instance: InstanceFacts, result: SeedResult): Promise<SeedResult> {
	const stored = new Set((await readCurrent(client, entry, ['id'], ['id'])).map(({ id }) => id));
	const own = new Set(entry.rows.map(({ id }) => id));
	const flows = readFlows(all).filter(({ row }) => own.has(row.id) && !(entry.keep && stored.has(row.id)));
	const fresh = flows.filter(({ row }) => !stored.has(row.id)).map(({ row }) => row);
	await create(
		client,
		'directus_flows',
		fresh.map((row) => ({ ...row, operation: null, status: 'inactive' })),
	);

	const operations: Seed = {
		...entry,
		collection: 'directus_operations',
		key: 'id',
		keep: false,
		rows: targetsFirst(flows.flatMap((flow) => flow.operations)),
	};
	await update(client, 'directus_operations', unlinked(operations.rows, await readCurrent(client, operations, ['id'], ['id', 'resolve', 'reject'])));
	const written = await upsert(client, operations, instance, result);

	const existing = flows.map(({ row }) => row).filter(({ id }) => stored.has(id));
	const finished = await upsert(client, { ...entry, rows: existing }, instance, result);
	await update(
		client,
		'directus_flows',
		fresh.map(({ id, operation, status }) => ({ id: id ?? null, operation: operation ?? null, status: status ?? 'active' })),
	);
	const created = fresh.length + written.created;
	const updated = finished.updated + written.updated;
	return { ...result, created, updated, unchanged: entry.rows.length + operations.rows.length - created - updated };
}

/** Permissions of our policies that no seed states any more: a right that stays by accident is a hole. */
async function deleteForgotten(client: Client, entry: Seed, all: Seed[], current: Row[]): Promise<number> {
	const key = ['policy', 'collection', 'action'];
	const seeds = all.filter(({ collection }) => collection === 'directus_permissions');
	if (entry !== seeds.at(-1)) return 0;
	const policies = all.filter(({ collection }) => collection === 'directus_policies').flatMap(({ rows }) => rows.map(({ id }) => id ?? null));
	const stored = policies.length > 0 ? await readAll(client, 'directus_permissions', ['id', ...key], { policy: { _in: policies } }) : current;
	const wanted = new Set(seeds.flatMap(({ rows }) => rows.map((row) => keyOf(row, key))));
	const forgotten = stored.filter((row) => !wanted.has(keyOf(row, key))).map(({ id }) => id ?? null);
	if (forgotten.length > 0) await call(client, 'DELETE', '/permissions', forgotten);
	return forgotten.length;
}

async function create(client: Client, collection: string, rows: Row[], primary = 'id'): Promise<void> {
	for (const some of chunks(rows)) await call(client, 'POST', pathOf(collection), some, { fields: primary });
}

async function update(client: Client, collection: string, rows: Row[], primary = 'id'): Promise<void> {
	for (const some of chunks(rows)) await call(client, 'PATCH', pathOf(collection), some, { fields: primary });
}

function* chunks(rows: Row[]): Generator<Row[]> {
	for (let start = 0; start < rows.length; start += chunkSize) yield rows.slice(start, start + chunkSize);
}
