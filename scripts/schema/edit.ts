import { isDeepStrictEqual } from 'node:util';
import { isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { CollectionFile, FieldEntry } from './file-format.ts';
import { fieldText, property } from './yaml.ts';

type Part = { name: string; value: unknown; text: string };

/**
 * A file cut into the properties of its head, the line `fields:` and the fields, comments included. The texts put
 * together in this order are the file's bytes.
 */
export type FileParts = { head: Part[]; opening: string; fields: Part[] };

export function cut(text: string): FileParts {
	const root = parseDocument(text).contents;
	if (!isMap(root)) throw new Error('A schema file is a map.');
	const pairs = root.items.map(({ key, value }) => ({ name: isScalar(key) ? String(key.value) : '', key, value }));
	const list = pairs.find(({ name }) => name === 'fields')?.value;
	const items = isSeq(list) ? list.items : [];
	const lineOf = (node: unknown): number => text.lastIndexOf('\n', (node as { range?: [number] }).range?.[0] ?? 0) + 1;
	const starts = items.map(lineOf);
	const heads = pairs.filter(({ name }) => name !== 'fields');
	const opening = pairs.find(({ name }) => name === 'fields');
	const headEnd = opening ? lineOf(opening.key) : text.length;
	return {
		head: heads.map(({ name, key, value }, index) => {
			const next = heads[index + 1];
			return {
				name,
				value: isScalar(value) ? value.value : (value as { toJSON(): unknown }).toJSON(),
				text: text.slice(index === 0 ? 0 : lineOf(key), next ? lineOf(next.key) : headEnd),
			};
		}),
		opening: text.slice(headEnd, starts[0] ?? text.length),
		fields: items.map((item, index) => ({
			name: isMap(item) ? String(item.get('field')) : '',
			value: (item as { toJSON(): unknown }).toJSON(),
			text: text.slice(starts[index], starts[index + 1]),
		})),
	};
}

const ended = (text: string): string => (text === '' || text.endsWith('\n') ? text : `${text}\n`);

/**
 * Rewrites only what changed: fields in `changed` get the text of their new entry (or go, when it is null), fields that
 * the file lacks are added, `order` is the fields' order afterwards, `head` what is said before them.
 */
export function edit(text: string, changes: { head?: Omit<CollectionFile, 'fields'>; changed: Map<string, FieldEntry | null>; order: string[] }): string {
	const { head, opening, fields } = cut(text);
	const texts = new Map(fields.map((field) => [field.name, ended(field.text)]));
	for (const [field, entry] of changes.changed) {
		if (entry) texts.set(field, fieldText(entry));
		else texts.delete(field);
	}
	const list = changes.order.flatMap((field) => texts.get(field) ?? []).join('');
	const before = (changes.head ? editHead(head, changes.head) : head.map((part) => part.text).join('')) || '';
	return ended(before) + (list === '' ? '' : (fields.length > 0 && opening) || 'fields:\n') + list;
}

function editHead(parts: Part[], head: Omit<CollectionFile, 'fields'>): string {
	const wanted = new Map(Object.entries(head));
	const kept = parts.flatMap(({ name, value, text }) =>
		isDeepStrictEqual(value, wanted.get(name)) ? text : wanted.has(name) ? `${property(name, wanted.get(name), '')}\n` : '',
	);
	const fresh = [...wanted].filter(([name]) => !parts.some((part) => part.name === name)).map(([name, value]) => `${property(name, value, '')}\n`);
	return [...kept, ...fresh].join('');
}
