import { systemAccountability, type Host, type Knex } from '../platform/directus.ts';

export type Notice = { recipients: readonly string[]; subject: string; message: string; lead: string };

/**
 * Puts a notice in the admin app's notification centre of each recipient, once, in the caller's transaction. E-mail is not
 * sent from here: it would leave before the commit.
 */
export async function notify(host: Host, trx: Knex, { recipients, subject, message, lead }: Notice): Promise<void> {
	const to = [...new Set(recipients)];
	if (to.length === 0) return;
	const schema = await host.getSchema({ database: trx });
	const notifications = new host.services.ItemsService('directus_notifications', { knex: trx, schema, accountability: systemAccountability() });
	await notifications.createMany(
		to.map((recipient) => ({ recipient, subject, message, collection: 'leads', item: lead, status: 'inbox' })),
		{ emitEvents: false },
	);
}

/** Managers who answer for a lead: those of its team, or of every sales team when it has none. */
export async function managersOf(trx: Knex, team: string | null): Promise<string[]> {
	const query = trx('teams').whereNotNull('manager').select('manager');
	const rows = (await (team ? query.where({ id: team }) : query.where({ kind: 'sales' }))) as { manager: string }[];
	return rows.map(({ manager }) => manager);
}
