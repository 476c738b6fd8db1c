/**
 * Invoices that were there before `remaining_cents`: what they still owe. The product keeps it from then on.
 * @param {import('knex').Knex} knex
 */
export async function up(knex) {
	await knex('invoices')
		.where({ remaining_cents: 0 })
		.whereNot({ status: 'cancelled_by_credit_note' })
		.whereRaw('?? > ??', ['gross_cents', 'paid_cents'])
		.update({ remaining_cents: knex.raw('?? - ??', ['gross_cents', 'paid_cents']) });
}

export async function down() {}
