/**
 * Indexes that lists need once there are a hundred thousand rows, found with EXPLAIN at a hundred times the demo (docs/performance.md).
 * @typedef {{ table: string, columns: readonly string[], where?: string, on?: 'pg' | 'sqlite' }} Index
 */

const openLeads = "status in ('new', 'contacted', 'qualified', 'nurturing')";
const openTasks = "status in ('todo', 'in_progress')";

/** @type {readonly Index[]} */
export const indexes = [
	// What is open is recent, and lists of it begin with the oldest date: without these PostgreSQL walks past all that is closed.
	{ table: 'leads', columns: ['sla_due_at'], where: openLeads, on: 'pg' },
	{ table: 'leads', columns: ['owner', 'sla_due_at'], where: openLeads, on: 'pg' },
	{ table: 'tasks', columns: ['due_at'], where: openTasks, on: 'pg' },
	{ table: 'tasks', columns: ['assignee', 'due_at'], where: openTasks, on: 'pg' },
	// SQLite cannot see that a condition with parameters implies that of the index; it reads each status in turn and sorts.
	{ table: 'tasks', columns: ['status', 'due_at'], on: 'sqlite' },
	{ table: 'opportunities', columns: ['close_date'], where: 'closed_at is null' },
	// Sorted by these, and nothing else narrows them down.
	{ table: 'line_items', columns: ['date_created', 'id'] },
	{ table: 'quotes', columns: ['date_created', 'id'] },
	{ table: 'tickets', columns: ['date_created', 'id'] },
	// "Mine, my team's, or made by me" reads three indexes or the whole table; who made a row had none.
	{ table: 'interactions', columns: ['user_created', 'at'] },
	{ table: 'quotes', columns: ['user_created', 'date_created'] },
	{ table: 'quotes', columns: ['team', 'date_created'] },
	{ table: 'tickets', columns: ['user_created', 'date_created'] },
	{ table: 'tickets', columns: ['team', 'status'] },
	{ table: 'contracts', columns: ['user_created', 'ends_on'] },
	{ table: 'planning', columns: ['user_created', 'starts_at'] },
];

/** @param {Index} index */
const nameOf = ({ table, columns, where }) => `orchestre_${table}_${columns.join('_')}${where ? '_open' : ''}`;

/** @param {import('knex').Knex} knex */
const isSqlite = (knex) => /sqlite/.test(knex.client.config.client);

/** @param {import('knex').Knex} knex */
export async function createIndexes(knex) {
	for (const index of indexes) {
		const { table, columns, where, on } = index;
		if (on && (on === 'sqlite') !== isSqlite(knex)) continue;
		const condition = where ? ` where ${where}` : '';
		await knex.raw(`create index if not exists ?? on ?? (${columns.map(() => '??').join(', ')})${condition}`, [nameOf(index), table, ...columns]);
	}
}

/** @param {import('knex').Knex} knex */
export async function dropIndexes(knex) {
	for (const index of indexes) await knex.raw('drop index if exists ??', [nameOf(index)]);
}
