/**
 * Which folders are read and what is filed without review, for instances that had settings before they had documents. An empty list is
 * somebody's choice and stays. Runs after the schema has been applied.
 * @param {import('knex').Knex} knex
 */
export async function up(knex) {
	await knex('settings')
		.whereNull('documents_folders')
		.update({ documents_folders: JSON.stringify(['inbox']) });
	await knex('settings')
		.whereNull('documents_automatic')
		.update({ documents_automatic: JSON.stringify(['invoice', 'quote', 'receipt', 'contract', 'business_card']) });
	await knex('settings')
		.whereNull('documents_openai_types')
		.update({ documents_openai_types: JSON.stringify([]) });
}

/** What people chose stays. */
export async function down() {}
