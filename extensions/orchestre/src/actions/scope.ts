import { now as clockNow } from '../platform/clock.ts';
import type { Knex } from '../platform/directus.ts';
import { financeRole } from '../platform/roles.ts';
import { dayMs, fromParis, toParis } from '../platform/time/paris.ts';
import type { Scope } from './prepare.ts';
import type { Watched } from './touched.ts';

type Touch = { collection: Watched; ids: readonly string[] };
type Row = Record<string, string | null>;

/** Columns that say whose day, and which lead and deal, a row of a collection moves. */
const ways: Readonly<Record<Watched, { owner?: string; lead?: string; deal?: string; company?: string }>> = {
	leads: { owner: 'owner', lead: 'id' },
	opportunities: { owner: 'owner', deal: 'id', lead: 'lead' },
	tasks: { owner: 'assignee', lead: 'lead', deal: 'opportunity' },
	interactions: { lead: 'lead', deal: 'opportunity', company: 'company' },
	planning: { lead: 'lead', deal: 'opportunity' },
	quotes: { deal: 'opportunity' },
	invoices: { company: 'company' },
	tickets: { owner: 'owner' },
	validation: { owner: 'approver' },
	insights: { owner: 'owner' },
	survey_answers: { company: 'company' },
};

/** What has to be looked at again after these rows changed: leads, deals, and everybody whose list may show them. */
export async function scopeOf(knex: Knex, touched: readonly Touch[]): Promise<Scope> {
	const [leads, deals, companies, people] = [new Set<string>(), new Set<string>(), new Set<string>(), new Set<string>()];
	for (const { collection, ids } of touched) {
		const { owner, lead, deal, company } = ways[collection];
		const columns = [owner, lead, deal, company].filter((column) => column !== undefined);
		for (const row of (await knex(collection).whereIn('id', [...ids]).select(columns)) as Row[]) {
			for (const [column, set] of [[owner, people], [lead, leads], [deal, deals], [company, companies]] as const) {
				const value = column && row[column];
				if (value) set.add(value);
			}
		}
		if (collection === 'invoices') for (const id of (await knex('directus_users').where({ role: financeRole, status: 'active' }).pluck('id')) as string[]) people.add(id);
	}
	const add = async (query: Knex.QueryBuilder, column: string): Promise<void> => {
		for (const row of (await query) as Row[]) if (row[column]) people.add(row[column]);
	};
	await add(knex('leads').whereIn('id', [...leads]).select('owner'), 'owner');
	await add(knex('opportunities').whereIn('id', [...deals]).select('owner'), 'owner');
	await add(knex('companies').whereIn('id', [...companies]).select('owner'), 'owner');
	// Whoever had it on the list before the change.
	const listed = knex('insights').where({ kind: 'next_action' }).whereIn('state', ['open', 'snoozed']).where((either) => void either.whereIn('lead', [...leads]).orWhereIn('opportunity', [...deals])).select('owner', 'lead', 'opportunity');
	await add(listed, 'owner');
	// Their tasks of today are worth what the leads and deals behind them are.
	const dayEnd = fromParis(toParis(clockNow()).day + 1, 0);
	const due = (await knex('tasks').whereIn('assignee', [...people]).whereIn('status', ['todo', 'in_progress']).where('due_at', '<', dayEnd).where('due_at', '>=', new Date(dayEnd.getTime() - 62 * dayMs)).select('lead', 'opportunity')) as Row[];
	for (const { lead, opportunity } of due) {
		if (lead) leads.add(lead);
		if (opportunity) deals.add(opportunity);
	}
	return { leads: [...leads].toSorted(), deals: [...deals].toSorted(), people: [...people].toSorted() };
} // prettier-ignore
