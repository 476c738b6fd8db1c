import { now as clockNow } from '../platform/clock.ts';
import { chunks } from '../platform/directus.ts';
import { enqueue } from '../platform/jobs/enqueue.ts';
import type { Treatment } from '../platform/written.ts';

/** A company that a person makes a client gets its plan as well; the job finds out whether it has one already, or is an old client. */
export const startForClients: Treatment = async (trx, written) => {
	const ids = written.filter(({ set }) => set['is_client'] === true).map(({ id }) => id);
	const at = clockNow().getTime();
	for (const part of chunks(ids, 200)) {
		const rows = (await trx('companies').whereIn('id', part).select('id', 'name')) as { id: string; name: string }[];
		await enqueue(
			trx,
			rows.map(({ id, name }) => ({ kind: 'onboarding.start', key: `onboarding.start:company:${id}:${at}`, payload: { company: id }, collection: 'companies', item: id, label: name })), // prettier-ignore
		);
	}
};
