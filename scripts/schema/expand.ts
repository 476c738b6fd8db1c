import type { CollectionFile, FieldEntry } from './file-format.ts';
import { collectionDefaults, columnDefaults, fieldKinds, metaDefaults } from './kinds.ts';
import { isObject, merge } from './merge.ts';
import type { Bilingual, CollectionParts, Json, JsonObject, SnapshotField, SnapshotRelation, Texts } from './snapshot.ts';

const defaultTarget: Record<string, string> = {
	user: 'directus_users',
	'user-created': 'directus_users',
	'user-updated': 'directus_users',
	file: 'directus_files',
	image: 'directus_files',
};

/** The collection that a field points at, or undefined when it is not a relation. */
export const targetOf = (entry: Pick<FieldEntry, 'kind' | 'to'>): string | undefined => entry.to ?? defaultTarget[entry.kind];

const isTrace = (kind: string): boolean => kind === 'user-created' || kind === 'user-updated';

/** What a relation's foreign key does when its target goes: traces stay as they are, the rest lets go. */
export const defaultOnDelete = (kind: string): string => (isTrace(kind) ? 'NO ACTION' : 'SET NULL');

/** Key of a text in directus_translations. No dot: vue-i18n would read a path. */
export const textKey = (...parts: (string | number)[]): string => parts.join('__').replaceAll(/[^A-Za-z0-9_]/g, '_');

const reference = (texts: Texts, key: string, text: Bilingual): string => {
	texts.set(key, { fr: text.fr, en: text.en });
	return `$t:${key}`;
};

const isBilingual = (value: Json): value is JsonObject & Bilingual =>
	isObject(value) && Object.keys(value).length === 2 && typeof value.fr === 'string' && typeof value.en === 'string';

/** Replaces every `{fr, en}` inside options by a `$t:` reference. */
function withReferences(value: Json, texts: Texts, ...path: (string | number)[]): Json {
	if (isBilingual(value)) return reference(texts, textKey(...path), value);
	if (Array.isArray(value)) return value.map((item, index) => withReferences(item, texts, ...path, index));
	if (isObject(value)) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withReferences(item, texts, ...path, key)]));
	return value;
}

export const labels = (text: Bilingual): Json => [
	{ language: 'en-US', translation: text.en },
	{ language: 'fr-FR', translation: text.fr },
];

function choiceOptions(collection: string, entry: FieldEntry, texts: Texts): JsonObject {
	if (!entry.choices) return {};
	const options: Json[] = [];
	const shown: Json[] = [];
	for (const { value, fr, en, color, icon } of entry.choices) {
		const text = reference(texts, textKey(collection, entry.field, 'choice', value), { fr, en });
		options.push({ text, value, ...(icon && { icon }), ...(color && { color }) });
		shown.push({
			text,
			value,
			...(icon && { icon }),
			...(color && { color, foreground: `var(--theme--foreground)`, background: `color-mix(in srgb, ${color} 20%, var(--theme--background))` }),
		});
	}
	return { options: { choices: options }, display_options: { choices: shown } };
}

/** The meta of a field, `meta` overrides included; everything but overrides is what compact.ts reads back. */
export function expandField(collection: string, entry: FieldEntry, sort: number, texts: Texts): SnapshotField {
	const kind = fieldKinds[entry.kind];
	if (!kind) throw new Error(`${collection}.${entry.field}: unknown kind "${entry.kind}"`);
	const { field } = entry;
	const target = targetOf(entry);
	const stated: JsonObject = {
		...(entry.label && { translations: labels(entry.label) }),
		...(entry.note && { note: reference(texts, textKey(collection, field, 'note'), entry.note) }),
		...(entry.message && { validation_message: reference(texts, textKey(collection, field, 'message'), entry.message) }),
		...(entry.validation !== undefined && { validation: entry.validation as Json }),
		...(entry.template && { options: { template: entry.template }, display_options: { template: entry.template } }),
		...choiceOptions(collection, entry, texts),
	};
	for (const key of ['required', 'hidden', 'readonly', 'width', 'group'] as const) if (entry[key] !== undefined) stated[key] = entry[key];

	let meta = merge(merge({ ...metaDefaults, collection, field, sort }, kind.meta), stated);
	meta = withReferences(merge(meta, entry.meta as JsonObject | undefined), texts, collection, field) as JsonObject;
	if (!kind.column) return { collection, field, type: kind.type, meta, schema: null };

	const schema = merge({ ...columnDefaults, name: field, table: collection }, kind.column);
	if (entry.unique !== undefined) schema.is_unique = entry.unique;
	if (entry.nullable !== undefined) schema.is_nullable = entry.nullable;
	if (entry.default !== undefined) schema.default_value = entry.default as Json;
	if (entry.max_length !== undefined) schema.max_length = entry.max_length;
	if (target) Object.assign(schema, { foreign_key_table: target, foreign_key_column: 'id', is_indexed: !isTrace(entry.kind) });
	if (entry.indexed !== undefined) schema.is_indexed = entry.indexed;
	return { collection, field, type: kind.type, meta, schema: merge(schema, entry.column as JsonObject | undefined) };
}

export function expandRelation(collection: string, entry: FieldEntry): SnapshotRelation | null {
	const target = targetOf(entry);
	if (!target) return null;
	const { field } = entry;
	return {
		collection,
		field,
		related_collection: target,
		meta: {
			junction_field: entry.junction ?? null,
			many_collection: collection,
			many_field: field,
			one_allowed_collections: null,
			one_collection: target,
			one_collection_field: null,
			one_deselect_action: entry.on_deselect ?? 'nullify',
			one_field: entry.inverse ?? null,
			sort_field: entry.sort_by ?? null,
		},
		schema: {
			column: field,
			constraint_name: `${collection}_${field}_foreign`,
			foreign_key_column: 'id',
			foreign_key_table: target,
			on_delete: entry.on_delete ?? defaultOnDelete(entry.kind),
			on_update: 'NO ACTION',
			table: collection,
		},
	};
}

/** The meta of a collection, `meta` overrides included. */
export function collectionMeta(file: Omit<CollectionFile, 'fields'>, texts: Texts): JsonObject {
	const { collection } = file;
	const stated: JsonObject = {
		...(file.icon && { icon: file.icon }),
		...(file.color && { color: file.color }),
		...(file.group && { group: file.group }),
		...(file.sort !== undefined && { sort: file.sort }),
		...(file.hidden !== undefined && { hidden: file.hidden }),
		...(file.singleton !== undefined && { singleton: file.singleton }),
		...(file.template && { display_template: file.template }),
		...(file.sort_field && { sort_field: file.sort_field }),
		...(file.duplicates && { item_duplication_fields: file.duplicates }),
		...(file.archive && { archive_field: file.archive.field, archive_value: file.archive.value, unarchive_value: file.archive.back }),
		...(file.note && { note: reference(texts, textKey(collection, 'note'), file.note) }),
		...(file.label && {
			translations: [
				{ language: 'en-US', translation: file.label.en, singular: file.label.en_one ?? file.label.en, plural: file.label.en },
				{ language: 'fr-FR', translation: file.label.fr, singular: file.label.fr_one ?? file.label.fr, plural: file.label.fr },
			],
		}),
	};
	return merge(merge({ ...collectionDefaults, collection }, stated), file.meta as JsonObject | undefined);
}

/** One file of schema-snapshots/ as parts of a snapshot; its texts are added to `texts`. */
export function expand(file: CollectionFile, texts: Texts): CollectionParts {
	const { collection } = file;
	return {
		collection: file.system ? null : { collection, meta: collectionMeta(file, texts), schema: file.folder ? null : { name: collection } },
		fields: file.fields.map((entry, index) => expandField(collection, entry, index + 1, texts)),
		relations: file.fields.map((entry) => expandRelation(collection, entry)).filter((relation) => relation !== null),
	};
}
