import { z } from 'zod';
import { isoOf, toParis } from '../../../platform/time/paris.ts';
import { isWorkingDay } from '../../../platform/time/working-time.ts';
import { now as clockNow } from '../../../platform/clock.ts';
import { enqueue } from '../../../platform/jobs/enqueue.ts';
import { defineJob } from '../../../platform/jobs/registry.ts';
import type { JobResult } from '../../../platform/jobs/types.ts';
import { tell } from '../../../platform/notices.ts';
import { writeDigests } from '../digests.ts';
import { escalateAlerts } from '../escalate.ts';
import { findBottlenecks } from '../find-bottlenecks.ts';
import { flows } from '../flows.ts';
import { readGround } from '../settings.ts';

/** In the morning of a working day: the bottleneck, alerts that nobody has answered, and the day's digest. */
defineJob({
	kind: 'pipeline.act',
	flow: flows.act,
	mode: 'transaction',
	payload: z.object({}).loose(),
	run: async ({ trx }): Promise<JobResult> => {
		const ground = await readGround(trx);
		const now = clockNow();
		if (!ground.enabled) return { skipped: 'Le suivi de la santé des affaires est désactivé dans les Réglages.' };
		if (!isWorkingDay(now, ground.calendar)) return { skipped: 'Ce n’est pas un jour ouvré.' };
		const bottlenecks = await findBottlenecks(trx, ground);
		const { managers, direction } = await escalateAlerts(trx, ground);
		// The day is the key: a second run on the same day finds the digest there.
		await enqueue(trx, [{ kind: 'pipeline.digest', key: `pipeline.digest:${isoOf(toParis(now).day)}` }]);
		return { bottlenecks: [...bottlenecks.values()].filter((one) => one !== null).length, managers, direction };
	},
});

/** Once per working day: each role is told of the deals that it answers for. */
defineJob({
	kind: 'pipeline.digest',
	flow: flows.act,
	mode: 'transaction',
	payload: z.object({}).loose(),
	run: async ({ trx }): Promise<JobResult> => {
		const notices = await writeDigests(trx);
		await tell(trx, notices);
		return { told: notices.length };
	},
});
