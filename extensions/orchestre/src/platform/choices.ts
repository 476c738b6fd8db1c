import { parseJson, type FilterContext, type SchemaOverview } from './directus.ts';
import type { FieldFault } from './errors.ts';
import { quoted } from './input/fields.ts';
import { fieldLabels } from './schema-words.ts';
import type { Payload } from './written.ts';

type Choices = ReadonlyMap<string, readonly string[]>;

/** By schema, which Directus makes anew when an administrator changes a field: an import of thousands reads the choices once. */
const known = new WeakMap<SchemaOverview, Map<string, Choices>>();

async function readChoices(collection: string, fields: readonly string[], { database, schema }: FilterContext): Promise<Choices> {
	const key = `${collection}:${fields.join()}`;
	const kept = schema ? known.get(schema)?.get(key) : undefined;
	if (kept) return kept;
	const rows = (await database('directus_fields').where({ collection }).whereIn('field', [...fields]).select('field', 'options')) as { field: string; options: unknown }[]; // prettier-ignore
	const choices = new Map(rows.map(({ field, options }) => [field, (parseJson<{ choices?: { value: string }[] } | null>(options)?.choices ?? []).map(({ value }) => value)])); // prettier-ignore
	if (schema) known.set(schema, (known.get(schema) ?? new Map<string, Choices>()).set(key, choices));
	return choices;
}

/**
 * Faults of a payload whose choices are none of those that the form offers. Directus leaves that to the form, and takes any word that comes
 * in another way: for fields that the product computes with, such a word would go into what is computed.
 */
export async function choiceFaults(collection: string, fields: readonly string[], payload: Payload, context: FilterContext): Promise<FieldFault[]> {
	const sent = fields.filter((field) => payload[field] !== undefined && payload[field] !== null);
	if (sent.length === 0) return [];
	const choices = await readChoices(collection, fields, context);
	const wrong = sent.filter((field) => {
		const values = choices.get(field) ?? [];
		return values.length > 0 && !values.some((value) => value === payload[field]);
	});
	if (wrong.length === 0) return [];
	const labels = await fieldLabels(context.database, collection, wrong);
	const word = (value: unknown): string => (typeof value === 'string' ? quoted(value) : 'autre chose qu’un texte');
	return wrong.map((field) => ({ field, message: `« ${labels.get(field) ?? field} » ne peut pas être « ${word(payload[field])} ».` }));
}
