const keys = [
	['companies', 'name_key'],
	['people', 'name_key'],
	['leads', 'company_key'],
];

/** @param {string} table @param {string} column */
const nameOf = (table, column) => `orchestre_${table}_${column}_begins`;

/**
 * Names are searched by their beginning while somebody types. PostgreSQL's own indexes follow the language's order and cannot; SQLite's
 * can. Runs after the schema has been applied.
 * @param {import('knex').Knex} knex
 */
export async function up(knex) {
	if (/sqlite/.test(knex.client.config.client)) return;
	for (const [table, column] of keys) await knex.raw('create index ?? on ?? (?? varchar_pattern_ops)', [nameOf(table, column), table, column]);
}

/** @param {import('knex').Knex} knex */
export async function down(knex) {
	for (const [table, column] of keys) await knex.raw('drop index if exists ??', [nameOf(table, column)]);
}
