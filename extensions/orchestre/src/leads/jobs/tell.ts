import type { Knex } from '../../platform/directus.ts';
import { tell, type Notice } from '../../platform/notices.ts';
import type { BulkRun, JobResult, Skipped } from '../../platform/jobs/types.ts';
import { toLeadRow, type LeadRow } from '../intake/row.ts';

/** The leads as they are now, by id; those that are gone are missing. */
export async function readLeads(trx: Knex, ids: readonly (string | null)[]): Promise<Map<string | null, LeadRow>> {
	const known = [...new Set(ids)].filter((id) => id !== null);
	const rows = (await trx('leads').whereIn('id', known)) as Record<string, unknown>[];
	return new Map(rows.map((row) => [String(row['id']), toLeadRow(row)]));
}

type Question<P> = { trx: Knex; lead: LeadRow | undefined; payload: P };

/** The run of a bulk job about leads: `noticeOf` says for each what its people are told, or why nothing is to be told any more. */
export const tellAboutLeads =
	<P>(noticeOf: (question: Question<P>) => Notice | Skipped | Promise<Notice | Skipped>) =>
	async ({ trx, items }: BulkRun<P>): Promise<JobResult[]> => {
		const leads = await readLeads(
			trx,
			items.map(({ job }) => job.item),
		);
		const notices: Notice[] = [];
		const results: JobResult[] = [];
		for (const { job, payload } of items) {
			const answer = await noticeOf({ trx, lead: leads.get(job.item), payload });
			if (!('skipped' in answer)) notices.push(answer);
			results.push('skipped' in answer ? answer : { told: new Set(answer.recipients).size });
		}
		await tell(trx, notices);
		return results;
	};
