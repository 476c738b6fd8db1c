import type { SchemaOverview } from '../directus.ts';

/** Where a field leads: to the one row that it names, or to the list of rows that name this one. */
export type Step = { to: string; kind: 'one' | 'many' };

/** A relation that the schema does not name: `$FOLLOW(tasks, lead)` is the tasks whose lead this row is. */
const implicit = /^\$FOLLOW\(([^,]+),/;

/** Follows one part of a path as Directus does (`company`, `tasks`, `item:quotes`); null for a column, or for nothing at all. */
export function stepInto(schema: SchemaOverview, collection: string, part: string): Step | null {
	const followed = implicit.exec(part)?.[1];
	if (followed) return { to: followed.trim(), kind: 'many' };
	const [field = '', scope] = part.split(':');
	for (const relation of schema.relations) {
		if (relation.collection === collection && relation.field === field) {
			const to = relation.related_collection ?? scope;
			return to ? { to, kind: 'one' } : null;
		}
		if (relation.related_collection === collection && relation.meta?.one_field === field) return { to: relation.collection, kind: 'many' };
	}
	return null;
}

/** `-a.count(b)` and `count(a.b)` as the path that they look at: a, b. */
const partsOf = (text: string): string[] =>
	text
		.replaceAll(/(?<!\$)\b\w+\(([^),]*)[^)]*\)/g, '$1')
		.split('.')
		.map((part) => part.trim().replace(/^-/, ''));

/** Every collection whose rows a dotted path looks at. A last part that is a column, a key of one row included, looks at none. */
export function collectionsOnPath(schema: SchemaOverview, collection: string, text: string): string[] {
	const seen: string[] = [];
	const parts = partsOf(text);
	let from = collection;
	for (const [index, part] of parts.entries()) {
		const step = stepInto(schema, from, part);
		if (!step) break;
		if (step.kind === 'many' || index < parts.length - 1) seen.push(step.to);
		from = step.to;
	}
	return seen;
}
