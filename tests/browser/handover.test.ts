import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, createClient, type Client } from '../../scripts/support/client.ts';
import { openAs, pictures } from './page.ts';
import { startProduct } from './server.ts';

const port = 18058;
const password = 'Une-phrase-de-passe-2026';

let product: Awaited<ReturnType<typeof startProduct>>;
let admin: Client;
let browser: Browser;
let page: Page;
let faults: string[] = [];
const people: Record<string, string> = {};

beforeAll(async () => {
	product = await startProduct(port);
	admin = createClient(product.url, product.token);
	const roles = await call<{ id: string; name: string }[]>(admin, 'GET', '/roles', undefined, { fields: 'id,name' });
	const role = (name: string): string | undefined => roles.find((one) => one.name === name)?.id;
	const team = await call<{ id: string }>(admin, 'POST', '/items/teams', { name: 'Commerce Nord', kind: 'sales' });
	const hire = async (first_name: string, last_name: string, over: object): Promise<void> => {
		const { id } = await call<{ id: string }>(admin, 'POST', '/users', { first_name, last_name, team: team.id, status: 'active', password, ...over });
		people[first_name] = id;
	};
	await hire('Claire', 'Moreau', { role: role('Manager'), email: 'claire@example.com' });
	await hire('Léa', 'Martin', { role: role('Commercial'), email: 'lea@example.com', lead_capacity: 40 });
	await hire('Hugo', 'Petit', { role: role('Commercial'), email: 'hugo@example.com', lead_capacity: 40 });
	for (const name of ['Ateliers de la Loire', 'Boulangerie Dupont', 'Cabinet Leroy'])
		await call(admin, 'POST', '/items/companies', { name, owner: people['Léa'], team: team.id });
	({ browser, page, faults } = await openAs(product.url, 'claire@example.com', password, 1100));
});

afterAll(async () => {
	await browser?.close();
	await product?.close();
});

const picture = (name: string): Promise<unknown> => page.screenshot({ path: join(pictures, `handover-${name}.png`) });
/** The buttons are in a section of the sidebar that opens with a click. */
const openButtons = (): Promise<void> => page.getByRole('button', { name: 'Flux' }).click();

/** Picks a row for the first field of the dialogue that is still empty, in the drawer that it opens. */
async function pick(name: string): Promise<void> {
	await page.getByText('Sélectionnez un élément').first().click();
	await page.getByRole('row', { name }).first().waitFor();
	// The name under which automations write is nobody to choose.
	expect(await page.getByRole('row', { name: /^Orchestre/ }).count()).toBe(0);
	await page.getByRole('row', { name }).first().click();
	await picture(`pick-${name}`);
	await page.locator('button:has([data-icon=check])').last().click();
	await page.getByRole('row', { name }).first().waitFor({ state: 'detached' });
}
const confirm = (): Promise<void> => page.getByRole('button', { name: 'Exécuter le flux' }).click();
const owned = async (first: string): Promise<number> =>
	(await call<unknown[]>(admin, 'GET', '/items/companies', undefined, { 'filter[owner][_eq]': people[first], fields: 'id' })).length;

test('a manager previews a hand-over, carries it out and takes it back, by the buttons of the page', async () => {
	await page.goto(`${product.url}/admin/content/handovers`);
	await openButtons();
	await page.getByRole('button', { name: 'Préparer une transmission' }).waitFor();
	await picture('list');
	await page.getByRole('button', { name: 'Préparer une transmission' }).click();
	await page.getByText('À qui confier ce portefeuille ?').waitFor();
	await picture('dialogue');
	await pick('Martin');
	await pick('Petit');
	await picture('dialogue-filled');
	await confirm();

	await page.getByText('Léa Martin').first().waitFor();
	expect(await owned('Hugo')).toBe(0);
	await picture('prepared');
	await page.getByText('Léa Martin').first().click();
	if (!(await page.getByRole('button', { name: /\] Transmettre$/ }).isVisible())) await openButtons();
	await page.getByRole('button', { name: /\] Transmettre$/ }).waitFor();
	await expect.poll(() => page.locator('[data-field=summary] textarea').inputValue()).toContain('3 clients');
	await picture('preview');
	await page.getByRole('button', { name: /\] Transmettre$/ }).click();
	await page.getByText('Transmettre maintenant ce portefeuille ?').waitFor();
	await confirm();
	await expect.poll(() => owned('Hugo'), { timeout: 20_000 }).toBe(3);
	await page.getByText('C’est fait : [Équipe] Transmettre').waitFor();
	await picture('done');

	await page.getByRole('button', { name: /Annuler la transmission/ }).click();
	await page.getByText('Rendre ce qui n’a pas changé').waitFor();
	await confirm();
	await expect.poll(() => owned('Léa'), { timeout: 20_000 }).toBe(3);
	await page.getByText('C’est fait : [Équipe] Annuler').waitFor();
	await picture('undone');
	expect(faults).toEqual([]);
});
