import type { Accountability, Host, SchemaOverview } from './directus.ts';
import { rightOf, type ReadRight } from './own-rows/rules.ts';
import { heldBy, holdsHere } from './row-rules/rules.ts';

/** Tells whether a caller may read a field, or a path of fields (`owner.first_name`) through links to one row. */
export type Readable = (collection: string, path: string) => boolean;

/** What a caller reads. */
export type ReadRights = {
	readable: Readable;
	/** The rights of a collection, one by one; an administrator needs none. */
	rightsOf: (collection: string) => readonly ReadRight[];
	/** Whether there is any row of the collection that the caller might read. */
	reads: (collection: string) => boolean;
};

const linkedBy = (schema: SchemaOverview, collection: string, field: string): string | null =>
	schema.relations.find((one) => one.collection === collection && one.field === field)?.related_collection ?? null;

type Right = { collection: string; fields: string | null; permissions: unknown; ip_access: string | null };

/**
 * Which fields this caller reads of these collections, by Directus's own permissions, where the caller is. Directus refuses a
 * query as a whole when one of its fields is out of reach: what is asked has to be chosen before.
 */
export async function readRights(host: Host, schema: SchemaOverview, accountability: Accountability, collections: readonly string[]): Promise<ReadRights> {
	const { admin } = accountability;
	const rights = new Map<string, ReadRight[]>();
	if (!admin && collections.length > 0) {
		const rows = (await host
			.database('directus_permissions as r')
			.join('directus_policies as p', 'p.id', 'r.policy')
			.join('directus_access as a', 'a.policy', 'p.id')
			.where(heldBy(accountability))
			.whereIn('r.collection', [...collections])
			.where('r.action', 'read')
			.select('r.collection', 'r.fields', 'r.permissions', 'p.ip_access')) as Right[];
		for (const { collection, fields, permissions, ip_access } of rows) {
			if (!holdsHere(ip_access, accountability)) continue;
			rights.set(collection, [...(rights.get(collection) ?? []), rightOf(fields, permissions)]);
		}
	}
	const rightsOf = (collection: string): readonly ReadRight[] => rights.get(collection) ?? [];
	const has = (collection: string, field: string): boolean => {
		if (!schema.collections[collection]?.fields[field]) return false;
		return admin || rightsOf(collection).some(({ fields }) => fields.has('*') || fields.has(field));
	};
	const readable: Readable = (collection, path) => {
		const [field = '', ...rest] = path.split('.');
		if (!has(collection, field)) return false;
		if (rest.length === 0) return true;
		const next = linkedBy(schema, collection, field);
		return next !== null && readable(next, rest.join('.'));
	};
	return { readable, rightsOf, reads: (collection) => admin || rights.has(collection) };
}
