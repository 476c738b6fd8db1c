import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { advanceClock, resetClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { useConnectorEnv } from '../../extensions/orchestre/src/platform/connector/index.ts';
import type { Host } from '../../extensions/orchestre/src/platform/directus.ts';
import { runJobs } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { openSlackChannel, queueSlackMessage, type SlackMessage } from '../../extensions/orchestre/src/slack/index.ts';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';
import { json } from '../support/vendor.ts';
import { complaints, isDescribed } from './description.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

type Reached = Client & { url: URL };

let directus: TestDirectus;
let slack: Workspace;
let host: Host;
let environment: Record<string, string>;
const lines: unknown[] = [];

beforeAll(async () => {
	slack = await openWorkspace();
	environment = { ORCHESTRE_SLACK_TOKEN: 'xoxb-a-secret-token', ORCHESTRE_SLACK_URL: `${slack.vendor.url}/api/` };
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false', PUBLIC_URL: 'https://crm.example', ...environment });
	const write = (...line: unknown[]): void => void lines.push(line);
	const logger = { info: write, warn: write, error: write, debug: write, child: () => logger } as unknown as Host['logger'];
	host = { ...(await hostOf(directus)), logger };
}, 240_000);
afterAll(async () => {
	await directus?.close();
	await slack?.vendor.close();
});
beforeEach(async () => {
	slack.reset();
	lines.length = 0;
	await directus
		.database('integrations')
		.where({ key: 'slack' })
		.update({ state: 'ready', retry_after: null, calls_today: 0, enabled: true, daily_limit: null, last_error: null });
});
afterEach(() => {
	resetClock();
	useConnectorEnv(environment);
	// What we sent, held against Slack’s own description; and what must never be in a log.
	const faults = [...(isDescribed ? slack.vendor.asked.flatMap(complaints) : []), ...(JSON.stringify(lines).match(/xoxb|@example\.com|Bonjour/) ?? [])];
	if (faults.length > 0) throw new Error(faults.join('\n'));
});

const queue = async (message: Partial<SlackMessage> & Row): Promise<string> => {
	const [id] = await directus.database.transaction((trx) => queueSlackMessage(trx, { key: randomUUID(), text: 'Bonjour', ...message } as SlackMessage));
	return id ?? '';
};
const run = (...ids: string[]) => runJobs(host, { ids });
const job = async (id: string): Promise<Row> => {
	const row = (await directus.database('jobs').where({ id }).first()) as Row;
	return { ...row, result: typeof row['result'] === 'string' ? (JSON.parse(row['result']) as Row) : (row['result'] ?? null) };
};
const connection = async (): Promise<Row> => (await directus.database('integrations').where({ key: 'slack' }).first()) as Row;

describe('a message', () => {
	it('goes out once, as plain words with a link to the record, and a second time changes nothing', async () => {
		const { id: channel } = slack.open('ventes');
		const item = randomUUID();
		const message = { key: `won:${item}`, channel: '#Ventes', text: 'Affaire gagnée : <!channel> Roux & fils', about: { collection: 'opportunities', item } };
		const id = await queue(message);
		await run(id);
		expect(await job(id)).toMatchObject({ state: 'done', attempts: 1, result: { channel }, collection: 'opportunities', item });
		const link = `<https://crm.example/admin/content/opportunities/${item}|Ouvrir dans Orchestre>`;
		expect(slack.messages).toMatchObject([{ channel, text: `Affaire gagnée : &lt;!channel&gt; Roux &amp; fils\n${link}` }]);
		expect(slack.calls()).toHaveLength(1);
		expect(await queue(message)).toBe('');
		await run(id);
		expect(slack.messages).toHaveLength(1);
		expect(await connection()).toMatchObject({ state: 'ready', calls_today: 1, last_error: null });
	});

	it('reaches a person by e-mail, whose Slack id is kept on their row with its trail', async () => {
		const { id: user } = await directus.hire('Commercial');
		const { email } = (await directus.database('directus_users').where({ id: user }).first('email')) as { email: string };
		slack.people.set(email, 'U0SOPHIE1');
		const [one, two] = [await queue({ user }), await queue({ user })];
		await run(one, two);
		expect(slack.messages).toMatchObject([{ channel: 'D0SOPHIE1' }, { channel: 'D0SOPHIE1' }]);
		expect(slack.calls('users.lookupByEmail')).toHaveLength(1);
		expect(await directus.database('directus_users').where({ id: user }).first('slack_id')).toEqual({ slack_id: 'U0SOPHIE1' });
		expect(
			await directus.database('directus_revisions').where({ collection: 'directus_users', item: user }).orderBy('id', 'desc').first('delta'),
		).toMatchObject({
			delta: expect.anything(),
		});
	});

	it('to somebody without an account, or to a channel that is not there, fails with its reason; the connection stays well', async () => {
		const { id: user } = await directus.hire('Commercial');
		const [one, two] = [await queue({ user }), await queue({ channel: 'nulle-part' })];
		await run(one, two);
		expect(await job(one)).toMatchObject({ state: 'failed', error: 'Aucun compte Slack ne correspond à l’adresse e-mail de cette personne.' });
		expect(await job(two)).toMatchObject({ state: 'failed', error: 'Slack ne connaît pas ce canal, ou l’application n’y a pas accès.' });
		expect(await connection()).toMatchObject({ state: 'ready' });
	});

	it('to a public channel that the application is not in joins it first', async () => {
		slack.open('ventes', { members: new Set() });
		const id = await queue({ channel: 'ventes' });
		await run(id);
		expect(await job(id)).toMatchObject({ state: 'done' });
		expect(slack.calls().map(({ method }) => method)).toEqual(['chat.postMessage', 'conversations.list', 'conversations.join', 'chat.postMessage']);
	});

	it('whose answer got lost, or whose process died before it was noted, is found again and not sent twice', async () => {
		slack.open('ventes');
		slack.behave((method, response, usual) => {
			if (method !== 'chat.postMessage') return false;
			usual();
			response.destroy();
			return true;
		});
		const id = await queue({ channel: 'ventes' });
		await run(id);
		expect(await job(id)).toMatchObject({ state: 'waiting', error: 'Service injoignable : Slack.' });
		slack.behave(null);
		advanceClock(60_000);
		await run(id);
		expect(await job(id)).toMatchObject({ state: 'done', attempts: 2, result: { ts: slack.messages[0]?.ts } });
		expect(slack.messages).toHaveLength(1);

		// As the sweep leaves the job of a process that died: claimed once, ended never. A replay begins to count anew.
		await directus.database('jobs').where({ id }).update({ state: 'waiting', attempts: 0, result: null, ended_at: null });
		advanceClock(60_000);
		await run(id);
		expect(await job(id)).toMatchObject({ state: 'done' });
		expect(slack.messages).toHaveLength(1);
	});

	it('goes out again after such an accident where the application may not read the channel', async () => {
		slack.open('ventes');
		slack.behave(
			(method, response) => method === 'conversations.history' && (json(response, { ok: false, error: 'missing_scope', needed: 'channels:history' }), true),
		);
		const id = await queue({ channel: 'ventes' });
		await directus.database('jobs').where({ id }).update({ attempts: 1 });
		await run(id);
		expect(await job(id)).toMatchObject({ state: 'done' });
		expect(await connection()).toMatchObject({ state: 'ready' });
	});
});

describe('Slack that does not do its part', () => {
	it('is waited for as long as it asks, by all, and asked again then', async () => {
		slack.open('ventes');
		const [one, two] = [await queue({ channel: 'ventes' }), await queue({ channel: 'ventes' })];
		slack.behave((_method, response) => (json(response, { ok: false, error: 'ratelimited' }, 429, { 'retry-after': '90' }), true));
		await run(one, two);
		expect(slack.calls()).toHaveLength(1);
		expect(await connection()).toMatchObject({ state: 'limited', last_error: 'Trop de demandes pour Slack.' });
		expect(await job(one)).toMatchObject({ state: 'waiting', error: 'Trop de demandes pour Slack.' });
		expect(await job(two)).toMatchObject({ state: 'waiting', error: 'En attente, à la demande de Slack.' });
		slack.behave(null);
		advanceClock(80_000);
		await run(one, two);
		expect(slack.messages).toHaveLength(0);
		advanceClock(20_000);
		await run(one, two);
		expect(slack.messages).toHaveLength(2);
		expect(await connection()).toMatchObject({ state: 'ready', retry_after: null });
	});

	it.each([
		['an error of its own', 'waiting', (response: Parameters<typeof json>[0]) => json(response, {}, 500), 'Erreur de Slack (code 500).'],
		[
			'an error in its words',
			'waiting',
			(response: Parameters<typeof json>[0]) => json(response, { ok: false, error: 'fatal_error' }),
			'Erreur de Slack (fatal_error).',
		],
		['garbage', 'waiting', (response: Parameters<typeof json>[0]) => void response.end('<html>Bonjour xoxb'), 'Réponse incompréhensible de Slack.'],
		['another shape', 'waiting', (response: Parameters<typeof json>[0]) => json(response, { ok: true, channel: 7 }), 'Réponse incompréhensible de Slack.'],
		['nothing in JSON', 'waiting', (response: Parameters<typeof json>[0]) => json(response, null), 'Réponse incompréhensible de Slack.'],
		['a hang-up', 'waiting', (response: Parameters<typeof json>[0]) => void response.destroy(), 'Service injoignable : Slack.'],
		[
			'a redirection',
			'waiting',
			(response: Parameters<typeof json>[0]) => void response.writeHead(302, { location: '/elsewhere' }).end(),
			'Service injoignable : Slack.',
		],
		['a flood', 'waiting', (response: Parameters<typeof json>[0]) => void response.end('x'.repeat(3_000_000)), 'Réponse incompréhensible de Slack.'],
		[
			'a refused token',
			'failed',
			(response: Parameters<typeof json>[0]) => json(response, { ok: false, error: 'invalid_auth' }),
			'Slack refuse le jeton d’accès (invalid_auth).',
		],
		[
			'a right that is missing',
			'failed',
			(response: Parameters<typeof json>[0]) => json(response, { ok: false, error: 'missing_scope', needed: 'chat:write' }),
			'Il manque un droit à l’application Slack : chat:write.',
		],
	])('with %s leaves its reason on the job and on the connection', async (_name, state, answers, reason) => {
		slack.open('ventes');
		slack.behave((_method, response) => (answers(response), true));
		const id = await queue({ channel: 'ventes' });
		await run(id);
		expect(await job(id)).toMatchObject({ state, error: reason });
		expect(await connection()).toMatchObject({ state: 'failing', last_error: reason });
		expect(slack.calls()).toHaveLength(1);
	});

	it('that never answers is given up in time', async () => {
		slack.behave(() => true);
		const id = await queue({ channel: 'ventes' });
		await run(id);
		expect(await job(id)).toMatchObject({ state: 'waiting', error: 'Pas de réponse à temps de Slack.' });
	}, 60_000);

	it('is not called past the day’s limit, by two at once either, nor when it is switched off or not set up', async () => {
		slack.open('ventes');
		await directus.database('integrations').where({ key: 'slack' }).update({ daily_limit: 1 });
		const ids = [await queue({ channel: 'ventes' }), await queue({ channel: 'ventes' })];
		await Promise.all(ids.map((id) => run(id)));
		expect(slack.calls()).toHaveLength(1);
		await directus.database('integrations').where({ key: 'slack' }).update({ daily_limit: null, enabled: false });
		const off = await queue({ channel: 'ventes' });
		await run(off);
		expect(await job(off)).toMatchObject({ state: 'failed', error: 'La connexion est désactivée : Slack.' });
		useConnectorEnv({});
		const unset = await queue({ channel: 'ventes' });
		await run(unset);
		expect(await job(unset)).toMatchObject({ state: 'skipped', error: expect.stringContaining('Non configuré : Slack.') });
		expect(slack.calls()).toHaveLength(1);
	});
});

describe('a channel', () => {
	const hireKnown = async (account: string): Promise<string> => {
		const { id } = await directus.hire('Commercial');
		const { email } = (await directus.database('directus_users').where({ id }).first('email')) as { email: string };
		slack.people.set(email, account);
		return id;
	};

	it('is opened with its people and its topic under a name that Slack takes; asked for again it is completed', async () => {
		const members = [await hireKnown('U0ANNA001'), (await directus.hire('Commercial')).id];
		const wish = { key: 'project:1', name: 'Client – Éts Roux & Fils (2026)', members, topic: 'Mise en route' };
		const opened = await openSlackChannel(host, wish);
		expect(opened).toMatchObject({ name: 'client-ets-roux-fils-2026', missing: [members[1]] });
		expect(slack.channels.get(opened.channel)).toMatchObject({ topic: { value: 'Mise en route' }, members: new Set(['U0BOT0000', 'U0ANNA001']) });

		const late = await hireKnown('U0BRUNO01');
		expect(await openSlackChannel(host, { ...wish, members: [...members, late] })).toMatchObject({ channel: opened.channel });
		expect(slack.channels.size).toBe(1);
		expect(slack.channels.get(opened.channel)?.members).toEqual(new Set(['U0BOT0000', 'U0ANNA001', 'U0BRUNO01']));
		expect(slack.calls('conversations.invite').map(({ args }) => args['users'])).toEqual(['U0ANNA001', 'U0BRUNO01']);
		expect(slack.calls('conversations.setTopic')).toHaveLength(1);
	}, 60_000);

	it('whose name belongs to one that nobody can join gets a name of its own, the same each time', async () => {
		slack.open('client-roux', { isPrivate: true });
		const wish = { key: 'project:2', name: 'client-roux', members: [] };
		const opened = await openSlackChannel(host, wish);
		expect(opened.name).toMatch(/^client-roux-[0-9a-f]{6}$/);
		expect(await openSlackChannel(host, wish)).toEqual(opened);
		expect(slack.channels.size).toBe(2);
	}, 60_000);
});

describe('people', () => {
	const flowWith = async (options: Row): Promise<string> => {
		const flow = await call<{ id: string }>(directus.admin, 'POST', '/flows', {
			name: 'Essai',
			status: 'active',
			trigger: 'manual',
			options: { collections: ['leads'], requireSelection: false, async: false, error_on_reject: true },
		});
		const step = await call<{ id: string }>(directus.admin, 'POST', '/operations', {
			flow: flow.id,
			key: 'slack',
			type: 'orchestre-slack',
			position_x: 20,
			position_y: 1,
			options,
		});
		await call(directus.admin, 'PATCH', `/flows/${flow.id}`, { operation: step.id });
		return flow.id;
	};
	const press = (client: Client, flow: string, body: Row) => ask<Row>(client as Reached, 'POST', `/flows/trigger/${flow}`, body);

	it('send messages from a flow through the queue; without Slack the step ends as skipped and says so', async () => {
		slack.open('ventes');
		const flow = await flowWith({ channel: 'ventes', text: 'Bonjour' });
		const answer = await press(directus.admin, flow, { collection: 'leads', keys: [] });
		expect(answer).toMatchObject({ status: 200 });
		const { job: id, state } = answer as unknown as { job: string; state: string };
		expect(state).toBe('queued');
		expect(slack.calls()).toHaveLength(0);
		await run(id);
		expect(slack.messages).toHaveLength(1);
		expect(await press(directus.admin, flow, { collection: 'leads', keys: [] })).toMatchObject({ state: 'already_queued' });

		useConnectorEnv({});
		const off = await flowWith({ channel: 'ventes', text: 'Bonjour encore' });
		expect(await press(directus.admin, off, { collection: 'leads', keys: [] })).toMatchObject({
			state: 'skipped',
			reason: expect.stringContaining('Non configuré : Slack.'),
		});
		expect((await press(directus.admin, await flowWith({ text: 'Bonjour' }), { collection: 'leads', keys: [] })).status).toBe(400);
	});

	it('who are administrators test the connection, and read what came of it in French', async () => {
		const button = '77000000-0000-4000-8000-000000000001';
		const { id } = (await connection()) as { id: string };
		const body = { collection: 'integrations', keys: [id] };
		expect(await press(directus.admin, button, body)).toMatchObject({
			status: 200,
			summary: 'Connecté à l’espace Slack « Atelier Roux » en tant que « orchestre ».',
		});
		expect(await connection()).toMatchObject({ state: 'ready', test_result: 'Connecté à l’espace Slack « Atelier Roux » en tant que « orchestre ».' });

		slack.behave((_method, response) => (json(response, { ok: false, error: 'invalid_auth' }), true));
		expect(await press(directus.admin, button, body)).toMatchObject({ status: 503, errors: [{ message: 'Slack refuse le jeton d’accès (invalid_auth).' }] });
		expect(await connection()).toMatchObject({ state: 'failing', test_result: 'Slack refuse le jeton d’accès (invalid_auth).' });

		useConnectorEnv({});
		expect(await press(directus.admin, button, body)).toMatchObject({ status: 503, errors: [{ message: expect.stringContaining('Non configuré : Slack.') }] });
		expect(await connection()).toMatchObject({ state: 'not_configured' });
		expect((await press(await directus.as('Direction'), button, body)).status).toBe(403);
	});
});
