import { z } from 'zod';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { JobResult } from '../../platform/jobs/types.ts';
import { flows } from '../flows.ts';
import { nightlyActions } from '../nightly.ts';
import { prepareLists } from '../prepare.ts';
import { scopeOf } from '../scope.ts';
import { watched } from '../touched.ts';

const off = { skipped: 'La liste du jour est désactivée dans les Réglages.' };

/** Before the working day: outcomes of what is over are settled, then everybody's list is made. Run again it finds nothing to write. */
defineJob({
	kind: 'actions.prepare',
	flow: flows.prepare,
	mode: 'external',
	timeoutMs: 600_000,
	payload: z.object({}).loose(),
	run: async ({ host, signal }): Promise<JobResult> => (await nightlyActions(host.database, { signal })) ?? off,
});

/** What changed a moment ago, gathered by the hook: the lists that show it. */
defineJob({
	kind: 'actions.touch',
	flow: flows.refresh,
	mode: 'transaction',
	payload: z.object({ touched: z.array(z.object({ collection: z.enum(watched), ids: z.array(z.string()) })) }),
	run: async ({ trx, payload: { touched } }): Promise<JobResult> => (await prepareLists(trx, await scopeOf(trx, touched))) ?? off,
});
