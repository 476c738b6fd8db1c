import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, createClient, type Client } from '../../scripts/support/client.ts';
import { openAs, pictures } from './page.ts';
import { startProduct } from './server.ts';

const port = 18059;
const password = 'Une-phrase-de-passe-2026';

let product: Awaited<ReturnType<typeof startProduct>>;
let admin: Client;
let browser: Browser;
let page: Page;
let lead: string;
let faults: string[] = [];

beforeAll(async () => {
	product = await startProduct(port);
	admin = createClient(product.url, product.token);
	const [role] = await call<{ id: string }[]>(admin, 'GET', '/roles', undefined, { 'filter[name][_eq]': 'Commercial' });
	const team = (await call<{ id: string }>(admin, 'POST', '/items/teams', { name: 'Commerce Nord', kind: 'sales' })).id;
	const who = { first_name: 'Léa', last_name: 'Martin', email: 'lea@example.com', password, role: role?.id ?? '', team, status: 'active' };
	const owner = (await call<{ id: string }>(admin, 'POST', '/users', { ...who, takes_leads: true, lead_capacity: 40, languages: ['fr'] })).id;
	lead = (
		await call<{ id: string }>(admin, 'POST', '/items/leads', {
			first_name: 'Ana',
			last_name: 'Roux',
			email: 'ana@atelier-roux.example',
			company_name: 'Atelier Roux',
			need: 'Remplacer notre outil de suivi',
			budget_cents: 2_500_000,
			timing: 'quarter',
			status: 'qualified',
			owner,
			team,
		})
	).id;
	({ browser, page, faults } = await openAs(product.url, 'lea@example.com', password, 1300));
});

afterAll(async () => {
	await browser?.close();
	await product?.close();
});

const picture = (name: string): Promise<unknown> => page.screenshot({ path: join(pictures, `conversion-${name}.png`) });
const confirm = (): Promise<void> => page.getByRole('button', { name: 'Exécuter le flux' }).click();
const statusOf = async (): Promise<string> => (await call<{ status: string }>(admin, 'GET', `/items/leads/${lead}`, undefined, { fields: 'status' })).status;
/** The buttons stand on the form itself, below the score. */
const press = (panel: string, name: string): Promise<void> => page.locator(`[data-field=${panel}]`).getByText(name).click();

test('a salesperson converts a lead by its button, gets to the opportunity in one click, and takes it back', async () => {
	await page.goto(`${product.url}/admin/content/leads/${lead}`);
	await page.locator('[data-field=last_name] input').waitFor();
	expect(await page.locator('[data-field=converted_opportunity]').count()).toBe(0);
	await page.locator('[data-field=convert_panel]').waitFor();
	await picture('before');
	await press('convert_panel', 'Convertir en affaire');
	await page.getByText('L’entreprise, le contact et l’affaire seront retrouvés ou créés').waitFor();
	await picture('dialogue');
	await confirm();
	await page.getByText('C’est fait : [Leads] Convertir en affaire').waitFor();
	const opportunity = page.locator('[data-field=converted_opportunity]');
	await opportunity.getByText('Atelier Roux – Remplacer notre outil de suivi').waitFor();
	await picture('done');
	expect(await statusOf()).toBe('converted');

	await press('converted_panel', 'Ouvrir l’affaire');
	await page.waitForURL(/content\/opportunities\//);
	await expect.poll(() => page.locator('[data-field=name] input').first().inputValue()).toBe('Atelier Roux – Remplacer notre outil de suivi');
	await page.getByText('Ana Roux').first().waitFor();
	await picture('opportunity');

	await page.goBack();
	await page.locator('[data-field=converted_opportunity]').waitFor();
	await press('converted_panel', 'Annuler la conversion');
	await page.getByText('Rouvrir ce lead').waitFor();
	await confirm();
	await page.getByText('C’est fait : [Leads] Annuler la conversion').waitFor();
	await page.locator('[data-field=converted_opportunity]').waitFor({ state: 'detached' });
	await picture('undone');
	expect(await statusOf()).toBe('qualified');
	expect(await call(admin, 'GET', '/items/opportunities', undefined, { 'filter[lead][_eq]': lead })).toEqual([]);
	expect(faults).toEqual([]);
});
