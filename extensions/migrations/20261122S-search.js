/** What Directus's own search looks through in the list of documents (`lower(…) like '%…%'`); each needs its index, or none is of use. */
const columns = ['title', 'description', 'search_words'];

/** @param {string} column */
const nameOf = (column) => `orchestre_documents_${column}_search`;

/** @param {import('knex').Knex} knex */
async function mayHaveTrigrams(knex) {
	const { rows } = await knex.raw(
		`select exists (select 1 from pg_extension where extname = 'pg_trgm') as there,
			exists (select 1 from pg_available_extensions where name = 'pg_trgm') and has_database_privilege(current_database(), 'create') as possible`,
	);
	const [{ there, possible }] = /** @type {[{ there: boolean, possible: boolean }]} */ (rows);
	return there || possible;
}

/**
 * Documents are found by their text with trigrams on PostgreSQL; where the extension cannot be had, rows are read one by one as before, and as
 * SQLite does. What was read before is made searchable by phrase. Runs after the schema has been applied.
 * @param {import('knex').Knex} knex
 */
export async function up(knex) {
	await knex('documents')
		.whereNotNull('text')
		.update({ search_words: knex.raw(`lower(text) || ' ' || coalesce(search_words, '')`) });
	if (/sqlite/.test(knex.client.config.client) || !(await mayHaveTrigrams(knex))) return;
	await knex.raw('create extension if not exists pg_trgm');
	for (const column of columns) await knex.raw('create index ?? on documents using gin (lower(??) gin_trgm_ops)', [nameOf(column), column]);
}

/** @param {import('knex').Knex} knex */
export async function down(knex) {
	for (const column of columns) await knex.raw('drop index if exists ??', [nameOf(column)]);
}
