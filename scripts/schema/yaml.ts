import { stringify } from 'yaml';
import type { CollectionFile, FieldEntry } from './file-format.ts';
import { isObject } from './merge.ts';

/** Longest entry that is written on one line. */
const lineWidth = 200;

const flow = (value: unknown): string => stringify(value, { collectionStyle: 'flow', lineWidth: 0, flowCollectionPadding: true }).trimEnd();

/** One property as the files write it: values on the line of their key, choices one per line below it. */
function property(key: string, value: unknown, indent: string): string {
	if (key === 'choices' && Array.isArray(value)) return [`${indent}choices:`, ...value.map((choice) => `${indent}  - ${flow(choice)}`)].join('\n');
	return indent + flow({ [key]: value }).replace(/^\{ ([^]*) \}$/, '$1');
}

/** A field's entry as text of the list `fields`, line end included: on one line when it is short. */
export function fieldText(entry: FieldEntry): string {
	const line = `  - ${flow(entry)}`;
	if (line.length <= lineWidth && !entry.choices) return `${line}\n`;
	const lines = Object.entries(entry).map(([key, value]) => property(key, value, '    '));
	return `${lines.join('\n').replace('    ', '  - ')}\n`;
}

/** All that stands before `fields:`. */
export function headText(head: Omit<CollectionFile, 'fields'>): string {
	return Object.entries(head)
		.map(([key, value]) => `${isObject(value) && flow(value).length > lineWidth ? stringify({ [key]: value }, { lineWidth: 0 }).trimEnd() : property(key, value, '')}\n`)
		.join('');
}

export const fileText = ({ fields, ...head }: CollectionFile): string => headText(head) + (fields.length > 0 ? `fields:\n${fields.map(fieldText).join('')}` : '');
