import type { FilterContext, Knex } from './directus.ts';
import { fieldError, refuseFaults } from './errors.ts';
import { isUuid } from './input/fields.ts';
import { fieldLabels } from './schema-words.ts';
import type { Filter, Payload } from './written.ts';

/** A field of a payload that names a row of another collection by its key. */
type Reference = { field: string; collection: string; primary: string; uuid: boolean; value: string | number };

function referencesIn(payload: Payload, collection: string, { schema }: FilterContext): Reference[] {
	return (schema?.relations ?? []).flatMap(({ collection: from, field, related_collection }) => {
		if (from !== collection) return [];
		const value = payload[field];
		if (!related_collection || (typeof value !== 'string' && typeof value !== 'number')) return [];
		const related = schema?.collections[related_collection];
		if (!related) return [];
		return [{ field, collection: related_collection, primary: related.primary, uuid: related.fields[related.primary]?.type === 'uuid', value }];
	});
}

/** Fields whose row is not there; one statement for all of them. */
async function missingOf(database: Knex, references: readonly Reference[]): Promise<string[]> {
	if (references.length === 0) return [];
	const query = database.queryBuilder();
	references.forEach(({ collection, primary, value }, index) =>
		query.select({ [`r${index}`]: database(collection).select(database.raw('1')).where(primary, value).limit(1) }),
	);
	const found = ((await query.first()) ?? {}) as Record<string, unknown>;
	return references.filter((_, index) => !found[`r${index}`]).map(({ field }) => field);
}

/**
 * Refuses keys that name no row, all at once, on their fields and in French. Looked up before the write, because SQLite only says
 * that some foreign key failed and PostgreSQL stops at the first.
 */
async function refuseMissing(payload: unknown, collection: string, context: FilterContext): Promise<void> {
	if (typeof payload !== 'object' || payload === null) return;
	const references = referencesIn(payload as Payload, collection, context);
	const malformed = references.filter(({ uuid, value }) => uuid && !isUuid(value)).map(({ field }) => field);
	const lookedUp = references.filter(({ field }) => !malformed.includes(field));
	const missing = [...malformed, ...(await missingOf(context.database, lookedUp))];
	if (missing.length === 0) return;
	const labels = await fieldLabels(context.database, collection, missing);
	refuseFaults(missing.map((field) => ({ collection, field, message: gone(labels.get(field) ?? field) })));
}

const gone = (label: string): string => `« ${label} » désigne un élément qui n’existe pas ou plus : choisissez-en un autre.`;

/** What the look-up missed, because the row went in between: the database's own refusal in French, on the field where it names one. */
function frenchForeignKey(error: unknown): unknown {
	const { code, extensions } = error as { code?: unknown; extensions?: { collection: string | null; field: string | null } };
	if (code !== 'INVALID_FOREIGN_KEY' || !extensions) return error;
	const { collection, field } = extensions;
	return fieldError({ field: field ?? '', message: gone(field ?? 'Un champ'), ...(collection && { collection }) });
}

/** Answers a reference to a row that does not exist, on every collection and every way in. */
export function answerMissingReferences(filter: Filter): void {
	for (const scope of ['items', 'users']) {
		for (const event of ['create', 'update']) {
			filter(`${scope}.${event}`, async (payload, meta, context) => {
				await refuseMissing(payload, String(meta['collection']), context as FilterContext);
				return payload;
			});
		}
	}
	filter('database.error', (error) => frenchForeignKey(error));
}
