import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { kpiId } from '../../extensions/orchestre/src/analytics/kpis/ids.ts';
import { connect } from '../../scripts/support/database.ts';
import { seedDemo } from '../../scripts/demo/index.ts';
import { call, createClient, type Client } from '../../scripts/support/client.ts';
import { cockpitId, dashboardId } from '../../seeds/dashboards/ids.ts';
import { testEnvironment } from '../support/environment.ts';
import { openBrowser, openPage, pictures } from './page.ts';
import { startProduct } from './server.ts';

const port = 18087;
const password = 'Une-phrase-de-passe-2026';

let product: Awaited<ReturnType<typeof startProduct>>;
let admin: Client;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
	// SQLite keeps dates as local midnights: the demo is written in the zone of the server that reads it.
	process.env['TZ'] = testEnvironment.TZ;
	product = await startProduct(port, {}, async (file) => {
		const database = connect({ DB_CLIENT: 'sqlite3', DB_FILENAME: file });
		try {
			await database.raw('pragma foreign_keys = on');
			await seedDemo({ database });
		} finally {
			await database.destroy();
		}
	});
	admin = createClient(product.url, product.token);
	({ browser, context } = await openBrowser(1300));
}, 240_000);

afterAll(async () => {
	await browser?.close();
	await product?.close();
});

/** Signs in as somebody of the demo. */
async function openAs(last_name: string): Promise<{ page: Page; faults: string[] }> {
	const [user] = await call<{ id: string; email: string }[]>(admin, 'GET', '/users', undefined, { 'filter[last_name][_eq]': last_name, fields: 'id,email' });
	await call(admin, 'PATCH', `/users/${user?.id}`, { password, status: 'active' });
	await context.clearCookies();
	return openPage(context, product.url, user?.email ?? '', password);
}

/** Opens a dashboard until none of its panels waits any more; milliseconds until its figures stood there. */
async function openDashboard(page: Page, number: number): Promise<number> {
	const before = performance.now();
	await page.goto(`${product.url}/admin/insights/${dashboardId(number)}`);
	await page.locator('.kpi-card .value').first().waitFor();
	await expect.poll(() => page.locator('.orchestre-panel[aria-busy=true]').count()).toBe(0);
	return performance.now() - before;
}

/** The page as it is at a width, light and dark. */
async function picture(page: Page, name: string): Promise<void> {
	// The app's own veil over a page that it has just opened.
	await page.waitForTimeout(1200);
	for (const [width, height] of [[1920, 1300], [1280, 1300], [390, 2400]] as const) {
		await page.setViewportSize({ width, height });
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.emulateMedia({ colorScheme });
			await page.waitForTimeout(300);
			await page.screenshot({ path: join(pictures, `dashboard-${name}-${width}-${colorScheme}.png`) });
			// Nothing is wider than the window, whatever its width.
			const [inner, outer] = await page.evaluate('[Math.max(...[...document.querySelectorAll(".orchestre-panel")].map((one) => one.getBoundingClientRect().right)), window.innerWidth]') as [number, number];
			expect(inner).toBeLessThanOrEqual(outer);
		}
	}
	await page.emulateMedia({ colorScheme: 'light' });
	await page.setViewportSize({ width: 1920, height: 1300 });
} // prettier-ignore

test.each([
	['commercial', 'Ferreira', 1, ['À faire aujourd’hui', 'Mon entonnoir', 'Ma prévision', 'Mes affaires en cours']],
	['manager', 'Delattre', 2, ['Résultats par personne', 'Entonnoir', 'Prévision', 'Charge : affaires en cours']],
	['direction', 'Castaing', 3, ['Prévision de l’entreprise', 'Santé du pipeline', 'Entonnoir', 'CA signé par équipe']],
] as const)('%s opens their dashboard: figures in every panel, at every width', async (role, name, number, titles) => {
	const { page, faults } = await openAs(name);
	await openDashboard(page, number);
	for (const title of titles) await page.getByText(title, { exact: true }).first().waitFor();
	expect(await page.locator('.orchestre-panel-word').count()).toBe(0);
	expect(await page.locator('.kpi-card .value').allInnerTexts()).toEqual(expect.arrayContaining([expect.stringMatching(/\d.*€/u)]));
	await picture(page, role);
	expect(faults).toEqual([]);
	await page.close();
});

test('a change of the cockpit is on the screen of an open dashboard within five seconds, without a reload', async () => {
	const { page, faults } = await openAs('Ferreira');
	await openDashboard(page, 1);
	const cards = page.locator('.kpi-card h3');
	const before = await cards.count();
	await page.evaluate('window.untouched = true');
	await call(admin, 'POST', '/items/dashboard_kpis', { dashboard: cockpitId(1, 'commercial'), kpi: kpiId('cycle_vente'), display: 'trend', sort: 90 });
	await expect.poll(() => cards.count(), { timeout: 5500 }).toBe(before + 1);
	expect(await cards.allInnerTexts()).toContain('Cycle de vente');
	expect(await page.evaluate('window.untouched')).toBe(true);
	expect(faults).toEqual([]);
	await page.close();
});

test('a click on a figure opens Directus’s list of these rows; the bar changes every panel', async () => {
	const { page, faults } = await openAs('Castaing');
	await openDashboard(page, 3);
	const band = page.locator('.bands .band').first();
	await band.click();
	await page.waitForURL(/\/content\/opportunities\?bookmark=-/u);
	await page.getByText('En bonne voie').first().waitFor();
	await openDashboard(page, 3);
	const figure = page.locator('.kpi-card .value').first();
	const quarter = await figure.innerText();
	await page.locator('.panels-bar select').first().selectOption('year');
	await expect.poll(() => figure.innerText()).not.toBe(quarter);
	await page.getByText(/^Du 1er janv\. au 31 déc\./u).waitFor({ state: 'attached' });
	expect(faults).toEqual([]);
	await page.close();
});
