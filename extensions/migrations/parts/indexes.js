/**
 * Composite indexes, which the schema files cannot state: table and columns, in the order in which a list or a rule
 * asks for them (equal first, then the sort). A single column belongs into the schema file (`indexed: true`), or
 * Directus's own comparison would find it missing there.
 * @type {readonly (readonly [table: string, ...columns: string[]])[]}
 */
export const indexes = [
	// Lists of a person and of a team; rights compare the same columns.
	['leads', 'owner', 'status', 'date_created'],
	['leads', 'team', 'status', 'date_created'],
	['leads', 'user_created', 'date_created'],
	['leads', 'reseller', 'date_created'],
	['leads', 'status', 'sla_due_at'],
	// Search for duplicates.
	['leads', 'siren', 'last_name'],
	['leads', 'company_key', 'last_name'],
	['lead_scores', 'lead', 'at'],
	['lead_status_changes', 'lead', 'at'],
	['tasks', 'assignee', 'status', 'due_at'],
	['tasks', 'team', 'status', 'due_at'],
	['tasks', 'user_created', 'date_created'],
	['interactions', 'lead', 'at'],
	['interactions', 'company', 'at'],
	['interactions', 'person', 'at'],
	['interactions', 'opportunity', 'at'],
	['interactions', 'owner', 'at'],
	['interactions', 'team', 'at'],
	['opportunities', 'owner', 'stage'],
	['opportunities', 'team', 'stage'],
	['opportunities', 'stage', 'close_date'],
	['opportunities', 'user_created', 'date_created'],
	['stage_changes', 'opportunity', 'at'],
	['companies', 'owner', 'name'],
	['people', 'company', 'last_name'],
	['contracts', 'company', 'status'],
	['commissions', 'reseller', 'earned_on'],
	['commissions', 'owner', 'earned_on'],
	['quotes', 'owner', 'status'],
	['quotes', 'company', 'status'],
	['invoices', 'company', 'status'],
	['invoices', 'status', 'due_date'],
	['payments', 'company', 'paid_on'],
	['expenses', 'owner', 'status'],
	['subscriptions', 'company', 'status'],
	['subscriptions', 'status', 'next_invoice_on'],
	['line_items', 'quote', 'sort'],
	['line_items', 'invoice', 'sort'],
	['projects', 'manager', 'status'],
	['milestones', 'project', 'due_on'],
	['milestones', 'status', 'due_on'],
	['tickets', 'owner', 'status'],
	['tickets', 'company', 'status'],
	['time_tracking', 'owner', 'worked_on'],
	['time_tracking', 'project', 'worked_on'],
	['planning', 'owner', 'starts_at'],
	['planning', 'team', 'starts_at'],
	['absences', 'user', 'ends_on'],
	['alerts', 'assignee', 'state', 'date_created'],
	['insights', 'owner', 'state', 'priority'],
	['usage_events', 'company', 'at'],
	['usage_events', 'subscription', 'at'],
	// What is due, and what waits for a row.
	['jobs', 'state', 'due_at'],
	['jobs', 'item', 'kind', 'state'],
];

/** @param {readonly string[]} parts */
const nameOf = (parts) => `orchestre_${parts.join('_')}`;

/** @param {import('knex').Knex} knex */
export async function createIndexes(knex) {
	for (const [table, ...columns] of indexes)
		await knex.raw(`create index if not exists ?? on ?? (${columns.map(() => '??').join(', ')})`, [nameOf([table, ...columns]), table, ...columns]);
}

/** @param {import('knex').Knex} knex */
export async function dropIndexes(knex) {
	for (const parts of indexes) await knex.raw('drop index if exists ??', [nameOf(parts)]);
}
