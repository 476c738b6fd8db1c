/**
 * A client has one record of health a day. What the night asks of usage (how many events, the first and the last) stands in the index alone:
 * `company, at` of the first migration serves it. Runs after the schema has been applied.
 * @param {import('knex').Knex} knex
 */
export async function up(knex) {
	await knex.raw('create unique index ?? on ?? (??, ??)', ['orchestre_health_history_company_computed_on', 'health_history', 'company', 'computed_on']);
}

/** @param {import('knex').Knex} knex */
export async function down(knex) {
	await knex.raw('drop index if exists ??', ['orchestre_health_history_company_computed_on']);
}
