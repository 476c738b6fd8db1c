/**
 * A result is there once for its KPI, period and scope: what writes it anew finds it, and what reads a figure or its trend needs no other index.
 * Runs after the schema has been applied.
 * @param {import('knex').Knex} knex
 */
export async function up(knex) {
	const columns = ['kpi', 'scope', 'scope_key', 'period_kind', 'period_start'];
	await knex.raw('create unique index ?? on ?? (??, ??, ??, ??, ??)', ['orchestre_performance_result', 'performance', ...columns]);
}

/** @param {import('knex').Knex} knex */
export async function down(knex) {
	await knex.raw('drop index if exists ??', ['orchestre_performance_result']);
}
