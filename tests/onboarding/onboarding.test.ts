import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { flows } from '../../extensions/orchestre/src/onboarding/flows.ts';
import { advanceClock, resetClock, stopClock } from '../../extensions/orchestre/src/platform/clock.ts';
import { enqueue } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { newDeal, stages } from '../pipeline/support.ts';
import { ask, type Answer } from '../support/answer.ts';
import { reloadingFlows } from '../support/flows.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { mailEnvironment, openMailbox, type Mailbox } from '../support/mailbox.ts';
import { stage, type Job, type Project } from './support.ts';

type Reached = Client & { url: URL };
type Hired = { id: string; client: Reached };

/** A Tuesday, 10:00 in Paris; 1, 8, 14 and 25 May 2026 are holidays. */
const start = '2026-05-05T08:00:00Z';
const day = 86_400_000;

let directus: TestDirectus;
let mailbox: Mailbox;
let on: ReturnType<typeof stage>;
let people: Record<'karim' | 'lise' | 'ines' | 'helene' | 'laurence' | 'lea', Hired>;

const hire = async (role: string, first_name: string, over: Row = {}): Promise<Hired> =>
	(await directus.hire(role, { first_name, last_name: 'Essai', ...over })) as Hired;

beforeAll(async () => {
	mailbox = await openMailbox();
	directus = await startDirectus({
		ORCHESTRE_WORKER: 'false',
		...mailEnvironment(mailbox, 'succes@maison.example'),
		PUBLIC_URL: 'https://orchestre.example',
	});
	on = stage(directus);
	await directus.database('company_profile').del();
	await call(directus.admin, 'PATCH', '/items/company_profile', { legal_name: 'Maison Démo SAS', trade_name: 'Maison Démo' });
	people = {
		karim: await hire('Opérations', 'Karim', { seniority: 'senior' }),
		lise: await hire('Opérations', 'Lise', { seniority: 'confirmed', industries: ['tech'] }),
		ines: await hire('Succès client', 'Inès', { seniority: 'confirmed' }),
		helene: await hire('Direction', 'Hélène', { seniority: 'senior' }),
		laurence: await hire('Finance', 'Laurence', { seniority: 'senior' }),
		lea: await hire('Commercial', 'Léa', { seniority: 'confirmed' }),
	};
	// The flows themselves are tried on their own; everywhere else the jobs stand for them.
	await switchFlows('inactive');
}, 240_000);
afterAll(async () => {
	await directus?.close();
	await mailbox?.close();
});
beforeEach(() => {
	stopClock(start);
	mailbox.mails.length = 0;
	mailbox.behave('accept');
});
afterEach(resetClock);

/** Whether events start flows of their own accord. Jobs only ask whether their flow is on, so the trigger is taken away instead. */
const switchFlows = async (to: 'active' | 'inactive'): Promise<void> => {
	const changes = [flows.onboard, flows.advance, flows.survey].map((id) => () => {
		const options = {
			type: 'action',
			scope: to === 'active' ? ['items.create', 'items.update'] : [],
			collections: id === flows.onboard ? ['opportunities', 'companies'] : ['milestones'],
		};
		return call(directus.admin, 'PATCH', `/flows/${id}`, { options });
	});
	await reloadingFlows(changes);
};
const contacts: Row = { contacts: [{ person: { first_name: 'Ana', last_name: 'Roux', email: 'ana@client.example' }, is_primary: true }] };
const read = async (table: string, id: string): Promise<Row> => (await directus.database(table).where({ id }).first()) as Row;
const branchJobs = async (project: string): Promise<Record<string, Job>> =>
	Object.fromEntries((await on.jobsOf(project)).map((job) => [job.kind.replace('onboarding.', ''), job]));
const noticesOf = async (recipient: string): Promise<{ subject: string; message: string }[]> =>
	(await directus.database('directus_notifications').where({ recipient }).orderBy('id')) as { subject: string; message: string }[];
const alertsOf = async (milestone: string): Promise<Row[]> => (await directus.database('alerts').where({ milestone }).orderBy('date_created')) as Row[];
const fault = (answer: Answer<unknown>): string => answer.errors.map(({ message }) => message).join(' ');
const plan = (client: Reached, project: string) =>
	ask<Row & { milestones: Row[]; branches: Row[]; surveys: Row[] }>(client, 'GET', `/orchestre/projects/${project}/plan`);
const replay = (client: Reached, project: string, branch: string) => ask<Row>(client, 'POST', `/orchestre/projects/${project}/branches/${branch}/replay`, {});

describe('a won deal', () => {
	test('becomes a whole plan on working days, with people, tasks and dependencies', async () => {
		const project = await on.onboard({ name: 'Boulangerie Petit' }, { name: 'Suivi des commandes', owner: people.lea.id, ...contacts });
		expect(project).toMatchObject({
			kind: 'onboarding',
			status: 'active',
			name: 'Intégration – Boulangerie Petit',
			progress: 0,
			template: { key: 'onboarding_standard' },
		});
		expect(project.starts_on).toBe('2026-05-05');
		expect(project.milestones.map(({ name, status, starts_on, due_on }) => [name, status, starts_on, due_on])).toEqual([
			['Lancement', 'in_progress', '2026-05-05', '2026-05-13'],
			['Reprise des données', 'todo', '2026-05-15', '2026-05-29'],
			['Paramétrage', 'todo', '2026-06-01', '2026-06-12'],
			['Formation', 'todo', '2026-06-15', '2026-06-23'],
			['Mise en service', 'todo', '2026-06-24', '2026-07-10'],
		]);
		expect(project.ends_on).toBe('2026-07-10');
		expect(project.milestones.map(({ depends_on }) => depends_on.map(({ requires }) => requires.name))).toEqual([
			[],
			['Lancement'],
			['Reprise des données'],
			['Paramétrage'],
			['Formation'],
		]);
		// Confirmed is asked for: Lise rather than the senior Karim.
		expect(project.milestones.map(({ owner }) => owner)).toEqual([people.lise.id, people.lise.id, people.lise.id, people.ines.id, people.ines.id]);
		expect(project).toMatchObject({ manager: people.lise.id, owner: people.ines.id });
		const tasks = project.milestones.flatMap((one) => one.tasks);
		expect(tasks.map(({ title }) => title)).toContain('Importer les fichiers du client');
		expect(tasks.every(({ assignee }) => assignee !== null)).toBe(true);
		expect((await noticesOf(people.lise.id)).map(({ subject }) => subject)).toContain('Nouveau plan : Intégration – Boulangerie Petit');
		const company = await read('companies', project.company);
		expect(company).toMatchObject({ support_level: 'standard', lifecycle: 'onboarding' });
		// The history of the project in the side bar is whole.
		const written = await directus.database('directus_revisions').where({ collection: 'milestones', item: project.milestones[0]?.id });
		expect(written).toHaveLength(1);
	});

	test('over 50 000 € gets the premium plan with a senior team, a meeting with the management and premium support', async () => {
		const project = await on.onboard({}, { amount_cents: 5_000_100, owner: people.lea.id, ...contacts });
		expect(project.template).toEqual({ key: 'onboarding_premium' });
		expect(on.milestone(project, 'Lancement avec la direction').owner).toBe(people.helene.id);
		expect(project.manager).toBe(people.karim.id);
		expect(await read('companies', project.company)).toMatchObject({ support_level: 'premium' });
		const exactly = await on.onboard({}, { amount_cents: 5_000_000, owner: people.lea.id });
		expect(exactly.template).toEqual({ key: 'onboarding_standard' });
	});

	test('of a tech client gets tech tasks, the specialist of the industry and API access', async () => {
		const project = await on.onboard({ industry: 'tech' }, { owner: people.lea.id });
		expect(project.template).toEqual({ key: 'onboarding_tech' });
		expect(on.milestone(project, 'Accès à l’API').owner).toBe(people.lise.id);
		expect(project.milestones.flatMap(({ tasks }) => tasks.map(({ title }) => title))).toContain('Développer les connexions');
		const company = await read('companies', project.company);
		expect(Boolean(company['api_access'])).toBe(true);
		expect(company['support_level']).toBe('priority');
	});

	test('that is both gets the premium plan, completed by the tech milestones ahead of the go-live', async () => {
		const project = await on.onboard({ industry: 'tech' }, { amount_cents: 9_000_000, owner: people.lea.id });
		expect(project.template).toEqual({ key: 'onboarding_premium' });
		const live = on.milestone(project, 'Mise en service');
		expect(live.depends_on.map(({ requires }) => requires.name).toSorted()).toEqual(['Connexion aux outils', 'Formation', 'Reprise des données']);
		expect(on.milestone(project, 'Accès à l’API').depends_on.map(({ requires }) => requires.name)).toEqual(['Lancement avec la direction']);
		const company = await read('companies', project.company);
		expect([company['support_level'], Boolean(company['api_access'])]).toEqual(['premium', true]);
	});

	test('follows the rules as staff edit them; a rule that cannot be read holds for nobody and stops nothing', async () => {
		const [tech] = await call<{ id: string; rule: unknown }[]>(directus.admin, 'GET', '/items/project_templates', undefined, {
			'filter[key][_eq]': 'onboarding_tech',
		});
		await on.change('project_templates', tech?.id ?? '', { rule: { company: { industry: { _eq: 'health' } } } });
		expect((await on.onboard({ industry: 'health' })).template).toEqual({ key: 'onboarding_tech' });
		await on.change('project_templates', tech?.id ?? '', { rule: { no_such_field: { _eq: 1 } } });
		const won = await on.win({ industry: 'tech' });
		await on.settle();
		expect((await on.only(won.company)).template).toEqual({ key: 'onboarding_standard' });
		const [job] = (await on.jobsOf(won.deal)).filter(({ kind }) => kind === 'onboarding.start');
		expect(JSON.stringify(job?.result)).toContain('Intégration technique');
		await on.change('project_templates', tech?.id ?? '', { rule: tech?.rule as Row });
	});

	test('is never planned twice: two triggers at once, fifty at once, won again after it was lost', async () => {
		const won = await on.win({}, contacts);
		const again = Array.from({ length: 50 }, (_, index) => ({
			kind: 'onboarding.start',
			key: `again:${won.deal}:${index}`,
			payload: { deal: won.deal },
			collection: 'opportunities',
			item: won.deal,
		}));
		await enqueue(directus.database, again);
		await Promise.all(Array.from({ length: 5 }, () => on.settle()));
		const project = await on.only(won.company);
		expect(await directus.database('contracts').where({ company: won.company })).toHaveLength(1);
		expect(mailbox.mails).toHaveLength(1);
		advanceClock(60_000);
		await on.change('opportunities', won.deal, { stage: stages.lost, lost_reason: 'price' });
		advanceClock(60_000);
		await on.change('opportunities', won.deal, { stage: stages.won });
		const before = await directus.database('tasks').count({ n: '*' });
		await on.settle();
		expect((await on.only(won.company)).id).toBe(project.id);
		expect(await directus.database('tasks').count({ n: '*' })).toEqual(before);
		expect(mailbox.mails).toHaveLength(1);
	});

	test('of a client whose plan runs joins it; an upsell gets a plan of its own kind, a renewal none', async () => {
		const project = await on.onboard({}, contacts);
		await on.create('opportunities', newDeal(project.company, { name: 'Deuxième affaire', stage: stages.won }));
		await on.settle();
		expect(await on.projectsOf(project.company)).toHaveLength(1);
		expect((await noticesOf(project.manager ?? '')).map(({ subject }) => subject)).toContain(`Affaire ajoutée : ${project.name}`);
		await on.create('opportunities', newDeal(project.company, { name: 'Module', kind: 'upsell', stage: stages.won }));
		await on.create('opportunities', newDeal(project.company, { name: 'Reconduction', kind: 'renewal', stage: stages.won }));
		await on.settle();
		expect((await on.projectsOf(project.company)).map(({ kind }) => kind)).toEqual(['onboarding', 'delivery']);
	});
});

describe('a company that becomes a client by hand', () => {
	test('gets its plan once, by the rules on the company alone; an old client gets none', async () => {
		const id = await on.create('companies', { name: `Atelier ${randomUUID()}`, industry: 'tech', is_client: true });
		await on.settle();
		const project = await on.only(id);
		expect(project.template).toEqual({ key: 'onboarding_tech' });
		await on.change('companies', id, { is_client: true });
		advanceClock(1000);
		await on.change('companies', id, { is_client: false });
		await on.change('companies', id, { is_client: true });
		await on.settle();
		expect(await on.projectsOf(id)).toHaveLength(1);
		expect(await read('companies', id)).toMatchObject({ lifecycle: 'onboarding' });
		const old = await on.create('companies', { name: `Ancien ${randomUUID()}`, is_client: true, client_since: '2021-03-01' });
		await on.settle();
		expect(await on.projectsOf(old)).toEqual([]);
		const [job] = (await on.jobsOf(old)).filter(({ kind }) => kind === 'onboarding.start');
		expect(job).toMatchObject({ state: 'skipped', error: 'Client depuis le 1er mars 2021 : ce n’est pas un nouveau client.' });
	});

	test('and then signs: the deal joins the plan and its papers are prepared', async () => {
		const id = await on.create('companies', { name: `Atelier ${randomUUID()}`, is_client: true });
		await on.settle();
		expect((await branchJobs((await on.only(id)).id))['contract']).toMatchObject({ state: 'skipped' });
		const deal = await on.create('opportunities', newDeal(id, { stage: stages.won }));
		await on.settle();
		const project = await on.only(id);
		expect(project).toMatchObject({ opportunity: deal, contract: expect.any(String) });
	});
});

describe('the branches', () => {
	test('go their own ways: what is not configured or fails says so, stops nothing, and can be tried again', async () => {
		const { company, deal } = await on.win({ name: 'Menuiserie Roy' }, { owner: people.lea.id, amount_cents: 1_200_000, mrr_cents: 100_000 });
		await on.settle();
		const project = await on.only(company);
		expect(await branchJobs(project.id)).toMatchObject({
			welcome: { state: 'failed', error: expect.stringContaining('Aucun contact avec une adresse e-mail') },
			slack: { state: 'skipped', error: expect.stringContaining('Slack n’est pas configuré') },
			billing: { state: 'done' },
			contract: { state: 'done' },
		});
		const view = (await plan(people.ines.client, project.id)).data;
		expect(view?.branches.map(({ branch, state, canReplay }) => [branch, state, canReplay])).toEqual([
			['welcome', 'failed', true],
			['slack', 'skipped', true],
			['billing', 'done', false],
			['contract', 'done', false],
		]);
		await on.create('opportunity_contacts', {
			opportunity: deal,
			person: { first_name: 'Ana', last_name: 'Roux', email: 'ana@roy.example' },
			is_primary: true,
		});
		expect(await replay(people.ines.client, project.id, 'welcome')).toMatchObject({ status: 200, data: { branch: 'welcome', state: 'done' } });
		expect(mailbox.mails.map(({ to, subject, replyTo }) => [to, subject, replyTo])).toEqual([
			[['ana@roy.example'], 'Bienvenue chez Maison Démo', [(await read('directus_users', project.manager ?? ''))['email']]],
		]);
		expect(mailbox.mails[0]?.text).toContain('La première étape s’appelle « Lancement », prévue pour le 13 mai 2026');
		expect(mailbox.mails[0]?.headers['list-unsubscribe']).toBeUndefined();
		expect(await directus.database('interactions').where({ company })).toHaveLength(1);
		expect(await replay(people.ines.client, project.id, 'welcome')).toMatchObject({ status: 409 });
		expect(mailbox.mails).toHaveLength(1);
	});

	test('Finance gets what is known as a task, with what is missing, and no invented figures', async () => {
		const project = await on.onboard(
			{ name: 'Clinique des Lacs', siren: '303265045' },
			{ owner: people.lea.id, amount_cents: 1_234_500, lines: [{ label: 'Licence annuelle', quantity: 2000, unit_price_cents: 617_250 }] },
		);
		const [task] = (await directus.database('tasks').where({ origin: 'onboarding.billing', company: project.company })) as Row[];
		expect(task).toMatchObject({ assignee: people.laurence.id, title: 'Préparer la facturation de Clinique des Lacs' });
		const text = String(task?.['description']).replaceAll(/\s/g, ' ');
		expect(text).toContain('Montant : 12 345,00 € HT.');
		expect(text).toContain('– Licence annuelle : 2 × 6 172,50 €');
		expect(text).toContain('Il manque : l’adresse de facturation complète, une adresse e-mail de facturation.');
		expect(await directus.database('invoices').where({ company: project.company })).toEqual([]);
		expect(await directus.database('subscriptions').where({ company: project.company })).toEqual([]);
	});

	test('the contract is a draft of what the deal says; one that is there already is taken', async () => {
		const project = await on.onboard({}, { name: 'Suivi', owner: people.lea.id, amount_cents: 900_000, mrr_cents: 50_000, ...contacts });
		expect(await read('contracts', project.contract ?? '')).toMatchObject({
			status: 'draft',
			value_cents: 900_000,
			type: 'subscription',
			opportunity: project.opportunity,
			owner: people.lea.id,
			ends_on: null,
		});
		const company = await on.create('companies', { name: `Signé ${randomUUID()}` });
		const deal = await on.create('opportunities', newDeal(company, {}));
		const signed = await on.create('contracts', { name: 'Le vrai', company, opportunity: deal, status: 'signed', signed_on: '2026-05-04' });
		await on.change('opportunities', deal, { stage: stages.won });
		await on.settle();
		expect((await on.only(company)).contract).toBe(signed);
		expect(await directus.database('contracts').where({ company })).toHaveLength(1);
	});

	test('a message that may have gone out is not sent again until a person says so', async () => {
		mailbox.behave('cut');
		const project = await on.onboard({}, contacts);
		expect(mailbox.mails).toHaveLength(1);
		expect((await branchJobs(project.id))['welcome']).toMatchObject({ state: 'failed', error: expect.stringContaining('peut-être parti') });
		await on.settle();
		expect(mailbox.mails).toHaveLength(1);
		mailbox.behave('accept');
		expect(await replay(people.ines.client, project.id, 'welcome')).toMatchObject({ data: { state: 'done' } });
		expect(mailbox.mails).toHaveLength(2);
	});

	test('an e-mail server that is away is asked again', async () => {
		mailbox.behave({ text: 451 });
		const project = await on.onboard({}, contacts);
		expect((await branchJobs(project.id))['welcome']).toMatchObject({ state: 'waiting', error: expect.stringContaining('demande de réessayer plus tard') });
		mailbox.behave('accept');
		advanceClock(day);
		await on.settle();
		expect((await branchJobs(project.id))['welcome']).toMatchObject({ state: 'done' });
		expect(mailbox.mails).toHaveLength(1);
	});
});

describe('the flow is the switch', () => {
	const operation = async (flow: string, key: string): Promise<{ id: string; resolve: string | null }> =>
		(await directus.database('directus_operations').where({ flow, key }).first('id', 'resolve')) as { id: string; resolve: string | null };
	const point = (id: string, values: Row): Promise<unknown> => call(directus.admin, 'PATCH', `/operations/${id}`, values);

	test('a branch that is taken out of the drawing is not done, whoever does the jobs; the others are', async () => {
		const [welcome, slack] = [await operation(flows.branches, 'welcome'), await operation(flows.branches, 'slack')];
		await point(slack.id, { resolve: null });
		await point(welcome.id, { resolve: slack.resolve });
		const project = await on.onboard({}, contacts);
		expect(await branchJobs(project.id)).toMatchObject({
			slack: { state: 'skipped', error: 'L’étape « Canal Slack » est retirée du flux pour ce type de plan.' },
			welcome: { state: 'done' },
			billing: { state: 'done' },
		});
		await point(welcome.id, { resolve: null });
		await point(slack.id, { resolve: slack.resolve });
		await point(welcome.id, { resolve: slack.id });
	});

	test('an arm without its plan makes none; switched off, nothing happens at all', async () => {
		const tech = await operation(flows.onboard, 'is_tech');
		await point(tech.id, { resolve: null });
		const won = await on.win({ industry: 'tech' });
		await on.settle();
		expect(await on.projectsOf(won.company)).toEqual([]);
		const [job] = (await on.jobsOf(won.deal)).filter(({ kind }) => kind === 'onboarding.start');
		expect(job).toMatchObject({ state: 'skipped', error: 'Le flux ne mène pas à la création d’un plan pour le modèle « Intégration technique ».' });
		await point(tech.id, { resolve: tech.resolve });
		await call(directus.admin, 'PATCH', `/flows/${flows.onboard}`, { status: 'inactive' });
		const off = await on.win();
		await on.settle();
		expect(await on.projectsOf(off.company)).toEqual([]);
		await call(directus.admin, 'PATCH', `/flows/${flows.onboard}`, { status: 'active' });
	});

	test('the flow itself does all of it as soon as the deal is won', async () => {
		await switchFlows('active');
		const won = await on.win({ industry: 'tech' }, contacts);
		await expect.poll(async () => (await on.projectsOf(won.company)).length, { timeout: 20_000 }).toBe(1);
		const project = await on.only(won.company);
		await expect
			.poll(async () => Object.values(await branchJobs(project.id)).filter(({ state }) => state === 'waiting' || state === 'running').length, {
				timeout: 20_000,
			})
			.toBe(0);
		expect(await branchJobs(project.id)).toMatchObject({
			welcome: { state: 'done' },
			contract: { state: 'done' },
			billing: { state: 'done' },
			slack: { state: 'skipped' },
		});
		await switchFlows('inactive');
	});
});

describe('the life of a plan', () => {
	const find = async (project: Project, name: string) => on.milestone(await on.only(project.company), name);

	test('reached needs the evidence that was agreed, and says so; then the next one begins and its owner hears of it', async () => {
		const project = await on.onboard({}, contacts);
		const first = on.milestone(project, 'Lancement');
		const refused = await ask(people.ines.client, 'PATCH', `/items/milestones/${first.id}`, { status: 'done' });
		expect(refused.status).toBe(400);
		expect(fault(refused)).toBe(
			'Le jalon « Lancement » attend une preuve : Compte rendu. Décrivez-la dans « Preuve apportée » ou joignez la pièce, puis marquez-le atteint.',
		);
		await on.reach(first.id, { success_result: 'Objectifs partagés le 5 mai' });
		const now = await on.only(project.company);
		expect(now).toMatchObject({ progress: 2000 });
		expect(on.milestone(now, 'Lancement')).toMatchObject({ status: 'done', done_on: '2026-05-05' });
		await on.settle();
		// Earlier than planned: it begins today, and is due as planned.
		expect(await find(project, 'Reprise des données')).toMatchObject({
			status: 'in_progress',
			starts_on: '2026-05-05',
			due_on: '2026-05-29',
			dates_fixed: false,
		});
		expect((await noticesOf(people.lise.id)).map(({ subject }) => subject)).toContain('À vous : Reprise des données');
		await on.settle();
		const before = await directus.database('directus_revisions').count({ n: '*' });
		await enqueue(directus.database, [
			{ kind: 'onboarding.advance', key: `again:${randomUUID()}`, payload: { project: project.id }, collection: 'milestones', item: first.id },
		]);
		await on.settle();
		expect(await directus.database('directus_revisions').count({ n: '*' })).toEqual(before);
	});

	test('a result that was not noted is asked for, once', async () => {
		const project = await on.onboard();
		const first = on.milestone(project, 'Lancement');
		await on.reach(first.id);
		await on.settle();
		await on.change('milestones', first.id, { done_on: '2026-05-06' });
		await on.settle();
		const tasks = (await directus.database('tasks').where({ milestone: first.id, origin: 'onboarding.result' })) as Row[];
		expect(tasks.map(({ title }) => title)).toEqual(['Noter le résultat de « Lancement »']);
	});

	test('what slips moves what has not begun by working days, with its tasks; what people fixed stays, and everybody hears what moved', async () => {
		const project = await on.onboard({}, contacts);
		const training = on.milestone(project, 'Formation');
		const set = on.milestone(project, 'Paramétrage');
		const [own, other] = set.tasks;
		await on.change('tasks', own?.id ?? '', { due_at: '2026-06-03T09:00:00Z' });
		await ask(people.ines.client, 'PATCH', `/items/milestones/${training.id}`, { due_on: '2026-06-25' });
		await on.settle();
		expect(await find(project, 'Formation')).toMatchObject({ dates_fixed: true, due_on: '2026-06-25' });
		// Three working days late: 13 May becomes 19 May, for the 14th is a holiday.
		advanceClock(14 * day);
		await on.reach(on.milestone(project, 'Lancement').id);
		await on.settle();
		const after = await on.only(project.company);
		expect(['Reprise des données', 'Paramétrage', 'Formation', 'Mise en service'].map((name) => on.milestone(after, name).due_on)).toEqual([
			'2026-06-03',
			'2026-06-17',
			'2026-06-25',
			'2026-07-15',
		]);
		const tasks = on.milestone(after, 'Paramétrage').tasks;
		expect(tasks.find(({ id }) => id === own?.id)?.due_at).toBe('2026-06-03T09:00:00.000Z');
		expect(tasks.find(({ id }) => id === other?.id)?.due_at.slice(0, 10)).not.toBe(other?.due_at.slice(0, 10));
		expect(after.ends_on).toBe('2026-07-15');
		const said = (await noticesOf(people.ines.id)).find(({ subject }) => subject === `2 jalons reportés : ${project.name}`);
		expect(said?.message).toContain('– Paramétrage : du 12 juin 2026 au 17 juin 2026 (3 jours ouvrés)');
		expect(said?.message).toContain('À cause de « Lancement »');
	});

	test('milestones that would wait for each other are refused in words; so are links out of the project and links that are there', async () => {
		const [project, other] = [await on.onboard(), await on.onboard()];
		const id = (name: string): string => on.milestone(project, name).id;
		const link = (milestone: string, requires: string, collection = 'milestone_dependencies') =>
			ask(people.ines.client, 'POST', `/items/${collection}`, { milestone, requires });
		const ring = await link(id('Lancement'), id('Paramétrage'));
		expect(ring.status).toBe(400);
		expect(fault(ring)).toContain('s’attendraient les uns les autres');
		expect(fault(ring)).toContain('« Reprise des données »');
		expect(fault(await link(id('Formation'), id('Formation')))).toContain('ne peut pas s’attendre lui-même');
		expect(fault(await link(id('Formation'), id('Paramétrage')))).toBe('« Formation » attend déjà « Paramétrage ».');
		expect(fault(await link(id('Formation'), on.milestone(other, 'Lancement').id))).toBe('Un jalon ne peut attendre qu’un jalon du même projet.');
		const template = (number: number): string => `36b00000-0000-4000-8000-0000000000${number}`;
		expect(fault(await link(template(13), template(17), 'project_template_dependencies'))).toContain('s’attendraient les uns les autres');
		expect((await link(id('Formation'), id('Lancement'))).status).toBe(200);
	});

	test('two people who each add half of a ring at once do not both succeed', async () => {
		const project = await on.onboard();
		const [a, b] = await Promise.all(['A', 'B'].map((name) => on.create('milestones', { name, project: project.id })));
		const answers = await Promise.all([
			ask(people.ines.client, 'POST', '/items/milestone_dependencies', { milestone: a, requires: b }),
			ask(people.karim.client, 'POST', '/items/milestone_dependencies', { milestone: b, requires: a }),
		]);
		expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 400]);
	});

	test('a late milestone alerts once per episode, goes over the heads of who does not react, and is closed when it is reached', async () => {
		const project = await on.onboard({}, contacts);
		const first = on.milestone(project, 'Lancement');
		await on.strike('onboarding.late');
		expect(await alertsOf(first.id)).toEqual([]);
		stopClock('2026-05-15T05:15:00Z');
		await on.strike('onboarding.late');
		await on.strike('onboarding.late');
		expect(await alertsOf(first.id)).toMatchObject([
			{
				kind: 'milestone_late',
				severity: 'critical',
				state: 'open',
				assignee: first.owner,
				reason: 'Prévu le 13 mai 2026, 1 jour ouvré de retard. Il est sur le chemin critique : chaque jour repousse la fin du projet.',
			},
		]);
		await on.change('projects', project.id, { manager: people.karim.id });
		stopClock('2026-05-20T05:15:00Z');
		await on.strike('onboarding.late');
		expect(
			(await noticesOf(people.karim.id)).filter(({ subject }) => subject.startsWith('Toujours sans suite') && subject.includes(project.name)),
		).toHaveLength(1);
		expect((await noticesOf(people.helene.id)).filter(({ subject }) => subject.includes(project.name) && subject.startsWith('Toujours'))).toHaveLength(0);
		stopClock('2026-05-26T05:15:00Z');
		await on.strike('onboarding.late');
		await on.strike('onboarding.late');
		expect((await noticesOf(people.helene.id)).filter(({ subject }) => subject.includes(project.name) && subject.startsWith('Toujours'))).toHaveLength(1);
		// Planned anew, and late again: another episode.
		await on.change('milestones', first.id, { due_on: '2026-05-28' });
		expect(await alertsOf(first.id)).toMatchObject([{ state: 'done', outcome: 'Le jalon est atteint, annulé ou replanifié.' }]);
		stopClock('2026-05-29T05:15:00Z');
		await on.strike('onboarding.late');
		expect(await alertsOf(first.id)).toHaveLength(2);
		await on.reach(first.id);
		expect((await alertsOf(first.id)).map(({ state }) => state)).toEqual(['done', 'done']);
	});

	test('a project that is held has no late milestones any more', async () => {
		const project = await on.onboard();
		stopClock('2026-05-18T05:15:00Z');
		await on.strike('onboarding.late');
		await on.change('projects', project.id, { status: 'on_hold' });
		await on.strike('onboarding.late');
		expect(await alertsOf(on.milestone(project, 'Lancement').id)).toMatchObject([{ state: 'done' }]);
		await on.change('projects', project.id, { status: 'cancelled' });
	});

	test('the time from signature to go-live is measured; the last milestone closes the project and makes the client an active one', async () => {
		const project = await on.onboard({}, contacts);
		for (const { id, name } of project.milestones) {
			advanceClock(7 * day);
			await on.reach(id, { success_result: `Bien : ${name}` });
			await on.settle();
		}
		const over = await on.only(project.company);
		expect(over).toMatchObject({ status: 'done', progress: 10_000, time_to_value_days: 35, done_on: '2026-06-09' });
		expect(await read('companies', project.company)).toMatchObject({ lifecycle: 'active' });
		expect((await plan(people.ines.client, project.id)).data).toMatchObject({ timeToValue: 35, signed: '2026-05-05' });
		await on.change('milestones', on.milestone(over, 'Mise en service').id, { status: 'in_progress' });
		await on.settle();
		expect(await on.only(project.company)).toMatchObject({ status: 'active', progress: 8000, time_to_value_days: null, done_on: null });
	});

	test('a milestone that is deleted no longer counts', async () => {
		const project = await on.onboard();
		await on.reach(on.milestone(project, 'Lancement').id);
		await on.settle();
		await call(directus.admin, 'DELETE', `/items/milestones/${on.milestone(project, 'Formation').id}`);
		await on.settle();
		expect(await on.only(project.company)).toMatchObject({ progress: 2500 });
	});
});

describe('satisfaction', () => {
	const linkIn = (text: string | undefined): string => /https:\/\/orchestre\.example(\/orchestre\/survey\/\S+)/.exec(text ?? '')?.[1] ?? '';
	const open = (path: string) => fetch(new URL(path, directus.url));
	const send = (path: string, values: Record<string, string>) => fetch(new URL(path, directus.url), { method: 'POST', body: new URLSearchParams(values) });

	/** A project whose go-live was just reached, and the link that the client got. */
	async function live(over: Row = {}): Promise<{ project: Project; link: string }> {
		const project = await on.onboard(
			{},
			{ contacts: [{ person: { first_name: 'Ana', last_name: 'Roux', email: `ana.${randomUUID().slice(0, 8)}@client.example`, ...over }, is_primary: true }] },
		);
		mailbox.mails.length = 0;
		await on.reach(on.milestone(project, 'Mise en service').id);
		await on.settle();
		await on.settle();
		return { project, link: linkIn(mailbox.mails[0]?.text) };
	}

	test('is asked by a link that is the client’s own, shown by GET, answered once by POST; the database knows its hash only', async () => {
		const { project, link } = await live();
		expect(mailbox.mails).toHaveLength(1);
		const [row] = (await directus.database('survey_answers').where({ project: project.id })) as Row[];
		expect(row).toMatchObject({ kind: 'csat', score: null, answered_at: null });
		expect(String(row?.['token_hash'])).toMatch(/^[0-9a-f]{64}$/);
		expect(JSON.stringify(await directus.database('directus_revisions').where({ collection: 'survey_answers', item: row?.['id'] }))).not.toContain('token');
		expect(JSON.stringify(await directus.database('jobs').where({ kind: 'onboarding.survey' }))).not.toContain(link.split('/').at(-1));

		const shown = await open(link);
		expect([shown.status, shown.headers.get('cache-control'), shown.headers.get('referrer-policy')]).toEqual([200, 'no-store', 'no-referrer']);
		const html = await shown.text();
		expect(html).toContain('<html lang="fr">');
		expect(html).toContain('Mise en service');
		expect(html).not.toContain('Ana');
		const empty = await send(link, { comment: 'Bien, mais <b>long</b>' });
		expect(empty.status).toBe(400);
		expect(await empty.text()).toContain('Bien, mais &lt;b&gt;long&lt;/b&gt;');
		expect((await send(link, { score: '9' })).status).toBe(400);

		const answers = await Promise.all([send(link, { score: '2', comment: 'Trop long, équipe débordée.' }), send(link, { score: '5' })]);
		const texts = await Promise.all(answers.map((one) => one.text()));
		expect(texts.filter((text) => text.includes('Merci de votre réponse'))).toHaveLength(1);
		expect(texts.filter((text) => text.includes('Vous avez déjà répondu'))).toHaveLength(1);
		expect(await (await open(link)).text()).toContain('Vous avez déjà répondu');
		const view = (await plan(people.ines.client, project.id)).data?.surveys;
		expect(view).toHaveLength(1);
		expect(view?.[0]).toMatchObject({ milestone: 'Mise en service', answeredAt: expect.any(String) });
	});

	test('a poor answer is told and raises an alert, with its tone', async () => {
		const { project, link } = await live();
		await send(link, { score: '1', comment: 'Très déçu : retards, bugs et aucune réponse du support.' });
		const [row] = (await directus.database('survey_answers').where({ project: project.id })) as Row[];
		expect(row).toMatchObject({ score: 1, sentiment: 'negative' });
		expect(await directus.database('alerts').where({ project: project.id })).toMatchObject([
			{ severity: 'critical', title: expect.stringContaining('Client insatisfait'), assignee: project.owner },
		]);
		expect((await noticesOf(project.owner ?? '')).map(({ subject }) => subject)).toContainEqual(expect.stringMatching(/^Avis de .* : 1 sur 5$/));
	});

	test('a wrong link says nothing, an old one is over', async () => {
		const { link } = await live();
		const wrong = await open(`${link.slice(0, -2)}xx`);
		expect(wrong.status).toBe(404);
		expect(await wrong.text()).toContain('Ce lien n’est pas valable');
		advanceClock(31 * day);
		const late = await send(link, { score: '5' });
		expect(late.status).toBe(410);
		expect(await late.text()).toContain('Ce lien n’est plus valable');
	});

	test('nobody is asked twice within the time that the settings give, nor who refused e-mails', async () => {
		const { project } = await live();
		await on.change('milestones', on.milestone(project, 'Formation').id, { asks_satisfaction: true });
		await on.reach(on.milestone(project, 'Formation').id);
		await on.settle();
		await on.settle();
		expect(mailbox.mails).toHaveLength(1);
		const [job] = (await on.jobsOf(on.milestone(project, 'Formation').id)).filter(({ kind }) => kind === 'onboarding.survey');
		expect(job).toMatchObject({ state: 'skipped', error: expect.stringContaining('pas plus d’une demande tous les 30 jours') });
		const refused = await live({ email_consent: 'refused' });
		expect(refused.link).toBe('');
		expect(mailbox.mails).toHaveLength(0);
	});
});

describe('who may do what', () => {
	test('the plan is for who may read the project, trying again for who may change it', async () => {
		const team = await on.create('teams', { name: `Nord ${randomUUID()}`, kind: 'sales' });
		const manager = await hire('Manager', 'Paul', { team });
		const seller = await hire('Commercial', 'Zoé', { team });
		const stranger = await hire('Commercial', 'Luc');
		const reseller = await hire('Revendeur', 'Bruno');
		const project = await on.onboard({ owner: seller.id, team }, { owner: seller.id });
		for (const { client } of [people.ines, people.karim, people.helene, people.laurence, manager, seller]) {
			const answer = await plan(client, project.id);
			expect([answer.status, answer.data?.milestones.length]).toEqual([200, 5]);
		}
		for (const { client } of [stranger, reseller]) {
			expect((await plan(client, project.id)).status).toBe(403);
			expect((await replay(client, project.id, 'slack')).status).toBe(403);
		}
		expect((await fetch(new URL(`/orchestre/projects/${project.id}/plan`, directus.url))).status).toBe(403);
		const refused = await replay(seller.client, project.id, 'slack');
		expect([refused.status, fault(refused)]).toEqual([403, 'Vous n’avez pas le droit de relancer cette étape.']);
		expect((await plan(seller.client, project.id)).data?.branches.every(({ canReplay }) => canReplay === false)).toBe(true);
		expect((await replay(people.karim.client, project.id, 'slack')).status).toBe(200);
		expect((await replay(people.karim.client, project.id, 'nothing')).status).toBe(404);
		expect((await plan(people.ines.client, randomUUID())).status).toBe(403);
		expect((await ask(people.ines.client, 'GET', '/orchestre/projects/x/plan')).status).toBe(404);
	});

	test('what the product keeps cannot be set from outside', async () => {
		const project = await on.onboard();
		for (const values of [{ progress: 5000 }, { time_to_value_days: 1 }, { slack_channel: 'C1' }])
			expect((await ask(directus.admin as Reached, 'PATCH', `/items/projects/${project.id}`, values)).status).toBe(400);
		expect((await ask(directus.admin as Reached, 'POST', '/items/survey_answers', { company: project.company, score: 5, answered_at: start })).status).toBe(
			400,
		);
	});

	test('the critical path and the slack stand on the plan', async () => {
		const project = await on.onboard({}, { amount_cents: 8_000_000 });
		const view = (await plan(people.ines.client, project.id)).data;
		expect(view?.milestones.map(({ name, critical }) => [name, critical])).toEqual([
			['Lancement avec la direction', true],
			['Cadrage détaillé', true],
			['Reprise des données', false],
			['Paramétrage et connexions', true],
			['Formation', true],
			['Mise en service', true],
			['Bilan avec la direction', true],
		]);
		expect(view?.milestones[2]).toMatchObject({ slack: 28, late: 0, expected: null });
		stopClock('2026-05-18T09:00:00Z');
		const late = (await plan(people.ines.client, project.id)).data;
		expect(late?.milestones[0]).toMatchObject({ late: 2 });
		expect(late?.milestones[6]?.['expected']).toBeTruthy();
		expect(String(late?.['expectedEnd']) > String(late?.['ends'])).toBe(true);
	});
});
