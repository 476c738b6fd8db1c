import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { call, createClient } from '../../scripts/support/client.ts';
import { logIn, openBrowser, pictures, watchFaults } from './page.ts';
import { startProduct } from './server.ts';

const port = 18057;
const password = 'Une-phrase-de-passe-2026';

let product: Awaited<ReturnType<typeof startProduct>>;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let faults: string[] = [];

/** What the app asks before anybody has logged in, and Directus answers with an error. */
const isExpected = (url: string): boolean => /\/auth\/refresh|\/translations\?|favicon/.test(url);

beforeAll(async () => {
	product = await startProduct(port);
	const admin = createClient(product.url, product.token);
	const [role] = await call<{ id: string }[]>(admin, 'GET', '/roles', undefined, { 'filter[name][_eq]': 'Commercial' });
	const team = await call<{ id: string }>(admin, 'POST', '/items/teams', { name: 'Commerce Nord', kind: 'sales' });
	const person = (first_name: string, last_name: string, over: object = {}): object => ({
		first_name,
		last_name,
		role: role?.id,
		team: team.id,
		status: 'active',
		takes_leads: true,
		lead_capacity: 40,
		languages: ['fr'],
		hired_on: '2021-03-01',
		...over,
	});
	await call(admin, 'POST', '/users', [
		person('Léa', 'Martin', { email: 'lea@example.com', password, industries: ['tech'] }),
		person('Hugo', 'Petit', { industries: ['health'] }),
	]);
	({ browser, context } = await openBrowser(1300));
	page = await context.newPage();
	await logIn(page, product.url, 'lea@example.com', password);
});

/** A page of its own for each test: one with unsaved changes holds the next one back. */
beforeEach(async () => {
	page = await context.newPage();
	faults = watchFaults(page, isExpected);
	await page.goto(`${product.url}/admin/content/leads/+`);
});

afterAll(async () => {
	await browser?.close();
	await product?.close();
});

const fill = (field: string, value: string): Promise<void> => page.locator(`[data-field=${field}] :is(input, textarea)`).first().fill(value);
const save = (): Promise<void> => page.locator('button:has([data-icon=check])').first().click();

test('a sales person types a lead into the form and sees its score, the reasons, the owner and the tasks', async () => {
	await page.getByText('Le score apparaîtra à l’enregistrement').waitFor();
	await fill('first_name', 'Élodie');
	await fill('last_name', 'Garnier');
	await fill('email', 'Elodie.Garnier@Ateliers-Loire.example');
	await fill('phone', '06 12 34 56 78');
	await fill('job_title', 'Directrice générale');
	await fill('company_name', 'Ateliers de la Loire SAS');
	await fill('employees', '120');
	await fill('budget_cents', '45 000');
	await fill('need', 'Remplacer Notion et Airtable avant la fin du trimestre.');
	await page.screenshot({ path: join(pictures, 'lead-new.png') });
	await save();

	await page.locator('tbody').getByText('Élodie Garnier').first().click();
	const score = page.locator('[data-field=score_panel]');
	await score
		.getByText(/^[A-D][1-4]$/)
		.first()
		.waitFor();
	expect(await score.innerText()).toMatch(/Total\s:\s\d+ points/);
	expect(await score.innerText()).toContain('Dirige l’entreprise');
	const owner = page.locator('[data-field=owner_panel]');
	await owner.getByText('Comparaison des personnes').waitFor();
	expect(await owner.innerText()).toMatch(/Léa Martin|Hugo Petit/);
	expect(await owner.innerText()).toContain('Premier contact avant');
	const phone = page.locator('[data-field=phone]');
	expect(await phone.locator('input').inputValue()).toBe('06 12 34 56 78');
	expect(await phone.locator('a').getAttribute('href')).toBe('tel:+33612345678');
	await page.screenshot({ path: join(pictures, 'lead-form.png') });

	const tasks = page.locator('[data-field=tasks]');
	await tasks.scrollIntoViewIfNeeded();
	await tasks.getByText('Appeler Élodie Garnier').first().waitFor();
	await page.screenshot({ path: join(pictures, 'lead-tasks.png') });
	expect(faults).toEqual([]);
});

test('a wrong SIREN is refused under its field, in French, and what was typed stays', async () => {
	await fill('last_name', 'Faute');
	await fill('siren', '123456789');
	await save();
	await page.locator('[data-field=siren]').getByText(/SIREN/).last().waitFor();
	await page
		.getByText(/clé de contrôle|n’est pas valide|n’est pas un SIREN/i)
		.first()
		.waitFor();
	expect(await page.locator('[data-field=last_name] input').inputValue()).toBe('Faute');
	await page.screenshot({ path: join(pictures, 'lead-refused.png') });
});

test('HTML and formulas in a name are shown as they were typed and run nothing', async () => {
	await fill('last_name', '<img src=x onerror="window.broken=1">');
	await fill('company_name', '=1+1');
	await save();
	// Lists show text without its tags; the form gives it back as it was typed.
	await page.getByText('=1+1').first().click();
	await page
		.locator('[data-field=score_panel]')
		.getByText(/^[A-D][1-4]$/)
		.first()
		.waitFor();
	expect(await page.locator('[data-field=last_name] input').inputValue()).toBe('<img src=x onerror="window.broken=1">');
	expect(await page.evaluate(() => 'broken' in globalThis)).toBe(false);
});
