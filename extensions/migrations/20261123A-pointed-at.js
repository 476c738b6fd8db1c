import { createPointerIndexes, dropPointerIndexes, pointers } from './parts/pointed-at.js';

/**
 * Runs after the schema has been applied: without the tables it stops, and is not marked as done.
 * @param {import('knex').Knex} knex
 */
export async function up(knex) {
	for (const [table] of pointers)
		if (!(await knex.schema.hasTable(table))) throw new Error(`There is no table "${table}" yet: apply the schema first (npm run schema:apply).`);
	await createPointerIndexes(knex);
}

/** @param {import('knex').Knex} knex */
export const down = dropPointerIndexes;
