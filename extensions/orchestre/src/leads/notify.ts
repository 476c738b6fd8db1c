import { chunks, type Knex } from '../platform/directus.ts';
import { now } from '../platform/clock.ts';

export type Notice = { recipients: readonly string[]; subject: string; message: string; lead: string };

/**
 * Puts notices in the admin app's notification centre of each recipient, once, in the caller's transaction; a statement for
 * every hundred. Written past Directus's service: that would send e-mail before the commit, and add an activity and a
 * revision to each, though a notice is itself a record of what happened.
 */
export async function notify(trx: Knex, notices: readonly Notice[]): Promise<void> {
	const rows = notices.flatMap(({ recipients, subject, message, lead }) =>
		[...new Set(recipients)].map((recipient) => ({
			recipient,
			subject: subject.slice(0, 255),
			message,
			collection: 'leads',
			item: lead,
			status: 'inbox',
			timestamp: now(),
		})),
	);
	for (const part of chunks(rows)) await trx('directus_notifications').insert(part);
}

/** Managers who answer for a lead: those of its team, or of every sales team when it has none. */
export async function managersOf(trx: Knex, team: string | null): Promise<string[]> {
	const query = trx('teams').whereNotNull('manager').select('manager');
	const rows = (await (team ? query.where({ id: team }) : query.where({ kind: 'sales' }))) as { manager: string }[];
	return rows.map(({ manager }) => manager);
}
