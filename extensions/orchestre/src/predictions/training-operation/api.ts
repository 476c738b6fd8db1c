import { randomUUID } from 'node:crypto';
import type { OperationApiConfig } from '@directus/types';
import type { Accountability, Host } from '../../platform/directus.ts';
import { notAllowed, OperationalError, UserError } from '../../platform/errors.ts';
import { enqueue, runToEnd } from '../../platform/jobs/index.ts';
import { directionRole } from '../../platform/roles.ts';
import { headline } from '../jobs/train.ts';
import { targets, type Target } from '../rules/types.ts';
import { targetWords } from '../rules/words.ts';
import type { TrialStatus } from '../trial.ts';

/** All trainings at their limit of time. */
const longestWaitMs = 200_000;

type Options = { action?: 'train' | null };

export type TrainedNow = { target: Target; version: number; status: TrialStatus; verdict: string; summary: string };

function refuseUnlessInCharge(accountability: Accountability | null): string {
	const { user, admin, roles } = accountability ?? { user: null, admin: false, roles: [] };
	if (!user || !(admin || roles.includes(directionRole))) throw notAllowed('Seuls la direction et les administrateurs entraînent les modèles.');
	return user;
}

/** Trains all models while the caller waits, and answers what came of each; the caller is told in the notification centre as well. */
export async function trainNow(host: Host, accountability: Accountability | null): Promise<TrainedNow[]> {
	const by = refuseUnlessInCharge(accountability);
	const occasion = randomUUID();
	const ids = await enqueue(
		host.database,
		targets.map((target) => ({
			kind: 'predictions.train',
			key: `predictions.train:${target}:${occasion}`,
			payload: { target, by },
			label: targetWords[target].fr,
		})),
		by,
	);
	const ended = await runToEnd(host, ids, longestWaitMs);
	const reasons = ended.flatMap(({ state, error }) => (state === 'failed' || state === 'waiting' ? [error ?? 'Entraînement interrompu.'] : []));
	if (reasons.length > 0) throw new OperationalError([...new Set(reasons)].join(' '), { retryable: false });
	if (ended.length < ids.length) throw new OperationalError('L’entraînement continue : son résultat arrivera dans vos notifications.', { retryable: false });
	// Models have the ids of their jobs.
	const rows = (await host.database('models').whereIn('id', ids).select('target', 'version', 'status', 'verdict')) as Omit<TrainedNow, 'summary'>[];
	return rows.map((row) => ({ ...row, summary: headline(row.target, row) }));
}

/** `orchestre-predictions`: the button on the list of models. */
const operation: OperationApiConfig<Options> = {
	id: 'orchestre-predictions',
	async handler({ action }, context): Promise<unknown> {
		if (action !== 'train') throw new UserError('Choisissez ce que cette étape doit faire.');
		return trainNow(context, context.accountability);
	},
};

export default operation;
