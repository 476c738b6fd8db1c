import type { WebClient } from '@slack/web-api';
import { z, type ZodType } from 'zod';
import { accessOf, registerConnector, textIn, throughConnector, type Connector } from '../platform/connector/index.ts';
import type { Knex } from '../platform/directus.ts';
import { OperationalError } from '../platform/errors.ts';
import { codeOf, faultIn, refusalSentence } from './rules/errors.ts';

/** Slack, or a stand-in at ORCHESTRE_SLACK_URL; off without a token. */
export const slack: Connector = {
	key: 'slack',
	name: 'Slack',
	access: (env) => {
		const secret = textIn(env, 'ORCHESTRE_SLACK_TOKEN');
		return secret ? { baseUrl: textIn(env, 'ORCHESTRE_SLACK_URL') || 'https://slack.com/api/', secret } : null;
	},
	// Messages: one a second and channel, more for a moment. The rarer methods bear 20 or 50 a minute and say so when it is too much.
	perSecond: 2,
	timeoutMs: 10_000,
	faultIn,
	test: async (knex) => {
		const { team, user } = await callSlack(knex, (client) => client.auth.test(), z.object({ team: z.string(), user: z.string() }));
		return `Connecté à l’espace Slack « ${team} » en tant que « ${user} ».`;
	},
};
registerConnector(slack);

export const slackConfigured = (): boolean => accessOf(slack) !== null;

/** A request that Slack refuses for what it asks (a channel that is not there): the connection is well. `slack`: its own word. */
export class SlackRefusal extends OperationalError {
	readonly slack: string;

	constructor(code: string) {
		super(refusalSentence(code), { retryable: false });
		this.slack = code;
	}
}

export const isRefusal = (error: unknown, ...codes: readonly string[]): boolean =>
	typeof error === 'object' && error !== null && 'slack' in error && codes.includes(String(error.slack));

/** The SDK's own lines would hold what is sent. */
const silent = { debug() {}, info() {}, warn() {}, error() {}, setLevel() {}, setName() {} };

/**
 * One call of Slack's Web API through its SDK, its answer checked. `tolerated`: words of Slack that would else count as a fault of the
 * connection. Throws SlackRefusal, or an OperationalError as `throughConnector` does.
 */
export async function callSlack<T>(
	knex: Knex,
	call: (client: WebClient) => Promise<unknown>,
	answer: ZodType<T>,
	tolerated: readonly string[] = [],
): Promise<T> {
	// Read when it is first needed: most installations have no Slack.
	const sdk = await import('@slack/web-api');
	return throughConnector(knex, slack, async ({ access, fetch }) => {
		const client = new sdk.WebClient(access.secret, {
			slackApiUrl: access.baseUrl,
			fetch,
			// Jobs try again, with what Slack asked for in mind.
			retryConfig: { retries: 0 },
			rejectRateLimitedCalls: true,
			allowAbsoluteUrls: false,
			logger: { ...silent, getLevel: () => sdk.LogLevel.ERROR },
		});
		try {
			return answer.parse(await call(client));
		} catch (error) {
			const code = codeOf(error);
			if (code && (tolerated.includes(code) || !faultIn(error))) throw new SlackRefusal(code);
			throw error;
		}
	});
}
