import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, createClient, type Client } from '../../scripts/support/client.ts';
import { folderIds } from '../../seeds/ids.ts';
import { openBrowser, openPage, pictures } from './page.ts';
import { startProduct } from './server.ts';

const port = 18074;
const password = 'Une-phrase-de-passe-2026';

let product: Awaited<ReturnType<typeof startProduct>>;
let admin: Client;
let browser: Browser;
let context: BrowserContext;
/** A supplier's invoice as a PDF with a text layer; the total that is printed is not the sum. */
let paper: string;

const html = `<html lang="fr"><style>
	body { font: 13px Arial; margin: 40px } h1 { font-size: 26px } table { width: 100%; border-collapse: collapse; margin-top: 24px }
	td, th { text-align: left; padding: 6px; border-bottom: 1px solid #ccc } .n { text-align: right } .two { display: flex; justify-content: space-between }
</style><div class="two"><div><b>Menuiserie Le Goff SARL</b><br>14 rue du Port<br>29200 Brest<br>SIRET : 732 829 320 00074<br>TVA : FR44732829320</div>
<div><b>Atelier Horizon SAS</b><br>8 quai de la Fosse<br>44000 Nantes</div></div>
<h1>Facture n° FA-2026-0118</h1>
<p>Date de facture : 12/11/2026<br>Date d’échéance : 12/12/2026<br>Commande : BC-4471</p>
<table><tr><th>Désignation</th><th class="n">Qté</th><th class="n">PU HT</th><th class="n">TVA</th><th class="n">Total HT</th></tr>
<tr><td>Porte en chêne sur mesure</td><td class="n">2</td><td class="n">480,00</td><td class="n">20 %</td><td class="n">960,00</td></tr>
<tr><td>Pose et réglage</td><td class="n">1</td><td class="n">240,00</td><td class="n">20 %</td><td class="n">240,00</td></tr></table>
<table style="width: 45%; margin-left: 55%"><tr><td>Total HT</td><td class="n">1 200,00 €</td></tr><tr><td>TVA 20 %</td><td class="n">240,00 €</td></tr>
<tr><td><b>Total TTC</b></td><td class="n"><b>1 404,00 €</b></td></tr></table>
<p>Règlement par virement. IBAN : FR76 3000 6000 0112 3456 7890 189 BIC : AGRIFRPP</p></html>`;

async function hire(first: string, roleName: string): Promise<void> {
	const [role] = await call<{ id: string }[]>(admin, 'GET', '/roles', undefined, { 'filter[name][_eq]': roleName });
	const person = { first_name: first, last_name: 'Martin', email: `${first.toLowerCase()}@example.com`, password, role: role?.id ?? '', status: 'active' };
	await call(admin, 'POST', '/users', person);
}

async function openAs(first: string, width = 1920): Promise<{ page: Page; faults: string[] }> {
	await context.clearCookies();
	const opened = await openPage(context, product.url, `${first.toLowerCase()}@example.com`, password);
	await opened.page.setViewportSize({ width, height: 1000 });
	return opened;
}

async function picture(page: Page, name: string): Promise<void> {
	await page.waitForTimeout(900);
	await page.screenshot({ path: join(pictures, `documents-${name}.png`) });
}

beforeAll(async () => {
	product = await startProduct(port, { LOG_LEVEL: 'warn' });
	admin = createClient(product.url, product.token);
	await hire('Nadia', 'Finance');
	await hire('Sofia', 'Finance');
	await hire('Colin', 'Commercial');
	await call(admin, 'PATCH', '/items/company_profile', { legal_name: 'Atelier Horizon SAS', siren: '552100554' });
	({ browser, context } = await openBrowser(1000));
	const printer = await context.newPage();
	await printer.setContent(html);
	paper = join(pictures, 'documents-facture.pdf');
	await writeFile(paper, await printer.pdf({ format: 'A4' }));
	await printer.close();
}, 240_000);

afterAll(async () => {
	await browser?.close();
	await product?.close();
});

/** Drops a file into « Documents à classer », as staff do. */
async function drop(page: Page, file: string | { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
	await page.goto(`${product.url}/admin/files/folders/${folderIds.inbox}`);
	await page.locator('a[href$="/+"]').first().click();
	const input = page.locator('.v-upload input[type=file]').first();
	await input.waitFor({ state: 'attached' });
	await input.setInputFiles(file);
	await page.waitForTimeout(1500);
}

type Document = { id: string; status: string; title: string; filing_note: string | null; invoice: string | null };
async function documentNamed(title: RegExp, status: string): Promise<Document> {
	for (let tries = 0; tries < 80; tries++) {
		const rows = await call<Document[]>(admin, 'GET', '/items/documents', undefined, { fields: 'id,status,title,filing_note,invoice', sort: '-date_created' });
		const found = rows.find((row) => title.test(row.title) && row.status === status);
		if (found) return found;
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
	throw new Error(`no ${status} document ${title}: ${JSON.stringify(await call(admin, 'GET', '/items/documents', undefined, { fields: 'title,status,reading_error,filing_note' }))} ${JSON.stringify(await call(admin, 'GET', '/items/jobs', undefined, { fields: 'kind,state,error' }))}`); // prettier-ignore
}

test('a supplier’s invoice dropped by Finance waits for a review, is corrected beside its page, and becomes a purchase invoice', async () => {
	const { page, faults } = await openAs('Nadia');
	await drop(page, paper);
	const waiting = await documentNamed(/facture/iu, 'to_review');
	await page.goto(`${product.url}/admin/orchestre-documents`);
	await page.locator('.queue').getByText('1 document attend').waitFor();
	await picture(page, 'queue');
	await page.locator('.queue').getByRole('link', { name: waiting.title }).click();
	await page.locator('.sheet .box').first().waitFor();
	await page.locator('.sheet img').first().waitFor();
	await picture(page, 'review');
	const row = (name: string) => page.locator(`[data-row="${name}"]`);
	expect(await row('number').locator('input').inputValue()).toBe('FA-2026-0118');
	expect(await row('iban').locator('input').inputValue()).toBe('FR76 3000 6000 0112 3456 7890 189');
	const value = async (name: string): Promise<string> => (await row(name).locator('input').inputValue()).replaceAll(/\s/gu, ' ');
	/** Clicks on a word of the page, where the server says that it stands. */
	const { data } = (await (await page.request.get(`${product.url}/orchestre/documents/${waiting.id}/words`)).json()) as { data: { words: { text: string; box: [number, number, number, number] }[] }[] }; // prettier-ignore
	const clickWord = async (text: string, nth = 0): Promise<void> => {
		const box = data[0]?.words.filter((word) => word.text === text).at(nth)?.box ?? [0, 0, 0, 0];
		await page.locator('.viewer .scroller').evaluate((area) => area.scrollTo(0, 0));
		await page.waitForTimeout(700);
		const layer = await page.locator('.sheet .layer').first().boundingBox();
		if (!layer) throw new Error('no page');
		await page.mouse.click(layer.x + (box[0] + box[2] / 2) * layer.width, layer.y + (box[1] + box[3] / 2) * layer.height);
	};
	// A click on the page fills the active field with the whole amount, or the whole word.
	await row('vat').locator('input').fill('');
	await clickWord('240,00', -1);
	await expect.poll(() => value('vat')).toBe('240,00');
	await row('order_reference').locator('input').fill('');
	await clickWord('BC-4471');
	await expect.poll(() => value('order_reference')).toBe('BC-4471');
	// The printed total is not the sum: said beside the field, in French, until it is put right.
	await row('gross').locator('.fault').first().waitFor();
	await row('gross').locator('input').fill('1440');
	await expect.poll(() => row('gross').locator('.fault').allInnerTexts()).toEqual([]);
	await row('gross').locator('input').press('Tab');
	expect(await value('gross')).toBe('1 440,00');
	await picture(page, 'corrected');
	await page.keyboard.press('Control+Enter');
	if (await page.getByText('pour classer quand même').count()) await page.keyboard.press('Control+Enter');
	await page.getByText('Document classé').waitFor();
	await picture(page, 'filed');
	const link = page.locator('.result a[href*="/content/invoices/"]');
	await link.click();
	await page.waitForURL(/content\/invoices\//u);
	const filed = await documentNamed(/facture/iu, 'filed');
	const invoice = await call<Record<string, unknown>>(admin, 'GET', `/items/invoices/${filed.invoice}`);
	expect(invoice).toMatchObject({ direction: 'purchase', supplier_number: 'FA-2026-0118', gross_cents: 144000 });
	const examples = await call<{ field: string; is_right: boolean }[]>(admin, 'GET', '/items/document_corrections', undefined, { 'filter[document][_eq]': filed.id, limit: '-1' }); // prettier-ignore
	expect(examples.find(({ field }) => field === 'gross')?.is_right).toBe(false);
	expect(examples.find(({ field }) => field === 'number')?.is_right).toBe(true);
	expect(faults).toEqual([]);
	await page.close();
}, 120_000);
