import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { judgeAllClients } from '../../extensions/orchestre/src/success/health/judge.ts';
import { call, createClient, type Client, type Row } from '../../scripts/support/client.ts';
import { connect } from '../../scripts/support/database.ts';
import { insert, usage } from '../success/support.ts';
import { dayFromToday } from '../support/days.ts';
import { openBrowser, openPage, pictures } from './page.ts';
import { startProduct } from './server.ts';

const port = 18066;
const password = 'Une-phrase-de-passe-2026';
const day = 86_400_000;

let product: Awaited<ReturnType<typeof startProduct>>;
let admin: Client;
let browser: Browser;
let context: BrowserContext;
let company: string;
let quiet: string;

const at = (days: number): Date => new Date(Date.now() - days * day);
const iso = (days: number): string => dayFromToday(-days);

/** Three months of a client that goes from well to ill. */
async function tell(id: string): Promise<void> {
	const database = connect({ DB_CLIENT: 'sqlite3', DB_FILENAME: product.file });
	try {
		await insert(database, 'usage_events', [
			...usage(id, 180, 120, 31, new Date()),
			...usage(id, 22, 29, 1, new Date()),
			...usage(id, 1, 200, 199, new Date()),
		]);
		await insert(database, 'tickets', [
			{ subject: 'Panne', company: id, status: 'new', priority: 'urgent', kind: 'incident', channel: 'email', sentiment: 'negative', date_created: at(3), sla_due_at: at(2) },
		]); // prettier-ignore
		await insert(database, 'invoices', [
			{ company: id, status: 'sent', direction: 'sale', type: 'invoice', currency: 'EUR', due_date: iso(31), issue_date: iso(61), remaining_cents: 1_234_500, gross_cents: 1_234_500 },
		]); // prettier-ignore
		await insert(database, 'interactions', [{ company: id, kind: 'call', direction: 'outbound', outcome: 'reached', at: at(12) }]);
		await insert(database, 'survey_answers', [{ company: id, kind: 'nps', score: 6, asked_at: at(22), answered_at: at(20) }]);
		await insert(
			database,
			'health_history',
			Array.from({ length: 85 }, (_, index) => ({ company: id, computed_on: iso(85 - index), score: Math.round(92 - (index > 50 ? (index - 50) * 0.9 : 0) + 3 * Math.sin(index / 4)), band: 'good', overridden: false })),
		); // prettier-ignore
		await judgeAllClients(database);
	} finally {
		await database.destroy();
	}
}

beforeAll(async () => {
	product = await startProduct(port);
	admin = createClient(product.url, product.token);
	const roles = await call<{ id: string; name: string }[]>(admin, 'GET', '/roles');
	const roleOf = (name: string): string => roles.find((role) => role.name === name)?.id ?? '';
	const team = (await call<{ id: string }>(admin, 'POST', '/items/teams', { name: 'Succès client', kind: 'success' })).id;
	const hire = async (first_name: string, last_name: string, email: string, role: string, over: Row = {}): Promise<string> =>
		(await call<{ id: string }>(admin, 'POST', '/users', { first_name, last_name, email, password, role: roleOf(role), team, status: 'active', ...over })).id;
	const nina = await hire('Nina', 'Faure', 'nina@example.com', 'Succès client');
	await hire('Paul', 'Roche', 'paul@example.com', 'Manager', { appearance: 'dark' });
	await hire('Léa', 'Martin', 'lea@example.com', 'Commercial');
	await hire('Fanny', 'Dumas', 'fanny@example.com', 'Finance');
	const make = async (name: string): Promise<string> =>
		(await call<{ id: string }>(admin, 'POST', '/items/companies', { name, is_client: true, client_since: '2020-01-06', owner: nina, team })).id;
	company = await make('Comptoir Vertuval');
	quiet = await make('Atelier Muet');
	await tell(company);
	({ browser, context } = await openBrowser(1400));
});

afterAll(async () => {
	await browser?.close();
	await product?.close();
});

async function openAs(email: string): Promise<{ page: Page; faults: string[] }> {
	await context.clearCookies();
	return openPage(context, product.url, email, password);
}
const picture = (page: Page, name: string): Promise<unknown> => page.screenshot({ path: join(pictures, `client-health-${name}.png`) });

test('client success finds the clients at risk in one click, reads why, and overrides the band with a reason', async () => {
	const { page, faults } = await openAs('nina@example.com');
	const [bookmark] = await call<{ id: number }[]>(admin, 'GET', '/presets', undefined, {
		'filter[bookmark][_eq]': '7. À risque',
		'filter[role][name][_eq]': 'Succès client',
	});
	await page.goto(`${product.url}/admin/content/companies?bookmark=${bookmark?.id}`);
	await page.locator('table').getByText('Comptoir Vertuval').waitFor();
	await picture(page, 'list');
	await page.locator('table').getByText('Comptoir Vertuval').click();
	const panel = page.locator('[data-field=health_panel]');
	await panel.getByText('En danger', { exact: true }).waitFor();
	await panel.getByText('Usage en baisse de 63 % sur 30 jours').waitFor();
	await panel.getByText('1 facture échue depuis 31 jours').waitFor();
	await panel.getByText('Aucun plan d’accompagnement en cours').waitFor();
	await picture(page, 'red');
	await panel.getByText('Corriger le niveau').click();
	// The form can be filled by the keyboard alone: the first field has the focus.
	await page.keyboard.press('ArrowDown');
	await picture(page, 'form');
	await panel.getByText('Enregistrer la correction').click();
	await panel.getByText('Donnez un motif').waitFor();
	await panel.locator('textarea').fill('Le client migre ses sites : la baisse d’usage est convenue jusqu’au printemps.');
	await panel.getByText('Enregistrer la correction').click();
	await panel.getByText('Niveau fixé par Nina Faure').waitFor();
	await panel.getByText('Niveau calculé : en danger').waitFor();
	await picture(page, 'overridden');
	await panel.getByText('Revenir au niveau calculé').click();
	await panel.getByText('En danger', { exact: true }).waitFor();
	expect(faults).toEqual([]);
	await page.close();
});

test('a client of whom nothing is known says so', async () => {
	const { page, faults } = await openAs('nina@example.com');
	await page.goto(`${product.url}/admin/content/companies/${quiet}`);
	await page.locator('[data-field=health_panel]').getByText('Rien à mesurer pour l’instant').waitFor();
	await picture(page, 'empty');
	expect(faults).toEqual([]);
	await page.close();
});

test('a manager reads it in the dark, a salesperson without the right to override, finance not at all', async () => {
	const manager = await openAs('paul@example.com');
	await manager.page.goto(`${product.url}/admin/content/companies/${company}`);
	await manager.page.locator('[data-field=health_panel]').getByText('Corriger le niveau').waitFor();
	await picture(manager.page, 'dark');
	await manager.page.close();
	const { page, faults } = await openAs('lea@example.com');
	await page.goto(`${product.url}/admin/content/companies/${company}`);
	const panel = page.locator('[data-field=health_panel]');
	await panel.getByText('D’où vient cette note').waitFor();
	expect(await panel.getByText('Corriger le niveau').count()).toBe(0);
	await page.setViewportSize({ width: 900, height: 1400 });
	await picture(page, 'narrow');
	await page.setViewportSize({ width: 1920, height: 1400 });
	await page.close();
	const finance = await openAs('fanny@example.com');
	await finance.page.goto(`${product.url}/admin/content/companies/${company}`);
	await finance.page.locator('[data-field=name]').waitFor();
	expect(await finance.page.locator('[data-field=health_panel]').count()).toBe(0);
	expect([...manager.faults, ...faults, ...finance.faults]).toEqual([]);
	await finance.page.close();
});
