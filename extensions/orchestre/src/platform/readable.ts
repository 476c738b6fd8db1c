import { parseJson, type Accountability, type Host, type SchemaOverview } from './directus.ts';
import type { Condition } from './row-rules/filter.ts';
import { heldBy, holdsHere, isOpen } from './row-rules/rules.ts';

/** Tells whether a caller may read a field, or a path of fields (`owner.first_name`) through links to one row. */
export type Readable = (collection: string, path: string) => boolean;

/**
 * What a caller reads. `inAnyRow`: these fields (no paths), in whichever row: no rule looks at the row. Then a query of one's own gives exactly
 * what Directus would.
 */
export type ReadRights = {
	readable: Readable;
	inAnyRow: (collection: string, fields: readonly string[]) => boolean;
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
	const allowed = new Map<string, Set<string>>();
	const inAll = new Map<string, Set<string>>();
	const add = (to: Map<string, Set<string>>, collection: string, fields: readonly string[]): void =>
		void to.set(collection, new Set([...(to.get(collection) ?? []), ...fields]));
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
			const names = (fields ?? '').split(',').filter(Boolean);
			add(allowed, collection, names);
			if (isOpen(parseJson<Condition | null>(permissions ?? null))) add(inAll, collection, names);
		}
	}
	const has = (rights: Map<string, Set<string>>, collection: string, field: string): boolean => {
		if (!schema.collections[collection]?.fields[field]) return false;
		const fields = rights.get(collection);
		return admin || (fields !== undefined && (fields.has('*') || fields.has(field)));
	};
	const readable: Readable = (collection, path) => {
		const [field = '', ...rest] = path.split('.');
		if (!has(allowed, collection, field)) return false;
		if (rest.length === 0) return true;
		const next = linkedBy(schema, collection, field);
		return next !== null && readable(next, rest.join('.'));
	};
	return {
		readable,
		inAnyRow: (collection, fields) => fields.every((field) => has(inAll, collection, field)),
		reads: (collection) => admin || allowed.has(collection),
	};
}
