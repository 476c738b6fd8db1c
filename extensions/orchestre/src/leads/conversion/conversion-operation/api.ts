import type { OperationApiConfig } from '@directus/types';
import { UserError } from '../../../platform/errors.ts';
import { itemsOf } from '../../../platform/job-operation/trigger.ts';
import { convertLead } from '../convert.ts';
import { undoConversion } from '../undo.ts';

type Options = { action?: 'convert' | 'undo' | null };

/** `orchestre-conversion`: the buttons on a lead. */
const operation: OperationApiConfig<Options> = {
	id: 'orchestre-conversion',
	async handler({ action }, context): Promise<unknown> {
		const [id, ...more] = itemsOf(context.data['$trigger']) ?? [];
		if (!id || more.length > 0) throw new UserError('Sélectionnez un seul lead.');
		if (action === 'convert') return convertLead(context, context.accountability, id);
		if (action === 'undo') return undoConversion(context, context.accountability, id);
		throw new UserError('Choisissez ce que cette étape doit faire.');
	},
};

export default operation;
