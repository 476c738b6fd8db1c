import { compact, compactField } from './compact.ts';
import { collectionHead } from './compact-collection.ts';
import { edit } from './edit.ts';
import { collectionMeta, expandField } from './expand.ts';
import type { CollectionFile, FieldEntry } from './file-format.ts';
import type { SchemaDiff } from './noise.ts';
import { fileText } from './yaml.ts';
import type { Snapshot, SnapshotField, SnapshotRelation, Texts } from './snapshot.ts';

export type PullInput = {
	files: { file: CollectionFile; text: string }[];
	/** The instance as Directus tells it, and its texts. */
	snapshot: Snapshot;
	texts: Texts;
	/** From the instance to the files, without the vendor's noise. */
	diff: SchemaDiff;
};

/** New text of each file that changes, null for one whose collection is gone. Files that say the same are not in it. */
export function pull({ files, snapshot, texts, diff }: PullInput): Map<string, string | null> {
	const result = new Map<string, string | null>();
	const known = new Map(files.map((entry) => [entry.file.collection, entry]));
	const names = new Set([...snapshot.collections, ...snapshot.fields].map(({ collection }) => collection));
	for (const [collection, { file, text }] of known) {
		if (!names.has(collection)) {
			// A system collection whose additions are all gone, or a collection that was deleted.
			result.set(collection, null);
			continue;
		}
		const next = pullFile(file, text, { snapshot, texts, diff });
		if (next !== text) result.set(collection, next);
	}
	for (const collection of names) if (!known.has(collection)) result.set(collection, fileText(compact(partsOf(collection, snapshot), texts)));
	return result;
}

function pullFile(file: CollectionFile, text: string, { snapshot, texts, diff }: Omit<PullInput, 'files'>): string {
	const { collection } = file;
	const stored = partsOf(collection, snapshot);
	const changed = new Map<string, FieldEntry | null>();
	const byField = new Map(stored.relations.map((relation) => [relation.field, relation]));
	const differing = new Set(
		[...diff.fields, ...diff.relations].filter((entry) => entry.collection === collection && !isOrderOnly(entry.diff)).map(({ field }) => field),
	);
	for (const entry of file.fields) if (hasOtherTexts(collection, entry, texts)) differing.add(entry.field);

	const order = orderOf(file, stored.fields);
	for (const field of differing) {
		const now = stored.fields.find((candidate) => candidate.field === field);
		changed.set(field, now ? entryOf(now, byField.get(field) ?? null, order.indexOf(field) + 1, texts) : null);
	}
	for (const now of stored.fields) {
		if (!file.fields.some(({ field }) => field === now.field))
			changed.set(now.field, entryOf(now, byField.get(now.field) ?? null, order.indexOf(now.field) + 1, texts));
	}
	const isHeadChanged = diff.collections.some((entry) => entry.collection === collection) || hasOtherHeadTexts(file, texts);
	const head = isHeadChanged && stored.collection ? collectionHead(stored.collection, texts) : undefined;
	return edit(text, { ...(head && { head }), changed, order });
}

/** The place in the file is what orders fields; the number that Directus keeps follows from it. */
const entryOf = (field: SnapshotField, relation: SnapshotRelation | null, place: number, texts: Texts): FieldEntry =>
	compactField({ ...field, meta: { ...field.meta, sort: place } }, relation, place, texts);

const isOrderOnly = (changes: { kind: string; path?: (string | number)[] }[]): boolean =>
	changes.every(({ kind, path = [] }) => kind === 'E' && path.join('.') === 'meta.sort');

export function partsOf(
	collection: string,
	snapshot: Snapshot,
): { collection: Snapshot['collections'][number] | null; fields: SnapshotField[]; relations: SnapshotRelation[] } {
	const own = snapshot.collections.find((entry) => entry.collection === collection);
	const fields = snapshot.fields.filter((field) => field.collection === collection).map((field) => ({ ...field, schema: columnOf(field) }));
	const sorted = fields.toSorted((a, b) => Number(a.meta.sort ?? Infinity) - Number(b.meta.sort ?? Infinity));
	return {
		collection: own ? { ...own, schema: own.schema ?? null } : null,
		fields: sorted.map((field, index) => ({ ...field, meta: { ...field.meta, sort: index + 1 } })),
		relations: snapshot.relations.filter((relation) => relation.collection === collection),
	};
}

/** PostgreSQL counts with a sequence, whose name is its own affair; the files only say that it counts. */
const columnOf = ({ schema }: SnapshotField): SnapshotField['schema'] => (schema?.has_auto_increment ? { ...schema, default_value: null } : (schema ?? null));

/**
 * The fields in their new order. Directus numbers fields within their group, the file over all: so within each group the
 * file's places are dealt out again in the instance's order, and groups stay where they are. New fields come last.
 */
function orderOf(file: CollectionFile, stored: SnapshotField[]): string[] {
	const groupOf = new Map(stored.map(({ field, meta }) => [field, meta.group ?? null]));
	const staying = file.fields.map(({ field }) => field).filter((field) => groupOf.has(field));
	const queues = new Map<unknown, string[]>();
	for (const { field, meta } of stored) {
		if (!staying.includes(field)) continue;
		queues.set(meta.group ?? null, [...(queues.get(meta.group ?? null) ?? []), field]);
	}
	const fresh = stored.map(({ field }) => field).filter((field) => !staying.includes(field));
	return [...staying.flatMap((field) => queues.get(groupOf.get(field))?.shift() ?? []), ...fresh];
}

function hasOtherTexts(collection: string, entry: FieldEntry, texts: Texts): boolean {
	const own: Texts = new Map();
	expandField(collection, entry, 1, own);
	return differ(own, texts);
}

function hasOtherHeadTexts({ fields: _fields, ...head }: CollectionFile, texts: Texts): boolean {
	const own: Texts = new Map();
	collectionMeta(head, own);
	return differ(own, texts);
}

const differ = (own: Texts, stored: Texts): boolean =>
	[...own].some(([key, { fr, en }]) => stored.has(key) && (stored.get(key)?.fr !== fr || stored.get(key)?.en !== en));
