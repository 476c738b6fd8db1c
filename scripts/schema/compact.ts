import { isDeepStrictEqual } from 'node:util';
import { defaultOnDelete, expandField, expandRelation, labels, targetOf, textKey } from './expand.ts';
import { collectionFile, fieldEntry } from './file-format.ts';
import type { CollectionFile, FieldEntry } from './file-format.ts';
import { collectionHead } from './compact-collection.ts';
import { fieldKinds } from './kinds.ts';
import { difference, isObject } from './merge.ts';
import type { Bilingual, CollectionParts, Json, JsonObject, SnapshotField, SnapshotRelation, Texts } from './snapshot.ts';

/**
 * The inverse of `expand`: one collection's parts of a snapshot as a file that says only what differs from the kinds.
 * `expand(compact(parts, texts))` equals `parts`; of the kinds that can say a field, the one that needs the fewest words
 * is taken. `texts` resolves `$t:` references; one that it does not know stays as it is.
 */
export function compact({ collection, fields, relations }: CollectionParts, texts: Texts): CollectionFile {
	const byField = new Map(relations.map((relation) => [relation.field, relation]));
	const entries = fields.map((field, index) => compactField(field, byField.get(field.field) ?? null, index + 1, texts));
	const head = collection ? collectionHead(collection, texts) : { collection: fields[0]?.collection, system: true };
	return collectionFile.parse({ ...head, fields: entries });
}

/** The smallest entry that expands to this field and relation, at this place (1 is the first) of its file. */
export function compactField(field: SnapshotField, relation: SnapshotRelation | null, sort: number, texts: Texts): FieldEntry {
	const candidates = Object.keys(fieldKinds).flatMap((kind) => (fieldKinds[kind]?.type === field.type ? asKind(kind, field, relation, sort, texts) : []));
	const [best] = candidates.toSorted((a, b) => JSON.stringify(a).length - JSON.stringify(b).length);
	if (!best)
		throw new Error(`${field.collection}.${field.field}: no kind can say this ${field.type}${relation ? ' with its relation' : ''}; add one to kinds.ts`);
	return best;
}

/** The entries that say the field with this kind: with and without the short forms of choices and template. */
function asKind(kind: string, field: SnapshotField, relation: SnapshotRelation | null, sort: number, texts: Texts): FieldEntry[] {
	const base = { field: field.field, kind, ...relationPart(kind, relation), ...textPart(field, texts) };
	if (relation === null ? targetOf(base) !== undefined : !isDeepStrictEqual(expandRelation(field.collection, base), relation)) return [];
	const shortForms: Partial<FieldEntry>[] = [{}, templatePart(field), choicesPart(field, texts), { ...templatePart(field), ...choicesPart(field, texts) }];
	return shortForms.flatMap((form) => {
		const entry = withRest({ ...base, ...form }, field, sort, texts);
		return isSame(expandField(field.collection, entry, sort, new Map()), field) ? fieldEntry.parse(entry) : [];
	});
}

/** Adds what the entry does not say yet: first in the format's own words, the remainder as `meta` and `column`. */
function withRest(start: FieldEntry, wanted: SnapshotField, sort: number, texts: Texts): FieldEntry {
	const entry = { ...start };
	const said = expandField(wanted.collection, entry, sort, new Map());
	for (const key of ['required', 'hidden', 'readonly', 'width', 'group'] as const) {
		if (wanted.meta[key] !== null && !isSame(said.meta[key], wanted.meta[key])) Object.assign(entry, { [key]: wanted.meta[key] });
	}
	if (wanted.meta.validation !== null) entry.validation = wanted.meta.validation;
	for (const [key, name] of [
		['unique', 'is_unique'],
		['nullable', 'is_nullable'],
		['indexed', 'is_indexed'],
		['default', 'default_value'],
		['max_length', 'max_length'],
	] as const) {
		const value = wanted.schema?.[name];
		if (said.schema && value !== undefined && !isSame(said.schema[name], value) && (key !== 'max_length' || value !== null))
			Object.assign(entry, { [key]: value });
	}
	const now = expandField(wanted.collection, entry, sort, new Map());
	const meta = difference(now.meta, wanted.meta);
	if (meta) entry.meta = withTexts(meta, texts, [wanted.collection, wanted.field]) as JsonObject;
	const column = now.schema && wanted.schema ? difference(now.schema, wanted.schema) : undefined;
	if (column) entry.column = column;
	return entry;
}

function relationPart(kind: string, relation: SnapshotRelation | null): Partial<FieldEntry> {
	if (!relation) return {};
	const { meta, schema, related_collection: to } = relation;
	return {
		...(to && to !== targetOf({ kind }) && { to }),
		...stated('inverse', meta.one_field),
		...stated('sort_by', meta.sort_field),
		...stated('junction', meta.junction_field),
		...(schema?.on_delete !== defaultOnDelete(kind) && stated('on_delete', schema?.on_delete)),
		...(meta.one_deselect_action !== 'nullify' && stated('on_deselect', meta.one_deselect_action)),
	};
}

const stated = (key: keyof FieldEntry, value: Json | undefined): Partial<FieldEntry> => (value === null || value === undefined ? {} : { [key]: value });

/** Label, note and message, where they are in both languages and under the name that the format gives them. */
function textPart({ collection, field, meta }: SnapshotField, texts: Texts): Partial<FieldEntry> {
	const note = known(meta.note, textKey(collection, field, 'note'), texts);
	const message = known(meta.validation_message, textKey(collection, field, 'message'), texts);
	const label = labelOf(meta.translations);
	return { ...(label && { label }), ...(note && { note }), ...(message && { message }) };
}

function labelOf(translations: Json | undefined): Bilingual | undefined {
	if (!Array.isArray(translations)) return undefined;
	const [en, fr] = translations.map((entry) => (isObject(entry) ? entry.translation : undefined));
	const label = { fr: String(fr), en: String(en) };
	return fr && en && isDeepStrictEqual(labels(label), translations) ? label : undefined;
}

/** The text that a reference stands for, if it is the reference that the format would write at this place. */
function known(value: Json | undefined, key: string, texts: Texts): Bilingual | undefined {
	return value === `$t:${key}` ? texts.get(key) : undefined;
}

function templatePart({ meta }: SnapshotField): Partial<FieldEntry> {
	const template = isObject(meta.options) ? meta.options.template : undefined;
	return typeof template === 'string' && template !== '' ? { template } : {};
}

function choicesPart({ collection, field, meta }: SnapshotField, texts: Texts): Partial<FieldEntry> {
	const list = isObject(meta.options) && Array.isArray(meta.options.choices) ? meta.options.choices : [];
	const choices = list.flatMap((item) => {
		if (!isObject(item) || (typeof item.value !== 'string' && typeof item.value !== 'number')) return [];
		const text = known(item.text, textKey(collection, field, 'choice', item.value), texts);
		return text
			? {
					value: item.value,
					...text,
					...(typeof item.color === 'string' && item.color && { color: item.color }),
					...(typeof item.icon === 'string' && item.icon && { icon: item.icon }),
				}
			: [];
	});
	return choices.length > 0 && choices.length === list.length ? { choices: choices as NonNullable<FieldEntry['choices']> } : {};
}

/** Puts `{fr, en}` back in place of the references below options that the format writes there. */
function withTexts(value: Json, texts: Texts, path: (string | number)[]): Json {
	if (typeof value === 'string') return known(value, textKey(...path), texts) ?? value;
	if (Array.isArray(value)) return value.map((item, index) => withTexts(item, texts, [...path, index]));
	if (isObject(value))
		return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withTexts(item, texts, key === '$replace' ? path : [...path, key])]));
	return value;
}

const isSame = (a: unknown, b: unknown): boolean => isDeepStrictEqual(a, b);
