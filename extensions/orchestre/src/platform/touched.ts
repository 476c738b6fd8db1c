import { orchestreUserId, type Knex, type SchemaOverview } from './directus.ts';
import { collectionWords } from './schema-words.ts';

/** What links a row to another, as far as an undo minds: rows that people made. */
type Relation = SchemaOverview['relations'][number];

const byPeople =
	(column: string) =>
	(either: Knex.QueryBuilder): void =>
		void either.whereNull(column).orWhereNot(column, orchestreUserId);

/** Keys of rows that a row of `relation` points at, unless the product made that row and nobody has touched it. */
async function pointedAt(
	trx: Knex,
	schema: SchemaOverview,
	{ collection, field, related_collection, schema: key }: Relation,
	ids: readonly string[],
): Promise<string[]> {
	const fields = schema.collections[collection]?.fields ?? {};
	const has = (name: string): boolean => name in fields;
	if (collection === related_collection) {
		// `duplicate_of` and its like: the product's own finding falls with the row.
		const own = (await trx('directus_fields').where({ collection, field }).first('readonly')) as { readonly: unknown } | undefined;
		if (own?.readonly) return [];
	}
	// History without an author, that goes with its row.
	if (!has('user_created') && key?.on_delete === 'CASCADE') return [];
	const query = trx(collection)
		.whereIn(field, [...ids])
		.distinct(field);
	if (has('user_created')) {
		void query.where((either) => {
			void either.where(byPeople('user_created'));
			if (has('date_updated'))
				void either.orWhere((changed) => void changed.whereNotNull('date_updated').where(has('user_updated') ? byPeople('user_updated') : () => undefined));
		});
	}
	return (await query.pluck(field)) as string[];
}

/**
 * Which of these rows somebody has worked with since an operation made them (`since`: `l’import`), and how, in French: changed,
 * commented, or linked to something that a person made. An undo leaves them alone. What the product did by itself (score, first
 * tasks) does not count.
 */
export async function touchedSince(trx: Knex, schema: SchemaOverview, collection: string, ids: readonly string[], since: string): Promise<Map<string, string>> {
	const touched = new Map<string, string>();
	const note = (keys: readonly string[], reason: string): void => keys.forEach((key) => void (touched.has(key) || touched.set(key, reason)));
	const changed = trx('directus_activity')
		.where({ collection, action: 'update' })
		.whereIn('item', [...ids])
		.where(byPeople('user'));
	note((await changed.distinct('item').pluck('item')) as string[], `modifiée depuis ${since}`);
	note(
		(await trx(collection)
			.whereIn('id', [...ids])
			.whereNotNull('date_updated')
			.pluck('id')) as string[],
		`modifiée depuis ${since}`,
	);
	note(
		(await trx('directus_comments')
			.where({ collection })
			.whereIn('item', [...ids])
			.distinct('item')
			.pluck('item')) as string[],
		`commentée depuis ${since}`,
	);
	const relations = schema.relations.filter((one) => one.related_collection === collection && one.collection in schema.collections && one.schema);
	const words = await collectionWords(
		trx,
		relations.map((one) => one.collection),
	);
	for (const relation of relations)
		note(await pointedAt(trx, schema, relation, ids), `liée depuis à un élément (${words.get(relation.collection)?.one ?? relation.collection})`);
	return touched;
}
