import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cut, edit } from './edit.ts';
import { parseCollectionFile, readSchemaFiles, schemaFolder } from './files.ts';
import { fileText } from './yaml.ts';

const files = readSchemaFiles();

test.each(files.map(({ collection }) => [collection]))('%s cut and put together again is the same bytes', (collection) => {
	const text = readFileSync(join(schemaFolder, `${collection}.yaml`), 'utf8');
	const { head, opening, fields } = cut(text);
	expect([...head, { text: opening }, ...fields].map((part) => part.text).join('')).toBe(text);
	expect(edit(text, { changed: new Map(), order: fields.map(({ name }) => name) })).toBe(text);
});

test.each(files.map((file) => [file.collection, file] as const))('%s written anew says the same', (collection, file) => {
	expect(parseCollectionFile(fileText(file), collection)).toEqual(file);
});

describe('editing', () => {
	const text =
		'# about\ncollection: things\nfields:\n  - { field: id, kind: key }\n  # the name\n  - { field: name, kind: text }\n  - { field: old, kind: text }\n';

	test('touches only the fields that changed', () => {
		const changed = new Map([
			['old', null],
			['size', { field: 'size', kind: 'integer', label: { fr: 'Taille', en: 'Size' } }],
		]);
		expect(edit(text, { changed, order: ['id', 'name', 'size'] })).toBe(
			'# about\ncollection: things\nfields:\n  - { field: id, kind: key }\n  # the name\n  - { field: name, kind: text }\n  - { field: size, kind: integer, label: { fr: Taille, en: Size } }\n',
		);
	});

	test('a new head leaves the fields as they are', () => {
		expect(edit(text, { head: { collection: 'things', icon: 'star' }, changed: new Map(), order: ['id', 'name', 'old'] })).toBe(
			'# about\ncollection: things\nicon: star\nfields:\n' + text.slice(text.indexOf('  - { field: id')),
		);
	});
});
