import { stringify } from 'yaml';
import type { CollectionFile, FieldEntry } from './file-format.ts';
import { isObject } from './merge.ts';

/** Longest entry that is written on one line. */
const lineWidth = 200;

/** A value on one line, as the files write it: `{ a: 1, b: [x, y] }`. */
function flow(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(flow).join(', ')}]`;
	if (isObject(value))
		return Object.keys(value).length === 0
			? '{}'
			: `{ ${Object.entries(value)
					.map(([key, item]) => `${flow(key)}: ${flow(item)}`)
					.join(', ')} }`;
	// In a list, so that what would end a value inside brackets is quoted.
	return stringify([value], { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: false, singleQuote: true }).trimEnd().slice(1, -1);
}

/** One property as the files write it: values on the line of their key, choices one per line below it. */
export function property(key: string, value: unknown, indent: string): string {
	if (key === 'choices' && Array.isArray(value)) return [`${indent}choices:`, ...value.map((choice) => `${indent}  - ${flow(choice)}`)].join('\n');
	const line = `${indent}${key}: ${flow(value)}`;
	if (!isObject(value) || line.length <= lineWidth) return line;
	return [`${indent}${key}:`, ...Object.entries(value).map(([name, item]) => `${indent}  ${flow(name)}: ${flow(item)}`)].join('\n');
}

/** A field's entry as text of the list `fields`, line end included: on one line when it is short. */
export function fieldText(entry: FieldEntry): string {
	const line = `  - ${flow(entry)}`;
	if (line.length <= lineWidth && !entry.choices) return `${line}\n`;
	const lines = Object.entries(entry).map(([key, value]) => property(key, value, '    '));
	return `${lines.join('\n').replace('    ', '  - ')}\n`;
}

/** A whole file. */
export function fileText({ fields, ...head }: CollectionFile): string {
	const lines = Object.entries(head).map(([key, value]) => `${property(key, value, '')}\n`);
	return lines.join('') + (fields.length > 0 ? `fields:\n${fields.map(fieldText).join('')}` : '');
}
