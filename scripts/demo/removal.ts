import type { Knex } from 'knex';
import { isPostgres, orchestreUserId } from '../../extensions/orchestre/src/platform/directus.ts';
import { recountWorkloads } from '../../extensions/orchestre/src/leads/people.ts';
import { readForeignKeys, readTables } from './foreign-keys.ts';
import type { ForeignKey } from './foreign-keys.ts';
import { demoIdRange } from './ids.ts';
import { keepOwnProfile } from './profile.ts';
import { makeRoom } from './room.ts';

export type Removal = {
	/** Rows removed by collection; empty when there was no demo. */
	removed: Record<string, number>;
	/** Rows of the demo that stay because a row of the staff cannot exist without them, by collection. */
	kept: Record<string, number>;
};

type Kept = Map<string, Set<string>>;
type Tables = Awaited<ReturnType<typeof readTables>>;
type Scene = { trx: Knex; keys: ForeignKey[]; tables: Tables; kept: Kept };

const range = (): [string, string] => [demoIdRange[0], demoIdRange[1]];

/** Rows of a table that are not to be removed: the staff's own, and what is kept for them. */
function surviving({ trx, tables, kept }: Scene, table: string): Knex.QueryBuilder {
	const query = trx(table);
	if (!tables.get(table)?.hasUuid) return query;
	const saved = [...(kept.get(table) ?? [])];
	return query.where((either) => {
		void either.whereNotBetween('id', range());
		if (saved.length > 0) void either.orWhereIn('id', saved);
	});
}

/**
 * Rows that no person made: history, junctions, what automations wrote. They are a part of the row that they belong to.
 */
function madeByNobody({ trx, tables }: Scene, query: Knex.QueryBuilder, table: string): Knex.QueryBuilder {
	return tables.get(table)?.hasAuthor ? query.where(trx.raw('(user_created is null or user_created = ?)', [orchestreUserId])) : query;
}

/** What the product made by itself and nobody has worked on since (the deal of a renewal): it goes with what it is about. */
function ownRows({ tables }: Scene, query: Knex.QueryBuilder, table: string): Knex.QueryBuilder {
	void query.whereNotNull('user_created').where('user_created', orchestreUserId);
	if (tables.get(table)?.hasEditor) void query.where((either) => void either.whereNull('user_updated').orWhere('user_updated', orchestreUserId));
	return query;
}

/**
 * A row that people made and that must point at something (an invoice at its company) keeps that row of the demo alive, and
 * what this one cannot do without in its turn.
 */
async function keepWhatIsNeeded(scene: Scene): Promise<void> {
	// Never a user: nobody is to sign in with a login of the demo afterwards. What hangs on a person goes.
	const needed = scene.keys.filter(
		({ table, target, nullable, action }) => !nullable && target !== 'directus_users' && (action !== 'cascade' || scene.tables.get(table)?.hasAuthor),
	);
	for (let grew = true; grew;) {
		grew = false;
		for (const { table, column, target, action } of needed) {
			const query = surviving(scene, table).whereBetween(column, range());
			if (action === 'cascade') void query.whereNotNull('user_created').whereNot('user_created', orchestreUserId);
			else if (scene.tables.get(table)?.hasAuthor) void query.whereNot((ours) => void ownRows(scene, ours, table));
			const saved = scene.kept.get(target) ?? new Set<string>();
			scene.kept.set(target, saved);
			for (const id of (await query.distinct(column).pluck(column)) as string[]) {
				if (saved.has(id)) continue;
				saved.add(id);
				grew = true;
			}
		}
	}
}

/** Frees the rows that stay from those that go: what hung on them by nature goes too, the rest points at nothing. */
async function letGo(scene: Scene): Promise<void> {
	for (const { table, column, target, nullable, action } of scene.keys) {
		const staying = [...(scene.kept.get(target) ?? [])];
		const pointing = (): Knex.QueryBuilder => surviving(scene, table).whereBetween(column, range()).whereNotIn(column, staying);
		if (!nullable && target === 'directus_users') await pointing().delete();
		else if (action === 'cascade') await madeByNobody(scene, pointing(), table).delete();
		else if (!nullable && scene.tables.get(table)?.hasAuthor) await ownRows(scene, pointing(), table).delete();
		if (nullable) await pointing().update({ [column]: null });
	}
}

/** Within one table a row may forbid that another goes (a credit note its invoice): they let go of each other first. */
async function loosen({ trx, keys }: Scene): Promise<void> {
	for (const { table, column, target, nullable, action } of keys)
		if (table === target && nullable && action === 'hold')
			await trx(table)
				.whereBetween('id', range())
				.whereNotNull(column)
				.update({ [column]: null });
}

/** Tables with rows of the demo, those that forbid before those that they point at. */
function childrenFirst(keys: readonly ForeignKey[], tables: readonly string[]): string[] {
	const left = new Set(tables);
	const order: string[] = [];
	while (left.size > 0) {
		const free = [...left].filter(
			(table) => !keys.some((key) => key.target === table && key.table !== table && left.has(key.table) && (key.action === 'hold' || !key.nullable)),
		);
		const next = free.length > 0 ? free : [...left].slice(0, 1);
		for (const table of next) {
			left.delete(table);
			order.push(table);
		}
	}
	return order;
}

/**
 * Removes the demo company and nothing else, in one transaction. Rows of the staff that point at it stay and point at nothing;
 * where they must point at something, that something stays (and is reported). Leads left without owner are counted anew.
 */
export async function removeDemo({ database }: { database: Knex }): Promise<Removal> {
	if (!isPostgres(database)) await makeRoom(database);
	return database.transaction(async (trx) => {
		const scene: Scene = { trx, keys: await readForeignKeys(trx), tables: await readTables(trx), kept: new Map() };
		await keepOwnProfile(trx);
		const demoTables: string[] = [];
		for (const [table, { hasUuid }] of scene.tables) if (hasUuid && (await trx(table).whereBetween('id', range()).first('id'))) demoTables.push(table);
		scene.keys = scene.keys.filter(({ target }) => demoTables.includes(target));
		await keepWhatIsNeeded(scene);
		await letGo(scene);
		await loosen(scene);
		const removed: Record<string, number> = {};
		for (const table of childrenFirst(scene.keys, demoTables)) {
			const saved = [...(scene.kept.get(table) ?? [])];
			const count = await trx(table).whereBetween('id', range()).whereNotIn('id', saved).delete();
			if (count > 0) removed[table] = count;
		}
		if (demoTables.length > 0) {
			// Figures were made of the demo's rows as well as of one's own: the next hour makes them anew.
			await trx('performance').delete();
			// No foreign key: the counter in which a lead stands.
			await trx('leads').whereBetween('counted_for', range()).update({ counted_as: null, counted_for: null });
			await recountWorkloads(trx);
			await trx('settings').increment('people_version', 1);
		}
		return { removed, kept: Object.fromEntries([...scene.kept].filter(([, ids]) => ids.size > 0).map(([table, ids]) => [table, ids.size])) };
	});
}
