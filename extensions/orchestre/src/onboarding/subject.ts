import { dateOrNull, readLocked } from '../platform/columns.ts';
import type { Knex } from '../platform/directus.ts';
import type { SupportLevel } from './rules/types.ts';

/** The client of a plan. */
export type Company = {
	id: string;
	name: string;
	industry: string | null;
	owner: string | null;
	team: string | null;
	is_client: boolean;
	client_since: unknown;
	lifecycle: string;
	support_level: SupportLevel;
	api_access: boolean;
};

/** The deal that brought the client. Money in cents. */
export type Deal = {
	id: string;
	name: string;
	company: string;
	kind: string;
	owner: string | null;
	team: string | null;
	amount_cents: number | null;
	mrr_cents: number | null;
	closed_at: Date | null;
	is_won: boolean;
};

/** The company, locked until the transaction ends: whoever else begins a plan for it waits. */
export async function lockCompany(trx: Knex, id: string): Promise<Company | null> {
	const [row] = await readLocked(trx, 'companies', [id]);
	return row ? ({ ...row, is_client: Boolean(row['is_client']), api_access: Boolean(row['api_access']) } as unknown as Company) : null;
}

export async function readDeal(trx: Knex, id: string | null): Promise<Deal | null> {
	if (!id) return null;
	const row = (await trx('opportunities as o')
		.join('stages as s', 's.id', 'o.stage')
		.where('o.id', id)
		.first('o.id', 'o.name', 'o.company', 'o.kind', 'o.owner', 'o.team', 'o.amount_cents', 'o.mrr_cents', 'o.closed_at', 's.is_won')) as
		Record<string, unknown> | undefined;
	if (!row) return null;
	return { ...row, closed_at: dateOrNull(row['closed_at']), is_won: Boolean(row['is_won']) } as unknown as Deal;
}
