import { z } from 'zod';
import { defineJob } from '../../platform/jobs/registry.ts';
import { flows } from '../flows.ts';
import { guardTickets } from './guard.ts';

/** Every quarter of an hour: tickets whose deadline is near or passed. */
defineJob({
	kind: 'success.sla',
	flow: flows.sla,
	mode: 'transaction',
	payload: z.object({}).loose(),
	run: ({ trx }) => guardTickets(trx),
});
