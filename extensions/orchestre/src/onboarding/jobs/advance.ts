import { z } from 'zod';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { JobResult } from '../../platform/jobs/types.ts';
import { advancePlan } from '../advance.ts';
import { flows } from '../flows.ts';

/** Something about a plan changed: what follows from it. */
defineJob({
	kind: 'onboarding.advance',
	flow: flows.advance,
	mode: 'transaction',
	payload: z.object({ project: z.string() }),
	run: ({ trx, job, payload }): Promise<JobResult> => advancePlan(trx, payload.project, job.item),
});
