import { expect, it } from 'vitest';
import { remaining, settledStatus } from './settlement.ts';

const sent = { status: 'sent', gross_cents: 12_000, wasSent: true };

it('follows what was paid, forth and back', () => {
	expect(settledStatus(sent, 0)).toBe('sent');
	expect(settledStatus(sent, 1)).toBe('partly_paid');
	expect(settledStatus(sent, 12_000)).toBe('paid');
	expect(settledStatus({ ...sent, status: 'paid' }, 11_999)).toBe('partly_paid');
	expect(settledStatus({ ...sent, status: 'paid' }, 0)).toBe('sent');
	expect(settledStatus({ ...sent, status: 'partly_paid', wasSent: false }, 0)).toBe('issued');
});
it('leaves drafts, disputes and cancellations to who decided them, and what costs nothing as it is', () => {
	for (const status of ['draft', 'disputed', 'cancelled_by_credit_note']) expect(settledStatus({ ...sent, status }, 12_000)).toBe(status);
	expect(settledStatus({ ...sent, gross_cents: 0 }, 0)).toBe('sent');
});
it('owes nothing once paid, overpaid or cancelled', () => {
	expect(remaining(sent, 5000)).toBe(7000);
	expect(remaining(sent, 13_000)).toBe(0);
	expect(remaining({ ...sent, status: 'cancelled_by_credit_note' }, 0)).toBe(0);
});
