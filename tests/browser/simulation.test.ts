import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, createClient, type Client, type Row } from '../../scripts/support/client.ts';
import { openBrowser, openPage, pictures } from './page.ts';
import { startProduct } from './server.ts';

const port = 18068;
const password = 'Une-phrase-de-passe-2026';

let product: Awaited<ReturnType<typeof startProduct>>;
let admin: Client;
let browser: Browser;

const create = async (collection: string, row: Row): Promise<string> => (await call<{ id: string }>(admin, 'POST', `/items/${collection}`, row)).id;

beforeAll(async () => {
	product = await startProduct(port);
	admin = createClient(product.url, product.token);
	const roles = await call<{ id: string; name: string }[]>(admin, 'GET', '/roles', undefined, { fields: 'id,name', limit: '-1' });
	const role = (name: string): string => roles.find((one) => one.name === name)?.id ?? '';
	const [north, south] = [await create('teams', { name: 'Commerce Nord', kind: 'sales' }), await create('teams', { name: 'Commerce Sud', kind: 'sales' })];
	const user = (first_name: string, last_name: string, name: string, team: string, over: Row = {}): Promise<unknown> =>
		call(admin, 'POST', '/users', {
			first_name,
			last_name,
			email: `${first_name.toLowerCase()}@example.com`,
			password,
			role: role(name),
			team,
			status: 'active',
			...over,
		});
	const sells = { takes_leads: true, lead_capacity: 30, languages: ['fr'], hired_on: '2020-01-06' };
	await user('Lea', 'Martin', 'Commercial', north, { ...sells, industries: ['tech'] });
	await user('Hugo', 'Petit', 'Commercial', north, { ...sells, industries: ['retail'] });
	await user('Nina', 'Leroy', 'Commercial', south, { ...sells, industries: ['health'] });
	await user('Diane', 'Faure', 'Direction', north);
	await user('Paul', 'Durand', 'Manager', north);
	const industries = ['tech', 'tech', 'retail', 'health'];
	for (let index = 0; index < 24; index += 1) {
		const industry = industries[index % industries.length] ?? 'tech';
		await create('leads', {
			first_name: 'Ana',
			last_name: `Essai ${index}`,
			email: `ana${index}@essai${index}.example`,
			company_name: `Essai ${index}`,
			industry,
			language: 'fr',
		});
	}
	browser = (await openBrowser(1500)).browser;
});

afterAll(async () => {
	await browser?.close();
	await product?.close();
});

async function settingsOf(email: string): Promise<{ page: Page; faults: string[] }> {
	const context = await browser.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', viewport: { width: 1920, height: 1700 } });
	const { page, faults } = await openPage(context, product.url, email, password);
	await page.goto(`${product.url}/admin/content/settings`);
	await panel(page).getByRole('button', { name: 'Rejouer 90 jours' }).waitFor();
	return { page, faults };
}
const panel = (page: Page) => page.locator('[data-field=simulation_panel]');
const picture = (page: Page, name: string): Promise<unknown> => page.screenshot({ path: join(pictures, `simulation-${name}.png`) });
const weight = (page: Page, name: string) => panel(page).getByLabel(name);

test('the Direction tries other weights, reads what would change, and copies them to the form', async () => {
	const { page, faults } = await settingsOf('diane@example.com');
	// The settings' own weights come after the panel.
	await expect.poll(() => weight(page, 'Charge').inputValue()).toBe('40');
	expect(await weight(page, 'Part des nouveaux venus (%)').inputValue()).toBe('10');
	await weight(page, 'Charge').fill('100');
	await weight(page, 'Expertise').fill('0');
	await panel(page).getByRole('button', { name: 'Rejouer 90 jours' }).click();
	await panel(page).locator('.headline').waitFor();
	await picture(page, 'first');
	expect(await panel(page).locator('.headline').innerText()).toMatch(/à quelqu’un d’autre/);
	for (const summary of ['Exemples', 'Ce que la simulation']) await panel(page).locator('summary', { hasText: summary }).click();
	await panel(page).scrollIntoViewIfNeeded();
	await picture(page, 'direction');
	expect(
		await panel(page)
			.getByText(/est la précision de ce rejeu/)
			.innerText(),
	).toMatch(/100\s%/);
	await panel(page).getByRole('button', { name: 'Reporter dans le formulaire' }).click();
	await panel(page).getByText('enregistrez pour les appliquer').waitFor();
	expect(await page.locator('[data-field=weight_load] input').inputValue()).toBe('100');
	expect(await page.locator('[data-field=weight_expertise] input').inputValue()).toBe('0');
	await picture(page, 'copied');
	expect(await call<Row>(admin, 'GET', '/items/settings', undefined, { fields: 'weight_load,weight_expertise' })).toEqual({
		weight_load: 40,
		weight_expertise: 30,
	});
	expect(faults).toEqual([]);
});

test('a manager simulates for the own team, and cannot change the weights', async () => {
	const { page, faults } = await settingsOf('paul@example.com');
	await panel(page).getByRole('button', { name: 'Rejouer 90 jours' }).click();
	await panel(page).getByText('Aucun lead ne changerait de responsable.').waitFor();
	await panel(page).getByText('Autres équipes').waitFor();
	expect(await panel(page).getByText('Nina Leroy').count()).toBe(0);
	expect(await panel(page).getByRole('button', { name: 'Reporter dans le formulaire' }).count()).toBe(0);
	await panel(page).scrollIntoViewIfNeeded();
	await picture(page, 'manager');
	expect(faults).toEqual([]);
});
