import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signLink } from '../../extensions/orchestre/src/sequences/rules/link.ts';
import { call, createClient, type Client } from '../../scripts/support/client.ts';
import { mailEnvironment, openMailbox, type Mailbox } from '../support/mailbox.ts';
import { testEnvironment } from '../support/environment.ts';
import { openAs, pictures } from './page.ts';
import { startProduct } from './server.ts';

const port = 18073;
const password = 'Une-phrase-de-passe-2026';
const shipped = '37b00000-0000-4000-8000-000000000001';

let product: Awaited<ReturnType<typeof startProduct>>;
let mailbox: Mailbox;
let admin: Client;
let browser: Browser;
let page: Page;
let lead: string;
let faults: string[] = [];

beforeAll(async () => {
	mailbox = await openMailbox();
	product = await startProduct(port, {
		...mailEnvironment(mailbox, 'commerce@maison.example'),
	});
	admin = createClient(product.url, product.token);
	const [role] = await call<{ id: string }[]>(admin, 'GET', '/roles', undefined, { 'filter[name][_eq]': 'Manager' });
	const team = (await call<{ id: string }>(admin, 'POST', '/items/teams', { name: 'Commerce Nord', kind: 'sales' })).id;
	const who = { first_name: 'Léa', last_name: 'Martin', email: 'lea@example.com', password, role: role?.id ?? '', team, status: 'active' };
	const owner = (await call<{ id: string }>(admin, 'POST', '/users', { ...who, takes_leads: true, lead_capacity: 40, languages: ['fr'] })).id;
	const ana = { first_name: 'Ana', last_name: 'Roux', email: 'ana@atelier-roux.example', phone: '0199001234', company_name: 'Atelier Roux', owner, team };
	lead = (await call<{ id: string }>(admin, 'POST', '/items/leads', ana)).id;
	({ browser, page, faults } = await openAs(product.url, 'lea@example.com', password, 1500));
});

afterAll(async () => {
	await browser?.close();
	await product?.close();
	await mailbox?.close();
});

const picture = (name: string): Promise<unknown> => page.screenshot({ path: join(pictures, `sequences-${name}.png`) });

test('a manager reads a shipped text as a lead would get it, and learns at once what is wrong with a change', async () => {
	await page.goto(`${product.url}/admin/content/message_templates/37a00000-0000-4000-8000-000000000001`);
	const preview = page.locator('[data-field=preview_panel]');
	const message = preview.frameLocator('iframe');
	await message.getByText('Bonjour Ana,').waitFor();
	await preview.getByText('Votre projet chez Atelier Roux').waitFor();
	await message.getByText('Ne plus recevoir nos messages').waitFor();
	await preview.scrollIntoViewIfNeeded();
	await picture('preview');
	await page.locator('[data-field=subject] input').fill('Bonjour {{ contact.prenon }}');
	await preview.getByText('vouliez-vous dire « contact.prenom » ?').waitFor();
	await picture('fault');
	await page.locator('[data-field=subject] input').fill('Bonjour {{ contact.fonction }}');
	await preview.getByText('Ce lead n’a pas de valeur pour : fonction du contact.').waitFor();
	await picture('missing');
});

test('a manager activates the shipped sequence, starts it on a lead, pauses and stops it', async () => {
	await page.goto(`${product.url}/admin/content/sequences/${shipped}`);
	await page.getByText('Suivi des leads A et B').first().waitFor();
	await page.locator('[data-field=steps]').waitFor();
	await picture('sequence');
	await call(admin, 'PATCH', `/items/sequences/${shipped}`, { status: 'active', starts_on: 'manual' });

	await page.goto(`${product.url}/admin/content/leads/${lead}`);
	const panel = page.locator('[data-field=sequence_panel]');
	await panel.waitFor();
	await panel.scrollIntoViewIfNeeded();
	await picture('panel');
	await panel.getByText('Aucune séquence en cours.').waitFor();
	await panel.locator('.input').first().click();
	await page.locator('.v-list').getByText('Suivi des leads A et B').click();
	await panel.getByRole('button', { name: 'Lancer la séquence' }).click();
	await panel.getByText('1 séquence lancée.').waitFor();
	await panel.getByText('Prochaine étape : E-mail « Suivi 1 · votre demande »').waitFor();
	await panel.scrollIntoViewIfNeeded();
	await picture('started');
	await panel.getByRole('button', { name: 'Mettre en pause' }).click();
	await panel.getByText('En pause', { exact: true }).waitFor();
	await panel.getByRole('button', { name: 'Reprendre' }).click();
	await panel.getByText('En cours', { exact: true }).waitFor();
	await panel.getByRole('button', { name: 'Arrêter' }).click();
	await panel.getByText('Arrêtée : arrêtée à la main').waitFor();
	await picture('stopped');
});

test('the button on the list starts a sequence for a selection', async () => {
	await page.goto(`${product.url}/admin/content/leads/${lead}`);
	await page.locator('[data-field=sequence_panel]').waitFor();
	const button = page.getByRole('button', { name: /Lancer une séquence…/ });
	if (!(await button.isVisible())) await page.getByRole('button', { name: 'Flux' }).click();
	await button.click();
	await page.getByText('Quelle séquence lancer pour les fiches choisies ?').waitFor();
	await page.locator('#dialog-outlet').getByText('Sélectionnez un élément').click();
	await page.getByRole('row', { name: /Suivi des leads A et B/ }).click();
	await picture('button');
	await page.locator('button:has([data-icon=check])').last().click();
	await page.getByRole('button', { name: 'Exécuter le flux' }).click();
	await page.getByText('C’est fait : [Leads] Lancer une séquence…').waitFor();
	const runs = await call<{ state: string }[]>(admin, 'GET', '/items/sequence_runs', undefined, { 'filter[lead][_eq]': lead, 'filter[state][_eq]': 'active' });
	expect(runs).toHaveLength(1);
	expect(faults).toEqual([]);
});

test('whoever follows the link of a message reads in French what it does, and one click does it', async () => {
	const visitor = await (await browser.newContext({ locale: 'fr-FR', viewport: { width: 800, height: 600 } })).newPage();
	await visitor.goto(`${product.url}/orchestre/unsubscribe/${signLink({ collection: 'leads', id: lead }, testEnvironment['SECRET'] ?? '')}`);
	await visitor.getByRole('heading', { name: 'Ne plus recevoir nos messages ?' }).waitFor();
	await visitor.screenshot({ path: join(pictures, 'sequences-opt-out.png') });
	await visitor.getByRole('button', { name: 'Ne plus recevoir ces messages' }).click();
	await visitor.getByRole('heading', { name: 'C’est noté' }).waitFor();
	await visitor.screenshot({ path: join(pictures, 'sequences-opt-out-done.png') });
	const { email_consent } = await call<{ email_consent: string }>(admin, 'GET', `/items/leads/${lead}`, undefined, { fields: 'email_consent' });
	expect(email_consent).toBe('refused');
});
