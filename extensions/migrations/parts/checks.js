/**
 * What must hold in the database whatever writes to it, written so that PostgreSQL (a constraint) and SQLite (two
 * triggers) take the same words. Columns stand in braces: SQLite's trigger reads them from the new row.
 * @typedef {{ table: string, name: string, holds: string }} Check
 */

/** @type {(table: string, ...columns: string[]) => Check[]} */
const notNegative = (table, ...columns) =>
	columns.map((column) => ({ table, name: `${column}_not_negative`, holds: `{${column}} is null or {${column}} >= 0` }));

/** @type {(table: string, ...columns: string[]) => Check} */
const atMostOne = (table, ...columns) => ({
	table,
	name: 'at_most_one_subject',
	holds: `${columns.map((column) => `(case when {${column}} is null then 0 else 1 end)`).join(' + ')} <= 1`,
});

/** @type {(table: string, first: string, second: string) => Check} */
const inOrder = (table, first, second) => ({
	table,
	name: `${second}_after_${first}`,
	holds: `{${first}} is null or {${second}} is null or {${second}} >= {${first}}`,
});

/** @type {(table: string, column: string) => Check} */
const share = (table, column) => ({ table, name: `${column}_is_a_share`, holds: `{${column}} is null or ({${column}} >= 0 and {${column}} <= 10000)` });

/** @type {readonly Check[]} */
export const checks = [
	atMostOne('tasks', 'lead', 'opportunity', 'company', 'project', 'milestone', 'ticket', 'invoice', 'document'),
	...notNegative('leads', 'budget_cents', 'employees', 'escalation_level'),
	...notNegative('opportunities', 'amount_cents', 'mrr_cents'),
	share('opportunities', 'probability'),
	share('stages', 'probability'),
	...notNegative('products', 'price_cents', 'cost_cents'),
	...notNegative('campaigns', 'budget_cents', 'cost_cents'),
	...notNegative('contracts', 'value_cents'),
	...notNegative('payments', 'amount_cents'),
	...notNegative('payment_allocations', 'amount_cents'),
	...notNegative('subscriptions', 'mrr_cents'),
	...notNegative('accounting', 'debit_cents', 'credit_cents'),
	{ table: 'accounting', name: 'debit_or_credit', holds: '{debit_cents} = 0 or {credit_cents} = 0' },
	...notNegative('time_tracking', 'minutes'),
	...notNegative('counters', 'value'),
	...notNegative('jobs', 'attempts'),
	inOrder('absences', 'starts_on', 'ends_on'),
	inOrder('planning', 'starts_at', 'ends_at'),
];

/** @param {Check} check */
const nameOf = ({ table, name }) => `orchestre_${table}_${name}`;

/**
 * @param {Check} check
 * @param {string} prefix
 */
const written = ({ holds }, prefix) => holds.replaceAll(/\{(\w+)\}/g, (_, column) => `${prefix}"${column}"`);

/** @param {import('knex').Knex} knex */
const isSqlite = (knex) => /sqlite/.test(knex.client.config.client);

/** @param {import('knex').Knex} knex */
export async function createChecks(knex) {
	await dropChecks(knex);
	for (const check of checks) {
		if (!isSqlite(knex)) {
			await knex.raw(`alter table ?? add constraint ?? check (${written(check, '')})`, [check.table, nameOf(check)]);
			continue;
		}
		for (const event of ['insert', 'update']) {
			await knex.raw(
				`create trigger ?? before ${event} on ?? when not (${written(check, 'new.')}) begin select raise(abort, 'CHECK constraint failed: ${nameOf(check)}'); end`,
				[`${nameOf(check)}_${event}`, check.table],
			);
		}
	}
}

/** @param {import('knex').Knex} knex */
export async function dropChecks(knex) {
	for (const check of checks) {
		if (!isSqlite(knex)) await knex.raw('alter table ?? drop constraint if exists ??', [check.table, nameOf(check)]);
		else for (const event of ['insert', 'update']) await knex.raw('drop trigger if exists ??', [`${nameOf(check)}_${event}`]);
	}
}
