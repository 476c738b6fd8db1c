import { z } from 'zod';
import type { Host, Knex } from '../platform/directus.ts';
import { UserError } from '../platform/errors.ts';
import { callSlack, isRefusal } from './connector.ts';
import { slackIdOf } from './people.ts';
import { namesFor, topicText } from './rules/words.ts';

const idOf = z.object({ channel: z.object({ id: z.string().min(1) }) });
const done = z.object({ ok: z.literal(true) });
const next = z.object({ next_cursor: z.string().nullish() }).nullish();
const channelPage = z.object({
	channels: z.array(z.object({ id: z.string(), name: z.string(), topic: z.object({ value: z.string() }).nullish() })),
	response_metadata: next,
});
const memberPage = z.object({ members: z.array(z.string()), response_metadata: next });

type Page<T> = { items: T[]; cursor: string | null };
const mostPages = 25;

/** Slack's lists come in pages, each of them a call of its own. */
async function* paged<T>(read: (cursor: string | null) => Promise<Page<T>>): AsyncGenerator<T> {
	let cursor: string | null = null;
	for (let page = 0; page < mostPages; page++) {
		const { items, cursor: after }: Page<T> = await read(cursor);
		yield* items;
		cursor = after;
		if (!cursor) return;
	}
}

type Channel = { id: string; topic: string };

/** The public channel of this name, unless it is archived. */
export async function findChannel(knex: Knex, name: string): Promise<Channel | null> {
	const all = paged(async (cursor) => {
		const page = await callSlack(
			knex,
			(client) => client.conversations.list({ types: 'public_channel', exclude_archived: true, limit: 1000, ...(cursor && { cursor }) }),
			channelPage,
		);
		return { items: page.channels, cursor: page.response_metadata?.next_cursor || null };
	});
	for await (const channel of all) if (channel.name === name) return { id: channel.id, topic: channel.topic?.value ?? '' };
	return null;
}

async function membersOf(knex: Knex, channel: string): Promise<Set<string>> {
	const members = new Set<string>();
	const all = paged(async (cursor) => {
		const page = await callSlack(knex, (client) => client.conversations.members({ channel, limit: 1000, ...(cursor && { cursor }) }), memberPage);
		return { items: page.members, cursor: page.response_metadata?.next_cursor || null };
	});
	for await (const member of all) members.add(member);
	return members;
}

/** A new channel, or the one of that name. */
async function openNamed(knex: Knex, name: string): Promise<(Channel & { isNew: boolean }) | null> {
	try {
		const { channel } = await callSlack(knex, (client) => client.conversations.create({ name }), idOf);
		return { id: channel.id, topic: '', isNew: true };
	} catch (error) {
		if (!isRefusal(error, 'name_taken')) throw error;
	}
	const found = await findChannel(knex, name);
	return found && { ...found, isNew: false };
}

async function invite(knex: Knex, channel: string, users: readonly string[]): Promise<void> {
	try {
		await callSlack(knex, (client) => client.conversations.invite({ channel, users: users.join(',') }), done);
	} catch (error) {
		if (isRefusal(error, 'already_in_channel', 'cant_invite_self')) {
			// Slack refuses a list for one who is there already: the others are asked one by one.
			if (users.length > 1) for (const user of users) await invite(knex, channel, [user]);
			return;
		}
		throw error;
	}
}

/** `key`: names the work, the same in each attempt. `members`: ids of our users. */
export type ChannelWish = { key: string; name: string; members: readonly string[]; topic?: string };

/** `missing`: those of our users who have no account there, so were not invited. */
export type OpenedChannel = { channel: string; name: string; missing: string[] };

async function accountsOf(host: Host, users: readonly string[]): Promise<{ accounts: string[]; missing: string[] }> {
	const [accounts, missing]: [string[], string[]] = [[], []];
	for (const user of new Set(users)) {
		try {
			accounts.push(await slackIdOf(host, user));
		} catch (error) {
			if (!isRefusal(error, 'users_not_found') && !(error instanceof UserError)) throw error;
			missing.push(user);
		}
	}
	return { accounts, missing };
}

/**
 * Opens a public channel with these people and this topic, or completes the one that is there: any number of times with the same end.
 * Up to ten calls, one a second: an external job of 120 s or more. Throws an OperationalError as `throughConnector` does.
 */
export async function openSlackChannel(host: Host, { key, name, members, topic }: ChannelWish): Promise<OpenedChannel> {
	const names = namesFor(name, key);
	if (!names) throw new UserError('Le nom du canal Slack doit contenir au moins une lettre ou un chiffre.');
	const { database } = host;
	for (const candidate of names) {
		const opened = await openNamed(database, candidate);
		if (!opened) continue;
		const { id: channel, isNew } = opened;
		if (!isNew) await callSlack(database, (client) => client.conversations.join({ channel }), done);
		const { accounts, missing } = await accountsOf(host, members);
		const present = isNew || accounts.length === 0 ? new Set<string>() : await membersOf(database, channel);
		const absent = accounts.filter((account) => !present.has(account));
		if (absent.length > 0) await invite(database, channel, absent);
		const wanted = topicText(topic ?? '');
		if (wanted && wanted !== opened.topic) await callSlack(database, (client) => client.conversations.setTopic({ channel, topic: wanted }), done);
		return { channel, name: candidate, missing };
	}
	throw new UserError(`Slack a déjà un canal « ${names[0]} » que l’application ne voit pas (privé ou archivé) : choisissez un autre nom.`);
}
