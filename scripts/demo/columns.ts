import { mergeFiles, readSchemaFiles } from '../schema/files.ts';
import type { Value } from './rows.ts';

/** What the writer must know of a column: how Directus stores its values, what stands in for a missing one, where it points. */
export type Column = { type: string; default: Value; nullable: boolean; maxLength: number | null; target: string | null; choices: readonly unknown[] | null };

export type Columns = ReadonlyMap<string, ReadonlyMap<string, Column>>;

type Choices = { choices?: { value: unknown }[] };

/** The columns of every collection, from schema-snapshots/. Of Directus's own collections only those that the product adds. */
export function readColumns(): Columns {
	const { snapshot } = mergeFiles(readSchemaFiles());
	const collections = new Map<string, Map<string, Column>>();
	for (const { collection, field, type, schema, meta } of snapshot.fields) {
		if (!schema) continue;
		const columns = collections.get(collection) ?? new Map<string, Column>();
		collections.set(collection, columns);
		const listed = (meta.options as Choices | null)?.choices;
		columns.set(field, {
			type,
			default: schema.default_value as Value,
			nullable: schema.is_nullable !== false,
			maxLength: typeof schema.max_length === 'number' ? schema.max_length : null,
			target: typeof schema.foreign_key_table === 'string' ? schema.foreign_key_table : null,
			choices: Array.isArray(listed) && type === 'string' ? listed.map(({ value }) => value) : null,
		});
	}
	return collections;
}
