import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, createClient, type Client } from '../../scripts/support/client.ts';
import { json, openVendor, type Vendor } from '../support/vendor.ts';
import { openAs, pictures } from './page.ts';
import { startProduct } from './server.ts';

const port = 18075;
const password = 'Une-phrase-de-passe-2026';
const siren = '732829320';

let register: Vendor;
let product: Awaited<ReturnType<typeof startProduct>>;
let admin: Client;
let browser: Browser;
let page: Page;
let company: string;
let faults: string[] = [];

const unit = (number: string, town: string, postal: string): object => ({
	siren: number,
	nom_complet: 'ATELIER ROUX',
	nom_raison_sociale: 'ATELIER ROUX',
	siege: { siret: number === siren ? '73282932000074' : null, code_postal: postal, libelle_commune: town, region: '32' },
	activite_principale: '16.23Z',
	section_activite_principale: 'C',
	nature_juridique: '5710',
	tranche_effectif_salarie: '12',
	etat_administratif: 'A',
});

beforeAll(async () => {
	register = await openVendor();
	register.answer(({ query }, response) => {
		const results = query['q'] === siren ? [unit(siren, 'LILLE', '59000')] : [unit(siren, 'LILLE', '59000'), unit('552100554', 'ROUBAIX', '59100')];
		json(response, { results, total_results: results.length });
	});
	product = await startProduct(port, { ORCHESTRE_REGISTER_URL: register.url });
	admin = createClient(product.url, product.token);
	const [role] = await call<{ id: string }[]>(admin, 'GET', '/roles', undefined, { 'filter[name][_eq]': 'Commercial' });
	const who = { first_name: 'Léa', last_name: 'Martin', email: 'lea@example.com', password, role: role?.id ?? '', status: 'active' };
	const owner = (await call<{ id: string }>(admin, 'POST', '/users', who)).id;
	company = (await call<{ id: string }>(admin, 'POST', '/items/companies', { name: 'Atelier Roux', owner })).id;
	({ browser, page, faults } = await openAs(product.url, 'lea@example.com', password, 1500));
});

afterAll(async () => {
	await browser?.close();
	await product?.close();
	await register?.close();
});

const picture = (name: string): Promise<unknown> => page.screenshot({ path: join(pictures, `enrichment-${name}.png`) });

test('a salesperson looks a company up, chooses among two of one name, and reads where each field comes from', async () => {
	await page.goto(`${product.url}/admin/content/companies/${company}`);
	await page.locator('[data-field=name] input').waitFor();
	const panel = page.locator('[data-field=enrichment_panel]');
	if (!(await panel.isVisible())) await page.getByText('Identité légale et origine').click();

	await panel.getByText('Cette fiche n’a pas encore été recherchée.').waitFor();
	await panel.getByRole('button', { name: 'Enrichir' }).click();
	await panel.getByText('59000 Lille').waitFor();
	await panel.scrollIntoViewIfNeeded();
	await picture('choices');
	await panel.getByRole('listitem').filter({ hasText: '59000 Lille' }).getByRole('button').click();
	await panel.getByText('Trouvée dans le registre : ATELIER ROUX (SIREN).').first().waitFor();
	await panel.getByText('d’où viennent-ils').click();
	await panel.getByText('registre des entreprises').first().waitFor();
	await panel.getByText('Hauts-de-France').waitFor();
	await picture('done');
	const { siren: number, city } = await call<{ siren: string; city: string }>(admin, 'GET', `/items/companies/${company}`, undefined, { fields: 'siren,city' });
	expect({ number, city }).toEqual({ number: siren, city: 'Lille' });
	expect(faults).toEqual([]);
});
