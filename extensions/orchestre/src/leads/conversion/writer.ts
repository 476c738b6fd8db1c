import { writeTrail } from '../../platform/trail.ts';
import { Writer as CallersWriter } from '../../platform/writer.ts';
import type { Values } from './rules/types.ts';

/** Writes what comes out of a conversion: through Directus's services, in one transaction, in the name of the caller. */
export class Writer extends CallersWriter {
	/** Columns of the lead that nobody may bring from outside; `news` of them stand in its history. */
	async stampLead(id: string, columns: Values, news: Values): Promise<void> {
		await this.trx('leads').where({ id }).update(columns);
		await writeTrail(this.trx, this.accountability, [{ action: 'update', collection: 'leads', item: id, data: news }]);
	}
}
