import type { Calendar } from './calendar.ts';
import { isoDate, plusDays } from './calendar.ts';
import { resellerCompanyId } from './companies.ts';
import { demoId } from './ids.ts';
import type { Payment } from './payments.ts';
import type { Row } from './rows.ts';
import { traces } from './rows.ts';
import { member, teamOf } from './team.ts';

/** Basis points of what came in, without tax. */
const rates = { reseller: 1200, sales: 250 } as const;

/**
 * Commissions on money that came in: resellers for what their leads bring in the first year, salespeople for what is paid once
 * (set-up, material, deposits). They are approved and paid at the end of the month after.
 */
export function commissionRows(payments: readonly Payment[], calendar: Calendar): Row[] {
	const rows: Row[] = [];
	for (const { id, on, direction, parts } of payments) {
		if (direction !== 'in') continue;
		for (const { invoice, amount } of parts) {
			const { client } = invoice;
			const deal = invoice.deal ?? invoice.subscription?.deal ?? null;
			if (!client || !deal) continue;
			const base = Math.round(amount / 1.2);
			const due = new Date(Date.UTC(on.getUTCFullYear(), on.getUTCMonth() + 2, 0, 10));
			const add = (kind: keyof typeof rates, fields: Partial<Row>, name: string): void => {
				const status = due <= calendar.end ? 'paid' : plusDays(due, -20) <= calendar.end ? 'approved' : 'pending';
				rows.push({
					id: demoId('commissions', `${kind} ${id} ${invoice.id}`),
					label: `${name} – ${client.company.org.name}`,
					beneficiary_kind: kind,
					status,
					base_cents: base,
					rate: rates[kind],
					amount_cents: Math.round((base * rates[kind]) / 10_000),
					earned_on: isoDate(on),
					paid_on: status === 'paid' ? isoDate(due) : null,
					payment: id,
					invoice: invoice.id,
					opportunity: deal.id,
					...fields,
					...traces(plusDays(on, 0.5), member('finance').id, status === 'paid' ? due : plusDays(on, 0.5)),
				});
			};
			if (deal.resellerId && deal.closedAt && on < plusDays(deal.closedAt, 400)) {
				const ours = deal.resellerId === resellerCompanyId;
				const follower = member(ours ? 'reseller' : 'manager-south');
				add('reseller', { reseller: deal.resellerId, owner: follower.id, team: teamOf(follower) }, 'Commission revendeur');
			}
			if (invoice.deal) add('sales', { reseller: null, owner: deal.owner.id, team: teamOf(deal.owner) }, `Prime ${deal.owner.first}`);
		}
	}
	return rows;
}
