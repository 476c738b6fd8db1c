import { createHash } from 'node:crypto';
import { storedDay, dayOrNull } from '../../platform/columns.ts';
import type { Knex } from '../../platform/directus.ts';
import { dayOf } from '../../platform/time/paris.ts';
import { invoiceCandidate } from '../rules/others.ts';
import type { Candidate } from '../rules/types.ts';
import { inParts, type Row } from './first-per.ts';
import type { Person } from './people.ts';

/** Which of several people an item is for: the same as long as they are the same. */
const oneOf = (people: readonly string[], id: string): string | undefined =>
	people.length === 0 ? undefined : people[createHash('sha256').update(id).digest().readUInt32BE(0) % people.length];

/**
 * Overdue sales invoices: for whoever looks after the client, and for Finance, where those who are there share them. `only`: these people.
 */
export async function readInvoices(knex: Knex, people: ReadonlyMap<string, Person>, only: ReadonlySet<string> | null, today: number): Promise<Candidate[]> {
	const finance = [...people.values()].filter(({ isFinance, isThere }) => isFinance && isThere).map(({ id }) => id).toSorted(); // prettier-ignore
	const wantsFinance = only === null || finance.some((id) => only.has(id));
	const query = knex('invoices as i')
		.leftJoin('companies as c', 'c.id', 'i.company')
		.where({ 'i.direction': 'sale' })
		.whereNot('i.type', 'credit_note')
		.whereIn('i.status', ['issued', 'sent', 'partly_paid'])
		.where('i.remaining_cents', '>', 0)
		.where('i.due_date', '<', storedDay(today))
		.orderBy('i.id')
		.select('i.id', 'i.number', 'i.company', 'i.contact', 'i.due_date', 'i.remaining_cents', { company_name: 'c.name', client_owner: 'c.owner' });
	if (!wantsFinance) void query.whereIn('c.owner', [...(only ?? [])]);
	const rows = (await query) as Row[];
	return rows.flatMap((row) => {
		const id = String(row['id']);
		const owners = new Set([row['client_owner'], oneOf(finance, id)].filter((owner): owner is string => typeof owner === 'string'));
		const dueDay = dayOf(dayOrNull(row['due_date']) ?? '') ?? today;
		return [...owners].flatMap((owner) => {
			if (only && !only.has(owner)) return [];
			const links = { ...(typeof row['company'] === 'string' && { company: row['company'] }), ...(typeof row['contact'] === 'string' && { person: row['contact'] }) };
			const invoice = {
				id,
				owner,
				team: people.get(owner)?.team ?? null,
				number: String(row['number'] ?? ''),
				company: (row['company'] as string | null) ?? null,
				companyName: String(row['company_name'] ?? 'le client'),
				remainingCents: Number(row['remaining_cents']),
				dueDay,
				links,
			};
			return [invoiceCandidate(invoice, today)];
		});
	});
} // prettier-ignore

/** Monthly recurring revenue of these companies' active subscriptions. */
export async function readRevenue(knex: Knex, companies: readonly (string | null)[]): Promise<(company: string | null) => number> {
	const ids = [...new Set(companies)].filter((id) => id !== null);
	const rows = await inParts(
		ids,
		async (part) =>
			(await knex('subscriptions')
				.whereIn('company', [...part])
				.where({ status: 'active' })
				.groupBy('company')
				.select('company')
				.sum({ cents: 'mrr_cents' })) as { company: string; cents: unknown }[],
	);
	const byCompany = new Map(rows.map(({ company, cents }) => [company, Number(cents)]));
	return (company) => byCompany.get(company ?? '') ?? 0;
}
