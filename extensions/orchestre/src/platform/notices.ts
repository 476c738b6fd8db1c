import { now } from './clock.ts';
import { chunks, type Knex } from './directus.ts';

/** What people find in the admin app's notification centre; with `collection` and `item`, a click leads to that row. */
export type Notice = { recipients: readonly string[]; subject: string; message: string; collection?: string; item?: string };

/**
 * Puts notices into the notification centre of each recipient, once, in the caller's transaction; a statement for every hundred.
 * Written past Directus's service: that would send e-mail before the commit, and add an activity and a revision to each, though a
 * notice is itself a record of what happened.
 */
export async function tell(trx: Knex, notices: readonly Notice[]): Promise<void> {
	const rows = notices.flatMap(({ recipients, subject, message, collection = null, item = null }) =>
		[...new Set(recipients)].map((recipient) => ({
			recipient,
			subject: subject.slice(0, 255),
			message,
			collection,
			item,
			status: 'inbox',
			timestamp: now(),
		})),
	);
	for (const part of chunks(rows)) await trx('directus_notifications').insert(part);
}
