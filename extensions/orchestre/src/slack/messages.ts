import { z } from 'zod';
import { now } from '../platform/clock.ts';
import { dateOrNull } from '../platform/columns.ts';
import type { Host, Knex } from '../platform/directus.ts';
import { UnexpectedError } from '../platform/errors.ts';
import { enqueue } from '../platform/jobs/enqueue.ts';
import { defineJob } from '../platform/jobs/registry.ts';
import type { Job } from '../platform/jobs/types.ts';
import { findChannel } from './channels.ts';
import { callSlack, isRefusal, slack, slackConfigured } from './connector.ts';
import { slackIdOf } from './people.ts';
import { channelName, markOf, messageText } from './rules/words.ts';
import { publicUrl } from './wiring.ts';

const payload = z.object({
	channel: z.string().min(1).optional(),
	user: z.string().min(1).optional(),
	text: z.string().trim().min(1),
	about: z.object({ collection: z.string(), item: z.string() }).optional(),
});
type Payload = z.output<typeof payload>;

/** Says whom to write to: a channel (id, or name with or without #) or one of our users. `about`: the record to link to. */
export type SlackMessage = { key: string; text: string; about?: { collection: string; item: string } } & ({ channel: string } | { user: string });

/**
 * Queues one message, in the caller's transaction; `key` names its occasion, and the same is never queued twice. Slack not configured:
 * the job ends as skipped and says so, and can be replayed once it is. Returns the job's id, or none when it was queued before.
 */
export async function queueSlackMessage(trx: Knex, message: SlackMessage, user: string | null = null): Promise<string[]> {
	const { key, about, ...rest } = message;
	const job = { kind: 'slack.message', key: `slack:${key}`, payload: { ...rest, ...(about && { about }) } };
	return enqueue(trx, [{ ...job, ...(about && { collection: about.collection, item: about.item }) }], user);
}

const isId = (channel: string): boolean => /^[CGD][A-Z0-9]{6,}$/.test(channel);
const posted = z.object({ channel: z.string(), ts: z.string() });
const opened = z.object({ channel: z.object({ id: z.string().min(1) }) });
const history = z.object({ messages: z.array(z.object({ ts: z.string(), blocks: z.array(z.object({ block_id: z.string().nullish() })).nullish() })) });

/** Where it goes: a conversation's id, or `#name`, which Slack takes as well. */
async function targetOf(host: Host, { channel, user }: Payload): Promise<string> {
	if (channel) return isId(channel.trim()) ? channel.trim() : `#${channelName(channel)}`;
	if (!user) throw new UnexpectedError('slack.message: neither channel nor user');
	const users = await slackIdOf(host, user);
	return (await callSlack(host.database, (client) => client.conversations.open({ users }), opened)).channel.id;
}

/** An attempt before this one may have reached Slack and died before it was noted: an earlier claim, or a job from before a replay. */
async function mayBeThere(knex: Knex, { id, attempts }: Job): Promise<Date | null> {
	const row = (await knex('jobs').where({ id }).first('date_created')) as { date_created: unknown } | undefined;
	const since = dateOrNull(row?.date_created) ?? now();
	return attempts > 1 || now().getTime() - since.getTime() > 60_000 ? since : null;
}

/** The message of an earlier attempt, by its mark. Null as well where the application may not read: then it goes out again. */
async function findMessage(knex: Knex, target: string, mark: string, since: Date): Promise<{ channel: string; ts: string } | null> {
	const channel = target.startsWith('#') ? (await findChannel(knex, target.slice(1)))?.id : target;
	if (!channel) return null;
	const oldest = String(Math.floor(since.getTime() / 1000) - 60);
	const unread = ['missing_scope', 'not_in_channel', 'channel_not_found'];
	try {
		const { messages } = await callSlack(knex, (client) => client.conversations.history({ channel, oldest, limit: 200 }), history, unread);
		const found = messages.find(({ blocks }) => blocks?.some(({ block_id: block }) => block === mark));
		return found ? { channel, ts: found.ts } : null;
	} catch (error) {
		if (isRefusal(error, ...unread)) return null;
		throw error;
	}
}

async function post(knex: Knex, channel: string, text: string, mark: string): Promise<{ channel: string; ts: string }> {
	const blocks = [{ type: 'section', block_id: mark, text: { type: 'mrkdwn', text } }];
	const send = () => callSlack(knex, (client) => client.apiCall('chat.postMessage', { channel, text, blocks, unfurl_links: false }), posted);
	try {
		return await send();
	} catch (error) {
		if (!isRefusal(error, 'not_in_channel')) throw error;
	}
	// A public channel can be joined; of another Slack says so.
	const id = channel.startsWith('#') ? (await findChannel(knex, channel.slice(1)))?.id : channel;
	if (id) await callSlack(knex, (client) => client.conversations.join({ channel: id }), z.object({ ok: z.literal(true) }));
	return send();
}

/** Posts once: Slack takes no idempotency key, so a second attempt first looks whether the first one arrived. */
defineJob({
	kind: 'slack.message',
	mode: 'external',
	timeoutMs: 120_000,
	payload,
	run: async ({ host, job, payload: message, key }) => {
		if (!slackConfigured()) return { skipped: `Non configuré : ${slack.name}. L’administrateur le règle dans .env (README, « Slack »).` };
		const { about } = message;
		const link = about ? `${publicUrl()}/admin/content/${about.collection}/${encodeURIComponent(about.item)}` : null;
		const target = await targetOf(host, message);
		const since = await mayBeThere(host.database, job);
		const earlier = since && (await findMessage(host.database, target, markOf(key), since));
		return earlier ?? post(host.database, target, messageText(message.text, link), markOf(key));
	},
});
