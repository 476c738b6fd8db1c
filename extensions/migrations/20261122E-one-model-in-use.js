/**
 * One model in use for each thing that is predicted, and no version twice: two trainings that end together cannot both win.
 * Runs after the schema has been applied.
 * @param {import('knex').Knex} knex
 */
export async function up(knex) {
	// On two columns: Directus takes a unique index on one, even of a part of the rows, for a field whose values are all unique.
	await knex.raw(`create unique index ?? on ?? (??, ??) where ?? = 'champion'`, ['models_one_champion', 'models', 'target', 'status', 'status']);
	await knex.raw('create unique index ?? on ?? (??, ??)', ['models_target_version', 'models', 'target', 'version']);
}

/** @param {import('knex').Knex} knex */
export async function down(knex) {
	for (const index of ['models_one_champion', 'models_target_version']) await knex.raw('drop index ??', [index]);
}
