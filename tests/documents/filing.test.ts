import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { facturX } from '../../extensions/orchestre/src/documents/einvoice/made-up.ts';
import { useReader } from '../../extensions/orchestre/src/documents/filing/reader.ts';
import type { Paper } from './papers.ts';
import { dayOrNull } from '../../extensions/orchestre/src/platform/columns.ts';
import { isPostgres, type Host } from '../../extensions/orchestre/src/platform/directus.ts';
import { takeIn } from '../../extensions/orchestre/src/documents/filing/intake.ts';
import { enqueue, runDueJobs, runJobs, sweep } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import { applyReview } from '../../extensions/orchestre/src/documents/filing/review.ts';
import { advanceClock, resetClock } from '../../extensions/orchestre/src/platform/clock.ts';
import type { Review, ReviewOutcome } from '../../extensions/orchestre/src/documents/types.ts';
import { call, type Client, type Row } from '../../scripts/support/client.ts';
import { folderIds } from '../../seeds/ids.ts';
import { useConnectorEnv } from '../../extensions/orchestre/src/platform/connector/index.ts';
import { complaints, isDescribed } from '../interactions/description.ts';
import { json, openVendor, type Vendor } from '../support/vendor.ts';
import { ask, faultyFields } from '../support/answer.ts';
import { dayFromToday } from '../support/days.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';
import { describedReader, invoicePaper } from './papers.ts';

type Person = { id: string; client: Client & { url: URL } };
type Document = Row & { id: string; status: string };

let directus: TestDirectus;
let host: Host;
let buyer: Person;
let finance: Person;
let boss: Person;

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false', TUS_ENABLED: 'true' });
	host = await hostOf(directus);
	// Copies of files lie where no other test leaves any.
	process.env['TMPDIR'] = mkdtempSync(join(tmpdir(), 'orchestre-filing-'));
	finance = (await directus.hire('Finance')) as Person;
	buyer = (await directus.hire('Commercial')) as Person;
	boss = (await directus.hire('Direction')) as Person;
	await directus.database('company_profile').insert({ id: 'c0000000-0000-4000-8000-000000000001', legal_name: 'Atelier Horizon SAS', siren: '732829320' }).onConflict('id').merge(); // prettier-ignore
	useReader(describedReader);
}, 240_000);
afterAll(async () => {
	useReader(null);
	await directus?.close();
});
afterEach(() => {
	useReader(describedReader);
	resetClock();
});

async function uploadBytes(
	person: Person,
	content: string,
	{ folder = folderIds.inbox as string | null, name = 'facture.pdf', type = 'application/pdf' } = {},
): Promise<string> {
	const form = new FormData();
	form.set('title', name);
	if (folder) form.set('folder', folder);
	form.set('file', new Blob([content], { type }), name);
	const response = await fetch(new URL('/files?fields=id', directus.url), {
		method: 'POST',
		headers: { authorization: `Bearer ${await person.client.getToken()}` },
		body: form,
	});
	const { data, errors } = (await response.json()) as { data?: { id: string }; errors?: unknown };
	if (!data) throw new Error(JSON.stringify(errors));
	return data.id;
}
const upload = (paper: Paper, person = buyer, name = 'facture.pdf'): Promise<string> => uploadBytes(person, JSON.stringify(paper), { name });

const documentOf = async (file: string): Promise<Document | undefined> =>
	(await directus.database('documents').where({ file }).first()) as Document | undefined;
const settled = ['filed', 'to_review', 'rejected'];

/** The document of a file once it has an end; nobody but the flows does anything here. */
async function settledOf(file: string): Promise<Document> {
	await expect.poll(async () => settled.includes((await documentOf(file))?.status ?? ''), { timeout: 50_000, interval: 50 }).toBe(true);
	return (await documentOf(file)) as Document;
}
const filed = async (paper: Paper, person = buyer): Promise<Document> => settledOf(await upload(paper, person));
const rows = (table: string, where: Record<string, unknown>): Promise<Row[]> => directus.database(table).where(where) as unknown as Promise<Row[]>;

/** Waits for what the flows do after a document's end. */
async function followed(): Promise<void> {
	const owed = () => directus.database('jobs').whereIn('kind', ['documents.read', 'documents.review', 'documents.book']).whereIn('state', ['waiting', 'running']).pluck('id'); // prettier-ignore
	await expect.poll(owed, { timeout: 30_000, interval: 50 }).toEqual([]);
}

async function review(person: Person, id: string, decision: Review): Promise<ReviewOutcome> {
	const user = (await directus.database('directus_users').where({ id: person.id }).first('role')) as { role: string };
	const { getSchema } = host;
	return directus.database.transaction((trx) =>
		applyReview(
			{
				host: { ...host, database: trx, getSchema: (options) => getSchema({ ...options, database: trx }) },
				trx,
				accountability: { user: person.id, role: user.role, roles: [user.role], admin: false, app: true, ip: null },
			},
			id,
			decision,
		),
	);
}
const acceptance = (paper: Paper, over: Partial<Extract<Review, { decision: 'accept' }>> = {}): Review => ({
	decision: 'accept',
	class: paper.class,
	fields: paper.fields ?? {},
	lines: [],
	vat: paper.vat ?? [],
	...over,
});

describe('an uploaded e-invoice', () => {
	it('becomes a draft of a purchase invoice with its lines and supplier, is moved to finance, and asks for the approval that its amount needs', async () => {
		const paper = invoicePaper(
			{ einvoice: 'valid', sure: 1 },
			{ net: 100_000, vat: 20_000, gross: 120_000, supplier_siren: '404833048', supplier_name: 'Imprimerie Vasseur' },
		);
		paper.lines = [{ label: 'Catalogue', quantity: 100_000, unitPrice: 1000, net: 100_000 }];
		paper.vat = [{ category: 'S', rate: 2000, base: 100_000, vat: 20_000, reason: null }];
		const file = await upload(paper);
		const document = await settledOf(file);
		expect(document).toMatchObject({
			status: 'filed',
			type: 'invoice',
			origin: 'upload',
			reading_method: 'xml',
			owner: buyer.id,
			user_created: buyer.id,
			reading_error: null,
		});
		expect(document['filing_note']).toContain('brouillon créé');
		const [invoice] = await rows('invoices', { id: document['invoice'] });
		expect(invoice).toMatchObject({ direction: 'purchase', status: 'draft', number: null, supplier_number: paper.fields?.number, net_cents: 100_000, vat_cents: 20_000, gross_cents: 120_000, remaining_cents: 120_000, pdf: file, einvoice_format: 'factur_x' }); // prettier-ignore
		expect(await rows('line_items', { invoice: invoice?.['id'] })).toMatchObject([
			{ label: 'Catalogue', quantity: 100_000, unit_price_cents: 1000, net_cents: 100_000, vat_rate: 2000 },
		]);
		const [supplier] = await rows('companies', { id: document['company'] });
		expect(supplier).toMatchObject({ name: 'Imprimerie Vasseur', siren: '404833048', lifecycle: 'none', postal_code: '69003', city: 'Lyon' });
		expect(Boolean(supplier?.['is_supplier'])).toBe(true);
		expect(await rows('directus_files', { id: file })).toMatchObject([{ folder: folderIds.finance }]);
		await followed();
		const asked = await rows('validation', { invoice: invoice?.['id'] });
		expect(asked).toMatchObject([{ kind: 'purchase_invoice', status: 'pending', amount_cents: 120_000, requester: buyer.id, approver: boss.id }]);
		expect(await rows('directus_notifications', { recipient: finance.id, item: invoice?.['id'] })).toHaveLength(1);
		expect(await rows('directus_activity', { collection: 'invoices', item: invoice?.['id'], action: 'create' })).toHaveLength(1);
	});

	it('keeps its original: whoever sent it can neither delete it nor put it before other eyes', async () => {
		const { file } = await filed(invoicePaper());
		for (const [method, body] of [['DELETE', undefined], ['PATCH', { folder: folderIds.shared }]] as const) {
			const answer = await ask(buyer.client, method, `/files/${file}`, body);
			expect([method, answer.status, answer.errors[0]?.message]).toEqual([method, 403, expect.stringMatching(/^Ce fichier est la pièce d’une? .+ ni supprimé, ni déplacé/)]);
		}
		expect((await ask(buyer.client, 'PATCH', `/files/${file}`, { title: 'Facture du boulanger' })).status).toBe(200);
		expect(await rows('directus_files', { id: file })).toMatchObject([{ folder: folderIds.finance, title: 'Facture du boulanger' }]);
	}); // prettier-ignore

	it('read a second time changes nothing', async () => {
		const document = await filed(invoicePaper({ einvoice: 'valid' }));
		await followed();
		const before = await Promise.all(
			['invoices', 'companies', 'line_items', 'tasks', 'validation', 'directus_notifications', 'directus_revisions'].map((table) => rows(table, {})),
		);
		await directus.database('jobs').where({ item: document.id }).update({ state: 'waiting', attempts: 0, ended_at: null });
		await runJobs(host, { items: [document.id] });
		const after = await Promise.all(
			['invoices', 'companies', 'line_items', 'tasks', 'validation', 'directus_notifications', 'directus_revisions'].map((table) => rows(table, {})),
		);
		expect(after.map(({ length }) => length)).toEqual(before.map(({ length }) => length));
		expect(await rows('jobs', { item: document.id, state: 'waiting' })).toEqual([]);
	});

	it('that breaks its rules, or is for somebody else, goes to review with the reason', async () => {
		const failed = { code: 'BR-CO-15', passed: false, severity: 'error' as const, message: { fr: 'Le total TTC n’est pas HT + TVA.', en: '' }, fields: [] };
		const broken = await filed(invoicePaper({ einvoice: 'invalid', checks: [failed] }));
		expect(broken).toMatchObject({ status: 'to_review', invoice: null });
		expect(broken['filing_note']).toContain('Le total TTC n’est pas HT + TVA.');
		const others = await filed(invoicePaper({ einvoice: 'valid' }, { buyer_name: 'Autre SAS', buyer_siren: '542065479' }));
		expect(others['filing_note']).toContain('adressée à Autre SAS');
		const named = await filed(invoicePaper({}, { buyer_name: 'Garage Lemoine SARL' }));
		expect(named).toMatchObject({ status: 'to_review', filing_note: 'Cette facture semble adressée à « Garage Lemoine SARL », pas à Atelier Horizon SAS : est-elle pour nous ?' }); // prettier-ignore
		for (const name of ['ATELIER HORIZON', 'Société Atelier Horizon, service achats']) expect(await filed(invoicePaper({}, { buyer_name: name }))).toMatchObject({ status: 'filed' }); // prettier-ignore
		const own = invoicePaper({}, { supplier_name: 'Atelier Horizon SAS', supplier_siren: '732829320' });
		await expect(review(finance, named.id, acceptance(own))).rejects.toThrow('c’est notre entreprise');
	});
});

describe('amounts below nought', () => {
	it('are never booked as a debt: an invoice goes to a person, whose credit note is booked as one', async () => {
		const turned = { net: -10_000, vat: -2000, gross: -12_000 };
		const lines = [{ label: 'Retour', quantity: -10_000, unitPrice: 1000, net: -10_000 }];
		const paper = invoicePaper({ lines, vat: [{ category: 'S', rate: 2000, base: -10_000, vat: -2000, reason: null }] }, turned);
		const document = await filed(paper);
		expect(document).toMatchObject({ status: 'to_review', invoice: null });
		expect(document['filing_note']).toContain('facture ou avoir');
		await expect(review(finance, document.id, acceptance(paper))).rejects.toThrow('facture ou avoir');
		await review(finance, document.id, acceptance(paper, { class: 'credit_note' }));
		const { invoice } = (await rows('documents', { id: document.id }))[0] as Row;
		expect(await rows('invoices', { id: invoice })).toMatchObject([{ type: 'credit_note', direction: 'purchase', gross_cents: 12_000 }]);
	});
});

describe('an invoice in another currency', () => {
	it('is written in its own everywhere, and Direction decides on it whatever its amount', async () => {
		const document = await filed(invoicePaper({ einvoice: 'valid' }, { currency: 'USD', supplier_name: 'Acme Tools Inc', supplier_siren: '', paid: 100 }));
		expect(document).toMatchObject({ status: 'filed' });
		expect(document['filing_note']).toContain('120,00\u00a0USD TTC');
		expect(await rows('invoices', { id: document['invoice'] })).toMatchObject([{ currency: 'USD', gross_cents: 12_000, internal_note: 'Déjà payé d’après le document : 1,00\u00a0USD.' }]); // prettier-ignore
		await followed();
		const [asked] = await rows('validation', { invoice: document['invoice'] });
		expect(asked).toMatchObject({ amount_cents: null, approver: boss.id, rule: 'Montant dans une autre devise que l’euro : la direction décide' });
		expect(`${String(asked?.['title'])} ${String(asked?.['reason'])}`).toMatch(/120,00\u00a0USD TTC .*120,00\u00a0USD/);
		const [told] = await rows('directus_notifications', { recipient: finance.id, item: document['invoice'] });
		expect(told?.['subject']).toContain('120,00\u00a0USD');
		const taxi = await filed({ class: 'receipt', fields: { merchant: 'Yellow Cab', issued_on: '2026-11-04', gross: 2500, currency: 'USD' } });
		expect(taxi['filing_note']).toContain('25,00\u00a0USD');
	});
});

describe('as long as « Notre entreprise » lacks its name or SIREN', () => {
	it('nothing is filed by itself; Direction completes it, and what waited is read again and filed', async () => {
		const profile = () => directus.database('company_profile');
		await profile().update({ siren: null });
		const bare = await filed(invoicePaper({ einvoice: 'valid' }));
		expect(bare).toMatchObject({ status: 'to_review', invoice: null });
		expect(bare['filing_note']).toMatch(/^Complétez d’abord la fiche de votre entreprise .+ : il y manque le SIREN\./);
		await profile().delete();
		const stranger = await filed(invoicePaper({ einvoice: 'valid' }, { buyer_name: 'Tout Autre SAS', buyer_siren: '542065479' }));
		expect(stranger['filing_note']).toContain('la dénomination sociale et le SIREN');
		await followed();
		await call(boss.client, 'PATCH', '/items/company_profile', { legal_name: 'Atelier Horizon SAS', siren: '732829320' });
		await runJobs(host, { kind: 'documents.read', items: [bare.id, stranger.id] });
		expect((await rows('documents', { id: bare.id }))[0]).toMatchObject({ status: 'filed' });
		expect((await rows('documents', { id: stranger.id }))[0]).toMatchObject({ status: 'to_review', filing_note: expect.stringContaining('adressée à Tout Autre SAS') as string }); // prettier-ignore
		expect(await rows('tasks', { document: bare.id, origin: 'documents.review' })).toMatchObject([{ status: 'done' }]);
	});
});

describe('a document with a doubt', () => {
	it('goes to whoever its type concerns, with a task, a notice and the reasons; a person corrects it and it is filed as the sure ones are', async () => {
		const paper = invoicePaper({ unsure: { gross: 0.6 } });
		const document = await filed(paper);
		expect(document).toMatchObject({ status: 'to_review', owner: finance.id, invoice: null, confidence: 6000 });
		expect(document['filing_note']).toBe('À confirmer : total TTC (fiabilité 60 %, 97 % demandés).');
		await followed();
		const task = { document: document.id, origin: 'documents.review' };
		expect(await rows('tasks', task)).toMatchObject([{ assignee: finance.id, status: 'todo', kind: 'review' }]);
		expect(await rows('directus_notifications', { recipient: finance.id, item: document.id })).toHaveLength(1);
		expect((await call<Row[]>(finance.client, 'GET', `/items/documents?filter[id][_eq]=${document.id}&fields=id,status,extracted`)).length).toBe(1);
		const corrected = acceptance({ ...paper, fields: { ...paper.fields, gross: 12_000, number: 'CORRIGE-1' } });
		await expect(review(buyer, document.id, corrected)).rejects.toMatchObject({ status: 403 });
		const outcome = await review(finance, document.id, corrected);
		expect(outcome).toMatchObject({
			status: 'filed',
			records: [{ collection: 'invoices', name: 'CORRIGE-1 · Papeterie Morel SARL', created: true }, { collection: 'companies' }],
		});
		expect(await review(finance, document.id, corrected)).toMatchObject({
			status: 'filed',
			records: [{ collection: 'companies' }, { collection: 'invoices', created: false }],
		});
		const [after] = await rows('documents', { id: document.id });
		expect(after).toMatchObject({ status: 'filed', reviewed_by: finance.id });
		const { corrections } = JSON.parse(typeof after?.['extracted'] === 'string' ? after['extracted'] : JSON.stringify(after?.['extracted'])) as {
			corrections: Row[];
		};
		expect(corrections).toMatchObject([
			{ name: 'number', was: paper.fields?.number, is: 'CORRIGE-1', user: finance.id },
			{ name: 'lines', was: 2, is: 0 },
		]);
		expect(await rows('tasks', task)).toMatchObject([{ status: 'done' }]);
		expect(await rows('invoices', { supplier_number: 'CORRIGE-1' })).toHaveLength(1);
	});

	it('is rejected with a reason, which whoever uploaded it finds on the document; a file that nobody can read says why', async () => {
		const document = await filed(invoicePaper({ sure: 0.5 }));
		await expect(review(finance, document.id, { decision: 'reject', reason: '  ' })).rejects.toThrow('Dites pourquoi');
		expect(await review(finance, document.id, { decision: 'reject', reason: 'Ce n’est pas pour nous.' })).toEqual({ status: 'rejected', records: [] });
		const [row] = await call<Row[]>(buyer.client, 'GET', `/items/documents?filter[id][_eq]=${document.id}&fields=status,filing_note`);
		expect(row).toEqual({ status: 'rejected', filing_note: 'Rejeté : Ce n’est pas pour nous.' });
		await expect(review(finance, document.id, acceptance(invoicePaper()))).resolves.toMatchObject({ status: 'filed' });

		const wrong = await filed({ class: 'other', refusal: 'broken' });
		expect(wrong).toMatchObject({ status: 'rejected', reading_error: 'Fichier illisible (broken).' });
		await followed();
		expect(await rows('directus_notifications', { recipient: buyer.id, item: wrong.id })).toMatchObject([{ message: 'Fichier illisible (broken).' }]);
		expect(
			(await fetch(new URL(`/assets/${String(wrong['file'])}`, directus.url), { headers: { authorization: `Bearer ${await buyer.client.getToken()}` } }))
				.status,
			'the file is kept',
		).toBe(200);
		// A name that turns itself round reads as it is written, wherever it is shown.
		const turned = await settledOf(await uploadBytes(buyer, JSON.stringify({ class: 'other', text: randomUUID() }), { name: 'Note\u202efdp.exe\u200b.pdf' }));
		expect(turned['title']).toBe('Notefdp.exe.pdf');
		await call(boss.client, 'PATCH', `/items/documents/${turned.id}`, { title: '\u2067Note\nde frais' });
		expect((await rows('documents', { id: turned.id }))[0]?.['title']).toBe('Note de frais');
		const locked = await filed({ class: 'other', refusal: 'encrypted' });
		expect(locked, 'a person can still open it').toMatchObject({ status: 'to_review', reading_error: 'Fichier illisible (encrypted).' });
	});
});

describe('the same paper again', () => {
	it('is recognised by its content, points at the first and makes nothing', async () => {
		const paper = invoicePaper({ einvoice: 'valid' });
		const first = await filed(paper);
		const again = await filed(paper, finance);
		expect(again).toMatchObject({ status: 'rejected', duplicate_of: first.id, invoice: null, sha256: first['sha256'] });
		expect(again['filing_note']).toMatch(/^Déjà reçu le .+ 20\d\d : .+ rien n’a été créé\.$/);
		expect(await rows('invoices', { supplier_number: paper.fields?.['number'] })).toHaveLength(1);
	});

	it('brought by somebody who may not see the first says so without a word of it: the link opens for those alone who may', async () => {
		const paper: Paper = { class: 'contract', sure: 0.5, fields: { supplier_name: 'Secret SARL' }, text: `Secret ${randomUUID()}` };
		const first = await settledOf(await upload(paper, boss, 'projet-de-rachat.pdf'));
		const again = await filed(paper, buyer);
		expect(again).toMatchObject({ status: 'rejected', duplicate_of: first.id, owner: buyer.id });
		const seenBy = async (person: Person): Promise<Row | undefined> =>
			(await call<Row[]>(person.client, 'GET', `/items/documents?filter[id][_eq]=${again.id}&fields=*,duplicate_of.*`))[0];
		const theirs = await seenBy(buyer);
		expect(theirs?.['filing_note']).toContain('Déjà reçu le ');
		expect([theirs?.['text'], theirs?.['extracted'], theirs?.['duplicate_of']]).toEqual([null, null, null]);
		expect(JSON.stringify(theirs)).not.toMatch(/rachat|Secret/);
		expect((await seenBy(boss))?.['duplicate_of']).toMatchObject({ id: first.id, title: 'projet-de-rachat.pdf' });
	});

	it('in another file is the same invoice: it goes to review with a link to it', async () => {
		const paper = invoicePaper({ einvoice: 'valid' });
		const first = await filed(paper);
		const other = await filed({
			...paper,
			text: 'Une copie',
			fields: { ...paper.fields, number: `${String(paper.fields?.number).toLowerCase().replaceAll('-', ' ')}` },
		});
		expect(other).toMatchObject({ status: 'to_review', invoice: null });
		expect(other['filing_note']).toContain(`/admin/content/invoices/${String(first['invoice'])}`);
		await expect(review(finance, other.id, acceptance(paper))).rejects.toMatchObject({ status: 409 });
		expect((await rows('documents', { id: other.id }))[0]).toMatchObject({ status: 'to_review' });
	});

	it('uploaded fifty times over at once, with a new supplier: each paper is filed once, and the supplier is one', async () => {
		const papers = Array.from({ length: 25 }, () => invoicePaper({ einvoice: 'valid' }, { supplier_name: 'Nouveau SARL', supplier_siren: '443061841' }));
		const files = await Promise.all([...papers, ...papers].map((paper) => upload(paper)));
		const documents = await Promise.all(files.map(settledOf));
		expect(Object.fromEntries([...Map.groupBy(documents, ({ status }) => status)].map(([status, list]) => [status, list.length]))).toEqual({
			filed: 25,
			rejected: 25,
		});
		expect(await rows('companies', { siren: '443061841' })).toHaveLength(1);
		expect(new Set(documents.flatMap(({ invoice }) => (invoice ? [invoice] : []))).size).toBe(25);
		await followed();
	});
});

describe('a reading that is cut off', () => {
	it('is taken up again: a crash in the middle leaves a document that is being read, and no record twice', async () => {
		let begin: () => void = () => undefined;
		let die: (error: Error) => void = () => undefined;
		const begun = new Promise<void>((resolve) => (begin = resolve));
		const dead = new Promise<never>((_resolve, reject) => (die = reject));
		let reads = 0;
		useReader((path, own, options) => ((reads += 1) === 1 ? (begin(), dead) : describedReader(path, own, options)));
		const file = await upload(invoicePaper({ einvoice: 'valid' }));
		await begun;
		const { id } = (await documentOf(file)) as Document;
		expect(await documentOf(file)).toMatchObject({ status: 'reading' });
		advanceClock(3_600_000);
		await sweep(directus.database);
		die(new Error('killed'));
		await runJobs(host, { kind: 'documents.read', items: [id] });
		expect(await documentOf(file)).toMatchObject({ status: 'filed' });
		expect(await rows('invoices', { id: (await documentOf(file))?.['invoice'] })).toHaveLength(1);
	});

	it('for good goes to a person, and is read again by a button, which the author may press and a stranger may not', async () => {
		useReader(() => Promise.reject(new Error('no words')));
		const file = await upload(invoicePaper({ einvoice: 'valid' }));
		await expect.poll(async () => (await documentOf(file))?.status, { timeout: 20_000 }).toBe('reading');
		const { id } = (await documentOf(file)) as Document;
		const stateOf = async (): Promise<unknown> => (await rows('jobs', { item: id, kind: 'documents.read' }))[0]?.['state'];
		for (let attempt = 0; attempt < 4 && (await stateOf()) !== 'failed'; attempt += 1) {
			// The flow's own attempt may still be under way.
			await expect.poll(stateOf, { timeout: 20_000, interval: 20 }).not.toBe('running');
			advanceClock(3_600_000);
			await runJobs(host, { kind: 'documents.read', items: [id] });
		}
		expect(await documentOf(file)).toMatchObject({ status: 'to_review', reading_error: 'La lecture a échoué pour une raison imprévue.' });
		expect(await rows('jobs', { item: id, kind: 'documents.read' })).toMatchObject([{ state: 'failed' }]);
		useReader(describedReader);
		resetClock();
		const stranger = (await directus.hire('Opérations')) as Person;
		expect((await ask(stranger.client, 'POST', `/orchestre/documents/${id}/read`)).status).toBe(403);
		expect((await ask(buyer.client, 'POST', `/orchestre/documents/${id}/read`)).data).toEqual({ queued: 1 });
		await runJobs(host, { kind: 'documents.read', items: [id] });
		expect(await documentOf(file)).toMatchObject({ status: 'filed', reading_error: null });
		expect((await ask(buyer.client, 'POST', `/orchestre/documents/${id}/read`)).status, 'a filed one has its record').toBe(409);
	});

	it('before anything was noted is found by the sweep', async () => {
		const file = randomUUID();
		await writeFile(join(process.env['STORAGE_LOCAL_ROOT'] ?? '', `${file}.pdf`), JSON.stringify(invoicePaper({ einvoice: 'valid' })));
		await directus.database('directus_files').insert({ id: file, storage: 'local', filename_disk: `${file}.pdf`, filename_download: 'oubli.pdf', title: 'Oubli', type: 'application/pdf', folder: folderIds.inbox, uploaded_by: buyer.id, created_on: new Date(), uploaded_on: new Date(), filesize: 1 }); // prettier-ignore
		const sweepNow = async (): Promise<void> =>
			void (await enqueue(directus.database, [{ kind: 'documents.sweep', key: randomUUID() }]), await runDueJobs(host));
		await sweepNow();
		expect(await documentOf(file), 'not before a minute has passed').toBeUndefined();
		advanceClock(120_000);
		await sweepNow();
		expect(await settledOf(file)).toMatchObject({ status: 'filed', user_created: buyer.id });
	});
});

describe('what comes in', () => {
	const tus = async (person: Person, method: string, path: string, headers: Record<string, string>, body?: Uint8Array<ArrayBuffer>): Promise<Response> => {
		const authorization = `Bearer ${(await person.client.getToken()) ?? ''}`;
		return fetch(new URL(path, directus.url), { method, headers: { authorization, 'tus-resumable': '1.0.0', ...headers }, ...(body && { body }) });
	};
	const begin = (person: Person, length: number, said: Record<string, string>): Promise<Response> =>
		tus(person, 'POST', '/files/tus', { 'upload-length': String(length), 'upload-metadata': Object.entries(said).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',') }); // prettier-ignore
	const sendPiece = (person: Person, path: string, offset: number, piece: Uint8Array<ArrayBuffer>): Promise<Response> =>
		tus(person, 'PATCH', path, { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' }, piece);

	it('in pieces, cut off in the middle and taken up again by whoever began it, is read as any other; until it is whole it is no document and no error', async () => {
		for (const person of [finance, buyer]) {
			const content = new Uint8Array(Buffer.from(JSON.stringify(invoicePaper({ einvoice: 'valid' }))));
			const half = Math.floor(content.length / 2);
			const title = `Par morceaux ${person.id}`;
			const made = await begin(person, content.length, { filename_download: 'tus.pdf', type: 'application/pdf', title, folder: folderIds.inbox });
			expect(`${made.status} ${await made.text()}`).toMatch(/^201/);
			const { pathname } = new URL(made.headers.get('location') ?? '', directus.url);
			expect((await sendPiece(person, pathname, 0, content.slice(0, half))).status).toBe(204);
			const file = (await directus.database('directus_files').where({ title }).first('id', 'uploaded_by')) as { id: string; uploaded_by: string };
			expect(file.uploaded_by).toBe(person.id);
			advanceClock(120_000);
			await enqueue(directus.database, [{ kind: 'documents.sweep', key: randomUUID() }]);
			await runDueJobs(host);
			resetClock();
			expect(await documentOf(file.id), 'half a file').toBeUndefined();
			expect(await rows('jobs', { kind: 'documents.sweep', state: 'failed' })).toEqual([]);
			expect((await sendPiece(boss, pathname, half, content.slice(half))).status, 'not by another').not.toBe(204);
			const where = await tus(person, 'HEAD', pathname, {});
			expect(where.headers.get('upload-offset'), 'where it was cut off').toBe(String(half));
			expect((await sendPiece(person, pathname, half, content.slice(half))).status).toBe(204);
			expect(await settledOf(file.id)).toMatchObject({ status: 'filed', title, origin: 'upload', owner: person.id, user_created: person.id });
			expect(await rows('directus_files', { title })).toHaveLength(1);
		}
	});

	it('in pieces goes no further than a form: not by who may not upload, not to another place on the disk, not over the file of a colleague', async () => {
		const theirs = await uploadBytes(finance, 'ce que la finance garde', { folder: folderIds.finance });
		const said = { filename_download: 'x.pdf', type: 'application/pdf', folder: folderIds.inbox };
		const reseller = (await directus.hire('Revendeur')) as Person;
		const before = (await rows('directus_files', {})).length;
		const refused = [
			await begin(reseller, 4, said),
			await begin(buyer, 4, { ...said, id: theirs }),
			await begin(buyer, 4, { ...said, replace_id: theirs }),
			await begin(buyer, 4, { ...said, filename_disk: `${theirs}.pdf` }),
			await begin(buyer, 4, { ...said, uploaded_by: finance.id }),
		];
		expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403]);
		expect(await rows('directus_files', {})).toHaveLength(before);
	});

	it('and is announced to two servers at the same moment, is one document with one reading', async () => {
		const file = randomUUID();
		await writeFile(join(process.env['STORAGE_LOCAL_ROOT'] ?? '', `${file}.pdf`), JSON.stringify(invoicePaper({ einvoice: 'valid' })));
		await directus.database('directus_files').insert({ id: file, storage: 'local', filename_disk: `${file}.pdf`, filename_download: 'deux.pdf', title: 'Deux', type: 'application/pdf', folder: folderIds.inbox, uploaded_by: buyer.id, created_on: new Date(), uploaded_on: new Date(), filesize: 1 }); // prettier-ignore
		// Both have seen that there is no document yet before either writes one; SQLite lets one at a time begin.
		const both = isPostgres(directus.database) ? 2 : 1;
		let here = 0;
		let go: () => void = () => undefined;
		const met = new Promise<void>((resolve) => (go = resolve));
		const server = (): Host => ({
			...host,
			getSchema: async (options) => {
				if (options?.database && (here += 1) === both) go();
				if (options?.database) await met;
				return host.getSchema(options);
			},
		});
		const other = (await import('../../extensions/orchestre/src/documents/filing/intake.ts?other' as string)) as { takeIn: typeof takeIn };
		await Promise.all([takeIn(server(), [file]), other.takeIn(server(), [file])]);
		expect(here, 'both were at it').toBeGreaterThanOrEqual(both);
		const document = await settledOf(file);
		expect(await rows('documents', { file })).toHaveLength(1);
		expect(await rows('jobs', { item: document.id, kind: 'documents.read' })).toHaveLength(1);
		expect(await rows('directus_activity', { collection: 'documents', item: document.id, action: 'create' })).toHaveLength(1);
	});

	it('that one may not open becomes nobody’s document, however it is named', async () => {
		const secret = await uploadBytes(buyer, JSON.stringify(invoicePaper()), { folder: folderIds.management });
		const seller = await directus.hire('Commercial');
		for (const file of [secret, { id: secret }, randomUUID()])
			expect(faultyFields((await ask(seller.client, 'POST', '/items/documents', { title: 'À moi', file })) as never)).toEqual(['file']);
		const own = await call<{ id: string }>(seller.client, 'POST', '/items/documents', { title: 'À moi' });
		expect(faultyFields((await ask(seller.client, 'PATCH', `/items/documents/${own.id}`, { file: secret })) as never)).toEqual(['file']);
		const theirs = await uploadBytes(seller, JSON.stringify(invoicePaper()), { folder: null });
		await call(seller.client, 'PATCH', `/items/documents/${own.id}`, { file: theirs });
		expect(await documentOf(secret)).toBeUndefined();
	});

	it('elsewhere, or with a record that has it already, is no document; what somebody attaches is read, for its text alone where it has its record', async () => {
		const loose = await uploadBytes(buyer, 'x', { folder: null });
		const shared = await uploadBytes(buyer, JSON.stringify(invoicePaper()), { folder: folderIds.shared });
		const company = (await call<{ id: string }>(directus.admin, 'POST', '/items/companies', { name: 'Roux' })).id;
		const contract = await call<{ id: string }>(directus.admin, 'POST', '/items/contracts', { name: 'Cadre', company });
		const text = 'Le préavis est de trois mois.';
		const annexe = await uploadBytes(buyer, JSON.stringify(invoicePaper({ text })), { folder: folderIds.shared });
		await call(buyer.client, 'POST', '/items/documents', { title: 'Annexe', type: 'contract', file: annexe, contract: contract.id });
		expect(await settledOf(annexe)).toMatchObject({ status: 'filed', text, type: 'contract', invoice: null, contract: contract.id });
		expect(await documentOf(loose)).toBeUndefined();
		expect(await documentOf(shared)).toBeUndefined();
		await call(buyer.client, 'POST', '/items/documents', { title: 'À lire', file: shared });
		expect(await settledOf(shared)).toMatchObject({ status: 'filed', type: 'invoice', origin: 'manual' });
		const forged = await ask(buyer.client, 'POST', '/items/documents', { title: 'Faux', status: 'to_review', sha256: 'x' });
		expect(faultyFields(forged as never)).toEqual(['status', 'sha256']);
	});
});

describe('records', () => {
	it('a receipt becomes a draft expense of whoever brought it, once', async () => {
		const paper: Paper = { class: 'receipt', fields: { merchant: 'Brasserie du Port', issued_on: '2026-11-03', gross: 4180, vat: 380, net: 3800 }, lines: [{ label: 'Menu du jour', quantity: 2000, net: 4180 }] }; // prettier-ignore
		const document = await filed(paper);
		expect(document).toMatchObject({ status: 'filed', type: 'receipt' });
		expect(await rows('expenses', { id: document['expense'] })).toMatchObject([{ status: 'draft', owner: buyer.id, category: 'meals', gross_cents: 4180, vat_cents: 380, net_cents: 3800, vat_rate: 1000, receipt: document['file'], note: '2 × Menu du jour : 41,80\u00a0€' }]); // prettier-ignore
		const again = await filed({ ...paper, text: 'Une autre photo' });
		expect(again).toMatchObject({ status: 'to_review', expense: null });
	});

	it('one of our own invoices is joined to the one with its number, and never made', async () => {
		const company = (await call<{ id: string }>(directus.admin, 'POST', '/items/companies', { name: 'Client Roux', is_client: true })).id;
		const ours = (
			await call<{ id: string }>(directus.admin, 'POST', '/items/invoices', {
				company,
				lines: [{ label: 'Conseil', unit_price_cents: 10_000, vat_rate: 2000 }],
			})
		).id;
		await directus.database('invoices').where({ id: ours }).update({ number: 'FAC-2026-000777' });
		const sale = (over: Paper['fields']): Paper => ({
			class: 'sales_invoice',
			fields: { supplier_name: 'Atelier Horizon', supplier_siren: '732829320', number: 'FAC-2026-000777', gross: 12_000, ...over },
		});
		const before = (await rows('invoices', {})).length;
		expect(await filed(sale({}))).toMatchObject({ status: 'filed', invoice: ours, company });
		expect(await filed({ ...sale({ number: 'fac 2026-000777' }), text: 'un scan' }), 'as a scan or a hand writes it').toMatchObject({
			status: 'filed',
			invoice: ours,
		});
		expect((await filed(sale({ gross: 12_001 })))['filing_note']).toContain('Notre facture FAC-2026-000777 est de 120,00');
		expect((await filed(sale({ number: 'FAC-1999-1' })))['filing_note']).toContain('Aucune de nos factures ne porte le numéro FAC-1999-1');
		expect(await rows('invoices', {})).toHaveLength(before);
	});

	it('a contract gets its term, its notice date and the reminders of flow 42', async () => {
		const document = await filed({ class: 'contract', fields: { supplier_name: 'Nettoyage Blanc SAS', buyer_name: 'Atelier Horizon SAS', starts_on: dayFromToday(-330), ends_on: dayFromToday(100), notice_days: 90, renewal: 'tacit', amount: 480_000, contract_kind: 'maintenance' } }); // prettier-ignore
		expect(document).toMatchObject({ status: 'filed', type: 'contract' });
		const [contract] = await rows('contracts', { id: document['contract'] });
		expect(contract).toMatchObject({ status: 'signed', type: 'maintenance', renewal: 'tacit', notice_days: 90, value_cents: 480_000, document: document.id });
		expect(dayOrNull(contract?.['notice_on'])).toBe(dayFromToday(10));
		await enqueue(directus.database, [{ kind: 'success.contracts', key: randomUUID(), payload: { anyDay: true } }]);
		await runDueJobs(host);
		const alerts = await rows('alerts', { contract: contract?.['id'], kind: 'contract_end' });
		expect(alerts).toMatchObject([{ state: 'open', assignee: buyer.id, title: expect.stringContaining('Nettoyage Blanc') as string }]);
		expect(await rows('directus_notifications', { recipient: buyer.id, collection: 'contracts', item: contract?.['id'] })).toHaveLength(1);
	});

	it('a contract that is there already is completed, and changed only by a person; it is never there twice', async () => {
		const paper: Paper = { class: 'contract', fields: { supplier_name: 'Gardien Sud', buyer_name: 'Atelier Horizon SAS', number: 'GS-77', starts_on: '2026-01-01', ends_on: '2027-12-31', contract_kind: 'service' } }; // prettier-ignore
		const first = await filed(paper);
		const again = (over: Paper['fields'], text: string): Promise<Document> => filed({ ...paper, text, fields: { ...paper.fields, ...over } });
		const completed = await again({ number: 'gs 77', notice_days: 60, renewal: 'none' }, 'avec préavis');
		expect(completed).toMatchObject({ status: 'filed', contract: first['contract'] });
		expect(completed['filing_note']).toContain('complété : préavis');
		const later = { ...paper, fields: { ...paper.fields, number: '', ends_on: '2028-12-31' } };
		const longer = await again(later.fields, 'un avenant');
		expect(longer).toMatchObject({ status: 'to_review', contract: null });
		expect(longer['filing_note']).toContain('ce document dit autre chose : fin 31/12/2028 (fiche : 31/12/2027)');
		await review(boss, longer.id, acceptance(later));
		const contracts = await rows('contracts', { company: first['company'] });
		expect(contracts).toMatchObject([{ id: first['contract'], reference: 'GS-77', notice_days: 60, document: first.id }]);
		expect([dayOrNull(contracts[0]?.['ends_on']), dayOrNull(contracts[0]?.['notice_on'])]).toEqual(['2028-12-31', null]);
	});

	it('a supplier is told by its numbers: another name is named, a known name with another number goes to a person; a credit note finds its invoice', async () => {
		const known = { supplier_name: 'Atlantique Pneus', supplier_siren: '775670417' };
		const paper = invoicePaper({ einvoice: 'valid' }, known);
		const first = await filed(paper);
		const renamed = await filed(invoicePaper({ einvoice: 'valid' }, { ...known, supplier_name: 'A.P. Garage de l’Ouest' }));
		expect(renamed).toMatchObject({ status: 'filed', company: first['company'] });
		expect(renamed['filing_note']).toContain('Le document dit « A.P. Garage de l’Ouest » : mêmes numéros que « Atlantique Pneus »');
		const stranger = invoicePaper({ einvoice: 'valid' }, { ...known, supplier_siren: '443061841' });
		await directus.database('companies').where({ siren: '443061841' }).update({ siren: null });
		const impostor = await filed(stranger);
		expect(impostor).toMatchObject({ status: 'to_review', invoice: null, company: null });
		expect(impostor['filing_note']).toContain('Nous connaissons « Atlantique Pneus » sous le SIREN 775670417 ; le document dit 443061841.');
		const outcome = await review(finance, impostor.id, acceptance(stranger));
		expect(outcome.records).toMatchObject([{ collection: 'invoices' }, { collection: 'companies', created: true }]);
		const credit = await filed({ ...invoicePaper({ einvoice: 'valid' }, { ...known, invoice_reference: String(paper.fields?.number).replaceAll('-', ' ') }), class: 'credit_note' }); // prettier-ignore
		expect(await rows('invoices', { id: credit['invoice'] })).toMatchObject([{ type: 'credit_note', corrects: first['invoice'] }]);
		expect(credit['filing_note']).toContain(`Corrige la facture n° ${String(paper.fields?.number)}.`);
	});

	it('a card completes what a contact lacks, keeps what is there and names the differences', async () => {
		const company = (await call<{ id: string }>(directus.admin, 'POST', '/items/companies', { name: 'Lumen', website: 'https://lumen.example' })).id;
		const known = (
			await call<{ id: string }>(directus.admin, 'POST', '/items/people', {
				first_name: 'Ana',
				last_name: 'Petit',
				email: 'ana@lumen.example',
				job_title: 'Acheteuse',
				company,
			})
		).id;
		const card: Paper = { class: 'business_card', fields: { contact_first_name: 'Ana', contact_last_name: 'Petit', contact_email: 'ana@lumen.example', contact_job: 'Directrice des achats', contact_mobile: '06 12 34 56 78', contact_company: 'Lumen SAS' } }; // prettier-ignore
		const document = await filed(card);
		expect(document).toMatchObject({ status: 'filed', person: known, company });
		expect(await rows('people', { id: known })).toMatchObject([{ job_title: 'Acheteuse', mobile: '+33612345678' }]);
		expect(document['filing_note']).toContain('fonction « Directrice des achats » (fiche : « Acheteuse »)');
		const other = await filed({
			...card,
			fields: { ...card.fields, contact_email: 'neu@neuf.example', contact_last_name: 'Neuf', contact_company: 'Neuf et Cie' },
		});
		expect(await rows('people', { id: other['person'] })).toMatchObject([{ last_name: 'Neuf', owner: buyer.id }]);
		expect((await rows('companies', { id: other['company'] }))[0]).toMatchObject({ name: 'Neuf et Cie', lifecycle: 'prospect' });
	});

	it('a file whose page prints another IBAN is filed with the file’s only by somebody who says who confirmed it', async () => {
		const said = { fr: 'L’IBAN du fichier n’est pas celui de la page.', en: 'Another IBAN on the page.' };
		const odd = (supplier: string): Paper => invoicePaper({ einvoice: 'valid', checks: [{ code: 'PRINTED-IBAN', passed: false, severity: 'error', message: said, fields: ['iban'] }] }, { supplier_name: supplier, supplier_siren: '', iban: 'FR7630006000011234567890189' });
		const paper = odd('Papeterie Aux Lilas');
		const waiting = await filed(paper);
		expect(waiting.status).toBe('to_review');
		await expect(review(finance, waiting.id, acceptance(paper))).rejects.toMatchObject({ status: 409, code: 'IBAN_CHANGED' });
		expect(await review(finance, waiting.id, acceptance(paper, { reason: 'Mme Morel : FR76 3000 6000 0112 3456 7890 189' }))).toMatchObject({ status: 'filed' });
		expect((await rows('documents', { id: waiting.id }))[0]?.['filing_note']).toContain('Confirmation : Mme Morel : FR76\u00a0…\u00a0189');
		const printed = odd('Reliure du Pont');
		const other = await filed(printed);
		expect(await review(finance, other.id, acceptance({ ...printed, fields: { ...printed.fields, iban: 'FR1420041010050500013M02606' } }))).toMatchObject({ status: 'filed' });
	}); // prettier-ignore

	it('another IBAN of a known supplier is never stored by itself: an alert, and a person who says who confirmed it', async () => {
		const [first, second] = ['FR7630006000011234567890189', 'FR1420041010050500013M02606'];
		const rib = (iban: string): Paper => ({
			class: 'bank_details',
			fields: { supplier_name: 'Bois Martin', account_holder: 'Bois Martin', iban, bic: 'AGRIFRPP' },
		});
		const one = await filed(rib(first));
		expect(one).toMatchObject({ status: 'to_review', owner: finance.id });
		await review(finance, one.id, acceptance(rib(first)));
		expect(await rows('companies', { name: 'Bois Martin' })).toMatchObject([{ iban: first, bic: 'AGRIFRPP' }]);
		const invoice = await filed(invoicePaper({ einvoice: 'valid' }, { supplier_name: 'Bois Martin', supplier_siren: '', iban: second }));
		expect(invoice).toMatchObject({ status: 'to_review', invoice: null });
		expect(await rows('alerts', { document: invoice.id })).toMatchObject([{ kind: 'bank_details', severity: 'critical', state: 'open', assignee: finance.id }]);
		const paid = invoicePaper({}, { supplier_name: 'Bois Martin', supplier_siren: '', iban: second, number: 'BM-1' });
		await expect(review(finance, invoice.id, acceptance(paid))).rejects.toMatchObject({ status: 409, code: 'IBAN_CHANGED' });
		expect(await rows('invoices', { supplier_number: 'BM-1' })).toEqual([]);
		const two = await filed(rib(second));
		await expect(review(finance, two.id, acceptance(rib(second)))).rejects.toMatchObject({ status: 409 });
		expect(await rows('companies', { name: 'Bois Martin' })).toMatchObject([{ iban: first }]);
		await review(finance, two.id, acceptance(rib(second), { reason: 'M. Martin, au standard, le 22/11' }));
		expect(await rows('companies', { name: 'Bois Martin' })).toMatchObject([{ iban: second }]);
		expect((await ask<Row>(buyer.client, 'GET', `/items/companies?filter[name][_eq]=Bois%20Martin&fields=iban`)).status, 'not for sales').toBe(403);
	});
});

describe('a supplier that never sent its bank details', () => {
	it('is held to the account on its papers so far: another one stops the filing and is an alert', async () => {
		const [first, second] = ['FR7630006000011234567890189', 'FR1420041010050500013M02606'];
		const paper = (iban: string): Paper => invoicePaper({ einvoice: 'valid' }, { supplier_name: 'Verrerie Sault', supplier_siren: '542051180', iban });
		const [one, again] = [await filed(paper(first)), await filed(paper(first))];
		expect([one.status, again.status]).toEqual(['filed', 'filed']);
		// Nobody has vouched for a first account: it is named wherever the invoice is decided on, and once only.
		const warning = 'Premier IBAN connu de Verrerie Sault (FR76\u00a0…\u00a0189) : confirmez-le auprès du fournisseur avant de payer.';
		expect(one['filing_note']).toContain(warning);
		expect(await rows('invoices', { id: one['invoice'] })).toMatchObject([{ internal_note: warning }]);
		await followed();
		expect(await rows('directus_notifications', { item: one['invoice'] })).toMatchObject([{ message: expect.stringContaining(warning) as string }]);
		expect(again['filing_note']).not.toContain('Premier IBAN');
		const changed = await filed(paper(second));
		expect(changed).toMatchObject({ status: 'to_review', invoice: null, owner: finance.id });
		expect(changed['filing_note']).toBe(
			'L’IBAN du document (FR14\u00a0…\u00a0606) n’est pas celui des documents précédents de Verrerie Sault (FR76\u00a0…\u00a0189).',
		);
		expect(await rows('alerts', { document: changed.id })).toMatchObject([{ kind: 'bank_details', severity: 'critical', state: 'open', assignee: finance.id }]);
		await followed();
		expect(await rows('tasks', { document: changed.id })).toHaveLength(1);
		const answer = (reason?: string): Review => acceptance({ class: 'purchase_invoice', fields: { supplier_name: 'Verrerie Sault', supplier_siren: '542051180', iban: second }, vat: [{ category: 'S', rate: 2000, base: 10_000, vat: 2000, reason: null }] }, reason ? { reason } : {}); // prettier-ignore
		await expect(review(finance, changed.id, answer())).rejects.toMatchObject({ status: 409, code: 'IBAN_CHANGED' });
		await review(finance, changed.id, answer('Mme Sault, au standard'));
		expect((await rows('documents', { id: changed.id }))[0]?.['filing_note']).toContain('Confirmation : Mme Sault, au standard');
		expect((await filed(paper(second))).status, 'who was confirmed is known').toBe('filed');
	});
});

describe('search', () => {
	const found = async (person: Person, id: string, words: string): Promise<boolean> =>
		(await call<Row[]>(person.client, 'GET', `/items/documents?search=${encodeURIComponent(words)}&fields=id&limit=-1`)).some((row) => row['id'] === id);

	it('finds documents by their words and phrases, whatever their accents and line ends, and only those that one may read', async () => {
		const { id } = await filed(invoicePaper({ einvoice: 'valid', text: 'FOURNITURE D’ÉLECTRICITÉ\nhaute tension, contrat zorglub' }));
		const stranger = (await directus.hire('Succès client')) as Person;
		const words = ['électricité', 'electricite', 'zorglub', "d'electricite haute tension", 'D’Électricité haute', 'introuvable'];
		expect(await Promise.all(words.map((one) => found(finance, id, one)))).toEqual([true, true, true, true, true, false]);
		expect(await found(stranger, id, 'zorglub')).toBe(false);
	});

	it('needs no look at every row on PostgreSQL: each column that Directus searches has its index', async () => {
		if (!isPostgres(directus.database)) return;
		const asked: { sql: string; bindings: readonly string[] }[] = [];
		const hear = (query: { sql: string; bindings: readonly string[] }): void => void (query.sql.includes('search_words') && asked.push(query));
		directus.database.on('query', hear);
		await call(boss.client, 'GET', '/items/documents?search=zorglub&fields=id,title&limit=25&sort=-date_created');
		directus.database.removeListener('query', hear);
		expect(asked.length).toBeGreaterThan(0);
		const plan = await directus.database.transaction(async (trx) => {
			await trx.raw('set local enable_seqscan = off');
			await trx.raw('set local enable_indexscan = off');
			const { rows: lines } = await trx.raw<{ rows: object[] }>(`explain ${asked[0]?.sql.replaceAll(/\$\d+/g, '?')}`, [...(asked[0]?.bindings ?? [])]);
			return JSON.stringify(lines);
		});
		for (const column of ['title', 'description', 'search_words']) expect(plan).toContain(`Bitmap Index Scan on orchestre_documents_${column}_search`);
	});
});

describe('real files', () => {
	it('an e-invoice by REST is read in its own process and filed; a vCard becomes a contact; a torn PDF says what is the matter, and is kept', async () => {
		useReader(null);
		const profile = directus.database('company_profile');
		await profile.clone().update({ legal_name: 'Ma Société', siren: '552100554' });
		const invoice = await settledOf(await uploadBytes(buyer, facturX, { name: 'facture.xml', type: 'text/xml' }));
		expect(invoice).toMatchObject({ status: 'filed', type: 'invoice', reading_method: 'xml' });
		const [row] = await rows('invoices', { id: invoice['invoice'] });
		expect(row).toMatchObject({
			supplier_number: 'FA-2026-0042',
			net_cents: 110_000,
			vat_cents: 19_100,
			gross_cents: 129_100,
			einvoice_format: 'factur_x',
			purchase_order: 'BC-77',
		});
		expect([dayOrNull(row?.['issue_date']), dayOrNull(row?.['due_date'])]).toEqual(['2026-11-02', '2026-12-02']);
		expect(await rows('companies', { id: invoice['company'] })).toMatchObject([
			{ name: 'Dupont & Fils SARL', siren: '732829320', vat_number: 'FR44732829320', iban: null },
		]);
		const booked = (await directus.database('line_items').where({ invoice: invoice['invoice'] }).orderBy('sort')) as Row[];
		expect(booked.map(({ label, net_cents, vat_rate }) => [label, net_cents, vat_rate])).toEqual([
			['Conseil\nDeux jours sur site', 100_000, 2000],
			['Livres', 20_000, 550],
			['Remise\u00a0: Fidélité', -10_000, 2000],
		]);
		const card =
			'BEGIN:VCARD\r\nVERSION:3.0\r\nN:Garnier;Lucie;;;\r\nFN:Lucie Garnier\r\nORG:Serres du Nord\r\nTITLE:Gérante\r\nEMAIL:lucie@serres.example\r\nTEL;TYPE=CELL:+33612345679\r\nEND:VCARD\r\n';
		const contact = await settledOf(await uploadBytes(buyer, card, { name: 'lucie.vcf', type: 'text/vcard' }));
		expect(contact).toMatchObject({ type: 'business_card' });
		const torn = await settledOf(await uploadBytes(buyer, '%PDF-1.4\n1 0 obj', { name: 'coupe.pdf' }));
		expect(torn).toMatchObject({ status: 'rejected', invoice: null });
		expect(torn['reading_error']).toMatch(/\.$/);
		await profile.clone().update({ legal_name: 'Atelier Horizon SAS', siren: '732829320' });
		expect(readdirSync(tmpdir()).filter((name) => name.startsWith('orchestre-document-') && name.includes(`-${process.pid}-`))).toEqual([]);
	}, 120_000);
});

describe('a file with several contacts', () => {
	const card = (name: string, ...more: string[]): string =>
		['BEGIN:VCARD', 'VERSION:3.0', `N:${name};;;`, 'ORG:Phare du Large', ...more, 'END:VCARD', ''].join('\r\n');

	it('makes them all, completes those that are there and one that comes twice, and waits for a person where one lacks something', async () => {
		useReader(null);
		const known = (await call<{ id: string }>(directus.admin, 'POST', '/items/people', { first_name: 'Noé', last_name: 'Roc', email: 'noe@phare.example', job_title: 'Gardien' })).id; // prettier-ignore
		const twice = card('Quai;Jo', 'TEL;TYPE=CELL:+33612345671');
		const all = card('Mer;Ida', 'EMAIL:ida@phare.example') + twice + twice + card('Roc;Noé', 'EMAIL:noe@phare.example', 'TITLE:Chef', 'TEL;TYPE=CELL:+33612345670') + card('Mer;Ida', 'EMAIL:ida@phare.example', 'TITLE:Capitaine'); // prettier-ignore
		const document = await settledOf(await uploadBytes(buyer, all, { name: 'equipe.vcf', type: 'text/vcard' }));
		expect(document).toMatchObject({ status: 'filed', type: 'business_card' });
		expect(await rows('people', { email: 'ida@phare.example' })).toMatchObject([{ id: document['person'], job_title: 'Capitaine', owner: buyer.id }]);
		expect(await rows('people', { id: known })).toMatchObject([{ job_title: 'Gardien', mobile: '+33612345670', company: document['company'] }]);
		expect(await rows('companies', { name: 'Phare du Large' })).toHaveLength(1);
		expect(await rows('people', { last_name: 'Quai' })).toMatchObject([{ mobile: '+33612345671', company: document['company'] }]);
		expect(document['filing_note']).toContain('fonction « Chef » (fiche : « Gardien »)');
		const unsure = await settledOf(await uploadBytes(buyer, card('Sel;Eva', 'EMAIL:eva@phare.example') + card('Vent;Max') + card(';Lou', 'EMAIL:lou@phare.example'), { name: 'autres.vcf', type: 'text/vcard' })); // prettier-ignore
		expect(unsure).toMatchObject({ status: 'to_review', person: null });
		expect(unsure['filing_note']).toBe('Sur 3 contacts du fichier, à compléter : Max Vent, Lou.');
		const fields = { contact_first_name: 'Eva', contact_last_name: 'Sel', contact_email: 'eva@phare.example', contact_company: 'Phare du Large' };
		const { records } = await review(buyer, unsure.id, acceptance({ class: 'business_card', fields }));
		expect(records.filter(({ collection }) => collection === 'people').map(({ name }) => name)).toEqual(['Eva Sel', 'Max Vent']);
		expect((await rows('documents', { id: unsure.id }))[0]?.['filing_note']).toContain('Sans nom, non repris : 1 contact.');
	});
});

describe('OpenAI', () => {
	const answerOf = (fields: Record<string, string>, over: Row = {}) => ({
		id: 'chatcmpl-1',
		object: 'chat.completion',
		created: 1_700_000_000,
		model: 'gpt-4.1-mini',
		choices: [{ index: 0, finish_reason: 'stop', logprobs: null, message: { role: 'assistant', refusal: null, content: JSON.stringify({ class: 'purchase_invoice', fields: Object.entries(fields).map(([name, value]) => ({ name, value })), lines: [], vat: [{ rate: '20', base: '100.00', tax: '20.00' }], ...over }) } }], // prettier-ignore
		usage: { prompt_tokens: 10_000, completion_tokens: 1000, total_tokens: 11_000 },
	});
	const allow = (types: string[], budget = 100): Promise<number> =>
		directus
			.database('settings')
			.update({ documents_openai_types: JSON.stringify(types), documents_openai_budget_cents: budget }) as unknown as Promise<number>;
	let openAi: Vendor;
	beforeAll(async () => {
		openAi = await openVendor();
		useConnectorEnv({ ORCHESTRE_OPENAI_API_KEY: 'sk-x', ORCHESTRE_OPENAI_URL: `${openAi.url}/v1` });
	});
	afterAll(async () => {
		useConnectorEnv({});
		await allow([]);
		await openAi.close();
	});

	it('is asked about a ticked type that would go to a person, says what left and what it cost, and confirms what both read the same', async () => {
		const paper = invoicePaper({ sure: 0.9, lines: [] }, { supplier_name: 'Vernis et Fils', supplier_siren: '542051180' });
		const fields = { supplier_name: 'Vernis et Fils', supplier_siren: '542 051 180', number: String(paper.fields?.number), issued_on: '2026-11-02', net: '100.00', vat: '20.00', gross: '120.00' }; // prettier-ignore
		let announced: unknown;
		openAi.answer((_asked, response) => {
			void directus.database('documents').where('ai_note', 'like', 'Envoi à OpenAI%').first('ai_note').then((row: Row | undefined) => {
				announced = row?.['ai_note'];
				return json(response, answerOf(fields));
			}); // prettier-ignore
		});
		expect((await filed(paper)).status, 'off by default').toBe('to_review');
		expect(openAi.asked).toHaveLength(0);
		await allow(['invoice']);
		const document = await filed({ ...paper, text: 'Le même, autrement' });
		expect(document).toMatchObject({ status: 'filed', ai_cost_micros: 5600 });
		expect(document['ai_note']).toMatch(/^Envoyé à OpenAI le .+ : le fichier entier et le texte lu \(18 caractères\)\. Coût : moins d’un centime\./);
		expect(announced, 'the document says what leaves before anybody has answered').toMatch(
			/: le fichier entier et le texte lu \(18 caractères\)\. Réponse attendue\.$/u,
		);
		expect(await rows('invoices', { id: document['invoice'] })).toMatchObject([{ gross_cents: 12_000, supplier_number: paper.fields?.number }]);
		expect(openAi.asked.flatMap(isDescribed ? complaints : () => [])).toEqual([]);
		const { messages, store } = JSON.parse(openAi.asked[0]?.body ?? '{}') as { messages: { content: { type: string }[] }[]; store: boolean };
		expect([store, messages[1]?.content.map(({ type }) => type)]).toEqual([false, ['text', 'file']]);
	});

	it('alone it files nothing; a fault, nonsense or a used-up budget leave the local reading; a valid e-invoice never leaves', async () => {
		await allow(['invoice']);
		openAi.asked.length = 0;
		const unsure = (): Paper => invoicePaper({ sure: 0.6 });
		openAi.answer((_asked, response) => json(response, answerOf({ number: 'AUTRE-1', gross: '999.00' })));
		const other = await filed(unsure());
		expect(other).toMatchObject({ status: 'to_review' });
		const { fields } = JSON.parse(typeof other['extracted'] === 'string' ? other['extracted'] : JSON.stringify(other['extracted'])) as { fields: Row[] };
		expect(fields.find(({ name }) => name === 'gross')).toMatchObject({ value: 99_900, source: 'ai', confidence: 0.9, alternatives: [{ value: 12_000 }] });
		openAi.answer((_asked, response) => json(response, { error: { message: 'x' } }, 500));
		const failed = await filed(unsure());
		expect(failed).toMatchObject({ status: 'to_review', ai_sent_at: null });
		expect(failed['ai_note']).toContain('La lecture locale est gardée.');
		await directus.database('integrations').where({ key: 'openai' }).update({ state: 'ready', retry_after: null });
		openAi.answer((_asked, response) => json(response, answerOf({}, { class: 'a poem' })));
		expect(await filed(unsure())).toMatchObject({ status: 'to_review', ai_cost_micros: 5600 });
		const wait = AbortSignal.timeout.bind(AbortSignal);
		const hurry = vi.spyOn(AbortSignal, 'timeout').mockImplementation((ms) => wait(Math.min(ms, 200)));
		openAi.answer(() => undefined);
		const late = await filed(unsure());
		hurry.mockRestore();
		expect(late).toMatchObject({ status: 'to_review', ai_sent_at: null });
		expect(late['ai_note']).toContain('La lecture locale est gardée.');
		await directus.database('integrations').where({ key: 'openai' }).update({ state: 'ready', retry_after: null });
		await allow(['invoice'], 0);
		openAi.asked.length = 0;
		expect((await filed(unsure()))['ai_note']).toContain('la dépense prévue par jour');
		await allow(['invoice']);
		expect((await filed(invoicePaper({ einvoice: 'valid' }))).status).toBe('filed');
		expect(openAi.asked).toHaveLength(0);
	});

	it('is asked no more once the day’s budget is spent, files nothing alone however low the threshold, and says so when it sees another paper', async () => {
		advanceClock(86_400_000);
		await directus.database('settings').update({ documents_invoice_threshold: 5000 });
		await allow(['invoice'], 1);
		openAi.asked.length = 0;
		const unsure = (): Paper => invoicePaper({ sure: 0.4 });
		openAi.answer((_asked, response) => json(response, answerOf({ number: 'SEUL-1', gross: '120.00' })));
		const alone = await filed(unsure());
		expect(alone['filing_note']).toContain('À confirmer : numéro (lu par OpenAI seul).');
		expect(alone['filing_note'], 'what both read').not.toContain('total TTC');
		openAi.answer((_asked, response) => json(response, answerOf({}, { class: 'quote' })));
		expect((await filed(unsure()))['filing_note']).toContain('OpenAI y voit un devis, notre lecture une facture d’achat : à confirmer.');
		expect((await filed(unsure()))['ai_note']).toContain('la dépense prévue par jour');
		expect(openAi.asked, 'two calls cost more than a cent').toHaveLength(2);
		await directus.database('settings').update({ documents_invoice_threshold: 9700 });
	});
});
