import { z } from 'zod';
import type { Host } from '../platform/directus.ts';
import { UserError } from '../platform/errors.ts';
import { writeTrail } from '../platform/trail.ts';
import { callSlack } from './connector.ts';

type User = { id: string; email: string | null; slack_id: string | null; status: string };

/**
 * A user's id in Slack: as on their row, else looked up by e-mail and kept there. Throws a UserError for somebody who has left, a
 * SlackRefusal (`users_not_found`) for somebody without an account.
 */
export async function slackIdOf({ database }: Host, id: string): Promise<string> {
	const user = (await database('directus_users').where({ id }).first('id', 'email', 'slack_id', 'status')) as User | undefined;
	if (!user?.email || user.status !== 'active') throw new UserError('Cette personne n’a pas de compte actif.');
	if (user.slack_id?.trim()) return user.slack_id.trim();
	const { email } = user;
	const found = await callSlack(database, (client) => client.users.lookupByEmail({ email }), z.object({ user: z.object({ id: z.string().min(1) }) }));
	const kept = { slack_id: found.user.id };
	await database.transaction(async (trx) => {
		if ((await trx('directus_users').where({ id }).whereNull('slack_id').update(kept)) === 1)
			await writeTrail(trx, {}, [{ action: 'update', collection: 'directus_users', item: id, data: kept }]);
	});
	return found.user.id;
}
