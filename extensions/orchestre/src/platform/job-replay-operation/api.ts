import type { OperationApiConfig } from '@directus/types';
import { UserError } from '../errors.ts';
import { itemsOf } from '../job-operation/trigger.ts';
import type { Tally } from '../jobs/index.ts';
import { replayNow } from '../jobs/replay-now.ts';

/** `orchestre-job-replay`: the button on the jobs' page. Replays the selected jobs with the rights of the person who pressed it. */
const operation: OperationApiConfig = {
	id: 'orchestre-job-replay',
	async handler(_options, context): Promise<Tally> {
		const ids = itemsOf(context.data['$trigger']);
		if (!ids) throw new UserError('Sélectionnez au moins un travail.');
		return replayNow(context, context.accountability, ids);
	},
};

export default operation;
