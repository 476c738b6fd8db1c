import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, createClient, type Client, type Row } from '../../scripts/support/client.ts';
import { newCompany, newDeal, stages } from '../pipeline/support.ts';
import { dayFromToday } from '../support/days.ts';
import { openBrowser, openPage, pictures } from './page.ts';
import { testEnvironment } from '../support/environment.ts';
import { startProduct } from './server.ts';

const port = 18067;
const password = 'Une-phrase-de-passe-2026';

type Milestone = { id: string; name: string };

let product: Awaited<ReturnType<typeof startProduct>>;
let admin: Client;
let browser: Browser;
let context: BrowserContext;
let project: string;

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
	for (let turn = 0; turn < 150; turn++) {
		const found = await look();
		if (found !== undefined) return found;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	throw new Error('nothing came of it in half a minute');
}

beforeAll(async () => {
	product = await startProduct(port);
	admin = createClient(product.url, product.token);
	const roles = await call<{ id: string; name: string }[]>(admin, 'GET', '/roles');
	const roleOf = (name: string): string => roles.find((role) => role.name === name)?.id ?? '';
	const team = (await call<{ id: string }>(admin, 'POST', '/items/teams', { name: 'Commerce Nord', kind: 'sales' })).id;
	const hire = async (first_name: string, last_name: string, email: string, role: string, over: Row = {}): Promise<string> =>
		(await call<{ id: string }>(admin, 'POST', '/users', { first_name, last_name, email, password, role: roleOf(role), status: 'active', ...over })).id;
	const lea = await hire('Léa', 'Martin', 'lea@example.com', 'Commercial', { team });
	await hire('Paul', 'Roche', 'paul@example.com', 'Manager', { team });
	await hire('Inès', 'Bonnefoy', 'ines@example.com', 'Succès client');
	await hire('Karim', 'Haddad', 'karim@example.com', 'Opérations', { seniority: 'senior' });
	await hire('Hélène', 'Castaing', 'helene@example.com', 'Direction');
	await hire('Laurence', 'Prévost', 'laurence@example.com', 'Finance');
	const company = await newCompany(admin, { name: 'Banque Mercier', industry: 'tech', owner: lea, team });
	await call(admin, 'POST', '/items/opportunities', newDeal(company, { name: 'Suivi des agences', owner: lea, stage: stages.won, amount_cents: 8_400_000 }));
	project = await eventually(
		async () => (await call<{ id: string }[]>(admin, 'GET', '/items/projects', undefined, { 'filter[company][_eq]': company }))[0]?.id,
	);
	const milestones = await call<Milestone[]>(admin, 'GET', '/items/milestones', undefined, { 'filter[project][_eq]': project, sort: 'sort' });
	const idOf = (name: string): string => milestones.find((one) => one.name === name)?.id ?? '';
	const change = (name: string, values: Row): Promise<unknown> => call(admin, 'PATCH', `/items/milestones/${idOf(name)}`, values);
	// As if it had begun five weeks ago: one reached, one behind, the others where they were.
	await call(admin, 'PATCH', `/items/projects/${project}`, { starts_on: dayFromToday(-36) });
	await change('Lancement avec la direction', {
		starts_on: dayFromToday(-36),
		due_on: dayFromToday(-29),
		done_on: dayFromToday(-28),
		status: 'done',
		evidence: 'Compte rendu du comité',
	});
	await change('Cadrage détaillé', { starts_on: dayFromToday(-27), due_on: dayFromToday(-5), status: 'in_progress' });
	await change('Accès à l’API', { starts_on: dayFromToday(-20), due_on: dayFromToday(4), status: 'waiting_client' });
	({ browser, context } = await openBrowser(1500));
});

afterAll(async () => {
	await browser?.close();
	await product?.close();
});

async function openProject(email: string): Promise<{ page: Page; faults: string[]; panel: ReturnType<Page['locator']> }> {
	await context.clearCookies();
	const { page, faults } = await openPage(context, product.url, email, password);
	await page.goto(`${product.url}/admin/content/projects/${project}`);
	return { page, faults, panel: page.locator('[data-field=plan_view]') };
}

const picture = (page: Page, name: string): Promise<unknown> => page.screenshot({ path: join(pictures, `plan-${name}.png`) });

test('the success role sees what is late, what everything depends on and what was not done, and tries again', async () => {
	const { page, faults, panel } = await openProject('ines@example.com');
	await panel.getByText('1 jalon atteint sur 9').waitFor();
	await panel.getByText('En retard de', { exact: false }).first().waitFor();
	await panel.getByText('Chemin critique').first().waitFor();
	await panel.getByText('Slack n’est pas configuré', { exact: false }).waitFor();
	await picture(page, 'success');
	await panel
		.getByText('Aucun contact avec une adresse e-mail', { exact: false })
		.or(panel.getByText('La messagerie n’est pas configurée', { exact: false }))
		.waitFor();
	await panel.locator('li', { hasText: 'Canal Slack' }).getByText('Relancer').click();
	await expect.poll(() => panel.locator('li', { hasText: 'Canal Slack' }).getByText('Non fait').count()).toBe(1);
	expect(faults).toEqual([]);
	await page.close();
});

test('a manager may try again what belongs to the team; a salesperson reads the plan of their client and no more', async () => {
	for (const [email, name, buttons] of [
		['paul@example.com', 'manager', 2],
		['lea@example.com', 'commercial', 0],
	] as const) {
		const { page, faults, panel } = await openProject(email);
		await panel.getByText('1 jalon atteint sur 9').waitFor();
		await panel.getByText('Cadrage détaillé').first().waitFor();
		expect(await panel.getByRole('button', { name: 'Relancer' }).count()).toBe(buttons);
		await picture(page, name);
		expect(faults).toEqual([]);
		await page.close();
	}
});

test('on dark ground, on a narrow screen, and before there is anything', async () => {
	const { page, faults, panel } = await openProject('ines@example.com');
	await panel.getByText('1 jalon atteint sur 9').waitFor();
	await call(admin, 'PATCH', '/settings', { default_appearance: 'dark' });
	await page.reload();
	await panel.getByText('1 jalon atteint sur 9').waitFor();
	await picture(page, 'dark');
	await page.setViewportSize({ width: 420, height: 1500 });
	await page.waitForTimeout(500);
	await picture(page, 'narrow');
	await page.setViewportSize({ width: 1920, height: 1500 });
	await page.goto(`${product.url}/admin/content/projects/+`);
	await panel.getByText('Le plan apparaîtra à l’enregistrement du projet.').waitFor();
	await call(admin, 'PATCH', '/settings', { default_appearance: 'auto' });
	const empty = (await call<{ id: string }>(admin, 'POST', '/items/projects', { name: 'Sans jalon' })).id;
	await page.goto(`${product.url}/admin/content/projects/${empty}`);
	await panel.getByText('Aucun jalon pour l’instant', { exact: false }).waitFor();
	expect(faults).toEqual([]);
	await page.close();
});

test('the branches can be seen in the flow editor', async () => {
	await context.clearCookies();
	const { page } = await openPage(context, product.url, testEnvironment.ADMIN_EMAIL ?? '', testEnvironment.ADMIN_PASSWORD ?? '');
	await page.goto(`${product.url}/admin/settings/flows/7d000000-0000-4000-8000-000000000019`);
	await page.getByText('Plus de 50 000 € (premium) ?').first().waitFor();
	await page.getByText('Secteur Tech ?').first().waitFor();
	// Directus asks the administrator who owns the project.
	await page.getByRole('button', { name: 'Plus tard' }).click();
	await picture(page, 'flow');
	await page.goto(`${product.url}/admin/settings/flows/7d000000-0000-4000-8000-000000000119`);
	await page.getByText('Canal Slack').first().waitFor();
	await picture(page, 'branches');
	await page.close();
});
