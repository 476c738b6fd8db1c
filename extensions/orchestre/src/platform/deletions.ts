import { chunks, type FilterContext, type Host, type Knex, type SchemaOverview } from './directus.ts';
import { UserError } from './errors.ts';
import { collectionWords, type CollectionWords } from './schema-words.ts';
import { counted, listed } from './text.ts';
import type { Filter } from './written.ts';

/** Rows of `collection` whose `field` holds on to what is to be deleted. */
type Blocker = { collection: string; field: string; count: number };

type Relation = SchemaOverview['relations'][number];

/** What the database does with rows that point at a deleted row; a column that cannot be empty cannot let go. */
function ruleOf({ collection, field, schema: key }: Relation, schema: SchemaOverview): 'block' | 'follow' | 'ignore' {
	if (!key) return 'ignore';
	if (key.on_delete === 'CASCADE') return 'follow';
	if (key.on_delete === 'SET NULL') return schema.collections[collection]?.fields[field]?.nullable === false ? 'block' : 'ignore';
	return 'block';
}

/** More than this is not said, so not looked for. */
const enough = 4;

async function countRows(database: Knex, { collection, field }: Relation, keys: readonly string[]): Promise<number> {
	let count = 0;
	for (const part of chunks(keys, 500)) {
		const [row] = (await database(collection).whereIn(field, part).count({ n: '*' })) as { n: number | string }[];
		count += Number(row?.n ?? 0);
	}
	return count;
}

async function keysOf(database: Knex, { collection, field }: Relation, primary: string, keys: readonly string[]): Promise<string[]> {
	const found: string[] = [];
	for (const part of chunks(keys, 500)) found.push(...((await database(collection).whereIn(field, part).pluck(primary)) as string[]));
	return found;
}

/** Rows that would make the database refuse the deletion, those below cascades included. */
async function findBlockers(
	database: Knex,
	schema: SchemaOverview,
	collection: string,
	keys: readonly string[],
	path: readonly string[] = [],
): Promise<Blocker[]> {
	const blockers: Blocker[] = [];
	const pointing = schema.relations
		.filter(({ related_collection }) => related_collection === collection)
		.map((relation) => ({ relation, rule: ruleOf(relation, schema) }));
	for (const { relation } of pointing.filter(({ rule }) => rule === 'block')) {
		const count = await countRows(database, relation, keys);
		if (count > 0) blockers.push({ collection: relation.collection, field: relation.field, count });
		if (blockers.length >= enough) return blockers;
	}
	for (const { relation } of pointing.filter(({ rule }) => rule === 'follow')) {
		const { collection: below } = relation;
		const primary = schema.collections[below]?.primary;
		if (!primary || path.includes(below) || below === collection) continue;
		const children = await keysOf(database, relation, primary, keys);
		if (children.length > 0) blockers.push(...(await findBlockers(database, schema, below, children, [...path, collection])));
	}
	return blockers;
}

/** A collection's rows once, whichever of its fields point here. */
const perCollection = (blockers: readonly Blocker[]): [collection: string, count: number][] => {
	const sums = new Map<string, number>();
	for (const { collection, count } of blockers) sums.set(collection, Math.max(count, sums.get(collection) ?? 0));
	return [...sums].toSorted(([, a], [, b]) => b - a);
};

/** True when somebody could point these rows elsewhere; a field that only the product writes is history. */
async function canBeMoved(database: Knex, blockers: readonly Blocker[]): Promise<boolean> {
	for (const { collection, field } of blockers) {
		const row = (await database('directus_fields').where({ collection, field }).first('readonly')) as { readonly: unknown } | undefined;
		if (row?.readonly) return false;
	}
	return true;
}

async function adviceFor(database: Knex, collection: string, words: CollectionWords | undefined, blockers: readonly Blocker[]): Promise<string> {
	if (collection === 'directus_users') return 'Désactivez plutôt ce compte : son nom restera dans l’historique.';
	if (words?.archivable) return 'Archivez plutôt cette fiche : elle quittera les listes et son historique restera.';
	if (await canBeMoved(database, blockers)) return 'Rattachez d’abord ces éléments à une autre fiche, ou supprimez-les.';
	return 'Cet historique doit rester : modifiez cette fiche plutôt que de la supprimer.';
}

async function refusalOf(database: Knex, collection: string, blockers: readonly Blocker[]): Promise<UserError> {
	const sums = perCollection(blockers);
	const words = await collectionWords(database, [collection, ...sums.map(([name]) => name)]);
	const named = sums.slice(0, 3).map(([name, count]) => counted(count, words.get(name)?.one ?? name, words.get(name)?.many ?? name));
	const all = sums.length > 3 ? `${named.join(', ')}, entre autres,` : listed(named);
	const verb = sums.length === 1 && (sums[0]?.[1] ?? 0) < 2 ? 'dépend' : 'dépendent';
	const advice = await adviceFor(database, collection, words.get(collection), blockers);
	// Directus's own code for what cannot be deleted: the app has a title for it.
	return new UserError(`Suppression impossible : ${all} en ${verb}. ${advice}`, {
		code: 'UNPROCESSABLE_CONTENT',
		status: 422,
		extensions: { reason: 'IN_USE', blocked_by: sums.map(([name, count]) => ({ collection: name, count })) },
	});
}

/** What is in use is told only to those who may delete the rows at all; Directus refuses the others itself. */
async function mayDelete(
	services: Host['services'],
	{ accountability, schema, database }: FilterContext,
	collection: string,
	keys: readonly string[],
): Promise<boolean> {
	if (!accountability || accountability.admin) return true;
	if (!accountability.user) return false;
	const permissions = new services.PermissionsService({ accountability, schema: schema as SchemaOverview, knex: database });
	for (const key of keys) if (!(await permissions.getItemPermissions(collection, key)).delete.access) return false;
	return true;
}

/**
 * Says in French what still depends on a row before the database refuses to delete it with a bare 500. On every collection and
 * every way in; only the foreign keys decide, so a new relation is covered as soon as it is there.
 */
export function answerBlockedDeletions(filter: Filter, services: Host['services']): void {
	for (const scope of ['items', 'users', 'files', 'roles']) {
		filter<string[]>(`${scope}.delete`, async (keys, meta, raw) => {
			const context = raw as FilterContext;
			const collection = String(meta['collection']);
			if (!context.schema || keys.length === 0) return keys;
			const blockers = await findBlockers(context.database, context.schema, collection, keys);
			if (blockers.length > 0 && (await mayDelete(services, context, collection, keys))) throw await refusalOf(context.database, collection, blockers);
			return keys;
		});
	}
}
