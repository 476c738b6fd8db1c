import type { Computing, Figure } from '../types.ts';
import { ask, boundsOf, numberOf } from './ask.ts';

export type Cash = { in: number; out: number; payments: number };

/** Money that came in and went out in a period, by the day of payment; a payment that was refunded came in, and its refund went out. */
export async function readCash(computing: Computing): Promise<Figure[]> {
	const { from, next } = boundsOf(computing);
	const [row] = await ask(
		computing.trx,
		`select coalesce(sum(case p.direction when 'in' then p.amount_cents end), 0) as received, coalesce(sum(case p.direction when 'out' then p.amount_cents end), 0) as paid, count(*) as n
		from payments p
		where p.paid_on >= :from and p.paid_on < :next and p.currency = 'EUR'
			and (p.status = 'received' or (p.status = 'refunded' and exists (select 1 from payments r where r.refund_of = p.id and r.status = 'received')))`,
		{ from, next },
	);
	const cash: Cash = { in: numberOf(row, 'received'), out: numberOf(row, 'paid'), payments: numberOf(row, 'n') };
	return [{ scope: 'company', key: 'company', numerator: cash.in - cash.out, denominator: null, cases: cash.payments, details: cash }];
}
