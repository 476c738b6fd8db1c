import type { Knex } from '../platform/directus.ts';
import { settleOutcomes } from './outcomes.ts';
import { prepareLists, type Prepared } from './prepare.ts';

/** The whole run of a morning: what became of past actions, then the lists of the day. `database`: the pool. Null when switched off. */
export async function nightlyActions(database: Knex, { signal }: { signal?: AbortSignal } = {}): Promise<(Prepared & { settled: number }) | null> {
	const settled = await settleOutcomes(database, signal);
	const prepared = await prepareLists(database, null, signal ? { signal } : {});
	return prepared && { ...prepared, settled };
}
