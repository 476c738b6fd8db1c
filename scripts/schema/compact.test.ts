import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compact } from './compact.ts';
import { expand } from './expand.ts';
import { fieldEntry } from './file-format.ts';
import type { CollectionFile } from './file-format.ts';
import { readSchemaFiles } from './files.ts';
import { fieldKinds } from './kinds.ts';
import { difference, merge } from './merge.ts';
import type { JsonObject, Texts } from './snapshot.ts';

describe('every file of schema-snapshots', () => {
	test.each(readSchemaFiles().map((file) => [file.collection, file] as const))('%s survives expand and compact', (_name, file) => {
		const texts: Texts = new Map();
		const parts = expand(file, texts);
		const small = compact(parts, texts);
		const again: Texts = new Map();
		expect(expand(small, again)).toEqual(parts);
		expect(again).toEqual(texts);
		// Nothing is said at greater length than the author did.
		expect(JSON.stringify(small).length).toBeLessThanOrEqual(JSON.stringify(file).length);
	});
});

const text = fc.string({ minLength: 1, maxLength: 12 });
const bilingual = fc.record({ fr: text, en: text });
const value = fc.oneof(fc.boolean(), fc.integer(), text, fc.constant(null), fc.array(text, { maxLength: 2 }));
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
const override = fc.dictionary(fc.constantFrom('interface', 'display', 'searchable', 'conditions', 'note'), value, { maxKeys: 3, noNullPrototype: true });
const options = maybe(
	fc.dictionary(fc.constantFrom('template', 'choices', 'iconLeft', 'unit', 'prefix'), fc.oneof(value, bilingual), { maxKeys: 3, noNullPrototype: true }),
);

/** Any entry that the format allows: each kind, with properties that it has no need of. */
const entry = fc
	.record({
		kind: fc.constantFrom(...Object.keys(fieldKinds)),
		label: maybe(bilingual),
		note: maybe(bilingual),
		message: maybe(bilingual),
		template: maybe(text),
		choices: maybe(
			fc.uniqueArray(fc.record({ value: fc.constantFrom('a', 'b', 'c', 1, 2), fr: text, en: text, color: maybe(text), icon: maybe(text) }), {
				selector: ({ value: it }) => String(it),
				minLength: 1,
			}),
		),
		required: maybe(fc.boolean()),
		hidden: maybe(fc.boolean()),
		readonly: maybe(fc.boolean()),
		unique: maybe(fc.boolean()),
		nullable: maybe(fc.boolean()),
		indexed: maybe(fc.boolean()),
		default: maybe(value),
		width: maybe(fc.constantFrom('half', 'full', 'fill')),
		group: maybe(fc.constantFrom('some_group', 'other_group')),
		inverse: maybe(fc.constantFrom('children')),
		meta: fc.tuple(override, options).map(([over, own]): JsonObject | undefined => (own ? { ...over, options: own as JsonObject } : over)),
	})
	.map(({ kind, ...rest }) => fieldEntry.parse(JSON.parse(JSON.stringify({ field: 'some_field', kind, ...(kind === 'one' && { to: 'others' }), ...rest }))));

test('any field survives expand and compact', () => {
	fc.assert(
		fc.property(entry, (one) => {
			const file: CollectionFile = { collection: 'things', fields: [one] };
			const texts: Texts = new Map();
			const parts = expand(file, texts);
			expect(expand(compact(parts, texts), new Map())).toEqual(parts);
		}),
		{ numRuns: 500 },
	);
});

test('a merged difference is what was wanted', () => {
	const tree = fc.dictionary(fc.constantFrom('a', 'b', 'c'), fc.oneof(value, fc.dictionary(fc.constantFrom('x', 'y'), value, { noNullPrototype: true })), {
		noNullPrototype: true,
	});
	fc.assert(
		fc.property(tree, tree, (base, wanted) => {
			const over = difference({ root: base }, { root: wanted });
			expect(merge({ root: base }, over)).toEqual({ root: wanted });
		}),
	);
});
