import type { OperationApiConfig } from '@directus/types';
import { UserError } from '../../errors.ts';
import { itemsOf } from '../../job-operation/trigger.ts';
import { tryConnection } from '../try.ts';

/** `orchestre-connection-test`: the button on « Connexions ». */
const operation: OperationApiConfig = {
	id: 'orchestre-connection-test',
	async handler(_options, context): Promise<{ summary: string }> {
		const [id, another] = itemsOf(context.data['$trigger']) ?? [];
		if (!id || another) throw new UserError('Choisissez une seule connexion à tester.');
		return { summary: await tryConnection(context, context.accountability, id) };
	},
};

export default operation;
