import { remaining } from '../../extensions/orchestre/src/finance/rules/settlement.ts';
import type { Calendar } from './calendar.ts';
import { isoDate, plusDays, plusMinutes } from './calendar.ts';
import { series } from './copies.ts';
import type { Invoice } from './invoices.ts';
import { lineRows, totalsOf } from './lines.ts';
import type { Settlement } from './payments.ts';
import type { Row } from './rows.ts';
import { traces } from './rows.ts';
import { member, teamOf } from './team.ts';

/**
 * Numbers by series and year, in order of issue, without gaps. The series is one of its own (D): the company's first real
 * invoice begins its series at 1, whether the demo is still there or not.
 */
export function invoiceNumbers(invoices: readonly Invoice[]): Map<string, string> {
	const counters = new Map<string, number>();
	const numbers = new Map<string, string>();
	for (const { id, direction, type, issued, draft } of invoices) {
		if (direction !== 'sale' || draft) continue;
		const name = `${type === 'credit_note' ? 'AVO' : 'FAC'}-${series()}-${issued.getUTCFullYear()}`;
		const number = (counters.get(name) ?? 0) + 1;
		counters.set(name, number);
		numbers.set(id, `${name}-${String(number).padStart(6, '0')}`);
	}
	return numbers;
}

function statusOf(invoice: Invoice, paid: number, corrected: boolean): string {
	if (invoice.draft) return 'draft';
	if (corrected) return 'cancelled_by_credit_note';

	if (invoice.disputed) return 'disputed';
	if (paid >= invoice.gross) return 'paid';
	if (paid > 0) return 'partly_paid';
	return invoice.direction === 'sale' ? 'sent' : 'issued';
}

/** Rows of the invoices and of their lines. Overdue is not stored: it follows from the due date. */
export function invoiceRows(
	calendar: Calendar,
	invoices: readonly Invoice[],
	numbers: ReadonlyMap<string, string>,
	settlements: ReadonlyMap<string, Settlement>,
	projects: ReadonlyMap<string, string>,
): { invoices: Row[]; lines: Row[] } {
	const corrected = new Set(invoices.flatMap(({ corrects }) => corrects?.id ?? []));
	const lines: Row[] = [];
	const rows = invoices.map((invoice): Row => {
		const { id, company, issued, draft, direction } = invoice;
		const totals = totalsOf(invoice.lines);
		// A credit note is used up by the invoice that it corrects.
		const { paid = 0, lastOn = null } = settlements.get(id) ?? (invoice.corrects ? { paid: invoice.gross, lastOn: issued } : {});
		const clerk = member('finance');
		const owner = direction === 'sale' ? (company.owner ?? clerk) : clerk;
		const sent = plusMinutes(issued, 95);
		const period = invoice.period ? { period_start: isoDate(invoice.period.from), period_end: isoDate(invoice.period.to) } : null;
		const status = statusOf(invoice, paid, corrected.has(id));
		const made = draft ? plusDays(calendar.end, -1) : issued;
		const traced = traces(made, clerk.id);
		lines.push(...lineRows('invoice', id, invoice.lines, traced, period));
		const goods = invoice.lines.some(({ account }) => account === '707000');
		const services = invoice.lines.some(({ account }) => account !== '707000');
		return {
			id,
			number: numbers.get(id) ?? null,
			status,
			direction,
			type: invoice.type,
			title: invoice.title,
			company: company.id,
			contact: direction === 'sale' ? (company.contacts[0]?.id ?? null) : null,
			owner: owner.id,
			team: teamOf(owner),
			supplier_number: direction === 'purchase' ? `F${id.slice(-7).toUpperCase()}` : null,
			received_on: direction === 'purchase' ? isoDate(plusDays(issued, 1)) : null,
			issue_date: draft ? null : isoDate(issued),
			supply_date: draft ? null : isoDate(issued),
			due_date: draft ? null : isoDate(invoice.due),
			sent_at: draft || direction === 'purchase' ? null : sent.toISOString(),
			issued_at: draft ? null : issued.toISOString(),
			issued_by: draft ? null : clerk.id,
			paid_on: status === 'paid' && lastOn ? isoDate(lastOn) : null,
			...period,
			net_cents: totals.net,
			vat_cents: totals.vat,
			gross_cents: totals.gross,
			paid_cents: paid,
			remaining_cents: remaining({ status, gross_cents: totals.gross }, paid),
			deposits_cents: invoice.type === 'balance' ? invoice.deposits : null,
			currency: 'EUR',
			vat_breakdown: totals.breakdown,
			payment_terms_days: company.terms,
			payment_method: 'transfer',
			project: (invoice.deal && projects.get(invoice.deal.id)) ?? null,
			subscription: invoice.subscription?.id ?? null,
			corrects: invoice.corrects?.id ?? null,
			credit_reason: invoice.corrects ? 'Erreur sur le nombre d’utilisateurs.' : null,
			dispute_reason: invoice.disputed ? 'Le client conteste le nombre de journées facturées.' : null,
			operation_nature: goods && services ? 'mixed' : goods ? 'goods' : 'services',
			...traced,
			...(lastOn && lastOn > made && { date_updated: lastOn.toISOString(), user_updated: clerk.id }),
		};
	});
	return { invoices: rows, lines };
}
