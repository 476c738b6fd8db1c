import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../scripts/support/database.ts';
import { seedDemo } from '../../scripts/demo/index.ts';
import { call, createClient, type Client } from '../../scripts/support/client.ts';
import { openBrowser, openPage, pictures } from './page.ts';
import { startProduct } from './server.ts';

const port = 18063;
const password = 'Une-phrase-de-passe-2026';

let product: Awaited<ReturnType<typeof startProduct>>;
let admin: Client;
let browser: Browser;
let context: BrowserContext;

beforeAll(async () => {
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
	({ browser, context } = await openBrowser(1500));
});

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

const picture = (page: Page, name: string): Promise<unknown> => page.screenshot({ path: join(pictures, `forecast-${name}.png`) });

test('a manager sees the team’s forecast with its picture, its past error and how far to trust it', async () => {
	const { page, faults } = await openAs('Delattre');
	await page.goto(`${product.url}/admin/orchestre-forecast`);
	await page.getByText('Prévu et réalisé, mois par mois').waitFor();
	await page.getByText('Peut-on s’y fier ?').waitFor();
	await page.getByText(/Un mois avant, la médiane s’est trompée de/u).waitFor();
	expect(await page.locator('svg circle.actual').count()).toBeGreaterThan(5);
	expect(await page.getByText('Toute l’entreprise').count()).toBe(0);
	// The app's own veil over a page that it has just opened.
	await page.waitForTimeout(1500);
	await picture(page, 'manager');
	expect(faults).toEqual([]);
	await page.close();
});

test('a salesperson finds the page in the bar and sees only their own', async () => {
	const { page, faults } = await openAs('Ferreira');
	await page.locator('.module-bar a[href*="orchestre-forecast"]').click();
	await page.getByText('Prévu et réalisé, mois par mois').waitFor();
	expect(await page.locator('.choice').count()).toBe(0);
	await picture(page, 'commercial');
	expect(faults).toEqual([]);
	await page.close();
});
