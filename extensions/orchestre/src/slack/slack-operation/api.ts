import { createHash } from 'node:crypto';
import type { OperationApiConfig } from '@directus/types';
import { now } from '../../platform/clock.ts';
import { UserError } from '../../platform/errors.ts';
import { isUuid } from '../../platform/input/fields.ts';
import { itemsOf, minuteSlot } from '../../platform/job-operation/trigger.ts';
import { runJobs } from '../../platform/jobs/index.ts';
import { queueSlackMessage, slackConfigured } from '../index.ts';

type Options = { channel?: string | null; user?: string | null; text?: string | null };

/** What the next step of the flow gets. `reason`: French, why nothing goes out. */
export type Sent = { state: 'queued' | 'already_queued' | 'skipped'; job: string | null; reason: string | null };

type Trigger = { collection?: unknown; event?: unknown; body?: { collection?: unknown } } | null | undefined;

/** The record to link to, when the flow is about exactly one. */
function aboutOf(trigger: unknown, items: readonly string[]): { collection: string; item: string } | undefined {
	const { collection, body } = (trigger as Trigger) ?? {};
	const name = collection ?? body?.collection;
	const [item, another] = items;
	return typeof name === 'string' && item && !another ? { collection: name, item } : undefined;
}

/**
 * `orchestre-slack`: leaves a message to the queue, so that a slow Slack never holds the flow up. The same message about the same rows
 * within one minute is one: several instances may strike the same schedule.
 */
const operation: OperationApiConfig<Options> = {
	id: 'orchestre-slack',
	async handler({ channel, user, text }, context): Promise<Sent> {
		const [toChannel, toUser, words] = [channel?.trim(), user?.trim(), text?.trim()];
		if (!words) throw new UserError('Écrivez le message à envoyer.');
		if (Boolean(toChannel) === Boolean(toUser)) throw new UserError('Indiquez soit un canal Slack, soit une personne.');
		if (toUser && !isUuid(toUser)) throw new UserError('La personne s’indique par son identifiant d’utilisateur.');
		const trigger = context.data['$trigger'];
		const items = itemsOf(trigger) ?? [];
		const target = toChannel ? { channel: toChannel } : { user: toUser ?? '' };
		const key = createHash('sha256')
			.update(JSON.stringify([target, words, items, minuteSlot(now())]))
			.digest('hex');
		const about = aboutOf(trigger, items);
		const [job = null] = await queueSlackMessage(context.database, { key: `flow:${key}`, ...target, text: words, ...(about && { about }) });
		if (!job) return { state: 'already_queued', job: null, reason: null };
		if (slackConfigured() || context.database.isTransaction) return { state: 'queued', job, reason: null };
		const [ended] = await runJobs(context, { ids: [job] });
		return { state: 'skipped', job, reason: ended?.reason ?? null };
	},
};

export default operation;
