import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, createClient, type Client, type Row } from '../../scripts/support/client.ts';
import { logIn, openBrowser, pictures, watchFaults } from './page.ts';
import { startProduct } from './server.ts';

const port = 18067;
const password = 'Une-phrase-de-passe-2026';
const hour = 3_600_000;
const at = (hours: number): string => new Date(Date.now() + hours * hour).toISOString();

let product: Awaited<ReturnType<typeof startProduct>>;
let admin: Client;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let faults: string[] = [];
const ids = { company: '', person: '', deal: '', lead: '', empty: '' };

const create = async (collection: string, row: Row): Promise<string> => (await call<{ id: string }>(admin, 'POST', `/items/${collection}`, row)).id;

beforeAll(async () => {
	product = await startProduct(port);
	admin = createClient(product.url, product.token);
	const roles = await call<{ id: string; name: string }[]>(admin, 'GET', '/roles', undefined, { fields: 'id,name', limit: '-1' });
	const role = (name: string): string => roles.find((one) => one.name === name)?.id ?? '';
	const team = await create('teams', { name: 'Commerce Nord', kind: 'sales' });
	const person = (first_name: string, last_name: string, email: string, name: string): Row => ({
		first_name,
		last_name,
		email,
		password,
		role: role(name),
		team,
		status: 'active',
	});
	const owner = (
		await call<{ id: string }>(admin, 'POST', '/users', {
			...person('Léa', 'Martin', 'lea@example.com', 'Commercial'),
			takes_leads: true,
			lead_capacity: 40,
			languages: ['fr'],
		})
	).id;
	await call(admin, 'POST', '/users', person('Paul', 'Durand', 'paul@example.com', 'Manager'));
	const mine = { owner, team };
	const stages = await call<{ id: string }[]>(admin, 'GET', '/items/stages', undefined, { sort: 'sort', fields: 'id' });
	ids.company = await create('companies', { name: 'Atelier Roux', is_client: true, ...mine });
	ids.empty = await create('companies', { name: 'Vide SARL', ...mine });
	ids.person = await create('people', { first_name: 'Ana', last_name: 'Roux', company: ids.company, ...mine });
	ids.deal = await create('opportunities', {
		name: 'Atelier Roux – suivi de production',
		company: ids.company,
		stage: stages[0]?.id ?? '',
		amount_cents: 2_500_000,
		contacts: [{ person: ids.person, is_primary: true }],
		...mine,
	});
	await call(admin, 'PATCH', `/items/opportunities/${ids.deal}`, { stage: stages[1]?.id ?? '', next_step: 'Démonstration', next_step_at: at(72) });
	ids.lead = await create('leads', {
		first_name: 'Zoé',
		last_name: 'Blanc',
		email: 'zoe@blanc.example',
		phone: '01 99 00 12 34',
		company_name: 'Blanc Frères',
		need: 'Suivre les ateliers',
		status: 'new',
		...mine,
	});
	const long = 'Elle veut comparer deux offres avant la fin du mois. '.repeat(12);
	await call(admin, 'POST', '/items/interactions', [
		{
			kind: 'call',
			at: at(-26),
			subject: 'Point sur le besoin',
			outcome: 'reached',
			duration_minutes: 25,
			summary: long,
			person: ids.person,
			company: ids.company,
			opportunity: ids.deal,
			...mine,
		},
		{ kind: 'email', at: at(-3), direction: 'inbound', subject: 'Question sur la reprise des données', person: ids.person, company: ids.company, ...mine },
		...Array.from({ length: 240 }, (_, index) => ({
			kind: 'email',
			at: at(-24 * (20 + index)),
			subject: `Lettre ${index + 1}`,
			company: ids.company,
			...mine,
		})),
	]);
	await create('tasks', { title: 'Envoyer le devis corrigé', opportunity: ids.deal, due_at: at(-30), assignee: owner, team, priority: 'high' });
	await create('planning', {
		title: 'Démonstration chez Roux',
		kind: 'meeting',
		starts_at: at(72),
		ends_at: at(73),
		opportunity: ids.deal,
		company: ids.company,
		...mine,
	});
	await create('quotes', {
		title: 'Suivi de production, 3 ateliers',
		company: ids.company,
		contact: ids.person,
		opportunity: ids.deal,
		issue_date: at(-24 * 30).slice(0, 10),
		valid_until: at(48).slice(0, 10),
		status: 'sent',
		...mine,
	});
	await create('invoices', { title: 'Acompte', company: ids.company, issue_date: at(-24 * 60).slice(0, 10), due_date: at(-24 * 30).slice(0, 10), ...mine });
	await create('tickets', { subject: 'Accès refusé depuis ce matin', company: ids.company, contact: ids.person, priority: 'high', ...mine });
	await create('documents', {
		title: 'Cahier des charges signé',
		type: 'report',
		company: ids.company,
		opportunity: ids.deal,
		dated_on: at(-24 * 40).slice(0, 10),
		...mine,
	});
	const opened = await openBrowser(1600);
	browser = opened.browser;
	context = opened.context;
	page = await context.newPage();
	await logIn(page, product.url, 'lea@example.com', password);
	faults = watchFaults(page);
});

afterAll(async () => {
	await browser?.close();
	await product?.close();
});

const picture = (name: string, on = page): Promise<unknown> => on.screenshot({ path: join(pictures, `timeline-${name}.png`) });
const panel = (name: 'next_action' | 'timeline', on = page) => on.locator(`[data-field=${name}_panel]`);
const open = async (collection: string, id: string, on = page): Promise<void> => {
	await on.goto(`${product.url}/admin/content/${collection}/${id}`);
	await panel('next_action', on).getByRole('button').first().waitFor();
};
const saveButton = () => page.locator('button:has([data-icon=check])').first();
const callsOf = (lead: string): Promise<Row[]> => call<Row[]>(admin, 'GET', '/items/interactions', undefined, { 'filter[lead][_eq]': lead, fields: '*' });

test('a salesperson sees what to do about a new lead, and logs the call in two clicks', async () => {
	await open('leads', ids.lead);
	await panel('next_action').getByText('Appeler ce lead').waitFor();
	await picture('lead');
	await panel('next_action').getByRole('button', { name: 'Consigner l’appel' }).click();
	await panel('next_action').getByRole('button', { name: 'Pas de réponse' }).waitFor();
	await panel('next_action').getByLabel('Note (facultative)').fill('Rappeler jeudi');
	await panel('next_action').getByLabel('Sortant').check();
	// What is typed in the panel is no change of the form.
	expect(await saveButton().isDisabled()).toBe(true);
	await picture('lead-call');
	await panel('next_action').getByRole('button', { name: 'Pas de réponse' }).click();
	await panel('next_action').getByText('Appel consigné.').waitFor();
	const [logged] = await callsOf(ids.lead);
	expect(logged).toMatchObject({ subject: 'Appel : pas de réponse', summary: 'Rappeler jeudi', outcome: 'no_answer', direction: 'outbound' });
	expect(await call<Row>(admin, 'GET', `/items/leads/${ids.lead}`, undefined, { fields: 'first_contact_at' })).not.toMatchObject({ first_contact_at: null });
	await panel('timeline').getByText('Appel : pas de réponse').waitFor();
	await panel('next_action').getByText('Appeler ce lead').waitFor({ state: 'detached' });
	await panel('timeline').scrollIntoViewIfNeeded();
	await picture('lead-logged');
	await panel('next_action').getByRole('button', { name: 'Annuler' }).click();
	await panel('next_action').getByText('Échange retiré.').waitFor();
	expect(await callsOf(ids.lead)).toEqual([]);
	expect(faults).toEqual([]);
});

test('a company shows its whole story, by kind, and page after page', async () => {
	await open('companies', ids.company);
	await panel('next_action').getByText('Répondre', { exact: true }).waitFor();
	await picture('company-top');
	await panel('timeline').scrollIntoViewIfNeeded();
	await panel('timeline').getByText('À venir').waitFor();
	await picture('company');
	const rows = panel('timeline').locator('li.event');
	expect(await rows.count()).toBe(30);
	await panel('timeline').getByRole('button', { name: 'Voir plus' }).click();
	await expect.poll(() => rows.count()).toBe(60);
	await panel('timeline').getByRole('button', { name: 'Factures' }).click();
	await expect.poll(() => rows.count()).toBe(1);
	await picture('company-invoices');
	for (let next = 0; next < 12 && (await panel('timeline').getByRole('button', { name: 'Voir plus' }).count()); next += 1)
		await panel('timeline').getByRole('button', { name: 'Voir plus' }).click();
	expect(faults).toEqual([]);
});

test('a deal names what is late, and it is done from there', async () => {
	await open('opportunities', ids.deal);
	await panel('next_action').getByText('Envoyer le devis corrigé').waitFor();
	await picture('deal');
	await panel('next_action').getByRole('button', { name: 'Marquer comme faite' }).click();
	await panel('next_action').getByText('Relancer le devis').waitFor();
	await panel('timeline').scrollIntoViewIfNeeded();
	await panel('timeline').getByText('Point sur le besoin').waitFor();
	await panel('timeline').getByRole('button', { name: 'Lire la suite' }).click();
	await picture('deal-timeline');
	expect(faults).toEqual([]);
});

test('a person shows their exchanges, and what follows is planned in two clicks', async () => {
	await open('people', ids.person);
	await panel('next_action').getByRole('button', { name: 'Planifier' }).click();
	await picture('person-plan');
	await panel('next_action').getByRole('button', { name: 'Dans une semaine' }).click();
	await panel('next_action')
		.getByText(/Prévu le/)
		.waitFor();
	expect(await call<Row[]>(admin, 'GET', '/items/tasks', undefined, { 'filter[title][_eq]': 'Rappeler', fields: 'company' })).toEqual([
		{ company: ids.company },
	]);
	await panel('timeline').scrollIntoViewIfNeeded();
	await panel('timeline').getByText('Ticket : Accès refusé depuis ce matin').waitFor();
	await picture('person');
	expect(faults).toEqual([]);
});

test('an empty record says so, and is planned for', async () => {
	await open('companies', ids.empty);
	await panel('timeline').getByText('Rien pour l’instant').waitFor();
	await panel('timeline').scrollIntoViewIfNeeded();
	await picture('empty');
	await page.goto(`${product.url}/admin/content/companies/+`);
	await panel('timeline').getByText('L’historique commence à l’enregistrement').waitFor();
});

test('a failure is said and tried again; a manager reads in the dark, on a narrow screen', async () => {
	const other = await browser.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', viewport: { width: 1000, height: 1600 }, colorScheme: 'dark' });
	const mine = await other.newPage();
	await logIn(mine, product.url, 'paul@example.com', password);
	await mine.evaluate(async () => {
		await fetch('/users/me', {
			method: 'PATCH',
			headers: { 'content-type': 'application/json' },
			credentials: 'include',
			body: JSON.stringify({ appearance: 'dark' }),
		});
	});
	// On a narrow screen the app opens its menu and its side bar over the page, sooner or later.
	const over = mine.locator('#dialog-outlet .overlay').filter({ visible: true }).first();
	await mine.addLocatorHandler(over, () => over.click({ position: { x: 600, y: 1500 } }));
	await mine.route('**/orchestre/timeline/**', (route) => route.abort());
	await open('opportunities', ids.deal, mine);
	await panel('timeline', mine).getByText('Lecture impossible pour le moment.').waitFor();
	await panel('timeline', mine).scrollIntoViewIfNeeded();
	await picture('failed', mine);
	await mine.unroute('**/orchestre/timeline/**');
	await panel('timeline', mine).getByRole('button', { name: 'Réessayer' }).click();
	await panel('timeline', mine).getByText('Point sur le besoin').waitFor();
	await panel('timeline', mine).scrollIntoViewIfNeeded();
	await picture('narrow-dark', mine);
	await other.close();
});
