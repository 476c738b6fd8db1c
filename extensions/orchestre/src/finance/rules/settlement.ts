/** What an invoice owes and where it stands, from what was allocated to it. */

/** Statuses between which payments move an invoice; a draft, a dispute and a cancellation are somebody's decision and stay. */
const moving = ['issued', 'sent', 'partly_paid', 'paid'];
/** Statuses that only payments give. */
export const paidStatuses: readonly string[] = ['partly_paid', 'paid'];

export type InvoiceState = { status: string; gross_cents: number; wasSent: boolean };

/** The status that follows from what was paid, in cents. */
export function settledStatus({ status, gross_cents, wasSent }: InvoiceState, paidCents: number): string {
	if (!moving.includes(status) || gross_cents <= 0) return status;
	if (paidCents >= gross_cents) return 'paid';
	if (paidCents > 0) return 'partly_paid';
	if (!paidStatuses.includes(status)) return status;
	return wasSent ? 'sent' : 'issued';
}

/** What is still to be paid, in cents: nothing beyond the total, and nothing of what was cancelled. */
export const remaining = ({ status, gross_cents }: Pick<InvoiceState, 'status' | 'gross_cents'>, paidCents: number): number =>
	status === 'cancelled_by_credit_note' ? 0 : Math.max(0, gross_cents - paidCents);
