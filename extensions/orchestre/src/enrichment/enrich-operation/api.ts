import type { OperationApiConfig } from '@directus/types';
import { UserError } from '../../platform/errors.ts';
import { itemsOf } from '../../platform/job-operation/trigger.ts';
import { enrichNow } from '../ask.ts';

/** `orchestre-enrich`: the button on companies, leads and people. */
const operation: OperationApiConfig = {
	id: 'orchestre-enrich',
	async handler(_options, context): Promise<unknown> {
		const trigger = context.data['$trigger'] as { body?: { collection?: string } } | undefined;
		const collection = trigger?.body?.collection;
		if (collection !== 'companies' && collection !== 'leads' && collection !== 'people')
			throw new UserError('Ce bouton s’emploie sur des entreprises, des leads ou des contacts.');
		return enrichNow(context, context.accountability, collection, itemsOf(trigger) ?? []);
	},
};

export default operation;
