import { expect, test } from 'vitest';
import { call, createClient, type Row } from '../../scripts/support/client.ts';
import { connect } from '../../scripts/support/database.ts';
import { newCompany, newDeal, stages } from '../pipeline/support.ts';
import { eventually, useKillable } from '../support/killable.ts';

const { start, mailbox, environment } = useKillable(18073, 'succes@maison.example');

type Job = { kind: string; state: string; error: string | null };

test('a server killed between the plan and its branches goes on after it: one plan, every branch ends, and a message that may have gone out waits for a person', async () => {
	let server = await start();
	const admin = createClient(server.url, server.token);
	await call(admin, 'PATCH', '/items/company_profile', { legal_name: 'Maison Démo' });
	const company = await newCompany(admin);
	const deal = newDeal(company, {
		stage: stages.won,
		contacts: [{ person: { first_name: 'Ana', last_name: 'Roux', email: 'ana@client.example' }, is_primary: true }],
	});
	const killed = new Promise<void>((resolve) => mailbox().behave({ onText: () => server.kill().then(resolve) }));
	await call(admin, 'POST', '/items/opportunities', deal).catch(() => undefined);
	await killed;
	const database = connect(environment());
	try {
		// The welcome is the first branch: the plan is there, whole, and the mail server has the message; nothing else was noted.
		const projects = (await database('projects').where({ company })) as Row[];
		expect(projects).toHaveLength(1);
		expect(await database('milestones').where({ project: projects[0]?.['id'] })).toHaveLength(5);
		expect(mailbox().mails).toHaveLength(1);
		const jobs = async (): Promise<Job[]> =>
			(await database('jobs').where({ item: projects[0]?.['id'] }).orderBy('kind').select('kind', 'state', 'error')) as Job[];
		expect((await jobs()).some(({ state }) => state === 'waiting' || state === 'running')).toBe(true);

		mailbox().behave('accept');
		// The leases of the dead process are over.
		await database('jobs')
			.where({ state: 'running' })
			.update({ leased_until: new Date(0) });
		server = await start();
		const ended = await eventually(async () => {
			const all = await jobs();
			return all.every(({ state }) => !['waiting', 'running'].includes(state)) ? all : undefined;
		});
		expect(ended.map(({ kind, state }) => [kind, state])).toEqual([
			['onboarding.billing', 'done'],
			['onboarding.contract', 'done'],
			['onboarding.slack', 'skipped'],
			['onboarding.welcome', 'failed'],
		]);
		expect(ended[3]?.error).toContain('peut-être parti');
		expect(mailbox().mails).toHaveLength(1);
		expect(await database('projects').where({ company })).toHaveLength(1);
		expect(await database('contracts').where({ company })).toHaveLength(1);
		expect(await database('tasks').where({ company, origin: 'onboarding.billing' })).toHaveLength(1);
	} finally {
		await database.destroy();
		await server.stop();
	}
}, 240_000);
