import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { fieldText, headText } from './yaml.ts';
import type { CollectionFile, FieldEntry } from './file-format.ts';

/** A file cut into its head and the text of each field, comments included; put together again it is the same bytes. */
export type FileText = { head: string; fields: { field: string; text: string }[] };

export function cut(text: string): FileText {
	const document = parseDocument(text);
	const root = document.contents;
	const pair = isMap(root) ? root.items.find(({ key }) => isScalar(key) && key.value === 'fields') : undefined;
	if (!pair || !isSeq(pair.value) || pair.value.items.length === 0) return { head: text, fields: [] };
	const starts = pair.value.items.map((item) => {
		const offset = isMap(item) ? (item.range?.[0] ?? 0) : 0;
		return { field: isMap(item) ? String(item.get('field')) : '', start: text.lastIndexOf('\n', offset) + 1 };
	});
	return {
		head: text.slice(0, starts[0]?.start),
		fields: starts.map(({ field, start }, index) => ({ field, text: text.slice(start, starts[index + 1]?.start) })),
	};
}

/**
 * Rewrites only what changed: fields in `changed` get the text of their new entry (or go, when it is null), fields that
 * the file lacks are added, `order` is the fields' order afterwards. A new head replaces everything before the fields.
 */
export function edit(text: string, changes: { head?: Omit<CollectionFile, 'fields'>; changed: Map<string, FieldEntry | null>; order: string[] }): string {
	const { head, fields } = cut(text);
	const texts = new Map(fields.map(({ field, text: own }) => [field, own.endsWith('\n') ? own : `${own}\n`]));
	for (const [field, entry] of changes.changed) {
		if (entry) texts.set(field, fieldText(entry));
		else texts.delete(field);
	}
	const list = changes.order.flatMap((field) => texts.get(field) ?? []).join('');
	const opening = fields.length > 0 || list === '' ? '' : 'fields:\n';
	const before = changes.head ? headText(changes.head) + (fields.length > 0 ? 'fields:\n' : '') : head.replace(/^fields: \[\]\n/m, '');
	return before + opening + list;
}
