import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { advanceClock, resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { runDueJobs } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { ask } from '../support/answer.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';
import { mailEnvironment, openMailbox, type Mailbox } from '../support/mailbox.ts';
import { count } from '../leads/support.ts';
import { stage } from './support.ts';

type Reached = Client & { url: URL };
type Report = { started: number; refused: { item: string; reason: string }[]; summary: string };

let directus: TestDirectus;
let mailbox: Mailbox;
let on: ReturnType<typeof stage>;
let team: string;
let seller: { id: string; client: Reached };
let template: string;

/** A Monday in winter, 10:00 in Paris. */
const monday = '2027-01-11T09:00:00Z';

beforeAll(async () => {
	mailbox = await openMailbox();
	directus = await startDirectus({
		ORCHESTRE_WORKER: 'false',
		...mailEnvironment(mailbox, 'commerce@maison.example'),
		PUBLIC_URL: 'https://orchestre.example',
	});
	on = stage(directus);
	await directus.database('company_profile').del();
	await call(directus.admin, 'PATCH', '/items/company_profile', { legal_name: 'Maison Démo SAS', trade_name: 'Maison Démo' });
	team = await on.create('teams', { name: `Nord ${randomUUID()}`, kind: 'sales' });
	const sells = { team, takes_leads: true, lead_capacity: 1000, hired_on: '2020-01-06', languages: ['fr'], first_name: 'Léa', last_name: 'Martin' };
	seller = (await directus.hire('Commercial', sells)) as typeof seller;
	template = await on.template();
}, 240_000);
afterAll(async () => {
	await directus?.close();
	await mailbox?.close();
});
beforeEach(async () => {
	// What earlier tests left under way would go out in this one.
	await directus.database('sequence_runs').del();
	await directus.database('sequences').update({ status: 'paused' });
	stopClock(monday);
	mailbox.mails.length = 0;
	mailbox.behave('accept');
});
afterEach(resetClock);

const email = (over: Row = {}): Row => ({ channel: 'email', delay_days: 0, template, ...over });
const lead = (over: Row = {}): Promise<string> => on.lead({ owner: seller.id, team, ...over });
const start = (sequence: string, keys: string[], collection = 'leads', client: Client = seller.client) =>
	ask<Report>(client as Reached, 'POST', `/orchestre/sequences/${sequence}/start`, { collection, keys });
const act = (run: string, action: string, client: Client = seller.client) =>
	ask<{ state: string }>(client as Reached, 'POST', `/orchestre/sequence-runs/${run}/${action}`, {});
const started = async (sequence: string, id: string): Promise<string> => {
	const answer = await start(sequence, [id]);
	expect(answer).toMatchObject({ status: 200, data: { started: 1, refused: [] } });
	return (await on.runs({ lead: id, sequence }))[0]?.id ?? '';
};
const read = async (table: string, id: string): Promise<Row> => (await directus.database(table).where({ id }).first()) as Row;
const stateOf = async (run: string): Promise<Row> => {
	const { state, stop_reason, step, error } = await read('sequence_runs', run);
	return { state, stop_reason, step, error } as Row;
};
const linkIn = (mail: { headers: Record<string, string> } | undefined): string =>
	(mail?.headers['list-unsubscribe'] ?? '').replace(/^<|>$/g, '').replace('https://orchestre.example', directus.url);

describe('a sequence', () => {
	it('sends what is due in the name of the owner, notes it on the timeline, makes a task for a call, and ends', async () => {
		const sequence = await on.sequence([email(), { channel: 'call', delay_days: 2, task_title: 'Appeler {{ contact.prenom }}' }, email({ delay_days: 3 })]);
		const id = await lead({ first_name: 'Ana', last_name: 'Roux', company_name: 'Atelier <Roux>' });
		const run = await started(sequence, id);
		await on.pass();
		expect(mailbox.mails).toHaveLength(1);
		const [mail] = mailbox.mails;
		const { email: address } = (await read('directus_users', seller.id)) as { email: string };
		expect(mail).toMatchObject({
			to: [(await read('leads', id))['email']],
			from: { name: 'Léa Martin (Maison Démo)', address: 'commerce@maison.example' },
			replyTo: [address],
			subject: 'Votre projet, Ana',
		});
		expect(mail?.text).toContain('Bonjour Ana,\n\nÀ bientôt chez Atelier <Roux>.');
		expect(mail?.html).toContain('Atelier &lt;Roux&gt;');
		expect(mail?.text).toContain('Ce message vous est adressé par Léa Martin, Maison Démo.');
		expect(mail?.headers['list-unsubscribe']).toMatch(/^<https:\/\/orchestre\.example\/orchestre\/unsubscribe\/l[\w.-]+>$/);
		expect(mail?.headers['list-unsubscribe-post']).toBe('List-Unsubscribe=One-Click');
		expect(mail?.text).toContain(mail?.headers['list-unsubscribe']?.slice(1, -1));
		const [exchange] = (await directus.database('interactions').where({ lead: id })) as Row[];
		expect(exchange).toMatchObject({ kind: 'email', direction: 'outbound', subject: 'Votre projet, Ana', owner: seller.id, team });
		expect(await stateOf(run)).toMatchObject({ state: 'active', step: 1, error: null });

		await on.pass(1);
		expect(await count(directus.database, 'tasks', { lead: id, origin: 'sequences.step' })).toBe(0);
		await on.pass(1);
		const [task] = (await directus.database('tasks').where({ lead: id, origin: 'sequences.step' })) as Row[];
		expect(task).toMatchObject({ title: 'Appeler Ana', kind: 'call', assignee: seller.id, status: 'todo' });
		expect(new Date(task?.['due_at'] as string | number).toISOString()).toBe('2027-01-13T17:00:00.000Z');

		await on.pass(5);
		expect(mailbox.mails).toHaveLength(2);
		expect(await stateOf(run)).toMatchObject({ state: 'finished', step: 3 });
		await on.pass(30);
		expect(mailbox.mails).toHaveLength(2);
		expect((await on.sends(run)).map(({ state, position }) => [position, state])).toEqual([
			[1, 'sent'],
			[2, 'task'],
			[3, 'sent'],
		]);
	});

	it('keeps quiet hours, week-ends and public holidays', async () => {
		stopClock('2027-01-15T18:30:00Z');
		const run = await started(await on.sequence([email()]), await lead());
		await on.pass();
		expect(mailbox.mails).toHaveLength(0);
		stopClock('2027-01-16T10:00:00Z');
		await on.pass();
		expect(mailbox.mails).toHaveLength(0);
		stopClock('2027-01-18T08:05:00Z');
		await on.pass();
		expect(mailbox.mails).toHaveLength(1);
		expect(await stateOf(run)).toMatchObject({ state: 'finished' });
	});

	it.each([
		['a reply', 'replied', (id: string) => on.create('interactions', { kind: 'email', direction: 'inbound', at: '2027-01-12T09:00:00Z', lead: id })],
		['a meeting', 'meeting', (id: string) => on.create('interactions', { kind: 'meeting', direction: 'outbound', at: '2027-01-12T09:00:00Z', lead: id })],
		[
			'a booked meeting',
			'meeting',
			(id: string) => on.create('interactions', { kind: 'call', outcome: 'meeting_booked', at: '2027-01-12T09:00:00Z', lead: id }),
		],
		['a loss', 'lost', (id: string) => call(directus.admin, 'PATCH', `/items/leads/${id}`, { status: 'lost', lost_reason: 'no_budget' })],
		['an objection', 'opted_out', (id: string) => call(directus.admin, 'PATCH', `/items/leads/${id}`, { email_consent: 'refused' })],
		['an archived lead', 'gone', (id: string) => call(directus.admin, 'PATCH', `/items/leads/${id}`, { archived: true })],
		['a conversion', 'converted', (id: string) => ask(seller.client, 'POST', `/orchestre/leads/${id}/convert`)],
	])('stops at once on %s, and sends nothing more', async (_name, reason, happens) => {
		const sequence = await on.sequence([email(), { channel: 'call', delay_days: 0 }, email({ delay_days: 3 })]);
		const id = await lead();
		const run = await started(sequence, id);
		await on.pass();
		await on.pass();
		expect(await count(directus.database, 'tasks', { lead: id, origin: 'sequences.step', status: 'todo' })).toBe(1);
		advanceClock(86_400_000);
		await happens(id);
		expect(await stateOf(run)).toMatchObject({ state: 'stopped', stop_reason: reason });
		const open = await directus.database('tasks').where({ origin: 'sequences.step', status: 'todo' }).where('origin_key', 'like', `sequence:${run}:%`);
		expect(open).toHaveLength(['replied', 'meeting'].includes(reason) ? 1 : 0);
		await on.pass(10);
		expect(mailbox.mails).toHaveLength(1);
	});

	it('goes on after a message of ours, and after a reply from before it began', async () => {
		const id = await lead();
		await on.create('interactions', { kind: 'email', direction: 'inbound', at: '2027-01-08T09:00:00Z', lead: id });
		const run = await started(await on.sequence([email({ delay_days: 1 })]), id);
		await on.create('interactions', { kind: 'email', direction: 'outbound', at: '2027-01-11T10:00:00Z', lead: id });
		await on.pass(1);
		expect(await stateOf(run)).toMatchObject({ state: 'finished' });
	});

	it('stops the run of a lead when its person replies, whatever the reply is noted on', async () => {
		const person = await on.create('people', { last_name: 'Roux', email: `p.${randomUUID()}@roux.example` });
		const id = await lead({ person });
		const run = await started(await on.sequence([email({ delay_days: 2 })]), id);
		await on.create('interactions', { kind: 'call', direction: 'inbound', at: '2027-01-11T09:30:00Z', person });
		expect(await stateOf(run)).toMatchObject({ state: 'stopped', stop_reason: 'replied' });
	});
});

describe('consent', () => {
	it('lets nobody in who objected, under any record of the address, nor a private person who was not asked', async () => {
		const sequence = await on.sequence([email()]);
		const address = `commun.${randomUUID()}@roux.example`;
		await on.create('people', { last_name: 'Ancien', email: address, email_consent: 'refused' });
		const [refused, twin, consumer] = [
			await lead({ email_consent: 'refused' }),
			await lead({ email: address }),
			await lead({ company_name: null, company: null, siren: null }),
		];
		const answer = await start(sequence, [refused, twin, consumer]);
		expect(answer.data?.started).toBe(0);
		expect(new Map(answer.data?.refused.map(({ item, reason }) => [item, reason]))).toEqual(
			new Map([
				[refused, 'la personne s’est opposée aux e-mails'],
				[twin, 'la personne s’est opposée aux e-mails'],
				[consumer, 'un particulier ne reçoit de prospection qu’avec son accord'],
			]),
		);
		expect(await on.runs({ sequence })).toEqual([]);
		await call(directus.admin, 'PATCH', `/items/leads/${consumer}`, { email_consent: 'given' });
		expect((await start(sequence, [consumer])).data?.started).toBe(1);
	});

	it('asks again before each message: what was withdrawn meanwhile stops it', async () => {
		const address = `retire.${randomUUID()}@roux.example`;
		const run = await started(await on.sequence([email({ delay_days: 1 })]), await lead({ email: address }));
		// Another record of the same address: nothing tells the run before it looks.
		await on.create('people', { last_name: 'Même', email: address, email_consent: 'refused' });
		await on.pass(1);
		expect(mailbox.mails).toHaveLength(0);
		expect(await stateOf(run)).toMatchObject({ state: 'stopped', stop_reason: 'opted_out' });
	});

	it('passes over a call that may not be asked for, and says so', async () => {
		const id = await lead({ phone_consent: 'refused' });
		const run = await started(await on.sequence([{ channel: 'call', delay_days: 0 }, email()]), id);
		await on.pass();
		await on.pass();
		expect(await count(directus.database, 'tasks', { lead: id, origin: 'sequences.step' })).toBe(0);
		expect(await on.sends(run)).toMatchObject([{ state: 'skipped', note: 'la personne s’est opposée aux appels' }, { state: 'sent' }]);
	});
});

describe('the way out', () => {
	it('asks on GET, does it on POST without an account, for every record of the address, with proof, and once', async () => {
		const id = await lead();
		const { email: address } = (await read('leads', id)) as { email: string };
		const person = await on.create('people', { last_name: 'Roux', email: address });
		const run = await started(await on.sequence([email(), email({ delay_days: 2 })]), id);
		await on.pass();
		const link = linkIn(mailbox.mails[0]);
		const asked = await fetch(link);
		expect(asked.status).toBe(200);
		const page = await asked.text();
		expect(page).toContain('Ne plus recevoir nos messages ?');
		expect(page).toContain('Maison Démo');
		expect(page).not.toContain(address);
		expect((await read('leads', id))['email_consent']).toBe('unknown');

		// As RFC 8058 posts it.
		const done = await fetch(link, { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'List-Unsubscribe=One-Click' });
		expect(done.status).toBe(200);
		expect(await done.text()).toContain('C’est noté');
		expect(await read('leads', id)).toMatchObject({
			email_consent: 'refused',
			consent_proof: 'Désinscription par le lien d’un message, le 11 janvier 2027 à 10 h 00.',
		});
		expect(await read('people', person)).toMatchObject({ email_consent: 'refused' });
		expect(await stateOf(run)).toMatchObject({ state: 'stopped', stop_reason: 'opted_out' });
		const trail = await count(directus.database, 'directus_activity', { collection: 'leads', item: id });
		expect((await fetch(link, { method: 'POST' })).status).toBe(200);
		expect(await count(directus.database, 'directus_activity', { collection: 'leads', item: id })).toBe(trail);
		await on.pass(5);
		expect(mailbox.mails).toHaveLength(1);
	});

	it('outlives its sequence and its lead, and tells nobody whether an address is known', async () => {
		const id = await lead();
		const sequence = await on.sequence([email()]);
		await started(sequence, id);
		await on.pass();
		const link = linkIn(mailbox.mails[0]);
		await directus.database('sequences').where({ id: sequence }).del();
		expect((await fetch(link, { method: 'POST' })).status).toBe(200);
		expect((await read('leads', id))['email_consent']).toBe('refused');
		await call(directus.admin, 'DELETE', `/items/leads/${id}`);
		expect((await fetch(link, { method: 'POST' })).status).toBe(200);
		const wrong = await fetch(`${link.slice(0, -1)}${link.endsWith('a') ? 'b' : 'a'}`, { method: 'POST' });
		expect(wrong.status).toBe(404);
		expect(await wrong.text()).toContain('répondez « STOP »');
	});

	it('bears only so many calls a minute from one place', async () => {
		advanceClock(120_000);
		const statuses: number[] = [];
		for (let turn = 0; turn < 32; turn++) statuses.push((await fetch(new URL('/orchestre/unsubscribe/lnothing', directus.url))).status);
		expect(statuses.filter((status) => status === 429)).toHaveLength(2);
		advanceClock(60_000);
		expect((await fetch(new URL('/orchestre/unsubscribe/lnothing', directus.url))).status).toBe(404);
	});
});

describe('never twice', () => {
	it('starts once for a person, whoever asks and however often, even fifty at once', async () => {
		const sequence = await on.sequence([email()]);
		const [one, other] = [await lead(), await on.sequence([email()])];
		const answers = await Promise.all(Array.from({ length: 50 }, () => start(sequence, [one])));
		expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
		expect(answers.reduce((sum, { data }) => sum + (data?.started ?? 0), 0)).toBe(1);
		expect(await on.runs({ lead: one })).toHaveLength(1);
		expect((await start(other, [one])).data?.refused[0]?.reason).toContain('suit déjà la séquence');
		// Another record of the same address is the same person.
		const twin = await lead({ email: (await read('leads', one))['email'] as string });
		expect((await start(sequence, [twin])).data?.refused[0]?.reason).toContain('suit déjà cette séquence');
	}, 120_000);

	it('sends fifty due messages once each, although the flow strikes several times at once', async () => {
		const sequence = await on.sequence([email()]);
		const ids = await Promise.all(Array.from({ length: 50 }, () => lead()));
		expect((await start(sequence, ids)).data?.started).toBe(50);
		await Promise.all([on.run('sequences.run'), on.run('sequences.run'), on.run('sequences.run')]);
		const host = await hostOf(directus);
		await Promise.all([runDueJobs(host), runDueJobs(host), runDueJobs(host)]);
		await on.pass();
		expect(mailbox.mails).toHaveLength(50);
		expect(new Set(mailbox.mails.flatMap(({ to }) => to)).size).toBe(50);
		expect(new Set((await on.runs({ sequence })).map(({ state }) => state))).toEqual(new Set(['finished']));
	}, 120_000);

	it('sends a step once even if the queue forgets that it did', async () => {
		const run = await started(await on.sequence([email(), email({ delay_days: 1 })]), await lead());
		await on.pass();
		await directus.database('jobs').where({ item: run }).del();
		await directus
			.database('sequence_runs')
			.where({ id: run })
			.update({ step: 0, next_at: new Date(monday) });
		await on.pass();
		expect(mailbox.mails).toHaveLength(1);
		expect(await stateOf(run)).toMatchObject({ state: 'active', step: 1 });
	});

	it('asks a person where a process ended between sending and noting it', async () => {
		const id = await lead();
		const run = await started(await on.sequence([email(), email({ delay_days: 1 })]), id);
		mailbox.behave('cut');
		await on.pass();
		mailbox.behave('accept');
		expect(mailbox.mails).toHaveLength(1);
		expect(await stateOf(run)).toMatchObject({ state: 'to_check', step: 0, error: expect.stringContaining('le message est peut-être parti') });
		expect(await count(directus.database, 'directus_notifications', { recipient: seller.id, item: id, collection: 'leads' })).toBeGreaterThan(0);
		await on.pass(5);
		expect(mailbox.mails).toHaveLength(1);

		expect(await act(run, 'sent')).toMatchObject({ status: 200, data: { state: 'active' } });
		expect(await count(directus.database, 'interactions', { lead: id })).toBe(1);
		expect(await act(run, 'resend')).toMatchObject({ status: 409 });
		await on.pass(4);
		expect(mailbox.mails).toHaveLength(2);
	});

	it('sends again only when a person says so, under the same message id', async () => {
		const run = await started(await on.sequence([email()]), await lead());
		mailbox.behave('cut');
		await on.pass();
		mailbox.behave('accept');
		expect(await act(run, 'resend')).toMatchObject({ status: 200 });
		await on.pass();
		expect(await stateOf(run)).toMatchObject({ state: 'finished' });
		expect(mailbox.mails).toHaveLength(2);
		expect(new Set(mailbox.mails.map(({ messageId }) => messageId)).size).toBe(1);
	});
});

describe('a mail server that does not do its part', () => {
	it('that is away loses nothing: the run says so, and the message goes out later, once', async () => {
		const run = await started(await on.sequence([email()]), await lead());
		mailbox.behave({ text: 451 });
		await on.pass();
		expect(await stateOf(run)).toMatchObject({
			state: 'active',
			step: 0,
			error: expect.stringContaining('Rien n’est parti : la messagerie demande de réessayer plus tard'),
		});
		await on.pass();
		expect(await count(directus.database, 'jobs', { item: run })).toBe(1);
		mailbox.behave('accept');
		advanceClock(61 * 60_000);
		await on.pass();
		expect(mailbox.mails).toHaveLength(1);
		expect(await stateOf(run)).toMatchObject({ state: 'finished', error: null });
	});

	it('that refuses the address for good ends the run and tells its owner', async () => {
		const id = await lead();
		const run = await started(await on.sequence([email()], { stop_on: ['reply', 'bounce'] }), id);
		mailbox.behave({ recipient: 550 });
		await on.pass();
		expect(await stateOf(run)).toMatchObject({ state: 'stopped', stop_reason: 'bounced' });
		const told = (await directus.database('directus_notifications').where({ recipient: seller.id, item: id }).pluck('subject')) as string[];
		expect(told.filter((subject) => subject.startsWith('Adresse refusée : '))).toHaveLength(1);
		expect(await on.sends(run)).toEqual([]);
	});

	it('keeps the day’s limits, of a sequence and of the mailbox, and goes on the next day', async () => {
		advanceClock(7 * 86_400_000);
		const sequence = await on.sequence([email()], { daily_limit: 2 });
		const ids = await Promise.all(Array.from({ length: 5 }, () => lead()));
		await start(sequence, ids);
		await on.pass();
		expect(mailbox.mails).toHaveLength(2);
		expect((await on.runs({ sequence, state: 'active' })).map(({ error }) => error)).toEqual(
			Array.from({ length: 3 }, () => 'La limite d’envois du jour est atteinte.'),
		);
		await on.pass(1);
		expect(mailbox.mails).toHaveLength(4);
		await call(directus.admin, 'PATCH', '/items/settings', { sequence_mailbox_limit: 0 });
		await on.pass(1);
		expect(mailbox.mails).toHaveLength(4);
		await call(directus.admin, 'PATCH', '/items/settings', { sequence_mailbox_limit: 200 });
		await on.pass(1);
		expect(mailbox.mails).toHaveLength(5);
	});
});

describe('an author', () => {
	it('is told what is wrong with a template when saving it', async () => {
		const answer = await ask(directus.admin as Reached, 'PATCH', `/items/message_templates/${await on.template()}`, { body: 'Bonjour {{ contact.prenon }}' });
		expect(answer).toMatchObject({
			status: 400,
			errors: [{ message: 'La variable « contact.prenon » n’existe pas : vouliez-vous dire « contact.prenom » ?', extensions: { field: 'body' } }],
		});
	});

	it('cannot activate a sequence that could not be carried out', async () => {
		const draft = await on.template({ status: 'draft' });
		const none = await ask(directus.admin as Reached, 'POST', '/items/sequences', { name: 'Vide', status: 'active' });
		expect(none).toMatchObject({ status: 400, errors: [{ message: 'Ajoutez au moins une étape avant d’activer la séquence.' }] });
		const wrong = await ask(directus.admin as Reached, 'POST', '/items/sequences', {
			name: 'X',
			status: 'active',
			steps: [{ channel: 'email', template: draft }],
		});
		expect(wrong).toMatchObject({ status: 400, errors: [{ message: 'Étape 1 : choisissez un modèle d’e-mail en service.' }] });
	});

	it('sees a message as a real lead would get it, with what that lead lacks', async () => {
		const id = await lead({ first_name: 'Ana', company_name: 'A & B', job_title: null });
		const preview = await ask<Row>(seller.client, 'POST', '/orchestre/message-templates/preview', {
			channel: 'email',
			subject: 'Pour {{ contact.prenom }}',
			body: '<p>{{ entreprise.nom }}, {{ contact.fonction }}</p>',
			lead: id,
		});
		expect(preview.data).toMatchObject({ subject: 'Pour Ana', missing: ['fonction du contact'], faults: [], consent: null });
		expect(preview.data?.['html']).toContain('A &amp; B, [fonction du contact ?]');
	});

	it('gets a message held back rather than sent with a gap, until the value is there', async () => {
		const gap = await on.template({ body: 'Bonjour {{ contact.fonction }}' });
		const id = await lead({ job_title: null });
		const run = await started(await on.sequence([email({ template: gap })]), id);
		await on.pass();
		expect(await stateOf(run)).toMatchObject({ state: 'paused', error: 'Il manque, pour le message de l’étape 1 : fonction du contact.' });
		await call(directus.admin, 'PATCH', `/items/leads/${id}`, { job_title: 'Gérante' });
		expect(await act(run, 'resume')).toMatchObject({ status: 200, data: { state: 'active' } });
		await on.pass();
		expect(mailbox.mails[0]?.text).toContain('Bonjour Gérante');
	});
});

describe('the automatic start', () => {
	const audience = (source: string): Row => ({ _and: [{ source: { _eq: source } }] }) as Row;

	it('takes leads that enter the audience after the activation, by rank, once, and notes a refusal', async () => {
		const before = await lead({ source: 'webinar' });
		advanceClock(60_000);
		const second = await on.sequence([email({ delay_days: 1 })], { starts_on: 'automatic', audience: audience('webinar'), priority: 20 });
		const first = await on.sequence([email({ delay_days: 1 })], { starts_on: 'automatic', audience: audience('webinar'), priority: 10 });
		advanceClock(60_000);
		const [fits, other, refused] = [
			await lead({ source: 'webinar' }),
			await lead({ source: 'event' }),
			await lead({ source: 'webinar', email_consent: 'refused' }),
		];
		await on.run('sequences.start');
		await on.run('sequences.start');
		expect(await on.runs({ lead: fits })).toMatchObject([{ sequence: first, state: 'active' }]);
		expect(await on.runs({ lead: other })).toEqual([]);
		expect(await on.runs({ lead: before })).toEqual([]);
		const noted = await on.runs({ lead: refused });
		expect(noted).toHaveLength(1);
		expect(noted[0]).toMatchObject({ state: 'stopped', stop_reason: 'opted_out', error: 'Non démarrée : la personne s’est opposée aux e-mails.' });
		await act((await on.runs({ lead: fits }))[0]?.id ?? '', 'stop');
		await on.run('sequences.start');
		expect((await on.runs({ lead: fits })).map(({ sequence }) => sequence)).toEqual([first]);
		// A month later the next sequence may take it; none takes it twice.
		advanceClock(31 * 86_400_000);
		await on.run('sequences.start');
		await on.run('sequences.start');
		expect((await on.runs({ lead: fits })).map(({ sequence }) => sequence)).toEqual([first, second]);
	});

	it('takes the main contact of a lost deal', async () => {
		const sequence = await on.sequence([email({ delay_days: 2, template: await on.template({ body: 'Bonjour {{ contact.prenom }}, {{ affaire.nom }}' }) })], {
			target: 'people',
			starts_on: 'lost_deal',
			stop_on: ['reply', 'opt_out'],
		});
		advanceClock(60_000);
		const company = await on.create('companies', { name: `Perdue ${randomUUID()}` });
		const person = await on.create('people', { first_name: 'Bea', last_name: 'Noir', email: `bea.${randomUUID()}@noir.example`, company });
		const [open, lost] = [
			await directus.database('stages').where({ is_won: false, is_lost: false }).orderBy('sort').first(),
			await directus.database('stages').where({ is_lost: true }).first(),
		] as { id: string }[];
		const deal = await on.create('opportunities', {
			name: 'Grand projet',
			company,
			stage: open?.id ?? '',
			owner: seller.id,
			contacts: [{ person, is_primary: true }],
		} as Row);
		await on.run('sequences.start');
		expect(await on.runs({ sequence })).toEqual([]);
		await call(directus.admin, 'PATCH', `/items/opportunities/${deal}`, { stage: lost?.id, lost_reason: 'price' });
		await on.run('sequences.start');
		await on.run('sequences.start');
		expect(await on.runs({ sequence })).toMatchObject([{ person, opportunity: deal, state: 'active', owner: seller.id }]);
		await on.pass(2);
		expect(mailbox.mails[0]?.text).toContain('Bonjour Bea, Grand projet');
		expect(await count(directus.database, 'interactions', { person, opportunity: deal })).toBe(1);
	});
});

describe('rights', () => {
	it('belong to who may change the lead; resellers, finance and strangers start and stop nothing', async () => {
		const sequence = await on.sequence([email({ delay_days: 5 })]);
		const id = await lead();
		const run = await started(sequence, id);
		const stranger = (await directus.hire('Commercial', { team: await on.create('teams', { name: `Sud ${randomUUID()}`, kind: 'sales' }) })).client as Reached;
		const outsiders: Client[] = [stranger];
		for (const role of ['Finance', 'Revendeur', 'API', 'Opérations']) outsiders.push(await directus.as(role));
		for (const client of outsiders) {
			expect((await start(sequence, [await lead()], 'leads', client)).status).toBe(403);
			expect((await act(run, 'stop', client)).status).toBe(403);
			expect((await ask(client as Reached, 'GET', `/orchestre/leads/${id}/sequences`)).status).toBe(403);
			expect((await ask(client as Reached, 'POST', '/orchestre/message-templates/preview', { body: 'x', lead: id })).status).toBe(403);
		}
		for (const path of [`/orchestre/sequences/${sequence}/start`, `/orchestre/sequence-runs/${run}/stop`, '/orchestre/message-templates/preview'])
			expect((await fetch(new URL(path, directus.url), { method: 'POST' })).status).toBe(403);
		expect(await stateOf(run)).toMatchObject({ state: 'active' });
		const overview = await ask<{ runs: Row[]; mayAct: boolean; mail: string | null }>(seller.client, 'GET', `/orchestre/leads/${id}/sequences`);
		expect(overview.data).toMatchObject({ mayAct: true, mail: null, runs: [{ state: 'active', steps: 1, next: { channel: 'email', title: 'Suivi' } }] });
		expect(await act(run, 'stop')).toMatchObject({ status: 200, data: { state: 'stopped' } });
		expect(await act(run, 'stop')).toMatchObject({ status: 409 });
	});

	it('let nobody write runs or notes of sending past the buttons, administrators included', async () => {
		const run = await started(await on.sequence([email({ delay_days: 5 })]), await lead());
		expect((await ask(directus.admin as Reached, 'PATCH', `/items/sequence_runs/${run}`, { state: 'finished' })).status).toBe(403);
		expect((await ask(directus.admin as Reached, 'DELETE', `/items/sequence_runs/${run}`)).status).toBe(403);
		expect(
			(await ask(directus.admin as Reached, 'POST', '/items/sequence_sends', { run, position: 1, channel: 'email', state: 'sent', at: monday, send_key: 'x' }))
				.status,
		).toBe(403);
		expect((await ask(seller.client, 'GET', '/items/sequence_sends')).status).toBe(403);
	});
});
