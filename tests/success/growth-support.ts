import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { now } from '../../extensions/orchestre/src/platform/clock.ts';
import type { JsonObject } from '../../extensions/orchestre/src/platform/directus.ts';
import { enqueue, runJobs, tallyOf } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import type { TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';

/** What the schedule of a flow does: one job for this moment, run at once, with the parts that it hands out. */
export async function runJob(directus: TestDirectus, kind: string, payload: JsonObject = {}): Promise<void> {
	const host = await hostOf(directus);
	const [id = ''] = await enqueue(directus.database, [{ kind, key: `${kind}:test:${now().getTime()}:${randomUUID()}`, payload }]);
	expect(tallyOf(await runJobs(host, { ids: [id] })).reasons).toEqual([]);
	const parts = (await directus.database('jobs').where({ state: 'waiting' }).where('kind', 'like', 'success.%_part').pluck('id')) as string[];
	expect(tallyOf(await runJobs(host, { ids: parts })).reasons).toEqual([]);
}
