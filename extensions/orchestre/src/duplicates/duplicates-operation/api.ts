import type { OperationApiConfig } from '@directus/types';
import { UserError } from '../../platform/errors.ts';
import { itemsOf } from '../../platform/job-operation/trigger.ts';
import { mergeSelection } from '../merge/bulk.ts';
import { rejectPair } from '../merge/merge.ts';
import { undoMerge } from '../merge/undo.ts';

type Options = { action?: 'merge' | 'reject' | 'undo' | null };

/** `orchestre-duplicates`: the buttons on pairs of duplicates. */
const operation: OperationApiConfig<Options> = {
	id: 'orchestre-duplicates',
	async handler({ action }, context): Promise<unknown> {
		const ids = itemsOf(context.data['$trigger']) ?? [];
		if (ids.length === 0) throw new UserError('Sélectionnez au moins une paire.');
		const { accountability } = context;
		if (action === 'merge') return mergeSelection(context, accountability, ids);
		if (action !== 'reject' && action !== 'undo') throw new UserError('Choisissez ce que cette étape doit faire.');
		for (const id of ids) await (action === 'reject' ? rejectPair : undoMerge)(context, accountability, id);
		return { done: ids.length };
	},
};

export default operation;
