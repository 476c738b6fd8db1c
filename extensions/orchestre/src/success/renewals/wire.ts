import { treatWritten, type Filter, type Treatment } from '../../platform/written.ts';
import type { Knex } from '../../platform/directus.ts';
import { treatContracts } from './contracts.ts';
import { closeSettled } from './follow.ts';
import './jobs.ts';

/** A change of these can settle a renewal. */
const ending = { subscriptions: ['status', 'renewal_on', 'committed_until', 'ends_on'], contracts: ['status', 'ends_on', 'archived'], opportunities: ['stage'] } as const; // prettier-ignore

async function companiesOf(trx: Knex, table: string, ids: readonly string[]): Promise<string[]> {
	return (await trx(table)
		.whereIn('id', [...ids])
		.distinct('company')
		.pluck('company')) as string[];
}

/** Closes at once what the written rows have settled; rows whose dates and status were not touched cost nothing. */
const settle =
	(table: keyof typeof ending): Treatment =>
	async (trx, written) => {
		const ids = written.filter(({ created, set }) => !created && ending[table].some((field) => field in set)).map(({ id }) => id);
		if (ids.length > 0) await closeSettled(trx, await companiesOf(trx, table, ids));
	};

/** Wires renewals and notice dates (docs/decisions/113) into the hook of growth: each hook of its own would cost a listener on every write. */
export function wireRenewals(filter: Filter): void {
	treatWritten(filter, 'contracts', treatContracts);
	treatWritten(filter, 'contracts', settle('contracts'));
	treatWritten(filter, 'subscriptions', settle('subscriptions'));
	treatWritten(filter, 'opportunities', settle('opportunities'));
}
