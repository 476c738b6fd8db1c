import { checks, createChecks, dropChecks } from './parts/checks.js';
import { createIndexes, dropIndexes, indexes } from './parts/indexes.js';

/**
 * Runs after the schema has been applied: without the tables it stops, and is not marked as done.
 * @param {import('knex').Knex} knex
 */
export async function up(knex) {
	const tables = new Set([...indexes.map(([table]) => table), ...checks.map(({ table }) => table)]);
	for (const table of tables)
		if (!(await knex.schema.hasTable(table))) throw new Error(`There is no table "${table}" yet: apply the schema first (npm run schema:apply).`);
	await createIndexes(knex);
	await createChecks(knex);
}

/** @param {import('knex').Knex} knex */
export async function down(knex) {
	await dropChecks(knex);
	await dropIndexes(knex);
}
