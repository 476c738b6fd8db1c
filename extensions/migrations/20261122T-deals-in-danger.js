/**
 * The deals with the most at stake among those in danger, which a panel shows: the first few of an index instead of all of them sorted.
 * Runs after the schema has been applied.
 * @param {import('knex').Knex} knex
 */
export async function up(knex) {
	await knex.raw('create index ?? on ?? (??, ??)', ['orchestre_opportunities_health_at_risk_cents', 'opportunities', 'health', 'at_risk_cents']);
}

/** @param {import('knex').Knex} knex */
export async function down(knex) {
	await knex.raw('drop index if exists ??', ['orchestre_opportunities_health_at_risk_cents']);
}
