import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makePdf } from '../../extensions/orchestre/src/documents/reading/made-up.ts';
import type { Decided, OpenDocument, PassedOn, Queue, Recipient } from '../../extensions/orchestre/src/documents/review/answers.ts';
import { currentFit } from '../../extensions/orchestre/src/documents/review/fit/store.ts';
import { nameOf } from '../../extensions/orchestre/src/documents/review/stored.ts';
import type { ConfidenceFit, DocumentRead, Field, FieldName, Page } from '../../extensions/orchestre/src/documents/types.ts';
import { builtInFit, probability } from '../../extensions/orchestre/src/documents/understanding/confidence.ts';
import { enqueue } from '../../extensions/orchestre/src/platform/jobs/enqueue.ts';
import { runToEnd } from '../../extensions/orchestre/src/platform/jobs/index.ts';
import type { Host } from '../../extensions/orchestre/src/platform/directus.ts';
import { call, type Client } from '../../scripts/support/client.ts';
import { folderIds } from '../../seeds/ids.ts';
import { startDirectus, type TestDirectus } from '../support/directus.ts';
import { hostOf } from '../support/host.ts';

type Person = { id: string; client: Client };
type Answer<T> = { status: number; data: T; message: string; headers: Headers; bytes: number };

let directus: TestDirectus;
let host: Host;
let finance: Person;
let other: Person;
let seller: Person;
let partner: Person;

async function ask<T>(person: Person | null, method: string, path: string, body?: unknown, more: Record<string, string> = {}): Promise<Answer<T>> {
	const headers: Record<string, string> = { 'content-type': 'application/json', ...more };
	if (person) headers['authorization'] = `Bearer ${await person.client.getToken()}`;
	const response = await fetch(new URL(`/orchestre/documents${path}`, directus.url), {
		method,
		headers,
		...(body !== undefined && { body: JSON.stringify(body) }),
	});
	const bytes = Buffer.from(await response.arrayBuffer());
	const isJson = response.headers.get('content-type')?.includes('json');
	const json = (isJson ? JSON.parse(bytes.toString()) : {}) as { data?: T; errors?: { message: string }[] };
	return { status: response.status, data: json.data as T, message: json.errors?.[0]?.message ?? '', headers: response.headers, bytes: bytes.length };
}

const field = (name: FieldName, value: string | number, over: Partial<Field> = {}): Field => ({ name, value, page: 1, box: [0.1, 0.1, 0.2, 0.02], confidence: 0.8, source: 'text', evidence: { score: 0.6 }, alternatives: [], ...over }); // prettier-ignore
const read: DocumentRead = {
	class: 'receipt',
	classConfidence: 0.9,
	classes: { receipt: 0.9 },
	fields: [field('merchant', 'Boulangerie Nord'), field('issued_on', '2026-11-20'), field('gross', 1250), field('vat', 65, { confidence: 0.99 })],
	lines: [],
	vat: [],
	method: 'text',
	pageCount: 1,
	text: 'Boulangerie Nord',
	language: 'fr',
	einvoice: null,
	checks: [],
	notes: [],
	refusal: null,
};

/** A receipt that waits; its file lies in a folder that finance reads. */
async function waiting(over: Record<string, unknown> = {}, folder: string = folderIds.finance): Promise<string> {
	const form = new FormData();
	form.set('folder', folder);
	form.set('file', new Blob([Buffer.from(makePdf([['Boulangerie Nord', 'Total 12,50 EUR']]))], { type: 'application/pdf' }), 'ticket.pdf');
	const authorization = `Bearer ${await directus.admin.getToken()}`;
	const upload = await fetch(new URL('/files?fields=id', directus.url), { method: 'POST', headers: { authorization }, body: form });
	const file = ((await upload.json()) as { data: { id: string } }).data.id;
	const id = randomUUID();
	const row = { id, title: 'ticket.pdf', file, type: 'receipt', status: 'to_review', origin: 'upload', extracted: JSON.stringify(read), owner: finance.id };
	await directus.database('documents').insert({ ...row, archived: false, date_created: new Date(), ...over });
	return id;
}

const accept = (version: string, fields: Record<string, unknown> = {}) => ({
	decision: 'accept',
	version,
	class: 'receipt',
	fields: { merchant: 'Boulangerie Nord', issued_on: '2026-11-20', gross: 1280, vat: 65, net: null, currency: 'EUR', ...fields },
	lines: [],
	vat: [],
});
const open = async (person: Person, id: string): Promise<OpenDocument> => (await ask<OpenDocument>(person, 'GET', `/${id}/review`)).data;
const forget = (...ids: string[]): Promise<unknown> => directus.database('documents').whereIn('id', ids).delete() as unknown as Promise<unknown>;

beforeAll(async () => {
	directus = await startDirectus({ ORCHESTRE_WORKER: 'false', LOG_LEVEL: 'silent' });
	host = await hostOf(directus);
	// What is uploaded here is put before a person by the tests themselves.
	await directus.database('settings').update({ documents_enabled: false });
	finance = await directus.hire('Finance', { first_name: 'Nadia' });
	other = await directus.hire('Finance');
	seller = await directus.hire('Commercial');
	partner = await directus.hire('Revendeur');
}, 240_000);
afterAll(() => directus?.close());

it('lists what waits and may be decided, one’s own first, to nobody who may not', async () => {
	const mine = await waiting();
	const theirs = await waiting({ owner: other.id, date_created: new Date(0) });
	const queue = (await ask<Queue>(finance, 'GET', '/review')).data;
	expect(queue.documents.map(({ id }) => id)).toEqual([mine, theirs]);
	expect(queue.remaining).toBe(2);
	expect(queue.documents[0]).toMatchObject({ about: 'Boulangerie Nord', amount: 1250, doubts: 3, isMine: true, class: 'receipt' });
	// What was barely made out is nobody's name.
	const misread = { ...read, fields: [field('merchant', 'Qté', { confidence: 0.3 })] };
	await directus
		.database('documents')
		.where({ id: theirs })
		.update({ extracted: JSON.stringify(misread) });
	expect((await ask<Queue>(finance, 'GET', '/review')).data.documents[1]).toMatchObject({ id: theirs, about: null });
	expect((await ask<Queue>(seller, 'GET', '/review')).data).toEqual({ remaining: 0, documents: [] });
	expect((await ask(partner, 'GET', '/review')).status).toBe(403);
	expect((await ask(null, 'GET', '/review')).status).toBe(403);
	await forget(mine, theirs);
});

it('shows neither the document, nor its words, nor its pages to whoever may not see it', async () => {
	const id = await waiting();
	for (const person of [seller, partner, null])
		for (const path of [`/${id}/review`, `/${id}/words`, `/${id}/pages/1`]) {
			const answer = await ask(person, 'GET', path);
			expect([path, answer.status, answer.headers.get('content-type')]).toEqual([path, 403, 'application/json; charset=utf-8']);
		}
	const { version } = await open(finance, id);
	for (const person of [seller, partner, null]) {
		expect((await ask(person, 'POST', `/${id}/review`, accept(version))).status).toBe(403);
		expect((await ask(person, 'POST', `/${id}/checks`, { class: 'receipt', fields: {}, lines: [], vat: [] })).status).toBe(403);
	}
	expect(await directus.database('documents').where({ id }).first('status')).toEqual({ status: 'to_review' });
	// Whoever must decide sees the page, in a folder, too, that they do not read; what is decided is closed to them again.
	const given = await waiting({ owner: seller.id, type: 'quote' }, folderIds.management);
	expect((await ask(seller, 'GET', `/${given}/words`)).status).toBe(200);
	expect((await open(seller, given)).file).toMatchObject({ canDownload: false });
	await directus.database('documents').where({ id: given }).update({ status: 'filed' });
	expect((await ask(seller, 'GET', `/${given}/pages/1`)).status).toBe(403);
	await forget(id, given);
});

it('gives a page as a picture that only the reader’s browser keeps, and its words where they stand', async () => {
	const id = await waiting();
	const words = (await ask<Page[]>(finance, 'GET', `/${id}/words`)).data;
	expect(words[0]?.words.map(({ text }) => text)).toEqual(['Boulangerie', 'Nord', 'Total', '12,50', 'EUR']);
	const first = await ask(finance, 'GET', `/${id}/pages/1`);
	expect([first.status, first.headers.get('content-type'), first.headers.get('cache-control')]).toEqual([200, 'image/webp', 'private, no-cache']);
	expect(first.bytes).toBeGreaterThan(1000);
	const kept = { 'if-none-match': first.headers.get('etag') ?? '', 'cache-control': 'max-age=0' };
	expect((await ask(finance, 'GET', `/${id}/pages/1`, undefined, kept)).status).toBe(304);
	// What a browser has kept is no way around the rights.
	expect((await ask(seller, 'GET', `/${id}/pages/1`, undefined, kept)).status).toBe(403);
	expect((await ask(finance, 'GET', `/${id}/pages/7`)).status).toBe(422);
	expect((await ask(finance, 'GET', `/${id}/pages/1?width=99999`)).status).toBe(400);
	await forget(id);
});

it('files a document with what the person says, keeps what that teaches, and refuses whoever comes second', async () => {
	const id = await waiting();
	const { version } = await open(finance, id);
	const order = { class: 'receipt', fields: { gross: 100, vat: 90, net: 90 }, lines: [], vat: [] };
	const checks = await ask<{ checks: { passed: boolean }[] }>(finance, 'POST', `/${id}/checks`, order);
	expect(checks.data.checks.some(({ passed }) => !passed)).toBe(true);
	expect((await ask(finance, 'POST', `/${id}/review`, accept('an older state'))).status).toBe(409);
	const odd = await ask(finance, 'POST', `/${id}/review`, accept(version, { gross: '12,80' }));
	expect([odd.status, odd.message]).toEqual([400, 'La valeur de « total TTC » ne convient pas.']);
	const done = await ask<Decided>(finance, 'POST', `/${id}/review`, accept(version));
	expect([done.message, done.data?.status]).toEqual(['', 'filed']);
	expect(done.data.records.map(({ collection, created }) => [collection, created])).toContainEqual(['expenses', true]);
	const expense = await directus.database('documents as d').join('expenses as e', 'e.id', 'd.expense').where('d.id', id).first('e.gross_cents', 'e.merchant');
	expect(expense).toMatchObject({ gross_cents: 1280, merchant: 'Boulangerie Nord' });
	type Kept = { field: string; is_right: unknown; predicted: string; final: string; confidence: number };
	const rows = (await directus.database('document_corrections').where({ document: id })) as Kept[];
	const taught = Object.fromEntries(rows.map((row) => [row.field, Boolean(row.is_right)]));
	expect(taught).toEqual({ class: true, merchant: true, issued_on: true, gross: false, vat: true });
	expect(rows.find((row) => row.field === 'gross')).toMatchObject({ predicted: '1250', final: '1280', confidence: 8000 });
	expect((await ask<Decided>(finance, 'POST', `/${id}/review`, accept(version))).data, 'a reply that was lost').toMatchObject({ status: 'filed' });
	const second = await ask(other, 'POST', `/${id}/review`, accept(version));
	expect([second.status, second.message]).toEqual([409, 'Nadia Test a déjà classé ce document : rien de votre saisie n’a été enregistré.']);
	const closed = await open(finance, id);
	expect(closed).toMatchObject({ status: 'filed', decided: { by: 'Nadia Test' } });
	expect(closed.decided?.records.map(({ collection }) => collection)).toContain('expenses');
	expect((await ask(finance, 'GET', '/review/precision')).data).toEqual({ sure: 1, right: 1 });
});

it('tells one of two who decide at the same moment of the other', async () => {
	const id = await waiting();
	const { version } = await open(finance, id);
	const answers = await Promise.all([finance, other].map((person) => ask(person, 'POST', `/${id}/review`, accept(version, { gross: 1290 }))));
	expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
	expect(await directus.database('document_corrections').where({ document: id, field: 'gross' })).toHaveLength(1);
});

it('rejects with a reason, and learns nothing from it', async () => {
	const id = await waiting();
	const { version } = await open(finance, id);
	expect((await ask(finance, 'POST', `/${id}/review`, { decision: 'reject', version, reason: ' ' })).status).toBe(400);
	expect((await ask<Decided>(finance, 'POST', `/${id}/review`, { decision: 'reject', version, reason: 'Déjà reçu' })).data.status).toBe('rejected');
	expect(await directus.database('document_corrections').where({ document: id })).toEqual([]);
});

it('is passed on to somebody who may accept it: theirs, with its task, a notice and who did so in its history; nobody else’s to give or to get', async () => {
	const [boss, manager, success, operations] = (await Promise.all(['Direction', 'Manager', 'Succès client', 'Opérations'].map((role) => directus.hire(role)))) as [Person, Person, Person, Person]; // prettier-ignore
	const gone = await directus.hire('Direction');
	await directus.database('directus_users').where({ id: gone.id }).update({ status: 'suspended' });
	const contract = { ...read, class: 'contract', fields: [field('supplier_name', 'Nettoyage Blanc'), field('starts_on', '2027-01-01')] };
	const id = await waiting({ type: 'contract', extracted: JSON.stringify(contract), filing_note: 'À confirmer : fin.' });
	const task = { id: randomUUID(), title: 'Vérifier', status: 'todo', kind: 'review', priority: 'normal', assignee: finance.id, document: id, origin: 'documents.review', origin_key: `test:${id}` }; // prettier-ignore
	await directus.database('tasks').insert({ ...task, date_created: new Date() });
	const { version } = await open(finance, id);
	const order = { decision: 'accept', version, class: 'contract', fields: { supplier_name: 'Nettoyage Blanc', starts_on: '2027-01-01' }, lines: [], vat: [] };
	const refused = await ask(finance, 'POST', `/${id}/review`, order);
	expect([refused.status, refused.message]).toEqual([403, 'Vous n’avez pas le droit de créer ce que ce document demande : transmettez-le à qui l’a.']);
	const recipients = async (as: string): Promise<string[]> => (await ask<Recipient[]>(finance, 'GET', `/${id}/recipients?class=${as}`)).data.map((one) => one.id).toSorted(); // prettier-ignore
	expect(await recipients('contract')).toEqual([boss.id, manager.id, seller.id].toSorted());
	expect(await recipients('purchase_invoice')).toEqual([other.id]);
	expect(await recipients('other')).toEqual([boss, manager, seller, success, operations, other].map((one) => one.id).toSorted());
	const give = (person: Person | null, to: string | null, as = 'contract', note = '') => ask<PassedOn>(person, 'POST', `/${id}/pass-on`, { class: as, to, note }); // prettier-ignore
	for (const person of [seller, manager, success, operations, partner, null]) {
		expect((await ask(person, 'GET', `/${id}/recipients?class=contract`)).status).toBe(403);
		expect((await give(person, boss.id)).status).toBe(403);
	}
	for (const to of [partner.id, success.id, gone.id, finance.id, randomUUID()]) expect((await give(finance, to)).status, 'may not have it').toBe(400);
	expect((await give(finance, boss.id, 'poem')).status).toBe(400);
	// A colleague of the team that has it may read it, and gives it to nobody.
	const team = (await call<{ id: string }>(directus.admin, 'POST', '/items/teams', { name: 'Contrats' })).id;
	await directus.database('documents').where({ id }).update({ team });
	await directus.database('directus_users').where({ id: operations.id }).update({ team });
	expect([
		(await ask(operations, 'GET', `/${id}/review`)).status,
		(await ask(operations, 'GET', `/${id}/recipients?class=contract`)).status,
		(await give(operations, boss.id)).status,
	]).toEqual([200, 403, 403]);
	expect((await directus.database('documents').where({ id }).first('owner')) as unknown).toEqual({ owner: finance.id });

	const word = 'Signé hier, RIB FR76 3000 6000 0112 3456 7890 189';
	const given = await give(finance, boss.id, 'contract', word);
	expect([given.status, given.data?.to]).toEqual([200, await nameOf(directus.database, boss.id)]);
	expect((await give(finance, boss.id, 'contract', word)).status, 'a reply that was lost').toBe(200);
	const row = (await directus.database('documents').where({ id }).first()) as Record<string, unknown>;
	expect(row).toMatchObject({ owner: boss.id, status: 'to_review', type: 'contract' });
	expect(String(row['filing_note']).split('\n')).toEqual([
		expect.stringMatching(/^Transmis par Nadia Test à .+ le .+ 20\d\d, comme un contrat : Signé hier, RIB FR76\u00a0…\u00a0189$/) as string,
		'À confirmer : fin.',
	]);
	expect(await directus.database('tasks').where({ document: id }).select('assignee', 'status')).toEqual([{ assignee: boss.id, status: 'todo' }]);
	const notices = (await directus.database('directus_notifications').where({ collection: 'documents', item: id })) as { recipient: string; message: string }[];
	expect(notices.map(({ recipient, message }) => [recipient, message])).toEqual([
		[boss.id, 'Nadia Test vous le confie : Signé hier, RIB FR76\u00a0…\u00a0189'],
	]);
	const history = (await directus.database('directus_activity').where({ collection: 'documents', item: id, user: finance.id })) as { id: number }[];
	const changed = (await directus.database('directus_revisions').whereIn('activity', history.map((one) => one.id)).pluck('delta')) as unknown[]; // prettier-ignore
	expect(changed.map((delta) => JSON.stringify(delta)).join()).toContain(boss.id);
	expect((await ask<Queue>(boss, 'GET', '/review')).data.documents[0]).toMatchObject({ id, isMine: true });

	// It was an invoice after all: to whoever may, without choosing.
	const back = await give(boss, null, 'purchase_invoice');
	expect(back.status).toBe(200);
	const after = (await directus.database('documents').where({ id }).first('owner', 'type')) as { owner: string; type: string };
	expect([[finance.id, other.id].includes(after.owner), after.type]).toEqual([true, 'invoice']);
	await directus.database('documents').where({ id }).update({ status: 'filed' });
	expect((await give(finance, other.id === after.owner ? null : other.id, 'purchase_invoice')).status).toBe(409);
	await directus.database('tasks').where({ document: id }).delete();
	await forget(id);
});

it('reads the words anew for another class, and keeps of that what the person let stand', async () => {
	const id = await waiting();
	const { version } = await open(finance, id);
	type Anew = { class: string; threshold: number; fields: Field[] };
	const anew = await ask<Anew>(finance, 'GET', `/${id}/reading?class=purchase_invoice`);
	expect(anew.data).toMatchObject({ class: 'purchase_invoice', threshold: 0.97 });
	expect(anew.data.fields.find(({ name }) => name === 'gross')).toMatchObject({ value: 1250, page: 1, source: 'text' });
	expect(anew.data.fields.map(({ name }) => name)).toContain('supplier_name');
	expect((await ask<Anew>(finance, 'GET', `/${id}/reading?class=receipt`)).data.fields).toEqual(read.fields);
	expect((await ask(finance, 'GET', `/${id}/reading?class=poem`)).status).toBe(400);
	for (const person of [seller, partner, null]) expect((await ask(person, 'GET', `/${id}/reading?class=quote`)).status).toBe(403);
	const body = { decision: 'accept', version, class: 'other', fields: { issued_on: null, number: null }, lines: [], vat: [] };
	expect((await ask<Decided>(finance, 'POST', `/${id}/review`, body)).data).toMatchObject({ status: 'filed', note: 'Classé sans créer de fiche.' });
	const { extracted } = (await directus.database('documents').where({ id }).first('extracted')) as { extracted: string | DocumentRead };
	const kept = typeof extracted === 'string' ? (JSON.parse(extracted) as DocumentRead) : extracted;
	expect([kept.class, kept.fields.some(({ name }) => name === 'merchant')]).toEqual(['other', false]);
	expect(await directus.database('document_corrections').where({ document: id }).select('field', 'predicted', 'final')).toEqual([{ field: 'class', predicted: 'receipt', final: 'other' }]); // prettier-ignore
	await forget(id);
});

it('keeps nothing of a person in what reviews teach', async () => {
	const card: DocumentRead = {
		...read,
		class: 'business_card',
		fields: [field('contact_last_name', 'Kervrann'), field('contact_email', 'm.kervrann@odet.example.com')],
	};
	const id = await waiting({ owner: seller.id, type: 'business_card', extracted: JSON.stringify(card) });
	const { version } = await open(seller, id);
	const fields = { contact_first_name: 'Maëlle', contact_last_name: 'Kervran', contact_email: 'm.kervrann@odet.example.com' };
	const done = await ask<Decided>(seller, 'POST', `/${id}/review`, { decision: 'accept', version, class: 'business_card', fields, lines: [], vat: [] });
	expect([done.message, done.data?.status]).toEqual(['', 'filed']);
	const examples = (await directus.database('document_corrections').where({ document: id })) as { field: string; is_right: unknown }[];
	expect(Object.fromEntries(examples.map((one) => [one.field, Boolean(one.is_right)]))).toEqual({ class: true, contact_last_name: false, contact_email: true });
	expect(JSON.stringify(examples)).not.toMatch(/kervran/iu);
});

it('learns how sure a reading is from the reviews, once for each lot of them', async () => {
	const run = async (key: string): Promise<string> => {
		const ids = await enqueue(directus.database, [{ kind: 'documents.refit', key, payload: {} }]);
		await runToEnd(host, ids, 20_000);
		return ((await directus.database('jobs').where({ key }).first('state')) as { state: string }).state;
	};
	expect(await run('refit:1')).toBe('skipped');
	expect(await currentFit(directus.database)).toBeUndefined();
	const documents: string[] = [];
	for (let n = 0; n < 40; n++) documents.push(randomUUID());
	const names = ['merchant', 'gross', 'issued_on', 'vat'];
	for (const [index, document] of documents.entries()) {
		await directus.database('documents').insert({ id: document, title: 'ticket', type: 'receipt', status: 'filed', origin: 'upload', archived: false });
		const examples = names.map((name, at) => {
			const isRight = (index + at) % 3 !== 0;
			const evidence = JSON.stringify({ score: isRight ? 0.9 : 0.4, told: isRight ? 1 : 0 });
			const date_created = new Date(Date.now() + index * 1000);
			return {
				id: randomUUID(),
				document,
				class: 'receipt',
				field: name,
				is_right: isRight,
				predicted: 'Chez Maëlle',
				final: 'Chez Maëlle',
				confidence: 9000,
				source: 'text',
				evidence,
				date_created,
			};
		});
		await directus.database('document_corrections').insert(examples);
	}
	expect(await run('refit:2')).toBe('done');
	const [model] = (await directus.database('models').where({ target: 'document_field' })) as { status: string; verdict: string; version: number }[];
	expect(model).toMatchObject({ status: 'champion', version: 1 });
	expect(model?.verdict).toMatch(/^Mis en service/u);
	expect(Object.keys((await currentFit(directus.database))?.fields ?? {})).toEqual(expect.arrayContaining(names));
	// What told right from wrong in the reviews now tells it in the next reading.
	const [told, untold] = [
		{ score: 0.9, told: 1 },
		{ score: 0.4, told: 0 },
	];
	const fit = await currentFit(directus.database);
	const gain = (use: ConfidenceFit = builtInFit()): number => probability('gross', told, use) - probability('gross', untold, use);
	expect(gain(fit)).toBeGreaterThan(gain() + 0.1);
	// Neither the fit nor the log of its making holds a value that was read.
	const written = JSON.stringify([
		await directus.database('models').where({ target: 'document_field' }),
		await directus.database('jobs').where({ kind: 'documents.refit' }),
	]);
	expect(written).not.toContain('Chez Maëlle');
	expect(await run('refit:3')).toBe('skipped');
	expect(await directus.database('models').where({ target: 'document_field' })).toHaveLength(1);
});
