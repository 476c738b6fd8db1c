import { z } from 'zod';
import { isWorkingDay } from '../../platform/time/working-time.ts';
import { now as clockNow } from '../../platform/clock.ts';
import { chunks, systemAccountability } from '../../platform/directus.ts';
import { enqueue } from '../../platform/jobs/enqueue.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import type { JobResult } from '../../platform/jobs/types.ts';
import { LaterActions } from '../../platform/later-actions.ts';
import { Writer } from '../../platform/writer.ts';
import { flows } from '../growth/flows.ts';
import { followUp } from './follow.ts';
import { prepareFor, preparedKeys } from './prepare.ts';
import { remindContracts } from './remind.ts';
import { rollTacit } from './roll.ts';
import { readRenewalSettings } from './settings.ts';
import { readTerms } from './terms.ts';
import { clockNowDay } from './today.ts';

/** Clients whose renewals are prepared in one transaction. */
const partSize = 25;

const off = { skipped: 'La préparation des renouvellements est désactivée dans les Réglages.' } as const;
const restDay = { skipped: 'Ce n’est pas un jour ouvré.' } as const;

/**
 * Each working day: renews in the record what renewed by silence, closes what is settled, reminds of what comes closer, and hands out the terms that nobody has prepared yet. `anyDay`:
 * on days of rest, too.
 */
defineJob({
	kind: 'success.renewals',
	flow: flows.renewals,
	mode: 'transaction',
	payload: z.object({ anyDay: z.boolean().optional() }).loose(),
	run: async ({ trx, job, payload }): Promise<JobResult> => {
		const settings = await readRenewalSettings(trx);
		if (!settings.enabled) return off;
		if (!payload.anyDay && !isWorkingDay(clockNow(), settings.calendar)) return restDay;
		const today = clockNowDay();
		const rolled = await rollTacit(trx, today);
		const followed = await followUp(trx, settings);
		const terms = await readTerms(trx, today, today + settings.prepare);
		const known = await preparedKeys(
			trx,
			terms.map(({ key }) => key),
		);
		const companies = [...new Set(terms.filter(({ key }) => !known.has(key)).map(({ company }) => company))];
		const parts = chunks(companies, partSize);
		await enqueue(
			trx,
			parts.map((part, index) => ({
				kind: 'success.renewal_part',
				key: `success.renewal_part:${job.key}:${index}`,
				payload: { companies: part },
				label: `partie ${index + 1} sur ${parts.length}`,
			})),
		);
		return { ...followed, rolled, terms: terms.length, clients: companies.length };
	},
});

defineJob({
	kind: 'success.renewal_part',
	flow: flows.renewals,
	mode: 'transaction',
	payload: z.object({ companies: z.array(z.string()) }),
	run: async ({ trx, payload, host }): Promise<JobResult> => {
		const settings = await readRenewalSettings(trx);
		if (!settings.enabled) return off;
		const actions = new LaterActions();
		const done = await prepareFor(trx, new Writer(host, trx, systemAccountability(), actions), payload.companies, settings);
		// Flows hear of the new deals once they are there.
		actions.emitOnceCommitted(trx);
		return { ...done };
	},
});

defineJob({
	kind: 'success.contracts',
	flow: flows.contracts,
	mode: 'transaction',
	payload: z.object({ anyDay: z.boolean().optional() }).loose(),
	run: async ({ trx, payload }): Promise<JobResult> => {
		const settings = await readRenewalSettings(trx);
		if (!settings.enabled) return off;
		if (!payload.anyDay && !isWorkingDay(clockNow(), settings.calendar)) return restDay;
		const rolled = await rollTacit(trx, clockNowDay());
		return { ...(await remindContracts(trx, settings)), rolled };
	},
});
