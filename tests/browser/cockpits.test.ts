import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { judgeAllClients } from '../../extensions/orchestre/src/success/health/judge.ts';
import { predictChurn } from '../../extensions/orchestre/src/success/churn/predict.ts';
import { hourlyTurn } from '../../extensions/orchestre/src/analytics/kpis/turn.ts';
import { seedDemo } from '../../scripts/demo/index.ts';
import { call, createClient } from '../../scripts/support/client.ts';
import { connect } from '../../scripts/support/database.ts';
import { dashboardId } from '../../seeds/dashboards/ids.ts';
import { openBrowser, openPage, pictures } from './page.ts';
import { startProduct } from './server.ts';

// SQLite keeps a date as midnight of the server's zone: what is seeded here must mean the same there.
process.env.TZ = 'Europe/Paris';
const port = 18127;
const password = 'Une-phrase-de-passe-2026';

let product: Awaited<ReturnType<typeof startProduct>>;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let faults: string[];

beforeAll(async () => {
	product = await startProduct(port, { ORCHESTRE_WORKER: 'false' }, async (file) => {
		const database = connect({ DB_CLIENT: 'sqlite3', DB_FILENAME: file });
		await seedDemo({ database });
		await judgeAllClients(database);
		await predictChurn(database);
		await database('models').insert([
			{
				id: '00000000-0000-4000-8000-0000000000a1',
				name: 'Gagner une affaire',
				version: 2,
				status: 'shadow',
				target: 'deal_win',
				algorithm: 'gbdt',
				row_count: 344,
				positive_count: 231,
				metrics: JSON.stringify({ auc: { value: 0.71, low: 0.62, high: 0.79 } }),
				drift_state: 'stable',
				trained_at: new Date(),
			},
			{
				id: '00000000-0000-4000-8000-0000000000a2',
				name: 'Départ d’un client',
				version: 1,
				status: 'refused',
				target: 'churn',
				algorithm: 'shrunken_rate',
				row_count: 927,
				positive_count: 44,
				verdict: 'Trop peu de départs.',
				drift_state: 'unknown',
				trained_at: new Date(),
			},
		]);
		await database.transaction((trx) => hourlyTurn(trx));
		await database.destroy();
	});
	const admin = createClient(product.url, product.token);
	const roles = await call<{ id: string; name: string }[]>(admin, 'GET', '/roles');
	for (const [first_name, role] of [
		['Claire', 'Finance'],
		['Ines', 'Succès client'],
		['Helene', 'Direction'],
		['Remi', 'Commercial'],
	])
		await call(admin, 'POST', '/users', {
			first_name,
			last_name: 'Essai',
			email: `${first_name?.toLowerCase()}@example.com`,
			password,
			role: roles.find(({ name }) => name === role)?.id ?? '',
			status: 'active',
		});
	({ browser, context } = await openBrowser(1500));
});
afterAll(async () => {
	await browser?.close();
	await product?.close();
});

async function openAs(first: string, dashboard: number): Promise<void> {
	await context.clearCookies();
	({ page, faults } = await openPage(context, product.url, `${first}@example.com`, password));
	await page.goto(`${product.url}/admin/insights/${dashboardId(dashboard)}`);
}

/** Pictures of the page in both themes, on a screen, a laptop and a phone. */
async function look(name: string): Promise<void> {
	for (const scheme of ['light', 'dark'] as const) {
		await page.emulateMedia({ colorScheme: scheme });
		for (const [width, height] of [
			[1920, 1500],
			[1280, 1700],
			[390, 3400],
		] as const) {
			await page.setViewportSize({ width, height });
			await page.waitForTimeout(350);
			await page.screenshot({ path: join(pictures, `cockpit-${name}-${scheme}-${width}.png`), fullPage: true });
		}
	}
	await page.emulateMedia({ colorScheme: 'light' });
	await page.setViewportSize({ width: 1920, height: 1500 });
}

const panel = (label: string) => page.locator(`.orchestre-panel[aria-label="${label}"]`);

test('finance reads what is owed, late and paid, and a click opens the invoices behind an age', async () => {
	await openAs('claire', 4);
	await panel('Créances clients').getByText('Qui doit le plus').waitFor();
	await panel('Revenu récurrent').getByText('NRR').waitFor();
	await panel('Encaissements et décaissements').getByText('Attendu à 30 j').waitFor();
	await panel('Rendement des campagnes').getByText('trop peu de cas').first().waitFor();
	await look('finance');
	const line = panel('Créances clients').locator('.bar-list li', { hasText: '1 à 30 jours' }).first();
	const count = Number(/(\d+) factures?/.exec(await line.innerText())?.[1]);
	expect(count).toBeGreaterThan(0);
	await line.getByRole('link').click();
	await page.waitForURL(/content\/invoices/);
	await page
		.getByText(new RegExp(`(1.*${count}|${count} )`))
		.first()
		.waitFor();
	const rows = page.locator('.v-table tbody tr, .v-table .table-row');
	// A list shows 25 rows a page; how many the demo has depends on the day.
	await expect.poll(() => rows.count()).toBe(Math.min(count, 25));
	expect(faults).toEqual([]);
});

test('client success reads who may leave, what that is worth, and opens the client', async () => {
	await openAs('ines', 5);
	const risk = panel('Risque de départ');
	await risk.getByText('MRR menacé').waitFor();
	await panel('Cohortes').locator('.heat-table').waitFor();
	expect(
		await panel('Cohortes')
			.getByText(/Clients conservés à 12 mois/)
			.count(),
	).toBe(1);
	expect(await risk.getByText(/indice de départ de 70 ou plus/).count()).toBe(1);
	await look('success');
	const first = risk.locator('.plain-table tbody tr').first();
	await first.getByRole('link').click();
	await page.waitForURL(/content\/companies\//);
	expect(faults).toEqual([]);
});

test('Direction reads what is automated, what that saves and what models are worth', async () => {
	await openAs('helene', 6);
	await panel('Automatisation').getByText('Gestes automatisés').waitFor();
	await panel('Qualité des modèles').getByText('Gagner une affaire v2').waitFor();
	expect(
		await panel('Qualité des modèles')
			.getByText(/cas d’un an/)
			.count(),
	).toBeGreaterThan(0);
	await look('automation');
	await panel('Qualité des modèles').getByText('Voir en tableau').click();
	expect(await panel('Qualité des modèles').locator('.chart-table tbody tr').count()).toBeGreaterThan(3);
	expect(faults).toEqual([]);
});

test('whoever may not see these figures is told so', async () => {
	await context.clearCookies();
	({ page } = await openPage(context, product.url, 'remi@example.com', password));
	const answers = await page.evaluate(async () => {
		const paths = ['models', 'churn?scope=company', 'cash', 'receivables?scope=company'];
		return Promise.all(paths.map(async (path) => [path, (await fetch(`/orchestre/panels/${path}`)).status] as const));
	});
	expect(answers[0]).toEqual(['models', 403]);
});
