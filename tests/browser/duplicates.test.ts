import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, createClient, type Client } from '../../scripts/support/client.ts';
import { logIn, openBrowser, pictures, watchFaults } from './page.ts';
import { startProduct } from './server.ts';

const port = 18063;
const password = 'Une-phrase-de-passe-2026';

let product: Awaited<ReturnType<typeof startProduct>>;
let admin: Client;
let browser: Browser;
let page: Page;
let faults: string[] = [];
let known: string;
let again: string;

beforeAll(async () => {
	product = await startProduct(port);
	admin = createClient(product.url, product.token);
	const [role] = await call<{ id: string }[]>(admin, 'GET', '/roles', undefined, { 'filter[name][_eq]': 'Commercial' });
	const team = (await call<{ id: string }>(admin, 'POST', '/items/teams', { name: 'Commerce Nord', kind: 'sales' })).id;
	const who = { first_name: 'Léa', last_name: 'Martin', email: 'lea@example.com', password, role: role?.id ?? '', team, status: 'active' };
	const owner = (await call<{ id: string }>(admin, 'POST', '/users', { ...who, takes_leads: true, lead_capacity: 40, languages: ['fr'] })).id;
	const create = async (collection: string, row: object): Promise<string> =>
		(await call<{ id: string }>(admin, 'POST', `/items/${collection}`, { owner, team, ...row })).id;
	known = await create('companies', {
		name: 'Atelier Roux SARL',
		siren: '404833048',
		website: 'https://atelier-roux.fr',
		phone: '03 20 00 00 01',
		street: '12 rue de Gand',
		postal_code: '59000',
		city: 'Lille',
		lifecycle: 'active',
		is_client: true,
		description: 'Client depuis 2019, très attaché au service.',
	});
	again = await create('companies', {
		name: 'SAS Atelier Roux',
		website: 'https://www.atelier-roux.fr',
		phone: '03 20 00 00 02',
		email: 'contact@atelier-roux.fr',
		employees: 24,
		postal_code: '59800',
		city: 'Lille',
		description: 'Rencontrés au salon du bois.',
	});
	const person = await create('people', { first_name: 'Ana', last_name: 'Roux', email: 'ana@atelier-roux.fr', company: again });
	await create('people', { first_name: 'Luc', last_name: 'Roux', company: again });
	await create('interactions', { kind: 'call', at: '2026-11-20T09:00:00Z', subject: 'Premier appel', company: again, person });
	await create('opportunities', { name: 'Atelier Roux – Pack Pro', company: again, stage: '35000000-0000-4000-8000-000000000001' });
	const opened = await openBrowser(1500);
	browser = opened.browser;
	page = await opened.context.newPage();
	// A form with all its lists takes its time on a machine that does other work as well.
	page.setDefaultTimeout(60_000);
	await logIn(page, product.url, 'lea@example.com', password);
	faults = watchFaults(page);
});

afterAll(async () => {
	await browser?.close();
	await product?.close();
});

const picture = (name: string): Promise<unknown> => page.screenshot({ path: join(pictures, `duplicates-${name}.png`) });
const stored = (collection: string, id: string): Promise<Record<string, unknown>> => call<Record<string, unknown>>(admin, 'GET', `/items/${collection}/${id}`);

test('whoever types a company, a person or a lead that is known is told which one, and why', async () => {
	await page.goto(`${product.url}/admin/content/companies/+`);
	await page.locator('[data-field=name] input').first().fill('Atelier Rouxx');
	const warning = page.locator('aside.duplicates');
	// A name alone is a hint already, though no more than that.
	await warning.getByText('possible').first().waitFor();
	await page.locator('[data-field=siren] input').first().fill('404833048');
	await warning.getByText('Cette fiche existe peut-être déjà').waitFor();
	await warning.getByText('même SIREN').waitFor();
	await warning.getByText('Atelier Roux SARL').waitFor();
	expect(await warning.locator('a').first().getAttribute('href')).toBe(`/admin/content/companies/${known}`);
	await picture('typing-company');

	await page.goto(`${product.url}/admin/content/people/+`);
	await page
		.getByText('Ignorer les modifications')
		.click({ timeout: 3000 })
		.catch(() => undefined);
	await page.locator('[data-field=last_name] input').first().fill('Roux');
	await page.locator('[data-field=email] input').first().fill('ana@atelier-roux.fr');
	await warning.getByText('Ana Roux').waitFor();
	await picture('typing-person');

	await page.goto(`${product.url}/admin/content/leads/+`);
	await page.locator('[data-field=last_name] input').first().fill('Roux');
	await page.locator('[data-field=first_name] input').first().fill('Ana');
	await page.locator('[data-field=email] input').first().fill('ana@atelier-roux.fr');
	await warning.getByText('Personne connue').waitFor();
	await picture('typing-lead');
});

test('two records are compared side by side, merged as chosen, and taken apart again', async () => {
	await page.goto(`${product.url}/admin/content/companies/${again}`);
	const warning = page.locator('aside.duplicates');
	await warning.getByText('Atelier Roux SARL').waitFor();
	await picture('saved');
	await warning.getByText('Comparer et fusionner').click();
	await page.waitForURL(/content\/duplicate_pairs\//);
	const panel = page.locator('section.merge');
	await panel.getByText('Doublon sûr').waitFor();
	await panel.getByText('1 affaire').waitFor();
	await picture('compare');
	await panel.locator('tr', { hasText: 'Standard' }).getByText('03 20 00 00 02').click();
	await panel.getByRole('button', { name: 'Fusionner' }).click();
	await panel.getByText('Ces deux fiches n’en font plus qu’une').waitFor();
	await picture('merged');
	expect(await stored('companies', known)).toMatchObject({
		name: 'Atelier Roux SARL',
		phone: '+33320000002',
		email: 'contact@atelier-roux.fr',
		employees: 24,
		description: 'Client depuis 2019, très attaché au service.\n\nRencontrés au salon du bois.',
	});
	expect(await stored('companies', again)).toMatchObject({ archived: true, merged_into: known });
	await page.goto(`${product.url}/admin/content/companies/${again}`);
	await page.locator('[data-field=merged_into]').getByText('Atelier Roux SARL').waitFor();
	await warning.getByText('Ouvrir la fiche gardée').waitFor();
	await picture('gone');
	await page.goBack();
	await panel.getByRole('button', { name: 'Annuler la fusion' }).click();
	await panel.getByText('La fusion a été annulée').waitFor();
	await picture('undone');
	expect(await stored('companies', again)).toMatchObject({ archived: false, merged_into: null });
	expect(await stored('companies', known)).toMatchObject({ phone: '+33320000001', email: null });
});

test('the list shows what waits, and its buttons work on a selection', async () => {
	const pairs = await call<{ id: string }[]>(admin, 'GET', '/items/duplicate_pairs');
	expect(pairs).toHaveLength(1);
	const email = 'paul@faure.example';
	const owner = (await stored('companies', known))['owner'];
	const people = await call<{ id: string }[]>(admin, 'POST', '/items/people', [
		{ first_name: 'Paul', last_name: 'Faure', email, owner },
		{ first_name: 'FAURE', last_name: 'Paul', email, owner },
	]);
	await call(admin, 'POST', '/orchestre/duplicates', { kind: 'people', a: people[0]?.id, b: people[1]?.id });
	await page.goto(`${product.url}/admin/content/duplicate_pairs`);
	await page.getByText('Paul Faure ↔ FAURE Paul').or(page.getByText('FAURE Paul ↔ Paul Faure')).waitFor();
	await picture('list');
	await page.locator('tbody .v-checkbox, tbody [role=checkbox]').first().click();
	await page.getByRole('button', { name: 'Flux' }).click();
	await page.getByRole('button', { name: '[Doublons] Fusionner' }).click();
	await page.getByText('Fusionner les paires sûres de la sélection').waitFor();
	await picture('list-dialogue');
	await page.getByRole('button', { name: 'Exécuter le flux' }).click();
	await page.getByText('C’est fait : [Doublons] Fusionner').waitFor();
	const [first, second] = await Promise.all(people.map(({ id }) => stored('people', id)));
	expect([first?.['archived'], second?.['archived']].toSorted()).toEqual([false, true]);
	expect(faults).toEqual([]);
});
