import type { Knex } from '../../platform/directus.ts';
import { tell } from '../../platform/notices.ts';
import type { ConversionRecord } from './rules/record.ts';

/** Whoever converted finds the way to the deal; so does its owner, when that is somebody else. */
export async function tellConverted(
	trx: Knex,
	opportunity: { id: string; name: string },
	record: ConversionRecord,
	summary: string,
	actor: string,
): Promise<void> {
	const row = (await trx('opportunities').where({ id: record.to.opportunity }).first('owner')) as { owner: string | null } | undefined;
	const recipients = [actor, ...(row?.owner ? [row.owner] : [])];
	await tell(trx, [{ recipients, subject: `Lead converti : ${opportunity.name}`, message: summary, collection: 'opportunities', item: opportunity.id }]);
}
