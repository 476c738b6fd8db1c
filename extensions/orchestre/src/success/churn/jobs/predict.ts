import { z } from 'zod';
import { enqueue } from '../../../platform/jobs/enqueue.ts';
import { defineJob } from '../../../platform/jobs/registry.ts';
import { flows } from '../flows.ts';
import { predictChurn } from '../predict.ts';

/** Every night, and after a training of the model: the risk of every client; then what follows from it. Repeated, it writes nothing. */
defineJob({
	kind: 'success.churn',
	flow: flows.predict,
	mode: 'external',
	timeoutMs: 600_000,
	payload: z.object({}).loose(),
	run: async ({ host, signal }) => predictChurn(host.database, { signal }),
	record: async (trx, _result, job) => {
		await enqueue(trx, [{ kind: 'success.retain', key: `success.retain:${job.key}` }]);
	},
});
