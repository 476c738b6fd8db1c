/**
 * Absences that were there before `team_absences` become visible to colleagues. The product keeps them in step from then on.
 * @param {import('knex').Knex} knex
 */
export async function up(knex) {
	const columns = ['id', 'user', 'starts_on', 'ends_on'];
	await knex(knex.raw('?? (??, ??, ??, ??)', ['team_absences', ...columns])).insert(
		knex('absences').whereNotIn('id', knex('team_absences').select('id')).select(columns),
	);
}

export async function down() {}
