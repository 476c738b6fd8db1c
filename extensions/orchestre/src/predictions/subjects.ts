import type { Knex } from '../platform/directus.ts';
import { UnexpectedError } from '../platform/errors.ts';
import { readDealHistories } from './data/read-deals.ts';
import { readLeadHistories } from './data/read-leads.ts';
import { dealSubject } from './rules/deals.ts';
import { leadSubject } from './rules/leads.ts';
import type { Subject, Target } from './rules/types.ts';

type Window = { from: number; most: number };

/** A subject with what reads its histories; `use` hands both over with their type. */
type Source = {
	subject: Subject<never>;
	use: <Result>(user: <History>(subject: Subject<History>, read: (knex: Knex, window: Window) => Promise<History[]>) => Result) => Result;
};

export const sources: Readonly<Record<Target, Source>> = {
	lead_conversion: { subject: leadSubject, use: (user) => user(leadSubject, readLeadHistories) },
	deal_win: { subject: dealSubject, use: (user) => user(dealSubject, readDealHistories) },
};

export type Horizons = Readonly<Record<Target, number>>;

/** Days after which an outcome counts as known, by target. */
export async function readHorizons(knex: Knex): Promise<Horizons> {
	const row = (await knex('settings').first('lead_horizon_days', 'deal_horizon_days')) as { lead_horizon_days: number; deal_horizon_days: number } | undefined;
	if (!row) throw new UnexpectedError('the settings row is missing: run npm run seed');
	return { lead_conversion: row.lead_horizon_days, deal_win: row.deal_horizon_days };
}
