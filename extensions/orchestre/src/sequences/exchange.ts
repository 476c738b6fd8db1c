import { now } from '../platform/clock.ts';
import { systemAccountability, type Host, type Knex } from '../platform/directus.ts';
import type { LaterActions } from '../platform/later-actions.ts';
import type { Recipient, Subject } from './recipient.ts';

/** Puts a message on the timeline of everything that it is about, through Directus, so that every room treats it. Once: `id` is unique. */
export async function noteExchange(
	{ host, trx, actions }: { host: Host; trx: Knex; actions: LaterActions },
	{ lead, opportunity }: Subject,
	{ owner, team, person, company }: Recipient,
	{ id, subject, text }: { id: string; subject: string; text: string },
): Promise<void> {
	const schema = await host.getSchema({ database: trx });
	const service = new host.services.ItemsService('interactions', { knex: trx, schema, accountability: systemAccountability() });
	await service.createOne(
		{
			kind: 'email',
			direction: 'outbound',
			subject: subject.slice(0, 255),
			content: text,
			at: now().toISOString(),
			owner,
			team,
			lead,
			person,
			company,
			opportunity,
			external_id: id,
		},
		actions.options,
	);
}
