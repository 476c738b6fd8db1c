import { refuseUnlessUpdatable } from '../access.ts';
import type { Accountability, Host } from '../directus.ts';
import { replay } from './replay.ts';
import { runJobs, tallyOf, type Tally } from './run.ts';

/** Replays jobs for a person who may change them, and runs them at once. All must be allowed and replayable, in turn. */
export async function replayNow(host: Host, accountability: Accountability | null, ids: readonly string[]): Promise<Tally> {
	for (const id of ids) await refuseUnlessUpdatable(host, accountability, 'jobs', id, 'Vous n’avez pas le droit de rejouer ce travail.');
	for (const id of ids) await replay(host.database, id, accountability ?? {});
	return tallyOf(await runJobs(host, { ids }));
}
