/** Columns that only the product writes; a value from outside is refused. */
const totals = ['net_cents', 'vat_cents', 'gross_cents'] as const;

export const computedFields = {
	line_items: totals,
	quotes: [...totals, 'vat_breakdown', 'refused_at'],
	invoices: [...totals, 'vat_breakdown', 'paid_cents', 'remaining_cents', 'paid_on'],
	payments: ['allocated_cents'],
	payment_allocations: [],
} as const;
