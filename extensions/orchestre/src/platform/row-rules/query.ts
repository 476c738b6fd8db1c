import type { Query } from '@directus/types';
import { guardFilter, isCondition, type Condition, type Guard } from './filter.ts';
import { collectionsOnPath, stepInto } from './relations.ts';

type Aliases = Readonly<Record<string, string>> | undefined;
/** A query with its lists' own queries, which Directus writes with underscores (`deep[tasks]._filter`). */
type Part = Record<string, unknown>;

const texts = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');

/** What sorts, groups or sums looks at every row, seen or not: through a collection with hidden rows it is refused. */
function refuseBlind(guard: Guard, collection: string, { sort, group, aggregate }: { sort: unknown; group: unknown; aggregate: unknown }): void {
	const sums = isCondition(aggregate) ? aggregate : {};
	const ordered = [...texts(sort), ...texts(group)].filter((text) => !((text.replace(/^-/, '').split('.')[0] ?? '') in sums));
	for (const text of [...ordered, ...Object.values(sums).flatMap(texts)]) {
		const hidden = collectionsOnPath(guard.schema, collection, text).find((one) => guard.ruleOf(one) !== 'all');
		if (hidden) guard.refuse('ordered', hidden, text);
	}
}

function guardLists(guard: Guard, collection: string, aliases: Aliases, deep: Part): Part {
	return Object.fromEntries(
		Object.entries(deep).map(([key, value]) => {
			if (key.startsWith('_') || !isCondition(value)) return [key, value];
			const step = stepInto(guard.schema, collection, aliases?.[key] ?? key);
			return [key, step ? guardList(guard, step.to, value) : value];
		}),
	);
}

function guardList(guard: Guard, collection: string, part: Part): Part {
	refuseBlind(guard, collection, { sort: part['_sort'], group: [...texts(part['_group']), ...texts(part['_groupBy'])], aggregate: part['_aggregate'] });
	const { _filter: filter } = part;
	return { ...guardLists(guard, collection, part['_alias'] as Aliases, part), ...(isCondition(filter) && { _filter: guardFilter(guard, collection, filter) }) };
}

/** Filters as their author wrote them, by the object that now holds the guarded one: the same query may be read page by page. */
const written = new WeakMap<Condition, Condition>();

/** Puts the guarded conditions into the very objects of the query, because the count beside a list (`filter_count`) reads those. */
function guardInPlace(guard: Guard, collection: string, filter: Condition): void {
	const keys = Object.keys(filter);
	if (!written.has(filter) && keys.length === 1 && (keys[0] === '_and' || keys[0] === '_or')) {
		for (const part of (filter[keys[0]] ?? []) as Condition[]) guardInPlace(guard, collection, part);
		return;
	}
	const asked = written.get(filter) ?? { ...filter };
	const guarded = guardFilter(guard, collection, asked);
	written.set(filter, asked);
	for (const key of keys) delete filter[key];
	Object.assign(filter, guarded);
}

/** False for queries that only pick fields, rows by their number and words: most of the app's. */
export const mayLeadElsewhere = ({ filter, sort, group, aggregate, deep }: Query): boolean => Boolean(filter ?? sort ?? group ?? aggregate ?? deep);

/** The collections beyond its own that a query compares, sorts or sums by. */
export function collectionsBehind(schema: Guard['schema'], collection: string, query: Query): Set<string> {
	const found = new Set<string>();
	const look: Guard = {
		schema,
		ruleOf: (name) => {
			found.add(name);
			return 'all';
		},
		refuse: () => {
			throw new Error('a look refuses nothing');
		},
	};
	refuseBlind(look, collection, { sort: query.sort, group: query.group, aggregate: query.aggregate });
	if (query.filter) guardFilter(look, collection, query.filter as Condition);
	if (query.deep) guardLists(look, collection, query.alias ?? undefined, query.deep as Part);
	return found;
}

/** Writes the caller's rules into a query, or refuses it. */
export function guardQuery(guard: Guard, collection: string, query: Query): void {
	refuseBlind(guard, collection, { sort: query.sort, group: query.group, aggregate: query.aggregate });
	if (query.filter) guardInPlace(guard, collection, query.filter as Condition);
	if (query.deep) query.deep = guardLists(guard, collection, query.alias ?? undefined, query.deep as Part) as NonNullable<Query['deep']>;
}
