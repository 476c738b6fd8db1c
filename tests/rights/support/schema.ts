import { expand, targetOf } from '../../../scripts/schema/expand.ts';
import type { CollectionFile, FieldEntry } from '../../../scripts/schema/file-format.ts';
import { readSchemaFiles } from '../../../scripts/schema/files.ts';
import type { SnapshotField } from '../../../scripts/schema/snapshot.ts';

/** A column as the matrix needs it; `entry` is the line of the schema file. */
export type Column = {
	name: string;
	type: string;
	nullable: boolean;
	hasDefault: boolean;
	unique: boolean;
	maxLength: number | null;
	searchable: boolean;
	target?: string;
	entry: FieldEntry;
};

/** A list of rows that point here. */
export type List = { field: string; of: string; by: string };

export type Table = { name: string; key: string; singleton: boolean; fields: string[]; columns: Column[]; lists: List[]; file: CollectionFile };

const files = readSchemaFiles();
const isTable = (file: CollectionFile): boolean => !file.folder && !file.system;

function columnOf(entry: FieldEntry, { type, meta, schema }: SnapshotField): Column[] {
	if (!schema) return [];
	const target = targetOf(entry);
	return [
		{
			name: entry.field,
			type,
			nullable: schema['is_nullable'] !== false,
			hasDefault: schema['default_value'] !== null || schema['has_auto_increment'] === true,
			unique: schema['is_unique'] === true,
			maxLength: typeof schema['max_length'] === 'number' ? schema['max_length'] : null,
			searchable: (meta as { searchable?: boolean }).searchable !== false && (type === 'string' || type === 'text'),
			...(target && { target }),
			entry,
		},
	];
}

function tableOf(file: CollectionFile): Table {
	const expanded = expand(file, new Map());
	const columns = file.fields.flatMap((entry, index) => columnOf(entry, expanded.fields[index] as SnapshotField));
	const lists = files.flatMap((other) =>
		other.fields.flatMap((entry) =>
			targetOf(entry) === file.collection && entry.inverse ? [{ field: entry.inverse, of: other.collection, by: entry.field }] : [],
		),
	);
	const key = file.fields.find(({ kind }) => kind.endsWith('key'))?.field ?? 'id';
	return { name: file.collection, key, singleton: file.singleton === true, fields: file.fields.map(({ field }) => field), columns, lists, file };
}

/** Every table that schema-snapshots/ describes, by name. A new file is in the matrix as soon as it is there. */
export const tables: ReadonlyMap<string, Table> = new Map(files.filter(isTable).map((file) => [file.collection, tableOf(file)]));

export const tableNamed = (name: string): Table => {
	const table = tables.get(name);
	if (!table) throw new Error(`no table ${name}`);
	return table;
};
