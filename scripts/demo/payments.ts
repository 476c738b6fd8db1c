import type { Calendar } from './calendar.ts';
import { daysBetween, isoDate, plusDays, toWeekday } from './calendar.ts';
import { series } from './copies.ts';
import { troubleOf } from './clients.ts';
import { demoId } from './ids.ts';
import type { Invoice } from './invoices.ts';
import { clamp, randomOf } from './random.ts';
import type { Random } from './random.ts';
import type { Row } from './rows.ts';
import { traces } from './rows.ts';
import { member, teamId } from './team.ts';

export type Payment = {
	id: string;
	number: string;
	on: Date;
	direction: 'in' | 'out';
	amount: number;
	parts: { invoice: Invoice; amount: number }[];
	method: string;
};

/** What is known of an invoice's settlement at the end of the history. */
export type Settlement = { paid: number; lastOn: Date | null };

/**
 * When an invoice is paid. Planted: each company has its habit (days after the due date), which lasts; a crisis adds up to five
 * weeks; August slows everybody.
 */
function paidOn(random: Random, invoice: Invoice): Date | null {
	if (invoice.disputed || random.chance(0.006)) return null;
	if (invoice.direction === 'purchase') return toWeekday(plusDays(invoice.due, random.int(-6, 2)));
	const trouble = invoice.client ? troubleOf(invoice.client, invoice.due) : 0;
	const august = invoice.due.getUTCMonth() === 7 ? 9 : 0;
	const early = -Math.max(0, daysBetween(invoice.issued, invoice.due) - 2);
	return toWeekday(plusDays(invoice.due, Math.round(clamp(random.normal(invoice.company.payingHabit + 38 * trouble + august, 5), early, 150))));
}

/** Payments of all invoices: most alone, some together, some in two parts; those still to come are not there. */
export function tellPayments(calendar: Calendar, invoices: readonly Invoice[]): { payments: Payment[]; settlements: Map<string, Settlement> } {
	const random = randomOf('payments');
	const settlements = new Map<string, Settlement>();
	const corrected = new Set(invoices.flatMap(({ corrects }) => corrects?.id ?? []));
	const drafts: Omit<Payment, 'id' | 'number'>[] = [];
	const waiting = new Map<string, Omit<Payment, 'id' | 'number'>>();
	for (const invoice of invoices) {
		if (invoice.draft || invoice.type === 'credit_note' || corrected.has(invoice.id)) continue;
		const on = paidOn(random, invoice);
		if (!on || on > calendar.end) continue;
		const amount = invoice.gross;
		const direction = invoice.direction === 'sale' ? 'in' : 'out';
		const method = invoice.company.payingHabit % 4 === 0 && direction === 'in' ? 'direct_debit' : 'transfer';
		// Clients who pay several invoices with one transfer, as accountants like to.
		const open = waiting.get(invoice.company.id);
		if (open && random.chance(0.6) && Math.abs(daysBetween(open.on, on)) < 12) {
			open.parts.push({ invoice, amount });
			open.amount += amount;
			if (on > open.on) open.on = on;
			waiting.delete(invoice.company.id);
			continue;
		}
		// Larger sums come in two parts now and then; of some the second part is still to come.
		const inParts = direction === 'in' && (on > calendar.at(-28) ? amount > 250_000 && random.chance(0.3) : amount > 1_000_000 && random.chance(0.06));
		const first = inParts ? Math.round(amount / 2) : amount;
		const payment = { on, direction, amount: first, parts: [{ invoice, amount: first }], method } as const;
		drafts.push({ ...payment, parts: [...payment.parts] });
		const last = drafts.at(-1);
		if (last && !inParts) waiting.set(invoice.company.id, last);
		const second = plusDays(on, 30);
		if (inParts && second <= calendar.end) drafts.push({ on: second, direction, amount: amount - first, parts: [{ invoice, amount: amount - first }], method });
	}
	const payments = drafts
		.toSorted((a, b) => a.on.getTime() - b.on.getTime())
		.map((draft, index) => ({
			...draft,
			id: demoId('payments', index),
			number: `PAI-${series()}-${draft.on.getUTCFullYear()}-${String(index + 1).padStart(6, '0')}`,
		}));
	for (const { parts, on } of payments) {
		for (const { invoice, amount } of parts) {
			const before = settlements.get(invoice.id) ?? { paid: 0, lastOn: null };
			settlements.set(invoice.id, { paid: before.paid + amount, lastOn: before.lastOn && before.lastOn > on ? before.lastOn : on });
		}
	}
	for (const credit of invoices) if (credit.corrects) settlements.set(credit.corrects.id, { paid: credit.gross, lastOn: credit.issued });
	return { payments, settlements };
}

export function paymentRows(payments: readonly Payment[], numbers: ReadonlyMap<string, string>): { payments: Row[]; allocations: Row[] } {
	const owner = member('finance');
	const traced = (on: Date): Partial<Row> => traces(plusDays(on, 0.4), owner.id);
	return {
		payments: payments.map(({ id, number, on, direction, amount, parts, method }) => {
			const company = parts[0]?.invoice.company;
			const references = parts.map(({ invoice }) => numbers.get(invoice.id)).filter((reference) => reference !== undefined);
			return {
				id,
				reference: number,
				status: 'received',
				direction,
				method,
				company: company?.id ?? null,
				amount_cents: amount,
				allocated_cents: amount,
				currency: 'EUR',
				paid_on: isoDate(on),
				value_on: isoDate(on),
				owner: owner.id,
				team: teamId(owner.team),
				bank_reference: `VIR${id.slice(-9).toUpperCase()}`,
				bank_label: `${direction === 'in' ? 'VIR SEPA RECU' : 'VIR SEPA EMIS'} ${company?.org.name.toUpperCase() ?? ''} ${references.join(' ')}`
					.trim()
					.slice(0, 250),
				...traced(on),
			};
		}),
		allocations: payments.flatMap(({ id, on, parts }) =>
			parts.map(({ invoice, amount }): Row => ({
				id: demoId('payment_allocations', `${id} ${invoice.id}`),
				payment: id,
				invoice: invoice.id,
				amount_cents: amount,
				allocated_on: isoDate(on),
				matched_by: parts.length > 1 ? 'manual' : 'reference',
				...traced(on),
			})),
		),
	};
}

/** A credit note settles its invoice without any money. */
export const creditAllocationRows = (invoices: readonly Invoice[]): Row[] =>
	invoices.flatMap(({ id, corrects, issued, gross }) =>
		corrects
			? [
					{
						id: demoId('payment_allocations', `credit ${id}`),
						credit_note: id,
						invoice: corrects.id,
						amount_cents: gross,
						allocated_on: isoDate(issued),
						matched_by: 'manual',
						...traces(issued, member('finance').id),
					},
				]
			: [],
	);
