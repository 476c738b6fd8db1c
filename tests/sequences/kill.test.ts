import { expect, test } from 'vitest';
import { call, createClient, type Row } from '../../scripts/support/client.ts';
import { connect } from '../../scripts/support/database.ts';
import { newLead } from '../leads/support.ts';
import { eventually, useKillable } from '../support/killable.ts';

const { start, mailbox, environment } = useKillable(18071, 'commerce@maison.example');

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

	const killed = new Promise<void>((resolve) => mailbox().behave({ onText: () => server.kill().then(resolve) }));
	const database = connect(environment());
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
		expect(mailbox().mails).toHaveLength(1);
		const [send] = (await database('sequence_sends')) as Row[];
		expect(send).toMatchObject({ state: 'sending' });

		mailbox().behave('accept');
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
		expect(mailbox().mails).toHaveLength(1);
		expect(await database('interactions')).toEqual([]);
	} finally {
		await database.destroy();
		await server.stop();
	}
}, 240_000);
