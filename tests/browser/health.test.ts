import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, createClient, type Client } from '../../scripts/support/client.ts';
import { newCompany, newDeal, stages } from '../pipeline/support.ts';
import { dayFromToday } from '../support/days.ts';
import { openBrowser, openPage, pictures } from './page.ts';
import { startProduct } from './server.ts';

const port = 18061;
const password = 'Une-phrase-de-passe-2026';

let product: Awaited<ReturnType<typeof startProduct>>;
let admin: Client;
let browser: Browser;
let context: BrowserContext;
let deal: string;

beforeAll(async () => {
	product = await startProduct(port);
	admin = createClient(product.url, product.token);
	const roles = await call<{ id: string; name: string }[]>(admin, 'GET', '/roles');
	const roleOf = (name: string): string => roles.find((role) => role.name === name)?.id ?? '';
	const team = (await call<{ id: string }>(admin, 'POST', '/items/teams', { name: 'Commerce Nord', kind: 'sales' })).id;
	const hire = async (first_name: string, last_name: string, email: string, role: string): Promise<string> =>
		(await call<{ id: string }>(admin, 'POST', '/users', { first_name, last_name, email, password, role: roleOf(role), team, status: 'active' })).id;
	const lea = await hire('Léa', 'Martin', 'lea@example.com', 'Commercial');
	const paul = await hire('Paul', 'Roche', 'paul@example.com', 'Manager');
	await call(admin, 'PATCH', `/items/teams/${team}`, { manager: paul });
	const company = await newCompany(admin, { name: 'Banque Mercier' });
	deal = (
		await call<{ id: string }>(
			admin,
			'POST',
			'/items/opportunities',
			newDeal(company, {
				name: 'Banque Mercier – Suivi des agences',
				owner: lea,
				stage: stages.proposal,
				amount_cents: 4_800_000,
				close_date: dayFromToday(-60),
				contacts: [
					{ person: { first_name: 'Ana', last_name: 'Roux', job_title: 'Directrice des opérations' }, is_primary: true, role: 'champion' },
					{ person: { first_name: 'Luc', last_name: 'Faure', job_title: 'Acheteur' }, is_primary: false, role: 'buyer' },
				],
			}),
		)
	).id;
	for (const days of [-40, -20, -6]) await call(admin, 'PATCH', `/items/opportunities/${deal}`, { close_date: dayFromToday(days) });
	({ browser, context } = await openBrowser(1300));
});

afterAll(async () => {
	await browser?.close();
	await product?.close();
});

async function openAs(email: string): Promise<{ page: Page; faults: string[] }> {
	await context.clearCookies();
	return openPage(context, product.url, email, password);
}

const picture = (page: Page, name: string): Promise<unknown> => page.screenshot({ path: join(pictures, `health-${name}.png`) });

test('a manager finds the deals in danger in one click, with the money at stake, and the alert with its reason', async () => {
	const { page, faults } = await openAs('paul@example.com');
	const [bookmark] = await call<{ id: number }[]>(admin, 'GET', '/presets', undefined, {
		'filter[bookmark][_eq]': '7. En danger',
		'filter[role][name][_eq]': 'Manager',
	});
	await page.goto(`${product.url}/admin/content/opportunities?bookmark=${bookmark?.id}`);
	await page.getByText('Banque Mercier – Suivi des agences').waitFor();
	await page.getByText('26 400,00').first().waitFor();
	await picture(page, 'manager-list');
	await page.goto(`${product.url}/admin/content/alerts`);
	await page.getByText('Affaire en danger : Banque Mercier').first().click();
	await expect.poll(() => page.locator('[data-field=reason] textarea').inputValue(), { timeout: 15_000 }).toContain('La signature était prévue il y a 6 jours');
	await picture(page, 'manager-alert');
	expect(faults).toEqual([]);
	await page.close();
});

test('a salesperson reads why a deal is in danger, plans the action by one click, and the deal recovers', async () => {
	const { page, faults } = await openAs('lea@example.com');
	await page.goto(`${product.url}/admin/content/opportunities/${deal}`);
	const panel = page.locator('[data-field=health_panel]');
	await panel.getByText('En danger', { exact: true }).waitFor();
	await panel.getByText('Signature repoussée 3 fois.').waitFor();
	await panel.getByText('Appelez Ana Roux : obtenez une nouvelle date de signature').waitFor();
	await picture(page, 'danger');
	await panel.getByText('Planifier cette action').click();
	await panel.getByText('Confirmer la date de signature avec Ana Roux').waitFor();
	await panel.getByText('À surveiller', { exact: true }).waitFor();
	await picture(page, 'planned');
	await panel.getByText('Ouvrir la tâche').click();
	await page.waitForURL(/content\/tasks\//);
	await expect
		.poll(() => page.locator('[data-field=title] input').first().inputValue(), { timeout: 15_000 })
		.toBe('Confirmer la date de signature avec Ana Roux');
	expect(faults).toEqual([]);
	await page.close();
});
