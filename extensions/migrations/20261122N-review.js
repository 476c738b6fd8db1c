/**
 * One example of each field of a document, and one reading of the words of each state of a file: who comes second finds it done.
 * Runs after the schema has been applied.
 * @param {import('knex').Knex} knex
 */
export async function up(knex) {
	await knex.raw('create unique index ?? on ?? (??, ??)', ['document_corrections_once', 'document_corrections', 'document', 'field']);
	await knex.raw('create unique index ?? on ?? (??, ??)', ['document_pages_once', 'document_pages', 'file', 'version']);
}

/** @param {import('knex').Knex} knex */
export async function down(knex) {
	for (const index of ['document_corrections_once', 'document_pages_once']) await knex.raw('drop index ??', [index]);
}
