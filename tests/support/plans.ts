import type { TestDirectus } from './directus.ts';

type Query = { sql: string; bindings: readonly (string | number | null)[] };

/** How SQLite goes about one part of a statement: `SEARCH leads USING INDEX …`, `SCAN leads`. */
export type Step = { sql: string; detail: string };

/** The statements of a piece of work. */
export async function heard({ database }: TestDirectus, work: () => Promise<unknown>): Promise<Query[]> {
	const queries: Query[] = [];
	const listen = (query: Query): void => void queries.push(query);
	database.on('query', listen);
	await work();
	database.removeListener('query', listen);
	return queries;
}

/** The steps of what is read among these statements. SQLite only. */
export async function stepsOf({ database }: TestDirectus, queries: readonly Query[]): Promise<Step[]> {
	const steps: Step[] = [];
	for (const { sql, bindings } of queries.filter((query) => /^select/i.test(query.sql)))
		for (const { detail } of (await database.raw(`explain query plan ${sql}`, [...bindings] as never)) as Step[]) steps.push({ sql, detail });
	return steps;
}
