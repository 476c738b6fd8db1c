import { isPostgres, type Knex } from '../../platform/directus.ts';

/**
 * Pairs of client and product, from what was subscribed to, invoiced and won. `filter` narrows each part to some companies: the name of
 * the company column stands for `@`. A client who gave a product up knows it: that counts as having had it.
 */
const pairs = (filter: string): string => `
	select s.company, l.product from line_items l join subscriptions s on s.id = l.subscription
	where l.product is not null ${filter.replaceAll('@', 's.company')}
	union
	select i.company, l.product from line_items l join invoices i on i.id = l.invoice
	where l.product is not null and i.direction = 'sale' and i.type <> 'credit_note' and i.status not in ('draft', 'cancelled_by_credit_note') ${filter.replaceAll('@', 'i.company')}
	union
	select o.company, l.product from line_items l join opportunities o on o.id = l.opportunity join stages st on st.id = o.stage
	where l.product is not null and st.is_won = true ${filter.replaceAll('@', 'o.company')}`;

type Basket = { company: string; products: string };

/** A raw answer's rows, which the two drivers hand out differently. */
export const rowsOf = <T>(answer: unknown): T[] => (Array.isArray(answer) ? answer : (answer as { rows: unknown[] }).rows) as T[];

async function read(trx: Knex, filter: string, bindings: readonly string[]): Promise<Map<string, string[]>> {
	const gathered = isPostgres(trx) ? `string_agg(product::text, ',')` : `group_concat(product, ',')`;
	const answer: unknown = await trx.raw(`select company, ${gathered} as products from (${pairs(filter)}) held where company is not null group by company`, [...bindings, ...bindings, ...bindings]);
	return new Map(rowsOf<Basket>(answer).map(({ company, products }) => [company, products.split(',')]));
} // prettier-ignore

/** The products of each client that ever bought one. */
export const readBaskets = (trx: Knex): Promise<Map<string, string[]>> => read(trx, '', []);

/** The products of some clients. */
export const readHeld = (trx: Knex, companies: readonly string[]): Promise<Map<string, string[]>> =>
	companies.length === 0 ? Promise.resolve(new Map()) : read(trx, `and @ in (${companies.map(() => '?').join(', ')})`, companies);
