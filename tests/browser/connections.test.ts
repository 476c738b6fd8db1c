import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, createClient, type Client } from '../../scripts/support/client.ts';
import { openWorkspace, type Workspace } from '../slack/workspace.ts';
import { testEnvironment } from '../support/environment.ts';
import { openAs, pictures } from './page.ts';
import { startProduct } from './server.ts';

const port = 18091;

let slack: Workspace;
let product: Awaited<ReturnType<typeof startProduct>>;
let admin: Client;
let browser: Browser;
let page: Page;
let faults: string[] = [];

beforeAll(async () => {
	slack = await openWorkspace();
	product = await startProduct(port, { ORCHESTRE_SLACK_TOKEN: 'xoxb-a-secret-token', ORCHESTRE_SLACK_URL: `${slack.vendor.url}/api/` });
	admin = createClient(product.url, product.token);
	({ browser, page, faults } = await openAs(product.url, testEnvironment['ADMIN_EMAIL'] ?? '', testEnvironment['ADMIN_PASSWORD'] ?? '', 1500));
});

afterAll(async () => {
	await browser?.close();
	await product?.close();
	await slack?.vendor.close();
});

const picture = (name: string): Promise<unknown> => page.screenshot({ path: join(pictures, `${name}.png`) });

test('an administrator sees which services work, and tests one with a button', async () => {
	await page.goto(`${product.url}/admin/content/integrations`);
	await page.getByText('Non configurée').first().waitFor();
	// Directus asks the administrator of a new instance who owns it.
	const dialogue = page.getByText('Plus tard', { exact: true });
	await dialogue.click({ timeout: 5000 }).catch(() => undefined);
	await picture('connections-list');
	await page.getByText('Slack', { exact: true }).first().click();
	await page.locator('[data-field=test_result]').waitFor();
	await page.getByRole('button', { name: 'Flux' }).click();
	await page
		.getByRole('button', { name: /Tester la connexion/ })
		.first()
		.click();
	await expect.poll(() => slack.calls('auth.test').length, { timeout: 20_000 }).toBe(1);
	await expect
		.poll(() => page.locator('[data-field=test_result] input').inputValue(), { timeout: 20_000 })
		.toContain('Connecté à l’espace Slack « Atelier Roux »');
	await picture('connections-slack');
	expect(faults).toEqual([]);
});

test('an exchange shows its tone and its summary with where they come from, on its form and in the timeline', async () => {
	const company = (await call<{ id: string }>(admin, 'POST', '/items/companies', { name: 'Atelier Roux' })).id;
	const { id } = await call<{ id: string }>(admin, 'POST', '/items/interactions', {
		kind: 'email',
		direction: 'inbound',
		subject: 'Export en panne',
		at: new Date().toISOString(),
		company,
		content:
			'Bonjour Léa,\n\nVotre application plante à chaque export depuis lundi, c’est inadmissible. Merci de nous rappeler avant jeudi.\n\nCordialement,\nAnna Roux',
	});
	const read = (): Promise<{ summary_source: string | null }> => call(admin, 'GET', `/items/interactions/${id}`);
	await expect.poll(async () => (await read()).summary_source, { timeout: 30_000 }).toBe('local');
	await page.goto(`${product.url}/admin/content/interactions/${id}`);
	const shown = (field: string): Promise<string> => page.locator(`[data-field=${field}] input`).inputValue();
	await page.locator('[data-field=summary_source] input').waitFor();
	await picture('interaction-form');
	expect(await shown('summary_source')).toBe('Extrait par Orchestre (règles locales)');
	expect(await shown('sentiment')).toBe('Négatif');
	expect(await shown('sentiment_source')).toBe('Règles locales');
	await page.goto(`${product.url}/admin/content/companies/${company}`);
	await page.getByText('ton négatif (Règles locales)').waitFor();
	await page.getByText('ton négatif (Règles locales)').scrollIntoViewIfNeeded();
	await picture('interaction-timeline');
	expect(faults).toEqual([]);
});
