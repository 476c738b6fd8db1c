import type { Knex } from '../../../platform/directus.ts';
import { dateOrNull } from '../../../platform/columns.ts';
import type { BulkItem, BulkRun, JobResult } from '../../../platform/jobs/types.ts';

/** A deal as a job about it finds it. Moments as Date. */
export type DealNow = {
	id: string;
	name: string;
	stage: string;
	owner: string | null;
	team: string | null;
	company: string;
	amount_cents: number | null;
	close_date: unknown;
	close_date_pushes: number | null;
	stage_since: Date | null;
	closed_at: Date | null;
	lost_reason: string | null;
	is_won: boolean;
	is_lost: boolean;
};

const columns = ['id', 'name', 'stage', 'owner', 'team', 'company', 'amount_cents', 'close_date', 'close_date_pushes', 'stage_since', 'closed_at', 'lost_reason']; // prettier-ignore

async function readDeals(trx: Knex, ids: readonly (string | null)[]): Promise<Map<string, DealNow>> {
	const known = [...new Set(ids)].filter((id) => id !== null);
	const rows = (await trx('opportunities as o')
		.join('stages as s', 's.id', 'o.stage')
		.whereIn('o.id', known)
		.select([...columns.map((column) => `o.${column}`), 's.is_won', 's.is_lost'])) as (Record<string, unknown> & { id: string })[];
	return new Map(
		rows.map((row) => [
			row.id,
			{
				...row,
				stage_since: dateOrNull(row['stage_since']),
				closed_at: dateOrNull(row['closed_at']),
				is_won: Boolean(row['is_won']),
				is_lost: Boolean(row['is_lost']),
			} as DealNow,
		]),
	);
}

/** The run of a bulk job about deals: `act` does for each what is to be done, or says why nothing is any more. */
export const aboutDeals =
	<P>(act: (trx: Knex, deal: DealNow, item: BulkItem<P>) => Promise<JobResult>) =>
	async ({ trx, items }: BulkRun<P>): Promise<JobResult[]> => {
		const deals = await readDeals(
			trx,
			items.map(({ job }) => job.item),
		);
		const results: JobResult[] = [];
		for (const item of items) {
			const deal = deals.get(item.job.item ?? '');
			results.push(deal ? await act(trx, deal, item) : { skipped: 'L’affaire n’existe plus.' });
		}
		return results;
	};
