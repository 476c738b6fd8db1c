import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dayMs } from '../../extensions/orchestre/src/platform/time/paris.ts';
import { madeUpDeals, madeUpLeads, start } from '../../extensions/orchestre/src/predictions/rules/made-up.ts';
import { call, createClient, type Client } from '../../scripts/support/client.ts';
import { connect } from '../../scripts/support/database.ts';
import { writeDeals, writeLeads } from '../predictions/history.ts';
import { openAs, pictures } from './page.ts';
import { startProduct } from './server.ts';

const port = 18064;
const password = 'Une-phrase-de-passe-2026';

let product: Awaited<ReturnType<typeof startProduct>>;
let admin: Client;
let browser: Browser;
let page: Page;
let faults: string[] = [];
let lead: string;
let deal: string;

/** Histories end a hundred days ago, so that their outcomes are known today. */
const shift = Date.now() - start - 520 * dayMs;
const moved = <T extends { at: number }>(rows: readonly T[], by: number): T[] => rows.map((row) => ({ ...row, at: row.at + by }));

async function hire(first: string, roleName: string): Promise<void> {
	const [role] = await call<{ id: string }[]>(admin, 'GET', '/roles', undefined, { 'filter[name][_eq]': roleName });
	await call(admin, 'POST', '/users', {
		first_name: first,
		last_name: 'Martin',
		email: `${first.toLowerCase()}@example.com`,
		password,
		role: role?.id ?? '',
		status: 'active',
	});
}

beforeAll(async () => {
	product = await startProduct(port);
	admin = createClient(product.url, product.token);
	await hire('Claire', 'Direction');
	const database = connect({ DB_CLIENT: 'sqlite3', DB_FILENAME: product.file });
	const leads = madeUpLeads(1200, 2.5).map((one) => ({
		...one,
		created: one.created + shift,
		scores: moved(one.scores, shift),
		statuses: moved(one.statuses, shift),
	}));
	await writeLeads(database, leads);
	const deals = madeUpDeals(700, 2).map((one) => {
		const entries = one.entries.map((entry) => ({ ...entry, at: entry.at + shift, closeDate: (entry.closeDate ?? 0) + shift }));
		return {
			...one,
			created: one.created + shift,
			entries,
			contacts: one.contacts.map((contact) => ({ ...contact, at: contact.at + shift, knownAt: contact.knownAt + shift })),
		};
	});
	await writeDeals(database, deals);
	const recent = Date.now() - 3 * dayMs;
	const candidate = madeUpLeads(40, 3, { seed: 5 }).find(({ scores }) => scores[0]?.met['source']?.points);
	if (!candidate) throw new Error('no made-up lead has the planted source');
	[lead = ''] = await writeLeads(database, [
		{ ...candidate, created: recent, scores: candidate.scores.map((score) => ({ ...score, at: recent })), statuses: [{ at: recent, to: 'new' }] },
	]);
	[deal = ''] = await writeDeals(database, deals.slice(0, 1), { openOnly: true });
	await database.destroy();
	({ browser, page, faults } = await openAs(product.url, 'claire@example.com', password, 1500));
});

afterAll(async () => {
	await browser?.close();
	await product?.close();
});

const picture = (name: string): Promise<unknown> => page.screenshot({ path: join(pictures, `predictions-${name}.png`) });
const panel = (field: string) => page.locator(`[data-field=${field}]`);

test('Direction trains the models with one button, reads what each is worth, and the forms say why', async () => {
	await page.goto(`${product.url}/admin/content/leads/${lead}`);
	await panel('probability_panel').getByText('Pas encore de probabilité').waitFor();
	await picture('lead-before');

	await page.goto(`${product.url}/admin/content/models`);
	await page.getByText('Aucun élément').first().waitFor();
	// The buttons are in a section of the sidebar that opens with a click.
	await page.getByRole('button', { name: 'Flux' }).click();
	await page.getByRole('button', { name: '[Leads] Entraîner maintenant' }).first().click();
	await page.getByText('Entraîner maintenant les modèles de conversion').waitFor();
	await page.getByRole('button', { name: 'Exécuter le flux' }).click();
	await page.getByText('C’est fait : [Leads] Entraîner maintenant').waitFor({ timeout: 90_000 });
	await page.reload();
	await page.getByText('Conversion des leads').first().waitFor();
	await picture('models');

	const models = await call<{ id: string; target: string; status: string }[]>(admin, 'GET', '/items/models', undefined, { fields: 'id,target,status' });
	const of = (target: string) => models.find((model) => model.target === target);
	expect(of('lead_conversion')?.status).toBe('champion');
	expect(of('deal_win')?.status).toBe('shadow');
	await page.goto(`${product.url}/admin/content/models/${of('lead_conversion')?.id}`);
	const card = panel('card_panel');
	await card.getByText('Ce qui était annoncé, ce qui est arrivé').waitFor();
	await card.getByText('Modèle accepté').waitFor();
	expect(await card.locator('circle').count()).toBeGreaterThan(4);
	await picture('card');
	await page.goto(`${product.url}/admin/content/models/${of('deal_win')?.id}`);
	await card.getByText('À l’essai').first().waitFor();
	await picture('card-shadow');

	const isPredicted = async (collection: string, id: string): Promise<boolean> =>
		(await call<{ probability_reasons: unknown }>(admin, 'GET', `/items/${collection}/${id}`, undefined, { fields: 'probability_reasons' }))
			.probability_reasons !== null;
	await expect.poll(() => isPredicted('leads', lead), { timeout: 60_000 }).toBe(true);
	await expect.poll(() => isPredicted('opportunities', deal), { timeout: 60_000 }).toBe(true);
	await page.goto(`${product.url}/admin/content/leads/${lead}`);
	await panel('probability_panel').getByText('de chances d’être converti dans les 60 jours').waitFor();
	// What was drawn depends on today: the planted source speaks by its own criterion, or by the points that it gives.
	await panel('probability_panel')
		.getByText(/Recommandé par quelqu’un|Points d’adéquation/)
		.first()
		.waitFor();
	await panel('probability_panel').scrollIntoViewIfNeeded();
	await picture('lead');
	await page.goto(`${product.url}/admin/content/opportunities/${deal}`);
	await panel('probability_panel').getByText('Pas encore de probabilité fiable').waitFor();
	await panel('probability_panel')
		.getByText(/gagnées, \d+ perdues ou sans suite/)
		.waitFor();
	await panel('probability_panel').scrollIntoViewIfNeeded();
	await picture('deal');
	expect(faults).toEqual([]);
});
