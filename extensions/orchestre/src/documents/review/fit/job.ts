import { z } from 'zod';
import { now } from '../../../platform/clock.ts';
import { defineJob } from '../../../platform/jobs/registry.ts';
import type { JobResult } from '../../../platform/jobs/types.ts';
import { builtInFit } from '../../understanding/confidence.ts';
import { flows } from '../flows.ts';
import { thresholdsOf } from '../thresholds.ts';
import { currentFit, lastTried, readCases, recordTrial } from './store.ts';
import { fewestInAll, tryRefit } from './trial.ts';

/** A trial for every so many new corrections: a night with two more proves nothing. */
const step = 20;

/** Every night: what people corrected is learnt, tried on the newest of it, and put in use when it does better. */
defineJob({
	kind: 'documents.refit',
	flow: flows.refit,
	mode: 'transaction',
	payload: z.object({}).loose(),
	run: async ({ trx }): Promise<JobResult> => {
		const { cases, ...span } = await readCases(trx);
		const seen = await lastTried(trx);
		if (cases.length < Math.max(fewestInAll, seen + step)) return { skipped: `${cases.length} champs vérifiés, dont ${cases.length - seen} depuis le dernier essai : pas encore assez pour un nouvel essai.` }; // prettier-ignore
		const shipped = builtInFit();
		const threshold = (await thresholdsOf(trx))('purchase_invoice');
		const trial = tryRefit(shipped, (await currentFit(trx)) ?? shipped, cases, threshold);
		if (trial.verdict === 'few') return { skipped: trial.sentence };
		const version = await recordTrial(trx, trial, span, now());
		return { version, verdict: trial.verdict, cases: trial.cases, sure: trial.after.sure, sureRight: trial.after.sureRight };
	},
}); // prettier-ignore
