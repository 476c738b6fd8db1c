import { z } from 'zod';

/**
 * One file of schema-snapshots/ describes one collection (or what is added to one of Directus's own) in the trade's
 * words: every field has a kind (see kinds.ts) and says only what differs from it. `expand` and `compact` translate
 * between this form and Directus's snapshot without loss.
 */
const bilingual = z.strictObject({ fr: z.string().min(1), en: z.string().min(1) });
const json: z.ZodType = z.json();
const overrides = z.record(z.string(), json);

const choice = z.strictObject({
	value: z.union([z.string(), z.number()]),
	fr: z.string(),
	en: z.string(),
	color: z.string().optional(),
	icon: z.string().optional(),
});

export const fieldEntry = z.strictObject({
	field: z.string().regex(/^[a-z][a-z0-9_]*$/),
	kind: z.string(),
	label: bilingual.optional(),
	note: bilingual.optional(),
	/** Related collection of a `one`, `user`, `file` or `image`; the last three have a default. */
	to: z.string().optional(),
	/** Name of the list on the other side (one_field). */
	inverse: z.string().optional(),
	/** Field that orders that list. */
	sort_by: z.string().optional(),
	/** On a junction: the field that leads to the other side. */
	junction: z.string().optional(),
	on_delete: z.enum(['SET NULL', 'CASCADE', 'NO ACTION', 'RESTRICT']).optional(),
	/** What the list on the other side does with a row taken off it. */
	on_deselect: z.enum(['nullify', 'delete']).optional(),
	/** How a related row is shown, in the form and in lists. */
	template: z.string().optional(),
	choices: z.array(choice).optional(),
	required: z.boolean().optional(),
	unique: z.boolean().optional(),
	indexed: z.boolean().optional(),
	nullable: z.boolean().optional(),
	default: json.optional(),
	max_length: z.number().int().optional(),
	hidden: z.boolean().optional(),
	readonly: z.boolean().optional(),
	width: z.enum(['half', 'half-left', 'half-right', 'full', 'fill']).optional(),
	group: z.string().optional(),
	validation: json.optional(),
	message: bilingual.optional(),
	/** Whatever else differs from the kind, in Directus's own words. */
	meta: overrides.optional(),
	column: overrides.optional(),
});

export const collectionFile = z.strictObject({
	collection: z.string(),
	/** One of Directus's own collections: only the fields that we add are listed. */
	system: z.boolean().optional(),
	/** A folder of the navigation, without a table. */
	folder: z.boolean().optional(),
	label: bilingual.extend({ fr_one: z.string().optional(), en_one: z.string().optional() }).optional(),
	note: bilingual.optional(),
	icon: z.string().optional(),
	color: z.string().optional(),
	group: z.string().optional(),
	sort: z.number().int().optional(),
	hidden: z.boolean().optional(),
	template: z.string().optional(),
	archive: z.strictObject({ field: z.string(), value: z.string(), back: z.string() }).optional(),
	sort_field: z.string().optional(),
	singleton: z.boolean().optional(),
	/** Fields that "save as copy" takes along. */
	duplicates: z.array(z.string()).optional(),
	meta: overrides.optional(),
	fields: z.array(fieldEntry).default([]),
});

export type FieldEntry = z.infer<typeof fieldEntry>;
export type CollectionFile = z.infer<typeof collectionFile>;
