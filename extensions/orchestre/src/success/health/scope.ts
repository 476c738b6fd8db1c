import type { Knex } from '../../platform/directus.ts';

/** Which clients a statement is about: these, or all whose id lies in a stretch (above `after`, up to `until`). */
export type Scope = { ids: readonly string[] } | { after: string | null; until: string };

/** Narrows a query down to a scope. A stretch is read from an index in one go, where a list of thousands of ids is looked up one by one. */
export function within(query: Knex.QueryBuilder, column: string, scope: Scope): Knex.QueryBuilder {
	if ('ids' in scope) return query.whereIn(column, [...scope.ids]);
	if (scope.after !== null) void query.where(column, '>', scope.after);
	return query.where(column, '<=', scope.until);
}
