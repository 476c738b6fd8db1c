import { systemAccountability, type Host, type Knex } from '../../platform/directus.ts';
import type { ConversionRecord } from './rules/record.ts';

/** Into the notification centre of these people, in the caller's transaction, without e-mail; a click leads to the row. */
export async function tellAll(
	host: Host,
	trx: Knex,
	recipients: readonly string[],
	notice: { subject: string; message: string; collection: string; item: string },
): Promise<void> {
	const service = new host.services.ItemsService('directus_notifications', {
		knex: trx,
		schema: await host.getSchema({ database: trx }),
		accountability: systemAccountability(),
	});
	await service.createMany(
		recipients.map((recipient) => ({ ...notice, subject: notice.subject.slice(0, 255), recipient, status: 'inbox' })),
		{ emitEvents: false },
	);
}

/** Whoever converted finds the way to the deal; so does its owner, when that is somebody else. */
export async function tellConverted(
	host: Host,
	trx: Knex,
	opportunity: { id: string; name: string },
	record: ConversionRecord,
	summary: string,
	actor: string,
): Promise<void> {
	const row = (await trx('opportunities').where({ id: record.to.opportunity }).first('owner')) as { owner: string | null } | undefined;
	const recipients = [...new Set([actor, ...(row?.owner ? [row.owner] : [])])];
	await tellAll(host, trx, recipients, { subject: `Lead converti : ${opportunity.name}`, message: summary, collection: 'opportunities', item: opportunity.id });
}
