import { describe, expect, test } from 'vitest';
import type { CollectionFile } from './file-format.ts';
import { mergeFiles, parseCollectionFile } from './files.ts';
import type { SchemaDiff } from './noise.ts';
import { pull } from './pull.ts';
import type { Snapshot, SnapshotField, Texts } from './snapshot.ts';

const text = `collection: things
# what they are
label: { fr: Choses, en: Things }
icon: star
fields:
  - { field: id, kind: key }
  - { field: name, kind: text, label: { fr: Nom, en: Name }, note: { fr: 'Court, de préférence.', en: Short. } }
  - { field: size, kind: integer, label: { fr: Taille, en: Size } }   # in metres
`;
const file: CollectionFile = parseCollectionFile(text, 'things.yaml');

type World = { snapshot: Snapshot; texts: Texts; diff: SchemaDiff };

/** An instance that is what the file says, after `change`. */
function pulled(change: (world: World & { field: (name: string) => SnapshotField }) => void): Map<string, string | null> {
	const world: World = { ...structuredClone(mergeFiles([file])), diff: { collections: [], fields: [], systemFields: [], relations: [] } };
	const field = (name: string): SnapshotField => {
		const found = world.snapshot.fields.find((candidate) => candidate.field === name);
		if (!found) throw new Error(name);
		return found;
	};
	change({ ...world, field });
	return pull({ files: [{ file, text }], ...world });
}

const edited = (collection: string, field: string): SchemaDiff['fields'][number] => ({ collection, field, diff: [{ kind: 'E', path: ['meta', 'width'] }] });

describe('pull', () => {
	test('writes nothing where the instance says the same', () => expect(pulled(() => {})).toEqual(new Map()));

	test('rewrites a changed field and no other line', () => {
		const result = pulled(({ field, diff }) => {
			field('name').meta.required = true;
			diff.fields.push(edited('things', 'name'));
		});
		expect(result.get('things')).toBe(
			text.replace(
				/ {2}- \{ field: name.*\n/,
				"  - { field: name, kind: text, label: { fr: Nom, en: Name }, note: { fr: 'Court, de préférence.', en: Short. }, required: true }\n",
			),
		);
	});

	test('takes a text that was changed in the translations', () => {
		const result = pulled(({ texts }) => texts.set('things__name__note', { fr: 'Long.', en: 'Short.' }));
		expect(result.get('things')).toBe(text.replace("'Court, de préférence.'", 'Long.'));
	});

	test('rewrites one property of the collection and keeps the comments', () => {
		const result = pulled(({ snapshot, diff }) => {
			Object.assign(snapshot.collections[0]?.meta ?? {}, { icon: 'bolt' });
			diff.collections.push({ collection: 'things', diff: [{ kind: 'E', path: ['meta', 'icon'] }] });
		});
		expect(result.get('things')).toBe(text.replace('icon: star', 'icon: bolt'));
	});

	test('follows a new order, a field that went and one that came', () => {
		const result = pulled(({ snapshot, field }) => {
			const extra = { ...structuredClone(field('size')), field: 'weight' };
			Object.assign(extra.meta, { field: 'weight', sort: 9 });
			Object.assign(extra.schema ?? {}, { name: 'weight' });
			snapshot.fields.push(extra);
			field('name').meta.sort = 3;
			field('size').meta.sort = 2;
			snapshot.fields.splice(snapshot.fields.indexOf(field('id')), 1);
		});
		const lines = result.get('things')?.split('\n').slice(5) ?? [];
		expect(lines.map((line) => /field: (\w+)/.exec(line)?.[1])).toEqual(['size', 'name', 'weight', undefined]);
	});

	test('a number that Directus keeps for the order is no change by itself', () => {
		const result = pulled(({ field, diff }) => {
			field('size').meta.sort = 12;
			diff.fields.push({ collection: 'things', field: 'size', diff: [{ kind: 'E', path: ['meta', 'sort'] }] });
		});
		expect(result).toEqual(new Map());
	});

	test('a collection that went takes its file along, a new one gets a file', () => {
		const result = pulled(({ snapshot }) => {
			const renamed = JSON.parse(JSON.stringify(snapshot).replaceAll('"things"', '"gadgets"')) as Snapshot;
			Object.assign(snapshot, renamed);
		});
		expect(result.get('things')).toBeNull();
		expect(result.get('gadgets')).toContain('  - { field: id, kind: key }\n');
	});
});
