import { now as clockNow } from '../platform/clock.ts';
import { chunks, orchestreUserId, type Knex } from '../platform/directus.ts';
import { tell } from '../platform/notices.ts';
import { writeTrail } from '../platform/trail.ts';
import type { Request } from './request.ts';

type Late = Pick<Request, 'id' | 'title' | 'requester' | 'approver'>;

/** Requests that nobody decided in time lapse; both sides are told. Returns how many. */
export async function expireApprovals(trx: Knex): Promise<number> {
	const now = clockNow();
	const change = { status: 'expired', date_updated: now, user_updated: orchestreUserId };
	const due = (await trx('validation').where({ status: 'pending' }).where('deadline', '<', now).orderBy('id').pluck('id')) as string[];
	const late: Late[] = [];
	for (const part of chunks(due, 500))
		// Asked again in the writing: a decision that came meanwhile stands.
		late.push(
			...((await trx('validation').whereIn('id', part).where({ status: 'pending' }).update(change).returning(['id', 'title', 'requester', 'approver'])) as Late[]), // prettier-ignore
		);
	await writeTrail(
		trx,
		{},
		late.map(({ id }) => ({ action: 'update', collection: 'validation', item: id, data: change })),
	);
	await tell(
		trx,
		late.map(({ id, title, requester, approver }) => ({
			recipients: [requester, approver].filter((user) => user !== null),
			subject: `Délai passé : ${title}`,
			message: 'Personne n’a décidé à temps : la demande a expiré. Si elle est toujours utile, faites-en une nouvelle.',
			collection: 'validation',
			item: id,
		})),
	);
	return late.length;
}
