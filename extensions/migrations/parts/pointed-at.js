/**
 * Columns that point at a row which may go in great numbers (an import undone, the demo removed) and are mostly empty. When a row
 * goes, the database looks for what points at it, once per column: without an index it reads the whole table for each of ten
 * thousand leads. Rows with nothing in the column are not in the index, so writing them costs nothing.
 * @type {readonly (readonly [table: string, ...columns: string[]])[]}
 */
export const pointers = [
	['leads', 'merged_into'],
	['companies', 'merged_into', 'parent'],
	['people', 'merged_into'],
	['alerts', 'lead', 'company', 'person'],
	['documents', 'person', 'ticket', 'invoice', 'expense', 'duplicate_of'],
	['expenses', 'supplier', 'person', 'payment', 'invoice_line'],
	['invoices', 'quote', 'contract'],
	['payments', 'refund_of'],
	['planning', 'ticket'],
	['quotes', 'previous_version'],
	['tasks', 'parent', 'milestone', 'document'],
	['tickets', 'project'],
	['time_tracking', 'task', 'ticket', 'invoice_line'],
];

const each = pointers.flatMap(([table, ...columns]) => columns.map((column) => ({ table, column, name: `orchestre_${table}_${column}_pointed` })));

/** @param {import('knex').Knex} knex */
export async function createPointerIndexes(knex) {
	// With the key behind it: an index on one column alone would show as a change of the schema, which the schema files do not have.
	for (const { table, column, name } of each)
		await knex.raw('create index if not exists ?? on ?? (??, id) where ?? is not null', [name, table, column, column]);
}

/** @param {import('knex').Knex} knex */
export async function dropPointerIndexes(knex) {
	for (const { name } of each) await knex.raw('drop index if exists ??', [name]);
}
