import { z } from 'zod';
import { expireApprovals } from '../../../approvals/expire.ts';
import { defineJob } from '../../../platform/jobs/registry.ts';
import { flows } from '../flows.ts';
import { endCalmed, settleOutcomes } from '../retention/close.ts';
import { openEpisodes } from '../retention/open.ts';
import { readRetention } from '../settings.ts';

/** After each prediction and every morning: ends what has calmed down, says what came of episodes, opens new ones, and lets requests lapse. */
defineJob({
	kind: 'success.retain',
	flow: flows.retain,
	mode: 'transaction',
	timeoutMs: 300_000,
	payload: z.object({}).loose(),
	run: async ({ trx }) => {
		const settings = await readRetention(trx);
		const expired = await expireApprovals(trx);
		const outcomes = await settleOutcomes(trx, settings);
		const calmed = await endCalmed(trx, settings);
		return { expired, ...outcomes, calmed, ...(await openEpisodes(trx, settings)) };
	},
});
