import type { Knex } from '../../platform/directus.ts';
import { dayNumberOrNull, storedDay } from '../../platform/columns.ts';
import { termsOf, type Piece, type Term } from './rules/renewal.ts';

type Row = Record<string, unknown> & { id: string; company: string; name: string };

/** Contracts that are sold to a client and end. Those with suppliers and about data are not renewed by a sale. */
const soldTypes = ['service', 'subscription', 'maintenance', 'framework'];

const within = (query: Knex.QueryBuilder, companies: readonly string[] | null, column: string): Knex.QueryBuilder =>
	companies ? query.whereIn(column, [...companies]) : query;

async function readSubscriptions(trx: Knex, from: number, to: number, companies: readonly string[] | null): Promise<Piece[]> {
	const rows = (await within(trx('subscriptions'), companies, 'company')
		.whereIn('status', ['active', 'paused'])
		.where((either) => void either.whereBetween('renewal_on', [storedDay(from), storedDay(to)]).orWhere((other) => void other.whereNull('renewal_on').whereBetween('committed_until', [storedDay(from), storedDay(to)])))
		.orderBy('id')
		.select('id', 'company', 'name', 'owner', 'renewal_on', 'committed_until', 'ends_on', 'mrr_cents', 'auto_renew', 'notice_days')) as Row[];
	return rows.flatMap((row): Piece[] => {
		const day = dayNumberOrNull(row['renewal_on'] ?? row['committed_until']);
		const ends = dayNumberOrNull(row['ends_on']);
		if (day === null || (ends !== null && ends <= day)) return [];
		const mrrCents = Number(row['mrr_cents'] ?? 0);
		return [{ collection: 'subscriptions', id: row.id, name: row.name, company: row.company, day, owner: row['owner'] as string | null, mrrCents, amountCents: mrrCents * 12, isTacit: Boolean(row['auto_renew']), noticeDays: Number(row['notice_days'] ?? 0) }];
	});
} // prettier-ignore

/** Contracts with clients; one that belongs to a subscription is renewed, or ended, with that. */
async function readContracts(trx: Knex, from: number, to: number, companies: readonly string[] | null): Promise<Piece[]> {
	const rows = (await within(trx('contracts as k'), companies, 'k.company')
		.join('companies as c', 'c.id', 'k.company')
		.where({ 'k.status': 'signed', 'c.is_client': true })
		.whereIn('k.type', soldTypes)
		.where((either) => void either.whereNull('k.archived').orWhere('k.archived', false))
		.whereNull('k.subscription')
		.whereBetween('k.ends_on', [storedDay(from), storedDay(to)])
		.orderBy('k.id')
		.select('k.id', 'k.company', 'k.name', 'k.owner', 'k.ends_on', 'k.value_cents', 'k.renewal', 'k.notice_days')) as Row[];
	return rows.flatMap((row): Piece[] => {
		const day = dayNumberOrNull(row['ends_on']);
		if (day === null) return [];
		return [{ collection: 'contracts', id: row.id, name: row.name, company: row.company, day, owner: row['owner'] as string | null, mrrCents: 0, amountCents: Number(row['value_cents'] ?? 0), isTacit: row['renewal'] === 'tacit', noticeDays: Number(row['notice_days'] ?? 0) }];
	});
} // prettier-ignore

/** What comes to its date from one day to another (both included), of all clients or of some. */
export async function readTerms(trx: Knex, from: number, to: number, companies: readonly string[] | null = null): Promise<Term[]> {
	return termsOf([...(await readSubscriptions(trx, from, to, companies)), ...(await readContracts(trx, from, to, companies))]);
}
