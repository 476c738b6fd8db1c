import { z } from 'zod';
import { defineJob } from '../../../platform/jobs/registry.ts';
import { flows } from '../../flows.ts';
import { judgeAllClients, judgeCompanies } from '../judge.ts';

/** Every night: all clients are judged anew, for time passes. Each part is a transaction of its own, so nobody waits for the whole. */
defineJob({
	kind: 'success.health',
	flow: flows.health,
	mode: 'external',
	timeoutMs: 600_000,
	payload: z.object({}).loose(),
	run: ({ host, signal }) => judgeAllClients(host.database, { signal }),
});

/** Clients that something happened to a moment ago, gathered by the hook. */
defineJob({
	kind: 'success.health_touch',
	flow: flows.health,
	mode: 'transaction',
	payload: z.object({ ids: z.array(z.string()) }),
	run: ({ trx, payload }) => judgeCompanies(trx, payload.ids),
});
