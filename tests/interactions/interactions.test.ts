import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { advanceClock, resetClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { useConnectorEnv } from '../../extensions/orchestre/src/platform/connector/index.ts';
import type { Host } from '../../extensions/orchestre/src/platform/directus.ts';
import { runDueJobs, runJobs } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';
import { json, openVendor, type Vendor } from '../support/vendor.ts';
import { complaints, isDescribed } from './description.ts';

type Reached = Client & { url: URL };

let directus: TestDirectus;
let openAi: Vendor;
let host: Host;
let environment: Record<string, string>;
let seller: { id: string; client: Reached };
let company: string;
const lines: unknown[] = [];

const flow = '76000000-0000-4000-8000-000000000055';
const complaint =
	'Bonjour Paul,\n\nVotre application plante à chaque export depuis lundi, c’est inadmissible. Merci de nous rappeler au 06 12 34 56 78.\n\nCordialement,\nAnna';
const local = 'Votre application plante à chaque export depuis lundi, c’est inadmissible. Merci de nous rappeler au 06 12 34 56 78.';

/** As the API answers; `content`: what the model says. */
const completion = (content: unknown, over: Row = {}, message: Row = {}): Row => ({
	id: 'chatcmpl-1',
	object: 'chat.completion',
	created: 1_700_000_000,
	model: 'gpt-4.1-mini',
	choices: [
		{
			index: 0,
			finish_reason: 'stop',
			logprobs: null,
			message: { role: 'assistant', content: typeof content === 'string' ? content : JSON.stringify(content), refusal: null, ...message },
		},
	],
	usage: { prompt_tokens: 1000, completion_tokens: 100, total_tokens: 1100 },
	...over,
});

beforeAll(async () => {
	openAi = await openVendor();
	environment = {
		ORCHESTRE_OPENAI_API_KEY: 'sk-a-secret-key',
		ORCHESTRE_OPENAI_URL: `${openAi.url}/v1`,
		ORCHESTRE_OPENAI_INPUT_PRICE: '0.40',
		ORCHESTRE_OPENAI_OUTPUT_PRICE: '1.60',
	};
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false', ...environment });
	const write = (...line: unknown[]): void => void lines.push(line);
	const logger = { info: write, warn: write, error: write, debug: write, child: () => logger } as unknown as Host['logger'];
	host = { ...(await hostOf(directus)), logger };
	seller = (await directus.hire('Commercial')) as typeof seller;
	company = (await call<{ id: string }>(directus.admin, 'POST', '/items/companies', { name: 'Roux', owner: seller.id })).id;
}, 240_000);
afterAll(async () => {
	await directus?.close();
	await openAi?.close();
});
beforeEach(async () => {
	openAi.asked.length = lines.length = 0;
	openAi.answer((_asked, response) => json(response, completion({ sentiment: 'negative', summary: 'L’export plante ; Anna demande un rappel.' })));
	await directus.database('integrations').update({
		state: 'ready',
		retry_after: null,
		calls_today: 0,
		enabled: true,
		daily_limit: null,
		daily_budget_cents: null,
		spent_today_micros: 0,
		spent_today_cents: 0,
	});
	await allow(false);
});
afterEach(() => {
	resetClock();
	useConnectorEnv(environment);
	const faults = [...(isDescribed ? openAi.asked.flatMap(complaints) : []), ...(JSON.stringify(lines).match(/sk-a|plante|Anna/) ?? [])];
	if (faults.length > 0) throw new Error(faults.join('\n'));
});

const allow = async (may: boolean): Promise<void> => void (await directus.database('settings').update({ interactions_openai: may }));
const write = async (over: Row = {}, client: Client = seller.client): Promise<string> =>
	(
		await call<{ id: string }>(client, 'POST', '/items/interactions', {
			kind: 'email',
			direction: 'inbound',
			at: '2026-11-20T10:00:00Z',
			company,
			content: complaint,
			...over,
		})
	).id;
const read = async (id: string): Promise<Row> =>
	(await directus.database('interactions').where({ id }).first('summary', 'summary_source', 'sentiment', 'sentiment_source')) as Row;
/** The flow may be quicker, and is then waited for. */
async function understand(...items: string[]): Promise<void> {
	const kind = 'interactions.understand';
	await runJobs(host, { kind, items });
	const owed = () => directus.database('jobs').where({ kind }).whereIn('item', items).whereIn('state', ['waiting', 'running']);
	while ((await owed()).length > 0) await new Promise((resolve) => setTimeout(resolve, 50));
}
const askAbout = (...items: string[]) => runJobs(host, { kind: 'interactions.ask', items });
const jobOf = async (id: string): Promise<Row> =>
	(await directus.database('jobs').where({ item: id, kind: 'interactions.ask' }).first('state', 'error', 'attempts')) as Row;
const edit = (id: string, change: Row, client: Client = seller.client): Promise<unknown> => call(client, 'PATCH', `/items/interactions/${id}`, change);
const revisions = (id: string): Promise<unknown[]> =>
	directus.database('directus_revisions').where({ collection: 'interactions', item: id }) as unknown as Promise<unknown[]>;

describe('an exchange', () => {
	it('is saved at once and understood a moment later by its flow, with the origin of tone and summary; a second time changes nothing', async () => {
		const id = await write();
		await expect
			.poll(() => read(id), { timeout: 20_000 })
			.toEqual({ summary: local, summary_source: 'local', sentiment: 'negative', sentiment_source: 'local' });
		const before = await revisions(id);
		await directus.database('jobs').where({ item: id, kind: 'interactions.understand' }).update({ state: 'waiting', attempts: 1, ended_at: null });
		await understand(id);
		expect(await revisions(id)).toHaveLength(before.length);
		expect(openAi.asked).toHaveLength(0);
		const { data } = await ask<{ events: { row: Row }[] }>(seller.client, 'GET', `/orchestre/timeline/companies/${company}`);
		expect(data?.events.find(({ row }) => row['id'] === id)?.row).toMatchObject({ sentiment: 'negative', sentiment_source: 'local', summary_source: 'local' });
	});

	it('follows its text until a person says otherwise, and then keeps what they said', async () => {
		const id = await write();
		await understand(id);
		await edit(id, { content: 'Tout fonctionne parfaitement, merci beaucoup !' });
		await understand(id);
		expect(await read(id)).toMatchObject({ sentiment: 'positive', summary: 'Tout fonctionne parfaitement, merci beaucoup !' });
		await edit(id, { sentiment: 'neutral', summary: 'Vu avec Anna.' });
		await understand(id);
		expect(await read(id)).toEqual({ sentiment: 'neutral', sentiment_source: null, summary: 'Vu avec Anna.', summary_source: null });
		await edit(id, { content: complaint });
		await understand(id);
		expect(await read(id)).toEqual({ sentiment: 'neutral', sentiment_source: null, summary: 'Vu avec Anna.', summary_source: null });
	});

	it('noted by a person gets its tone from the notes, which stay; one without words gets nothing; nobody sets the origin', async () => {
		const noted = await write({ kind: 'call', content: null, summary: 'Le client est très mécontent du retard.' });
		const silent = await write({ kind: 'call', content: null });
		await understand(noted, silent);
		expect(await read(noted)).toEqual({
			summary: 'Le client est très mécontent du retard.',
			summary_source: null,
			sentiment: 'negative',
			sentiment_source: 'local',
		});
		expect(await read(silent)).toEqual({ summary: null, summary_source: null, sentiment: null, sentiment_source: null });
		expect((await ask(seller.client, 'PATCH', `/items/interactions/${silent}`, { sentiment_source: 'openai' })).status).toBe(403);
	});

	it('is left alone while the flow is switched off', async () => {
		await directus.database('directus_flows').where({ id: flow }).update({ status: 'inactive' });
		const id = await write();
		await understand(id);
		expect(await read(id)).toMatchObject({ sentiment: null, summary: null });
		await directus.database('directus_flows').where({ id: flow }).update({ status: 'active' });
	});
});

describe('OpenAI, where the setting allows it', () => {
	beforeEach(() => allow(true));

	it('gives tone and summary once per text, without what leads to a person, and what it costs is counted', async () => {
		const id = await write();
		await understand(id);
		expect(await read(id)).toMatchObject({ summary_source: 'local' });
		await askAbout(id);
		expect(await read(id)).toEqual({
			summary: 'L’export plante ; Anna demande un rappel.',
			summary_source: 'openai',
			sentiment: 'negative',
			sentiment_source: 'openai',
		});
		expect(openAi.asked).toHaveLength(1);
		const sent = JSON.parse(openAi.asked[0]?.body ?? '') as { model: string; store: boolean; messages: { content: string }[] };
		expect(sent).toMatchObject({ model: 'gpt-4.1-mini', store: false });
		expect(sent.messages[1]?.content).toBe('Votre application plante à chaque export depuis lundi, c’est inadmissible. Merci de nous rappeler au [téléphone].');
		// 1,000 × 0.40 + 100 × 1.60 millionths of a euro.
		expect(await directus.database('integrations').where({ key: 'openai' }).first('spent_today_micros', 'spent_today_cents')).toEqual({
			spent_today_micros: 560,
			spent_today_cents: 1,
		});
		await edit(id, { kind: 'chat' });
		await edit(id, { kind: 'email' });
		await understand(id);
		await askAbout(id);
		expect(await read(id)).toMatchObject({ sentiment: 'negative' });
		await edit(id, { summary: 'Rappelée.' });
		await understand(id);
		await askAbout(id);
		expect(await read(id)).toMatchObject({ summary: 'Rappelée.', summary_source: null });
	});

	it.each([
		[
			'garbage',
			'waiting',
			(response: Parameters<typeof json>[0]) => void response.writeHead(200, { 'content-type': 'application/json' }).end('<html>'),
			'Réponse incompréhensible d’OpenAI.',
		],
		['another shape', 'waiting', (response: Parameters<typeof json>[0]) => json(response, { choices: [] }), 'Réponse incompréhensible d’OpenAI.'],
		[
			'an answer that was not asked for',
			'waiting',
			(response: Parameters<typeof json>[0]) => json(response, completion({ sentiment: 'furious', summary: 'x' })),
			'Réponse inattendue d’OpenAI.',
		],
		[
			'words instead of JSON',
			'waiting',
			(response: Parameters<typeof json>[0]) => json(response, completion('Voici le résumé')),
			'Réponse inattendue d’OpenAI.',
		],
		[
			'a refusal',
			'skipped',
			(response: Parameters<typeof json>[0]) => json(response, completion('', {}, { content: null, refusal: 'I cannot.' })),
			'OpenAI a refusé de répondre sur ce texte.',
		],
		[
			'an error of its own',
			'waiting',
			(response: Parameters<typeof json>[0]) => json(response, { error: { message: 'x' } }, 500),
			'Erreur d’OpenAI (code 500).',
		],
		['a hang-up', 'waiting', (response: Parameters<typeof json>[0]) => void response.destroy(), 'Service injoignable : OpenAI.'],
		[
			'a refused key',
			'skipped',
			(response: Parameters<typeof json>[0]) => json(response, { error: { message: 'sk-a…', code: 'invalid_api_key' } }, 401),
			'La clé d’accès est refusée par OpenAI.',
		],
		[
			'an empty account',
			'skipped',
			(response: Parameters<typeof json>[0]) => json(response, { error: { message: 'x', code: 'insufficient_quota' } }, 429),
			'Le forfait d’OpenAI est épuisé.',
		],
	])('with %s leaves the local rules in place, and they say so', async (_name, state, answers, reason) => {
		openAi.answer((_asked, response) => answers(response));
		const id = await write();
		await understand(id);
		await askAbout(id);
		expect(await jobOf(id)).toMatchObject({ state, error: expect.stringContaining(reason) });
		expect(await read(id)).toEqual({ summary: local, summary_source: 'fallback', sentiment: 'negative', sentiment_source: 'fallback' });
		expect(openAi.asked).toHaveLength(1);
	});

	it('that has too much to do is waited for as it asks, by all, and then asked again', async () => {
		openAi.answer((_asked, response) => json(response, { error: { message: 'x', code: 'rate_limit_exceeded' } }, 429, { 'retry-after': '30' }));
		const [one, two] = [await write(), await write()];
		await understand(one, two);
		await askAbout(one, two);
		expect(openAi.asked).toHaveLength(1);
		openAi.answer((_asked, response) => json(response, completion({ sentiment: 'negative', summary: 'Bref.' })));
		advanceClock(31_000);
		await askAbout(one, two);
		expect(await read(one)).toMatchObject({ summary: 'Bref.', summary_source: 'openai' });
		expect(await read(two)).toMatchObject({ summary: 'Bref.', summary_source: 'openai' });
	});

	it('is not asked past the day’s budget, without a key, or when the setting is switched off meanwhile', async () => {
		await directus.database('integrations').where({ key: 'openai' }).update({ daily_budget_cents: 1 });
		const [one, two] = [await write(), await write()];
		await understand(one, two);
		await askAbout(one);
		await askAbout(two);
		expect(openAi.asked).toHaveLength(1);
		expect(await jobOf(two)).toMatchObject({ state: 'waiting', error: 'La dépense prévue par jour est atteinte : OpenAI.' });
		expect(await read(two)).toMatchObject({ summary_source: 'fallback' });
		await allow(false);
		const off = await write();
		await understand(off);
		expect(await jobOf(off)).toBeUndefined();
		useConnectorEnv({});
		await allow(true);
		const unset = await write();
		await understand(unset);
		expect(await jobOf(unset)).toBeUndefined();
		expect(await read(unset)).toMatchObject({ summary_source: 'local' });
	});

	it('never answers over what was written while it thought', async () => {
		const id = await write();
		await understand(id);
		openAi.answer((_asked, response) => {
			void directus
				.database('interactions')
				.where({ id })
				.update({ content: 'Parfait, merci beaucoup !' })
				.then(() => json(response, completion({ sentiment: 'negative', summary: 'Vieux.' })));
		});
		await askAbout(id);
		expect(await read(id)).toMatchObject({ summary: local });
	});

	it('is tested from « Connexions »', async () => {
		openAi.answer((_asked, response) => json(response, { id: 'gpt-4.1-mini', object: 'model', created: 1, owned_by: 'openai' }));
		const { id } = (await directus.database('integrations').where({ key: 'openai' }).first('id')) as { id: string };
		const press = () =>
			ask<Row>(directus.admin as Reached, 'POST', '/flows/trigger/77000000-0000-4000-8000-000000000001', { collection: 'integrations', keys: [id] });
		expect(await press()).toMatchObject({ status: 200, summary: 'Connecté à OpenAI, modèle « gpt-4.1-mini ».' });
		openAi.answer((_asked, response) => json(response, { error: { message: 'x', code: 'model_not_found' } }, 404));
		expect(await press()).toMatchObject({ status: 503, errors: [{ message: expect.stringContaining('OpenAI ne connaît pas le modèle') }] });
	});
});

it('fifty exchanges of one call are understood together', async () => {
	const rows = Array.from({ length: 50 }, () => ({
		kind: 'email',
		direction: 'inbound',
		at: '2026-11-20T10:00:00Z',
		company,
		owner: seller.id,
		content: complaint,
	}));
	const ids = (await call<{ id: string }[]>(directus.admin, 'POST', '/items/interactions?limit=-1', rows as never)).map(({ id }) => id);
	await runDueJobs(host, { limit: 200 });
	await expect
		.poll(async () => (await directus.database('interactions').whereIn('id', ids).where({ sentiment: 'negative', summary_source: 'local' })).length, {
			timeout: 20_000,
		})
		.toBe(50);
});
