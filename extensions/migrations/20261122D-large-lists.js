import { createIndexes, dropIndexes, indexes } from './parts/large-lists.js';

/**
 * Runs after the schema has been applied: without the tables it stops, and is not marked as done.
 * @param {import('knex').Knex} knex
 */
export async function up(knex) {
	for (const table of new Set(indexes.map((index) => index.table)))
		if (!(await knex.schema.hasTable(table))) throw new Error(`There is no table "${table}" yet: apply the schema first (npm run schema:apply).`);
	await createIndexes(knex);
}

/** @param {import('knex').Knex} knex */
export const down = dropIndexes;
