import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayMs } from '../../extensions/orchestre/src/platform/time/paris.ts';
import { predictChurn } from '../../extensions/orchestre/src/success/churn/predict.ts';
import { openEpisodes } from '../../extensions/orchestre/src/success/churn/retention/open.ts';
import { spell } from '../../extensions/orchestre/src/success/churn/rules/made-up.ts';
import { readRetention } from '../../extensions/orchestre/src/success/churn/settings.ts';
import { call, createClient, type Client } from '../../scripts/support/client.ts';
import { connect } from '../../scripts/support/database.ts';
import { dateOf, insert, writeClients, writeOverdue, writeUsage } from '../success/clients.ts';
import { openBrowser, openPage, pictures } from './page.ts';
import { startProduct } from './server.ts';

const port = 18112;
const password = 'Une-phrase-de-passe-2026';

let product: Awaited<ReturnType<typeof startProduct>>;
let admin: Client;
let browser: Browser;
let context: BrowserContext;
let [bad, calm, leaving]: (string | undefined)[] = [];

beforeAll(async () => {
	product = await startProduct(port);
	admin = createClient(product.url, product.token);
	const roles = await call<{ id: string; name: string }[]>(admin, 'GET', '/roles');
	const team = (await call<{ id: string }>(admin, 'POST', '/items/teams', { name: 'Clients', kind: 'success' })).id;
	const hire = async (first_name: string, last_name: string, role: string): Promise<string> =>
		(
			await call<{ id: string }>(admin, 'POST', '/users', {
				first_name,
				last_name,
				email: `${first_name.toLowerCase()}@example.com`,
				password,
				role: roles.find(({ name }) => name === role)?.id ?? '',
				team,
				status: 'active',
			})
		).id;
	const [ines, nadia] = [await hire('Ines', 'Bonnefoy', 'Succès client'), await hire('Nadia', 'Belkacem', 'Manager')];
	await hire('Remi', 'Costa', 'Commercial');
	await call(admin, 'PATCH', `/items/teams/${team}`, { manager: nadia });

	const database = connect({ DB_CLIENT: 'sqlite3', DB_FILENAME: product.file });
	const now = Date.now();
	const since = now - 700 * dayMs;
	[bad, calm, leaving] = await writeClients(database, [
		{ id: 'Atelier Durand', spells: [spell({ start: since })], looks: new Map() },
		{ id: 'Menuiserie Leroy', spells: [spell({ start: since })], looks: new Map() },
		{ id: 'Transports Petit', spells: [spell({ start: since, gone: now - 5 * dayMs })], looks: new Map() },
	]);
	for (const id of [bad, calm, leaving]) {
		await database('companies')
			.where({ id: id ?? '' })
			.update({ owner: ines, team });
		await writeUsage(database, id ?? '', now - 35 * dayMs, 20);
	}
	await writeUsage(database, calm ?? '', now, 20);
	await insert(database, 'interactions', [
		{ id: randomUUID(), subject: 'Appel', kind: 'call', direction: 'outbound', at: new Date(now - 3 * dayMs), company: calm },
	]);
	await writeOverdue(database, bad ?? '', now, 40);
	await insert(
		database,
		'tickets',
		[1, 2, 3].map((n) => ({
			id: randomUUID(),
			subject: `Panne ${n}`,
			company: bad,
			status: 'in_progress',
			priority: 'high',
			date_created: new Date(now - 20 * dayMs),
			sla_due_at: new Date(now - 18 * dayMs),
		})),
	);
	await insert(
		database,
		'health_history',
		[30, 20, 10].map((days, step) => ({
			id: randomUUID(),
			company: bad,
			computed_on: dateOf(now - days * dayMs),
			score: 60,
			band: 'watch',
			churn_risk: 40 + 15 * step,
		})),
	);
	await predictChurn(database);
	const settings = await readRetention(database);
	await database.transaction((trx) => openEpisodes(trx, settings));
	await database.destroy();
	({ browser, context } = await openBrowser(1500));
});

afterAll(async () => {
	await browser?.close();
	await product?.close();
});

const picture = (page: Page, name: string): Promise<unknown> => page.screenshot({ path: join(pictures, `churn-${name}.png`) });
const panelOf = (page: Page) => page.locator('.record-panel[aria-label="Risque de départ"]');

async function openAs(first: string): Promise<{ page: Page; faults: string[] }> {
	await context.clearCookies();
	return openPage(context, product.url, `${first}@example.com`, password);
}

test('the account manager reads the index first, reasons that add up to it, and what is under way', async () => {
	const { page, faults } = await openAs('ines');
	await page.goto(`${product.url}/admin/content/companies/${bad}`);
	const panel = panelOf(page);
	await panel.getByText('Risque élevé').waitFor();
	const index = Number(await panel.locator('.figure').innerText());
	expect(index).toBeGreaterThan(70);
	const points = (await panel.locator('.signs .points').allInnerTexts()).map((text) => Number(text.replace('−', '-')));
	expect(points.reduce((sum, value) => sum + value, 0)).toBe(index);
	const words = await panel.innerText();
	for (const text of [
		'Plus aucun usage du produit depuis 30 jours',
		'Ce n’est pas une probabilité',
		'0 tâche faite sur 4',
		'en attente de Nadia Belkacem',
		'à confirmer',
		'Pas encore de probabilité fiable',
		'Évolution',
	])
		expect(words).toContain(text);
	await panel.screenshot({ path: join(pictures, 'churn-panel.png') });
	await page.goto(`${product.url}/admin/content/companies/${calm}`);
	await panelOf(page).getByText('Risque faible').waitFor();
	await page.goto(`${product.url}/admin/content/companies/${leaving}`);
	await panelOf(page).getByText('La résiliation est déjà demandée').waitFor();
	expect(faults).toEqual([]);

	await page.route('**/items/companies/*fields=churn_risk*', (route) => route.abort());
	await page.goto(`${product.url}/admin/content/companies/${bad}`);
	await panelOf(page).getByText('Lecture impossible pour le moment.').waitFor();
	await page.unroute('**/items/companies/*fields=churn_risk*');
	await panelOf(page).getByRole('button', { name: 'Réessayer' }).click();
	await panelOf(page).getByText('Risque élevé').waitFor();
});

test('the manager finds the client in the list and agrees to the incentive; the panel says so', async () => {
	const { page, faults } = await openAs('nadia');
	const [bookmark] = await call<{ id: number }[]>(admin, 'GET', '/presets', undefined, {
		'filter[bookmark][_ends_with]': 'À risque',
		'filter[role][name][_eq]': 'Manager',
	});
	await page.goto(`${product.url}/admin/content/companies?bookmark=${bookmark?.id}`);
	await page.getByText('Atelier Durand').waitFor();
	expect(await page.getByText('Menuiserie Leroy').count()).toBe(0);
	await picture(page, 'list');
	await page.goto(`${product.url}/admin/content/companies/${bad}`);
	await panelOf(page).getByText('en attente de Nadia Belkacem').click();
	await page.locator('[data-field=status] .v-input').first().click();
	await page.getByText('Approuvée', { exact: true }).click();
	await picture(page, 'approval');
	await page.locator('button:has([data-icon=check])').first().click();
	await expect
		.poll(async () => (await call<{ status: string }[]>(admin, 'GET', '/items/validation', undefined, { fields: 'status' }))[0]?.status)
		.toBe('approved');
	expect(await call<unknown[]>(admin, 'GET', '/items/tasks', undefined, { 'filter[origin][_eq]': 'success.incentive' })).toHaveLength(1);
	await page.goto(`${product.url}/admin/content/companies/${bad}`);
	await panelOf(page)
		.getByText(/^Geste de .* accordé$/)
		.waitFor();
	expect(faults).toEqual([]);
});

test('a salesperson of the team sees the index and the plan', async () => {
	const { page, faults } = await openAs('remi');
	await page.goto(`${product.url}/admin/content/companies/${bad}`);
	await panelOf(page).getByText('Risque élevé').waitFor();
	expect(await panelOf(page).getByText('tâche faite').count()).toBe(1);
	await panelOf(page).screenshot({ path: join(pictures, 'churn-sales.png') });
	expect(faults).toEqual([]);
});
