import { chunks, type Knex, type SchemaOverview } from '../../platform/directus.ts';
import type { Kind } from '../rules/kinds.ts';

/**
 * One way in which rows of `collection` name a record: by a relation's `field`, or by `field` (the id) with `named` (a column that
 * says of which collection). `besides`: of a junction, the field of its other side, which may name the kept record already.
 */
export type Link = { collection: string; field: string; primary: string; named: string | null; besides: string | null };

/** What tells how one record came to be stays with that record: its own scores and changes, the trail, work that was done for it. */
const history: Readonly<Record<string, readonly string[]>> = {
	leads: ['lead_scores', 'lead_status_changes'],
	companies: ['health_history'],
	people: [],
};
const logs = new Set(['duplicate_pairs', 'directus_activity', 'directus_revisions', 'directus_versions', 'jobs', 'chain']);

/** Nobody gets the same series of messages twice because two records of them became one. */
const once: Readonly<Record<string, string>> = { sequence_runs: 'sequence' };

function polymorphic(schema: SchemaOverview): Link[] {
	return Object.values(schema.collections).flatMap(({ collection, primary, fields }) => {
		const named = Object.keys(fields).filter((field) => /^(?:.+_)?collection$/.test(field) && fields[field.replace(/collection$/, 'item')]);
		return named.map((field) => ({ collection, field: field.replace(/collection$/, 'item'), primary, named: field, besides: null }));
	});
}

function anyRelations(schema: SchemaOverview, kind: Kind): Link[] {
	return schema.relations.flatMap(({ collection, field, meta }) => {
		const primary = schema.collections[collection]?.primary;
		if (!primary || !meta?.one_collection_field || !meta.one_allowed_collections?.includes(kind)) return [];
		return [{ collection, field, primary, named: meta.one_collection_field, besides: meta.junction_field ?? null }];
	});
}

/** Every way in which rows name a record of this kind, read from the schema, so that a new relation is covered as soon as it is there. */
export function linksTo(schema: SchemaOverview, kind: Kind): Link[] {
	const relations = schema.relations.flatMap(({ collection, field, related_collection, meta }): Link[] => {
		const primary = schema.collections[collection]?.primary;
		if (related_collection !== kind || !primary) return [];
		return [{ collection, field, primary, named: null, besides: meta?.junction_field ?? once[collection] ?? null }];
	});
	return [...relations, ...anyRelations(schema, kind), ...polymorphic(schema)].filter(
		({ collection }) => !logs.has(collection) && !history[kind]?.includes(collection),
	);
}

const rowsOf = (knex: Knex, kind: Kind, { collection, field, named }: Link, id: string): Knex.QueryBuilder =>
	knex(collection).where({ [field]: id, ...(named && { [named]: kind }) });

type Keys = (string | number)[];
/** Rows to move by key, and those that stay because the kept record has their other side already. */
export type Rows = { move: Keys; stay: Keys };

/** What one link holds of `gone`, given that it will belong to `kept`. */
export async function rowsOfLink(knex: Knex, kind: Kind, link: Link, gone: string, kept: string): Promise<Rows> {
	const { collection, primary, besides } = link;
	const keys = (await rowsOf(knex, kind, link, gone).orderBy(primary).pluck(primary)) as Keys;
	// Its own parent: the kept record lets go of it instead.
	const others = collection === kind ? keys.filter((key) => key !== kept) : keys;
	if (!besides || others.length === 0) return { move: others, stay: [] };
	const stay = new Set(
		(await rowsOf(knex, kind, link, gone)
			.whereIn(besides, rowsOf(knex, kind, link, kept).whereNotNull(besides).select(besides))
			.pluck(primary)) as Keys,
	);
	return { move: others.filter((key) => !stay.has(key)), stay: [...stay] };
}

/** Points these rows from one record to the other, where they still point there; returns the keys of those that did. */
export async function pointTo(
	trx: Knex,
	{ collection, field, primary }: Pick<Link, 'collection' | 'field' | 'primary'>,
	keys: Keys,
	from: string | null,
	to: string | null,
): Promise<Keys> {
	const done: Keys = [];
	for (const part of chunks(keys, 500)) {
		const still = (await trx(collection)
			.whereIn(primary, part)
			.where({ [field]: from })
			.pluck(primary)) as Keys;
		if (still.length > 0)
			await trx(collection)
				.whereIn(primary, still)
				.update({ [field]: to });
		done.push(...still);
	}
	return done;
}
