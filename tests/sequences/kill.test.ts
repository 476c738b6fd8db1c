import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { call, createClient, type Row } from '../../scripts/support/client.ts';
import { connect } from '../../scripts/support/database.ts';
import { productDefaults } from '../../scripts/support/environment.mjs';
import { startServer, type Server } from '../../scripts/support/server.ts';
import { newLead } from '../leads/support.ts';
import { testEnvironment } from '../support/environment.ts';
import { openMailbox, type Mailbox } from '../support/mailbox.ts';

const port = 18071;
let folder: string;
let environment: Record<string, string>;
let mailbox: Mailbox;

beforeAll(async () => {
	mailbox = await openMailbox();
	folder = await mkdtemp(join(tmpdir(), 'orchestre-sequences-'));
	const file = join(folder, 'test.db');
	await copyFile(inject('templateDatabase'), file);
	environment = {
		...productDefaults,
		...testEnvironment,
		DB_FILENAME: file,
		STORAGE_LOCAL_ROOT: folder,
		EXTENSIONS_PATH: inject('extensionsPath'),
		ORCHESTRE_WORKER_POLL_MS: '200',
		ORCHESTRE_WORKER_GRACE_MS: '0',
		EMAIL_TRANSPORT: 'smtp',
		EMAIL_SMTP_HOST: '127.0.0.1',
		EMAIL_SMTP_PORT: String(mailbox.port),
		EMAIL_FROM: 'commerce@maison.example',
		EMAIL_VERIFY_SETUP: 'false',
	};
});
afterAll(async () => {
	await mailbox?.close();
	await rm(folder, { recursive: true, force: true });
});

const start = (): Promise<Server> =>
	startServer(port, environment, { email: testEnvironment.ADMIN_EMAIL ?? '', password: testEnvironment.ADMIN_PASSWORD ?? '' });

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
	for (let turn = 0; turn < 300; turn++) {
		const found = await look();
		if (found !== undefined) return found;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	throw new Error('nothing came of it in a minute');
}

test('a server killed after the mail server has the message, before it noted that, sends nothing twice and asks a person', async () => {
	let server = await start();
	const admin = createClient(server.url, server.token);
	const create = async (collection: string, row: Row): Promise<string> => (await call<{ id: string }>(admin, 'POST', `/items/${collection}`, row)).id;
	const template = await create('message_templates', {
		name: 'Suivi',
		key: 'suivi.kill',
		channel: 'email',
		status: 'active',
		purpose: 'prospecting',
		subject: 'Suite',
		body: 'Bonjour',
	});
	// At any hour of any day, for this test runs by the real clock.
	const anytime = { send_from: '00:00:00', send_until: '00:00:00', working_days_only: false };
	const sequence = await create('sequences', { name: 'Suivi', status: 'active', ...anytime, steps: [{ sort: 1, channel: 'email', delay_days: 0, template }] });
	const lead = await create('leads', newLead() as Row);
	await call(admin, 'POST', `/orchestre/sequences/${sequence}/start`, { collection: 'leads', keys: [lead] });

	const killed = new Promise<void>((resolve) => mailbox.behave({ onText: () => server.kill().then(resolve) }));
	const database = connect(environment);
	try {
		const queue = async (key: string): Promise<void> =>
			void (await database('jobs').insert({
				id: crypto.randomUUID(),
				kind: 'sequences.run',
				key,
				state: 'waiting',
				payload: '{}',
				label: 'essai',
				attempts: 0,
				max_attempts: 8,
				due_at: new Date(),
				date_created: new Date(),
				date_updated: new Date(),
			}));
		await queue('kill:1');
		await killed;
		expect(mailbox.mails).toHaveLength(1);
		const [send] = (await database('sequence_sends')) as Row[];
		expect(send).toMatchObject({ state: 'sending' });

		mailbox.behave('accept');
		// The lease of the dead process is over.
		await database('jobs')
			.where({ kind: 'sequences.step' })
			.update({ leased_until: new Date(0) });
		server = await start();
		const run = await eventually(async () => {
			await queue(`kill:${crypto.randomUUID()}`);
			const row = (await database('sequence_runs').first()) as { state: string; error: string };
			return row.state === 'active' ? undefined : row;
		});
		expect(run).toMatchObject({ state: 'to_check', error: expect.stringContaining('le message est peut-être parti') });
		expect(mailbox.mails).toHaveLength(1);
		expect(await database('interactions')).toEqual([]);
	} finally {
		await database.destroy();
		await server.stop();
	}
}, 240_000);
