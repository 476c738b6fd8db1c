import type { OperationApiConfig } from '@directus/types';
import { UserError } from '../../platform/errors.ts';
import { itemsOf } from '../../platform/job-operation/trigger.ts';
import { actOnRun, startByHand } from '../by-hand.ts';

type Options = { action?: 'start' | 'stop' | null };
type Body = { collection?: string; sequence?: { key?: string } | null };

/** `orchestre-sequence`: the buttons on leads and people (start) and on runs (stop). */
const operation: OperationApiConfig<Options> = {
	id: 'orchestre-sequence',
	async handler({ action }, context): Promise<unknown> {
		const trigger = context.data['$trigger'] as { body?: Body } | undefined;
		const keys = itemsOf(trigger) ?? [];
		if (keys.length === 0) throw new UserError('Sélectionnez au moins une fiche.');
		if (action === 'stop') {
			for (const key of keys) await actOnRun(context, context.accountability, key, 'stop');
			return { stopped: keys.length };
		}
		const { collection, sequence } = trigger?.body ?? {};
		if (!sequence?.key) throw new UserError('Choisissez une séquence.');
		const report = await startByHand(context, context.accountability, sequence.key, { collection, keys });
		if (report.started === 0) throw new UserError(report.summary);
		return report;
	},
};

export default operation;
