import type { Knex } from '../platform/directus.ts';
import { UnexpectedError } from '../platform/errors.ts';
import { readClientHistories } from './data/read-clients.ts';
import { readDealHistories } from './data/read-deals.ts';
import { readLeadHistories } from './data/read-leads.ts';
import { churnSubject } from './rules/churn.ts';
import { dealSubject } from './rules/deals.ts';
import { leadSubject } from './rules/leads.ts';
import type { Subject, Target } from './rules/types.ts';

/** Which histories: since `from`, the newest `most`; of clients also up to when they are looked at, and how far apart. Moments in ms. */
type Window = { from: number; until: number; most: number; horizonMs: number };

/** A subject with what reads its histories; `use` hands both over with their type. */
type Source = {
	subject: Subject<never>;
	use: <Result>(user: <History>(subject: Subject<History>, read: (knex: Knex, window: Window) => Promise<History[]>) => Result) => Result;
};

export const sources: Readonly<Record<Target, Source>> = {
	lead_conversion: { subject: leadSubject, use: (user) => user(leadSubject, readLeadHistories) },
	deal_win: { subject: dealSubject, use: (user) => user(dealSubject, readDealHistories) },
	churn: { subject: churnSubject, use: (user) => user(churnSubject, readClientHistories) },
};

export type Horizons = Readonly<Record<Target, number>>;

/** Days after which an outcome counts as known, by target. */
export async function readHorizons(knex: Knex): Promise<Horizons> {
	const columns = { lead_conversion: 'lead_horizon_days', deal_win: 'deal_horizon_days', churn: 'churn_horizon_days' } as const;
	const row = (await knex('settings').first(columns)) as Horizons | undefined;
	if (!row) throw new UnexpectedError('the settings row is missing: run npm run seed');
	return row;
}
