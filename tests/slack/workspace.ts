import { openVendor, json, type Asked, type Vendor } from '../support/vendor.ts';

type Channel = { id: string; name: string; topic: { value: string }; isPrivate?: boolean; members: Set<string> };
type Message = { channel: string; ts: string; text: string; blocks: { block_id: string }[] };

/** A Slack workspace in this process, as its methods behave; `people`: Slack ids by e-mail. */
export type Workspace = {
	vendor: Vendor;
	people: Map<string, string>;
	channels: Map<string, Channel>;
	messages: Message[];
	/** What it was asked, by method. */
	calls: (method?: string) => { method: string; args: Record<string, string>; asked: Asked }[];
	open: (name: string, over?: Partial<Channel>) => Channel;
	/** Answers the next calls of a method otherwise; `undefined` lets it go on as usual. */
	behave: (how: ((method: string, response: Parameters<typeof json>[0], usual: () => unknown) => boolean) | null) => void;
	/** Everything forgotten. */
	reset: () => void;
};

const bot = 'U0BOT0000';
const argsOf = ({ body }: Asked): Record<string, string> => Object.fromEntries(new URLSearchParams(body));
const methodOf = ({ path }: Asked): string => path.replace(/^\/api\//, '');

export async function openWorkspace(): Promise<Workspace> {
	const vendor = await openVendor();
	const people = new Map<string, string>();
	const channels = new Map<string, Channel>();
	const messages: Message[] = [];
	let number = 0;
	let behaviour: Parameters<Workspace['behave']>[0] = null;

	const add = (name: string, over: Partial<Channel> = {}): Channel => {
		const channel = { id: `C0000${String(++number).padStart(4, '0')}`, name, topic: { value: '' }, members: new Set([bot]), ...over };
		channels.set(channel.id, channel);
		return channel;
	};
	const byName = (name: string): Channel | undefined => [...channels.values()].find((one) => one.name === name);
	const no = (error: string, more: object = {}) => ({ ok: false, error, ...more });
	const seen = (id: string | undefined): Channel | undefined => {
		const channel = channels.get(id ?? '') ?? byName((id ?? '').replace(/^#/, ''));
		return channel?.isPrivate ? undefined : channel;
	};

	const methods: Record<string, (args: Record<string, string>) => object> = {
		'auth.test': () => ({ ok: true, url: 'https://roux.slack.com/', team: 'Atelier Roux', user: 'orchestre', team_id: 'T0000001', user_id: bot }),
		'users.lookupByEmail': ({ email = '' }) => (people.has(email) ? { ok: true, user: { id: people.get(email) } } : no('users_not_found')),
		'conversations.open': ({ users = '' }) => ({ ok: true, channel: { id: `D${users.slice(1)}` } }),
		'conversations.create': ({ name = '' }) => (byName(name) ? no('name_taken') : { ok: true, channel: { ...add(name), members: undefined } }),
		'conversations.list': () => ({
			ok: true,
			channels: [...channels.values()].filter(({ isPrivate }) => !isPrivate).map(({ id, name, topic }) => ({ id, name, topic })),
			response_metadata: { next_cursor: '' },
		}),
		'conversations.join': ({ channel }) => {
			seen(channel)?.members.add(bot);
			return seen(channel) ? { ok: true, channel: { id: channel } } : no('channel_not_found');
		},
		'conversations.members': ({ channel }) => ({ ok: true, members: [...(seen(channel)?.members ?? [])], response_metadata: { next_cursor: '' } }),
		'conversations.invite': ({ channel, users = '' }) => {
			const { members } = seen(channel) ?? add('x');
			if (users.split(',').some((user) => members.has(user))) return no('already_in_channel');
			users.split(',').forEach((user) => members.add(user));
			return { ok: true, channel: { id: channel } };
		},
		'conversations.setTopic': ({ channel, topic = '' }) => {
			const found = seen(channel);
			if (found) found.topic.value = topic;
			return { ok: true, channel: { id: channel } };
		},
		'conversations.history': ({ channel }) => ({ ok: true, messages: messages.filter((one) => one.channel === channel), has_more: false }),
		'chat.postMessage': ({ channel = '', text = '', blocks = '[]' }) => {
			const found = channel.startsWith('D') ? { id: channel, members: new Set([bot]) } : seen(channel);
			if (!found) return no('channel_not_found');
			if (!found.members.has(bot)) return no('not_in_channel');
			const message = { channel: found.id, ts: `1700000000.${String(++number).padStart(6, '0')}`, text, blocks: JSON.parse(blocks) as { block_id: string }[] };
			messages.push(message);
			return { ok: true, channel: message.channel, ts: message.ts, message };
		},
	};

	vendor.answer((asked, response) => {
		const method = methodOf(asked);
		const usual = (): object => methods[method]?.(argsOf(asked)) ?? no('unknown_method');
		if (behaviour?.(method, response, usual)) return;
		if (asked.headers.authorization !== 'Bearer xoxb-a-secret-token') json(response, no('invalid_auth'));
		else json(response, usual());
	});
	return {
		vendor,
		people,
		channels,
		messages,
		calls: (method) => vendor.asked.map((asked) => ({ method: methodOf(asked), args: argsOf(asked), asked })).filter((one) => !method || one.method === method),
		open: add,
		behave: (how) => void (behaviour = how),
		reset() {
			vendor.asked.length = messages.length = 0;
			channels.clear();
			people.clear();
			behaviour = null;
		},
	};
}
