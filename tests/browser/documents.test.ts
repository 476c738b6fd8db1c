import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { call, createClient, type Client } from '../../scripts/support/client.ts';
import { folderIds } from '../../seeds/ids.ts';
import { facturX } from '../../extensions/orchestre/src/documents/einvoice/made-up.ts';
import { heic, inflating, lockedPdf, manyPages } from '../../extensions/orchestre/src/documents/reading/hostile.ts';
import { makePdf } from '../../extensions/orchestre/src/documents/reading/made-up.ts';
import { cardPaper, invoicePaper, printed } from './documents-papers.ts';
import { openBrowser, openPage, pictures } from './page.ts';
import { startProduct } from './server.ts';

const port = 18074;
const password = 'Une-phrase-de-passe-2026';

let product: Awaited<ReturnType<typeof startProduct>>;
let admin: Client;
let browser: Browser;
let context: BrowserContext;
async function hire(first: string, roleName: string): Promise<void> {
	const [role] = await call<{ id: string }[]>(admin, 'GET', '/roles', undefined, { 'filter[name][_eq]': roleName });
	const person = { first_name: first, last_name: 'Martin', email: `${first.toLowerCase()}@example.com`, password, role: role?.id ?? '', status: 'active' };
	await call(admin, 'POST', '/users', person);
}

type Desk = { page: Page; faults: string[] };
const desks = new Map<string, Desk & { context: BrowserContext }>();
/** The page of somebody who has logged in, once for all tests; what went wrong before is forgotten. */
async function openAs(first: string): Promise<Desk> {
	let desk = desks.get(first);
	if (!desk) {
		const own = await browser.newContext({ locale: 'fr-FR', timezoneId: 'Europe/Paris', viewport: { width: 1920, height: 1000 } });
		desk = { context: own, ...(await openPage(own, product.url, `${first.toLowerCase()}@example.com`, password)) };
		desks.set(first, desk);
	}
	desk.faults.length = 0;
	return desk;
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
}, 240_000);

afterAll(async () => {
	await browser?.close();
	await product?.close();
});

type Paper = { name: string; mimeType: string; buffer: Buffer };
const pdf = (name: string, bytes: Uint8Array): Paper => ({ name, mimeType: 'application/pdf', buffer: Buffer.from(bytes) });
const invoiceFile = async (name: string, number: string): Promise<Paper> => pdf(name, await printed(context, invoicePaper(number)));

/** Drops a file into « Documents à classer », as staff do. */
async function drop(page: Page, file: Paper): Promise<void> {
	await page.goto(`${product.url}/admin/files/folders/${folderIds.inbox}`);
	await page.locator('a[href$="/+"]').first().click();
	const input = page.locator('.v-upload input[type=file]').first();
	await input.waitFor({ state: 'attached' });
	const answer = page.waitForResponse((response) => /\/files(?:\/tus)?(?:\?|$)/u.test(response.url()) && response.request().method() !== 'GET');
	await input.setInputFiles(file);
	await answer;
}

/** The same without a browser, for what the browser has shown already. */
async function upload(person: string, { name, mimeType, buffer }: Paper): Promise<void> {
	const login = await fetch(`${product.url}/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ email: `${person.toLowerCase()}@example.com`, password }) }); // prettier-ignore
	const { access_token } = ((await login.json()) as { data: { access_token: string } }).data;
	const form = new FormData();
	form.set('folder', folderIds.inbox);
	form.set('file', new Blob([new Uint8Array(buffer)], { type: mimeType }), name);
	const answer = await fetch(`${product.url}/files`, { method: 'POST', headers: { authorization: `Bearer ${access_token}` }, body: form });
	expect(answer.status).toBe(200);
}

type Document = {
	id: string;
	status: string;
	title: string;
	filing_note: string | null;
	invoice: string | null;
	expense: string | null;
	person: string | null;
	duplicate_of: string | null;
	reading_error: string | null;
};
async function documentNamed(title: RegExp, status: string): Promise<Document> {
	for (let tries = 0; tries < 80; tries++) {
		const rows = await call<Document[]>(admin, 'GET', '/items/documents', undefined, {
			fields: 'id,status,title,filing_note,invoice,expense,person,duplicate_of,reading_error',
			sort: '-date_created',
		});
		const found = rows.find((row) => title.test(row.title) && row.status === status);
		if (found) return found;
		await new Promise((resolve) => setTimeout(resolve, 500));
	}
	throw new Error(`no ${status} document ${title}: ${JSON.stringify(await call(admin, 'GET', '/items/documents', undefined, { fields: 'title,status,reading_error,filing_note' }))} ${JSON.stringify(await call(admin, 'GET', '/items/jobs', undefined, { fields: 'kind,state,error' }))}`); // prettier-ignore
}

async function eventually<T>(read: () => Promise<T>, wanted: T): Promise<void> {
	await expect.poll(read, { timeout: 20_000 }).toEqual(wanted);
}
const openReview = (page: Page, { id }: Document): Promise<unknown> => page.goto(`${product.url}/admin/orchestre-documents/${id}`);
const rowOf = (page: Page, name: string) => page.locator(`[data-row="${name}"]`);
const valueOf = async (page: Page, name: string): Promise<string> => (await rowOf(page, name).locator('input').inputValue()).replaceAll(/\s/gu, ' ');
/** The total that the paper should say. */
async function mend(page: Page): Promise<void> {
	await rowOf(page, 'vat').locator('input').fill('240');
	await rowOf(page, 'gross').locator('input').fill('1 440');
}
/** Files what is on the screen, with the mouse, until it is settled or refused: what may be passed over is passed over. */
async function settle(page: Page): Promise<void> {
	const press = async (): Promise<boolean> => {
		if ((await page.locator('.result, .refusal').count()) > 0) return true;
		await page.locator('.foot').getByRole('button', { name: /^Classer/u }).click({ timeout: 2000 }).catch(() => undefined); // prettier-ignore
		return false;
	};
	await expect.poll(press, { timeout: 30_000, interval: 800 }).toBe(true);
}

test('a supplier’s invoice dropped by Finance waits for a review, is corrected beside its page, and becomes a purchase invoice', async () => {
	const { page, faults } = await openAs('Nadia');
	await drop(page, await invoiceFile('facture.pdf', 'FA-2026-0118'));
	const waiting = await documentNamed(/facture/iu, 'to_review');
	await page.goto(`${product.url}/admin/orchestre-documents`);
	await page.locator('.queue').getByText('1 document attend').waitFor();
	await picture(page, 'queue');
	await page.locator('.queue').getByRole('link', { name: waiting.title }).click();
	await page.locator('.sheet .box').first().waitFor();
	await page.locator('.sheet img').first().waitFor();
	await picture(page, 'review');
	const row = (name: string) => rowOf(page, name);
	expect(await row('number').locator('input').inputValue()).toBe('FA-2026-0118');
	expect(await row('iban').locator('input').inputValue()).toBe('FR76 3000 6000 0112 3456 7890 189');
	const value = (name: string): Promise<string> => valueOf(page, name);
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
}, 180_000);

test('an e-invoice dropped by Finance files itself as a purchase invoice, and says so with the way to it', async () => {
	const { page, faults } = await openAs('Nadia');
	const xml = { mimeType: 'application/xml', buffer: Buffer.from(facturX) };
	await drop(page, { name: 'electronique.xml', ...xml });
	const filed = await documentNamed(/electronique/iu, 'filed');
	const invoice = await call<Record<string, unknown>>(admin, 'GET', `/items/invoices/${filed.invoice}`);
	expect(invoice).toMatchObject({ direction: 'purchase', supplier_number: 'FA-2026-0042', gross_cents: 129_100, status: 'draft' });
	await openReview(page, filed);
	const result = page.locator('.result');
	await result.getByText('Document classé').waitFor();
	await result.getByText('Facture d’achat n° FA-2026-0042 de').waitFor();
	await picture(page, 'einvoice');
	await result.getByRole('link', { name: 'Facture FA-2026-0042' }).click();
	await page.waitForURL(new RegExp(`content/invoices/${filed.invoice}`, 'u'));
	await page.locator('.v-form').first().waitFor();
	expect(faults).toEqual([]);
}, 180_000);

test('of two who review one document the second is told who was first, keeps what they typed on the screen, and overwrites nothing', async () => {
	await upload('Nadia', await invoiceFile('partage.pdf', 'FA-2026-0119'));
	const waiting = await documentNamed(/partage/iu, 'to_review');
	const [{ page: nadia, faults }, { page: sofia }] = [await openAs('Nadia'), await openAs('Sofia')];
	for (const page of [nadia, sofia]) {
		await openReview(page, waiting);
		await rowOf(page, 'gross').locator('input').waitFor();
	}
	await rowOf(nadia, 'gross').locator('input').fill('9 999');
	await mend(sofia);
	await eventually(() => rowOf(sofia, 'gross').locator('.fault').count(), 0);
	await settle(sofia);
	await sofia.getByText('Document classé').waitFor();
	await settle(nadia);
	await nadia.getByText('Sofia Martin a déjà classé ce document : rien de votre saisie n’a été enregistré.').waitFor();
	expect(await valueOf(nadia, 'gross')).toBe('9 999,00');
	await picture(nadia, 'second');
	await nadia.getByText('Recharger le document').click();
	await nadia.locator('.result').getByText('par Sofia Martin').waitFor();
	const { invoice } = await documentNamed(/partage/iu, 'filed');
	expect(await call(admin, 'GET', `/items/invoices/${invoice}`)).toMatchObject({ gross_cents: 144_000 });
	expect(faults.filter((fault) => !fault.startsWith('409'))).toEqual([]);
}, 180_000);

test('by the keyboard alone: from doubt to doubt with its place on the page, another reading, filed, the next document, rejected with a reason', async () => {
	for (const [name, number] of [['clavier', 'FA-2026-0120'], ['suivant', 'FA-2026-0121']] as const) await upload('Nadia', await invoiceFile(`${name}.pdf`, number)); // prettier-ignore
	const [first, second] = [await documentNamed(/clavier/iu, 'to_review'), await documentNamed(/suivant/iu, 'to_review')];
	const { page, faults } = await openAs('Nadia');
	await openReview(page, first);
	await page.locator('.sheet .box').first().waitFor();
	const { keyboard } = page;
	const active = (): Promise<string | null> => page.evaluate('document.activeElement?.closest("[data-row]")?.dataset.row ?? null') as Promise<string | null>;
	const doubts = page.locator('.row.doubt');
	// Each doubt has the cursor in its turn, and its place on the page is the marked one, in view.
	await eventually(async () => (await active()) !== null, true);
	const before = await doubts.count();
	expect(before).toBeGreaterThan(1);
	const [start] = [await active()];
	const box = page.locator(`.box.active[data-field="${start}"]`);
	await box.waitFor();
	const [seen, area] = [await box.boundingBox(), await page.locator('.viewer .scroller').boundingBox()];
	expect(seen && area && seen.y >= area.y && seen.y < area.y + area.height).toBe(true);
	await keyboard.press('Enter');
	await eventually(async () => (await active()) !== start, true);
	expect(await doubts.count()).toBe(before - 1);
	await keyboard.press('Shift+Enter');
	await expect.poll(async () => (await active()) !== null).toBe(true);
	const goTo = async (name: string): Promise<void> => {
		for (let tries = 0; tries < 20 && (await active()) !== name; tries++) await keyboard.press('Enter');
		expect(await active()).toBe(name);
	};
	// Another reading of the VAT, then the total that it makes wrong.
	await goTo('vat');
	await keyboard.press('Alt+1');
	await expect.poll(() => valueOf(page, 'vat')).toBe('240,00');
	await eventually(() => rowOf(page, 'gross').locator('.fault').count(), 1);
	await goTo('gross');
	await keyboard.press('Control+a');
	await keyboard.type('1440');
	await eventually(() => rowOf(page, 'gross').locator('.fault').count(), 0);
	await keyboard.press('Control+Enter');
	if (await page.getByText('pour classer quand même').count()) await keyboard.press('Control+Enter');
	await page.getByText('Document classé').waitFor();
	expect(await call(admin, 'GET', `/items/invoices/${(await documentNamed(/clavier/iu, 'filed')).invoice}`)).toMatchObject({ gross_cents: 144_000 });
	// The cursor stands on « Document suivant ».
	await keyboard.press('Enter');
	await page.waitForURL(new RegExp(second.id, 'u'));
	await rowOf(page, 'number').locator('input').waitFor();
	await eventually(async () => (await active()) !== null, true);
	await keyboard.press('Escape');
	await keyboard.press('r');
	await page.getByText('Pourquoi rejeter ce document ?').waitFor();
	await expect.poll(() => page.evaluate('document.activeElement?.textContent?.trim()')).toBe('Déjà reçu');
	await picture(page, 'reject');
	await keyboard.press('Enter');
	await page.getByText('Document rejeté').waitFor();
	await page.locator('.result').getByText('Rejeté : Déjà reçu').waitFor();
	expect((await documentNamed(/suivant/iu, 'rejected')).filing_note).toBe('Rejeté : Déjà reçu');
	expect(faults).toEqual([]);
}, 180_000);

test('another class is read off the page anew, what was typed stays; rejected with one’s own words, the document keeps them', async () => {
	await upload('Nadia', await invoiceFile('nature.pdf', 'FA-2026-0122'));
	const waiting = await documentNamed(/nature/iu, 'to_review');
	const { page, faults } = await openAs('Nadia');
	await openReview(page, waiting);
	const nature = page.locator('.class select');
	await mend(page);
	await nature.selectOption('receipt');
	// What a receipt has and an invoice has not comes from the page; the total is the person’s own.
	await eventually(() => rowOf(page, 'merchant').locator('input').inputValue(), 'Menuiserie Le Goff SARL');
	expect(await valueOf(page, 'gross')).toBe('1 440,00');
	await page.locator('.box[data-field="merchant"]').first().waitFor();
	await picture(page, 'class');
	await nature.selectOption('quote');
	await eventually(() => valueOf(page, 'number'), 'FA-2026-0122');
	await rowOf(page, 'number').locator('input').fill('DE-7');
	await nature.selectOption('purchase_invoice');
	await eventually(() => valueOf(page, 'iban'), 'FR76 3000 6000 0112 3456 7890 189');
	expect([await valueOf(page, 'number'), await valueOf(page, 'gross')]).toEqual(['DE-7', '1 440,00']);
	await nature.selectOption('receipt');
	await eventually(() => rowOf(page, 'merchant').locator('input').inputValue(), 'Menuiserie Le Goff SARL');
	await settle(page);
	await page.locator('.result a[href*="/content/expenses/"]').waitFor();
	const filed = await documentNamed(/nature/iu, 'filed');
	expect(await call(admin, 'GET', `/items/expenses/${filed.expense}`)).toMatchObject({ gross_cents: 144_000, merchant: 'Menuiserie Le Goff SARL' });
	const examples = await call<{ field: string; is_right: boolean; predicted: string | null }[]>(admin, 'GET', '/items/document_corrections', undefined, { 'filter[document][_eq]': filed.id, limit: '-1' }); // prettier-ignore
	expect(examples.find(({ field }) => field === 'class')).toMatchObject({ is_right: false, predicted: 'purchase_invoice' });
	expect(examples.find(({ field }) => field === 'merchant')).toMatchObject({ is_right: true, predicted: 'Menuiserie Le Goff SARL' });
	await upload('Nadia', await invoiceFile('refus.pdf', 'FA-2026-0123'));
	await openReview(page, await documentNamed(/refus/iu, 'to_review'));
	await page.locator('.foot').getByText('Rejeter…').click();
	await page.locator('.v-card input').fill('Pas notre commande');
	await page.locator('.v-card').getByText('Rejeter', { exact: true }).click();
	await page.locator('.result').getByText('Rejeté : Pas notre commande').waitFor();
	expect(faults).toEqual([]);
}, 180_000);

test('a seller reviews the card they dropped, has nothing left after it, and sees nothing of Finance', async () => {
	const { page, faults } = await openAs('Colin');
	await drop(page, pdf('carte.pdf', await printed(context, cardPaper)));
	const waiting = await documentNamed(/carte/iu, 'to_review');
	await page.goto(`${product.url}/admin/orchestre-documents`);
	await page.locator('.queue').getByRole('link', { name: waiting.title }).click();
	expect(await rowOf(page, 'contact_last_name').locator('input').inputValue()).toBe('Kervran');
	await picture(page, 'card');
	await settle(page);
	await page.locator('.result a[href*="/content/people/"]').first().waitFor();
	expect(await call(admin, 'GET', `/items/people/${(await documentNamed(/carte/iu, 'filed')).person}`)).toMatchObject({ last_name: 'Kervran' });
	await page.goto(`${product.url}/admin/orchestre-documents`);
	await page.getByText('Rien à vérifier').waitFor();
	await picture(page, 'empty');
	expect(faults).toEqual([]);
	await openReview(page, await documentNamed(/nature/iu, 'filed'));
	await page.getByText('Vos droits ne permettent pas de voir ce document.').waitFor();
	await picture(page, 'forbidden');
}, 180_000);

test('a paper that one may not file is passed on by the keyboard; it is the other’s, with a notice that leads to it', async () => {
	const articles = [
		'CONTRAT DE PRESTATION DE SERVICES',
		'Entre les soussignes Nettoyage Blanc SAS et Atelier Horizon SAS',
		'Article 1 Objet',
		'Le contrat prend effet le 1er janvier 2027 pour une duree de 12 mois',
		'Article 2 Resiliation avec un preavis de trois mois',
	];
	await upload('Nadia', pdf('menage.pdf', makePdf([articles])));
	const waiting = await documentNamed(/menage/iu, 'to_review');
	const { page, faults } = await openAs('Nadia');
	await openReview(page, waiting);
	await page.locator('.class select').selectOption('contract');
	await rowOf(page, 'starts_on').locator('input').waitFor();
	await page.locator('.frame').focus();
	await page.keyboard.press('t');
	const people = page.locator('.v-card select');
	await people.waitFor();
	await expect.poll(() => page.evaluate('document.activeElement?.tagName')).toBe('SELECT');
	expect(await people.locator('option').allTextContents()).toEqual(['La personne la plus disponible', 'Colin Martin']);
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('Tab');
	await page.keyboard.type('Signé hier');
	await picture(page, 'pass-on');
	await page.keyboard.press('Enter');
	await page.getByText('Transmis à Colin Martin').first().waitFor();
	await eventually(async () => page.url().includes(waiting.id), false);
	expect((await documentNamed(/menage/iu, 'to_review')).filing_note).toMatch(/^Transmis par Nadia Martin à Colin Martin le .+ : Signé hier/u);
	const { page: colin } = await openAs('Colin');
	await colin.goto(`${product.url}/admin/orchestre-documents`);
	const row = colin.locator('tr', { hasText: waiting.title });
	await row.getByText('à vous').waitFor();
	await picture(colin, 'passed-on');
	await row.getByRole('link').click();
	await colin.getByText('Pourquoi ce document attend').click();
	await colin.getByText('Transmis par Nadia Martin à Colin Martin').waitFor();
	expect(faults).toEqual([]);
}, 180_000);

test('the same file a second time says when the first came and leads to it; amounts stand in the paper’s own currency; « ? » in a number is the help', async () => {
	const dollars = await printed(context, invoicePaper('FA-2026-0130').replaceAll(' €', ' USD'));
	await upload('Nadia', pdf('dollars.pdf', dollars));
	const first = await documentNamed(/dollars/iu, 'to_review');
	const { page, faults } = await openAs('Nadia');
	await openReview(page, first);
	await eventually(() => rowOf(page, 'gross').locator('.unit').textContent(), 'USD');
	const iban = rowOf(page, 'iban').locator('input');
	await iban.focus();
	await page.keyboard.press('?');
	await page.getByText('confirmer, puis champ suivant à vérifier').waitFor();
	await picture(page, 'help');
	await page.locator('.v-card').getByText('Fermer').click();
	expect(await iban.inputValue()).toBe('FR76 3000 6000 0112 3456 7890 189');
	await upload('Nadia', pdf('dollars-bis.pdf', dollars));
	const copy = await documentNamed(/dollars.bis/iu, 'rejected');
	expect(copy.duplicate_of).toBe(first.id);
	await openReview(page, copy);
	const result = page.locator('.result');
	await result.getByText(/^Déjà reçu le \d.+ 2026 : le même fichier a son document/u).waitFor();
	await picture(page, 'duplicate');
	await result.getByRole('link', { name: first.title }).click();
	await rowOf(page, 'gross').locator('input').waitFor();
	expect(page.url()).toContain(first.id);
	expect(faults).toEqual([]);
}, 180_000);

test('a file that cannot be read says why in French, on the screen and on its document; a long one is drawn as far as it is looked at', async () => {
	const refused: [Paper, 'to_review' | 'rejected', RegExp][] = [
		[{ name: 'photo.heic', mimeType: 'image/heic', buffer: Buffer.from(heic()) }, 'rejected', /HEIC/u],
		[pdf('verrou.pdf', lockedPdf(['Secret'], 'un', 'deux')), 'to_review', /mot de passe/u],
		[pdf('annuaire.pdf', manyPages(10_000)), 'to_review', /10\s000 pages/u],
		[pdf('bombe.pdf', await inflating(700)), 'to_review', /trop de mémoire/u],
	];
	const { page, faults } = await openAs('Nadia');
	for (const [paper, status, why] of refused) {
		await upload('Nadia', paper);
		const document = await documentNamed(new RegExp(paper.name.split('.')[0] ?? '', 'iu'), status);
		await openReview(page, document);
		await page.locator('.form').getByText(why).first().waitFor();
		await picture(page, `refused-${paper.name.split('.')[0]}`);
		expect(`${document.reading_error}`).toMatch(why);
	}
	await page.goto(`${product.url}/admin/content/documents/${(await documentNamed(/photo/iu, 'rejected')).id}`);
	await eventually(async () => (await page.locator('textarea').evaluateAll((all) => all.map((one) => (one as unknown as { value: string }).value))).some((text) => text.includes('HEIC')), true); // prettier-ignore
	const pages = Array.from({ length: 30 }, (_, at) => [
		'CONTRAT DE PRESTATION DE SERVICES',
		`Article ${at + 1}`,
		'Le contrat prend effet le 1er janvier 2027 pour une duree de 12 mois',
	]);
	await upload('Nadia', pdf('roman.pdf', makePdf(pages)));
	const long = await documentNamed(/roman/iu, 'to_review');
	// What is on its way is said to be.
	let release = (): void => undefined;
	const held = new Promise<void>((resolve) => (release = resolve));
	await page.route(`**/orchestre/documents/${long.id}/review`, async (route) => {
		await held;
		await route.continue();
	});
	await openReview(page, long);
	await page.getByRole('status', { name: 'Chargement…' }).waitFor();
	const drawn = new Set<string>();
	page.on('request', (request) => void (/\/pages\/\d+/u.test(request.url()) && drawn.add(request.url())));
	release();
	await eventually(() => page.locator('.sheet').count(), 30);
	await page.locator('.sheet img').first().waitFor();
	await picture(page, 'long');
	expect(drawn.size).toBeLessThan(20);
	const last = page.getByLabel('Page 30 sur 30').first();
	await last.scrollIntoViewIfNeeded();
	await eventually(() => last.locator('img').evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth > 500), true);
	for (const [width, scheme] of [
		[1280, 'light'],
		[1280, 'dark'],
		[390, 'light'],
		[390, 'dark'],
	] as const) {
		await page.emulateMedia({ colorScheme: scheme });
		await page.setViewportSize({ width, height: width === 390 ? 1600 : 900 });
		await picture(page, `long-${width}-${scheme}`);
		expect(await page.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true);
	}
	expect(faults).toEqual([]);
}, 300_000);
