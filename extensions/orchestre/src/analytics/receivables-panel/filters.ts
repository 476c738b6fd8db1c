import type { Age } from '../kpis/rules/ageing.ts';

export const ageKeys: readonly Age[] = ['current', 'd30', 'd60', 'd90', 'older'];

const dayMs = 86_400_000;
/** Midnight of a day as the server has it: on SQLite Directus would take a bare date for midnight in Greenwich. */
export const before = (day: string, days: number): string => `${new Date(Date.parse(day) - days * dayMs).toISOString().slice(0, 10)}T00:00:00`;

/** Conditions on an invoice's due date that put it into an age, as seen from `day` (YYYY-MM-DD). */
export function ageBounds(age: Age, day: string): object[] {
	if (age === 'current') return [{ due_date: { _gte: before(day, 0) } }];
	if (age === 'older') return [{ due_date: { _lt: before(day, 90) } }];
	const [from, to] = { d30: [30, 0], d60: [60, 30], d90: [90, 60] }[age] as [number, number];
	return [{ due_date: { _gte: before(day, from) } }, { due_date: { _lt: before(day, to) } }];
}

/** Directus's filter of the open sales invoices that a figure counts. */
export const openInvoices = (more: readonly object[]): object => ({
	_and: [
		{ direction: { _eq: 'sale' } },
		{ type: { _neq: 'credit_note' } },
		{ status: { _nin: ['draft', 'paid', 'cancelled_by_credit_note'] } },
		{ currency: { _eq: 'EUR' } },
		{ remaining_cents: { _gt: 0 } },
		...more,
	],
});
