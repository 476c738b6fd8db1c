/**
 * Quotes that had been refused before `refused_at`: their last change is the best that is known, and no later one moves it any more. Runs after the
 * schema has been applied: without the column it stops, and is not marked as done.
 * @param {import('knex').Knex} knex
 */
export async function up(knex) {
	await knex('quotes')
		.where({ status: 'refused' })
		.whereNull('refused_at')
		.update({ refused_at: knex.raw('coalesce(??, ??, ??)', ['date_updated', 'sent_at', 'date_created']) });
}

export async function down() {}
