import type { Accountability, Host, SchemaOverview } from './directus.ts';
import { policiesOf } from './row-rules/rules.ts';

/** Tells whether a caller may read a field, or a path of fields (`owner.first_name`) through links to one row. */
export type Readable = (collection: string, path: string) => boolean;

const linkedBy = (schema: SchemaOverview, collection: string, field: string): string | null =>
	schema.relations.find((one) => one.collection === collection && one.field === field)?.related_collection ?? null;

/**
 * Which fields this caller reads of these collections, by Directus's own permissions, where the caller is. Directus refuses a
 * query as a whole when one of its fields is out of reach: what is asked has to be chosen before.
 */
export async function readableFields(host: Host, schema: SchemaOverview, accountability: Accountability, collections: readonly string[]): Promise<Readable> {
	const allowed = new Map<string, Set<string>>();
	if (!accountability.admin) {
		const policies = await policiesOf(host.database, accountability);
		const rows = (await host
			.database('directus_permissions')
			.whereIn('policy', [...policies])
			.whereIn('collection', [...collections])
			.where({ action: 'read' })
			.select('collection', 'fields')) as { collection: string; fields: string | null }[];
		for (const { collection, fields } of rows) {
			const known = allowed.get(collection) ?? new Set<string>();
			for (const field of (fields ?? '').split(',')) if (field) known.add(field);
			allowed.set(collection, known);
		}
	}
	const reads = (collection: string, field: string): boolean => {
		if (!schema.collections[collection]?.fields[field]) return false;
		if (accountability.admin) return true;
		const fields = allowed.get(collection);
		return fields !== undefined && (fields.has('*') || fields.has(field));
	};
	const readable: Readable = (collection, path) => {
		const [field = '', ...rest] = path.split('.');
		if (!reads(collection, field)) return false;
		if (rest.length === 0) return true;
		const next = linkedBy(schema, collection, field);
		return next !== null && readable(next, rest.join('.'));
	};
	return readable;
}
