import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { connect } from '../../scripts/support/database.ts';
import { seedDemo } from '../../scripts/demo/index.ts';
import { call, createClient, type Client } from '../../scripts/support/client.ts';
import { openBrowser, openPage, pictures } from './page.ts';
import { startProduct } from './server.ts';

const port = 18068;
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
	({ browser, context } = await openBrowser(1300));
	// The server prepares the first lists by itself.
	for (let tries = 0; tries < 120; tries++) {
		const [job] = await call<{ state: string }[]>(admin, 'GET', '/items/jobs', undefined, { 'filter[kind][_eq]': 'actions.prepare', fields: 'state' });
		if (job?.state === 'done') return;
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
	throw new Error('the first lists were not prepared');
});

afterAll(async () => {
	await browser?.close();
	await product?.close();
});

/** Signs in as somebody of the demo. */
async function openAs(last_name: string, changes: Record<string, string> = {}): Promise<{ page: Page; faults: string[] }> {
	const [user] = await call<{ id: string; email: string }[]>(admin, 'GET', '/users', undefined, { 'filter[last_name][_eq]': last_name, fields: 'id,email' });
	await call(admin, 'PATCH', `/users/${user?.id}`, { password, status: 'active', ...changes });
	await context.clearCookies();
	return openPage(context, product.url, user?.email ?? '', password);
}

async function picture(page: Page, name: string): Promise<void> {
	// The app's own veil over a page that it has just opened.
	await page.waitForTimeout(1200);
	await page.screenshot({ path: join(pictures, `day-${name}.png`) });
}

const cards = (page: Page) => page.locator('.day article.card');

test('a salesperson who logs in sees the actions of the day first, with their reasons, and answers them by mouse', async () => {
	const { page, faults } = await openAs('Ferreira');
	await cards(page).first().waitFor();
	expect(new URL(page.url()).pathname).toBe('/admin/orchestre-day');
	const count = await cards(page).count();
	expect(count).toBeGreaterThan(3);
	expect(count).toBeLessThanOrEqual(8);
	await picture(page, 'commercial');
	const first = cards(page).first();
	const title = (await first.locator('h2').innerText()).split('\n')[0] ?? '';
	await first.getByRole('button', { name: 'Pourquoi ?' }).click();
	await first.getByText('Valeur attendue').waitFor();
	await first.getByText(/Estimation de départ/u).waitFor();
	await first.getByRole('button', { name: 'Écarter' }).click();
	await first.getByText('Pourquoi l’écarter ?').waitFor();
	await picture(page, 'commercial-why');
	await first.getByRole('button', { name: 'Pas le bon moment' }).click();
	await page.getByText('Écarté :').waitFor();
	await expect.poll(() => cards(page).count()).toBe(count - 1);
	await page.getByRole('button', { name: 'Annuler' }).first().click();
	await page.getByText('L’action est de nouveau dans la liste.').waitFor();
	await expect.poll(() => cards(page).count()).toBe(count);
	expect(((await cards(page).first().locator('h2').innerText()).split('\n')[0] ?? '').trim()).toBe(title.trim());
	await cards(page).nth(1).getByRole('button', { name: 'Reporter' }).click();
	await page.getByRole('button', { name: 'Dans 3 jours' }).click();
	await page.getByText('Reporté :').waitFor();
	await expect.poll(() => cards(page).count()).toBe(count - 1);
	expect(faults).toEqual([]);
	await page.close();
});

test('the list is worked off by keys alone, and the next card has the focus after each answer', async () => {
	const { page, faults } = await openAs('Ferreira');
	await cards(page).first().waitFor();
	const count = await cards(page).count();
	await page.keyboard.press('j');
	await page.keyboard.press('p');
	await cards(page).first().getByText('Valeur attendue').waitFor();
	await page.keyboard.press('j');
	await page.keyboard.press('e');
	await cards(page).nth(1).getByText('Pourquoi l’écarter ?').waitFor();
	await page.keyboard.press('Escape');
	await page.keyboard.press('r');
	await page.keyboard.press('Enter');
	await page.getByText('Reporté :').waitFor();
	await expect.poll(() => cards(page).count()).toBe(count - 1);
	await expect.poll(() => page.locator('article.card:focus').count()).toBe(1);
	await page.keyboard.press('u');
	await expect.poll(() => cards(page).count()).toBe(count);
	await page.keyboard.press('Enter');
	await page.waitForURL(/\/admin\/content\//u);
	expect(faults).toEqual([]);
	await page.close();
});

test('a manager sees the team’s lists and how each stands; Finance and success see their own', async () => {
	const manager = await openAs('Delattre');
	await manager.page.locator('.team button').first().waitFor();
	await picture(manager.page, 'manager');
	await manager.page.getByRole('button', { name: /Roussel/u }).click();
	await manager.page
		.getByText(/Journée de .*Roussel/u)
		.first()
		.waitFor();
	await picture(manager.page, 'manager-team');
	expect(manager.faults).toEqual([]);
	await manager.page.close();
	for (const [who, name] of [
		['Prévost', 'finance'],
		['Bonnefoy', 'success'],
	] as const) {
		const { page, faults } = await openAs(who);
		await page.locator('.day .date').waitFor();
		expect(new URL(page.url()).pathname).toBe('/admin/orchestre-day');
		await picture(page, name);
		expect(await page.locator('.team').count()).toBe(0);
		expect(faults).toEqual([]);
		await page.close();
	}
});

test('it reads well in the dark and on a narrow screen', async () => {
	const { page, faults } = await openAs('Ferreira', { appearance: 'dark' });
	await cards(page).first().waitFor();
	await picture(page, 'dark');
	await page.setViewportSize({ width: 420, height: 1300 });
	await picture(page, 'narrow');
	const overflow = await page.locator('.day').evaluate((day) => day.scrollWidth - day.clientWidth);
	expect(overflow).toBeLessThanOrEqual(0);
	expect(faults).toEqual([]);
	await page.close();
});
