import type { FilterContext, SchemaOverview } from './directus.ts';
import { refuseFaults, type FieldFault } from './errors.ts';
import { fieldLabels } from './schema-words.ts';
import type { Filter, Payload } from './written.ts';

const largest = 2_147_483_647;

const why = (value: unknown): string | null => {
	if (value === null || value === undefined) return null;
	const number = typeof value === 'string' && /^[+-]?\d+$/.test(value.trim()) ? Number(value) : value;
	if (typeof number !== 'number' || !Number.isInteger(number)) return 'attend un nombre entier';
	return Math.abs(number) > largest ? 'dépasse le plus grand nombre possible' : null;
};

/** By schema, which Directus keeps from one request to the next or makes anew as a whole. */
const known = new WeakMap<SchemaOverview, Map<string, string[]>>();

/** Integer columns of ours: money in cents, points, minutes. A relation's key is left to the check of references. */
function integerFields(collection: string, { schema }: FilterContext): string[] {
	if (!schema) return [];
	const byCollection = known.get(schema) ?? new Map<string, string[]>();
	known.set(schema, byCollection);
	const fields = byCollection.get(collection) ?? readIntegerFields(collection, schema);
	byCollection.set(collection, fields);
	return fields;
}

function readIntegerFields(collection: string, schema: SchemaOverview): string[] {
	const relations = new Set(schema.relations.filter((relation) => relation.collection === collection).map(({ field }) => field));
	return Object.values(schema.collections[collection]?.fields ?? {}).flatMap(({ field, type }) => (type === 'integer' && !relations.has(field) ? [field] : []));
}

async function refuseOthers(payload: unknown, collection: string, context: FilterContext): Promise<void> {
	if (typeof payload !== 'object' || payload === null) return;
	const sent = payload as Payload;
	const wrong = integerFields(collection, context).flatMap((field) => {
		const reason = field in sent ? why(sent[field]) : null;
		return reason ? [{ field, reason }] : [];
	});
	if (wrong.length === 0) return;
	const labels = await fieldLabels(
		context.database,
		collection,
		wrong.map(({ field }) => field),
	);
	refuseFaults(wrong.map(({ field, reason }): FieldFault => ({ collection, field, message: `« ${labels.get(field) ?? field} » ${reason}.` })));
}

/**
 * Refuses what is no 32-bit integer where one belongs, in French and on its field. SQLite would keep a fraction or a word as it
 * came, and money would no longer be cents; PostgreSQL would answer with its own words.
 */
export function refuseNonIntegers(filter: Filter): void {
	for (const event of ['create', 'update']) {
		filter(`items.${event}`, async (payload, meta, context) => {
			await refuseOthers(payload, String(meta['collection']), context as FilterContext);
			return payload;
		});
	}
}
