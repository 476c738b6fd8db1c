import { z } from 'zod';
import { now } from '../../platform/clock.ts';
import { enqueue } from '../../platform/jobs/enqueue.ts';
import { defineJob } from '../../platform/jobs/registry.ts';
import { tell } from '../../platform/notices.ts';
import type { Knex } from '../../platform/directus.ts';
import { flows } from '../flows.ts';
import { targets, type Target } from '../rules/types.ts';
import { targetWords } from '../rules/words.ts';
import { train, type Trained } from '../train.ts';

const statusWords = { champion: 'en service', candidate: 'non retenu', shadow: 'à l’essai', refused: 'refusé' } as const;

/** `Conversion des leads v3 : refusé`. */
export const headline = (target: Target, { version, status }: Pick<Trained, 'version' | 'status'>): string =>
	`${targetWords[target].fr} v${version} : ${statusWords[status]}`;

/** Whoever asked is told what came of it; a change of the model in use makes all predictions anew. */
async function follow(trx: Knex, target: Target, trained: Trained, by: string | null): Promise<void> {
	if (by) await tell(trx, [{ recipients: [by], subject: headline(target, trained), message: trained.verdict, collection: 'models', item: trained.model }]);
	const [kind, payload] = target === 'churn' ? ['success.churn', {}] : ['predictions.refresh', { target }];
	await enqueue(trx, [{ kind, key: `${kind}:${trained.model}`, payload, label: targetWords[target].fr }]);
}

/** One training, beside the server: at least once, and one row of `models` however often it is tried. */
defineJob({
	kind: 'predictions.train',
	mode: 'external',
	maxAttempts: 3,
	timeoutMs: 300_000,
	payload: z.object({ target: z.enum(targets), by: z.string().nullable() }),
	run: async ({ host, job, payload, signal }) => ({ target: payload.target, by: payload.by, ...(await train(host, payload.target, { job: job.id, signal })) }),
	record: async (trx, result) => {
		if (!result) return;
		const { target, by, ...trained } = result as unknown as Trained & { target: Target; by: string | null };
		await follow(trx, target, trained, by);
	},
});

/** The first of the month, and when the world has changed: a training of each target. */
defineJob({
	kind: 'predictions.retrain',
	flow: flows.retrain,
	mode: 'transaction',
	payload: z.object({}).loose(),
	run: async ({ trx, job }) => {
		const jobs = targets.map((target) => ({
			kind: 'predictions.train',
			key: `predictions.train:${target}:${job.key}`,
			payload: { target, by: null },
			label: targetWords[target].fr,
		}));
		const ids = await enqueue(trx, jobs);
		return { trainings: ids.length, at: now().toISOString() };
	},
});
