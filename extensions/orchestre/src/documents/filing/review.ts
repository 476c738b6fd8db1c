import { isDeepStrictEqual } from 'node:util';
import { refuseUnlessCreatable, refuseUnlessUpdatable } from '../../platform/access.ts';
import { closeAlerts } from '../../platform/alerts.ts';
import { now } from '../../platform/clock.ts';
import type { Accountability, Host, Knex } from '../../platform/directus.ts';
import { conflict, notAllowed, notFound, UserError } from '../../platform/errors.ts';
import { maskedIban, withoutIbans } from '../../platform/input/iban.ts';
import { LaterActions } from '../../platform/later-actions.ts';
import type { DocumentClass, Field, FieldName, FiledRecord, Review, ReviewOutcome } from '../types.ts';
import { systemWriter } from './context.ts';
import { accountToConfirm } from './doubts.ts';
import { fileDocument } from './file.ts';
import { unconfirmed } from './records/bank-details.ts';
import { otherValues, Values } from './rules/values.ts';
import { closeReviewTasks, lockDocument, lockFiling } from './rows.ts';
import { readOwnCompany } from './settings.ts';
import { linkColumns, type Correction, type DocumentRow, type Extracted } from './types.ts';

/** Where a review runs: the caller's transaction, and a host whose `database` is that transaction. Flows hear of it once it is committed. */
export type ReviewContext = { host: Host; trx: Knex; accountability: Accountability | null };

type Accepted = Extract<Review, { decision: 'accept' }>;

/** What each class makes, and who may therefore accept it. */
export const madeBy: Readonly<Record<DocumentClass, readonly string[]>> = {
	purchase_invoice: ['invoices'],
	credit_note: ['invoices'],
	sales_invoice: [],
	quote: ['companies'],
	receipt: ['expenses'],
	contract: ['contracts'],
	business_card: ['people'],
	bank_details: ['invoices'],
	bank_statement: [],
	other: [],
};

const nothingRead: Extracted = { class: 'other', classConfidence: 0, classes: {}, fields: [], lines: [], vat: [], method: 'none', pageCount: 0, language: null, einvoice: null, checks: [], notes: [], refusal: null }; // prettier-ignore

/** What was read, with what the person says: their values are sure, what was read stays as an alternative. */
function correctedBy(read: Extracted, review: Accepted, user: string, at: string): Extracted {
	const corrections: Correction[] = [];
	const fields = new Map<FieldName, Field>(read.fields.map((field) => [field.name, field]));
	for (const [key, is] of Object.entries(review.fields)) {
		const name = key as FieldName;
		const before = fields.get(name);
		const value = typeof is === 'string' ? is.trim() : is;
		const isNone = value === null || value === undefined || value === '';
		if (before ? !isNone && String(before.value) === String(value) : isNone) continue;
		const kept = (one: string | number | null): string | number | null => (name === 'iban' && typeof one === 'string' ? maskedIban(one) : one);
		corrections.push({ name, was: kept(before?.value ?? null), is: isNone ? null : kept(value), at, user });
		if (isNone) fields.delete(name);
		else {
			const { value: was, page, box, confidence } = before ?? { value: null, page: null, box: null, confidence: 0 };
			const alternatives = [...(was === null ? [] : [{ value: was, page, box, confidence }]), ...(before?.alternatives ?? [])];
			fields.set(name, { name, value, page: null, box: null, confidence: 1, source: 'person', evidence: before?.evidence ?? {}, alternatives });
		}
	}
	if (review.class !== read.class) corrections.push({ name: 'class', was: read.class, is: review.class, at, user });
	const sameLines = isDeepStrictEqual(read.lines.map(({ label, quantity, unitPrice, vatRate, net }) => [label, quantity, unitPrice, vatRate, net]), review.lines.map(({ label, quantity, unitPrice, vatRate, net }) => [label, quantity, unitPrice, vatRate, net])); // prettier-ignore
	if (!sameLines) corrections.push({ name: 'lines', was: read.lines.length, is: review.lines.length, at, user });
	return {
		...read,
		class: review.class,
		fields: [...fields.values()],
		lines: review.lines,
		vat: review.vat,
		corrections: [...(read.corrections ?? []), ...corrections],
	};
}

/** Records that a document leads to, for whoever asks again. */
async function recordsOf(trx: Knex, row: DocumentRow): Promise<FiledRecord[]> {
	const records: FiledRecord[] = [];
	for (const [collection, column] of Object.entries(linkColumns)) {
		const id = row[column];
		if (!id) continue;
		const found = (await trx(collection).where({ id }).first()) as Record<string, string | null> | undefined;
		const name =
			found?.['name'] ??
			found?.['supplier_number'] ??
			found?.['number'] ??
			found?.['label'] ??
			[found?.['first_name'], found?.['last_name']].filter(Boolean).join(' ');
		records.push({ collection, id, name: name || id, created: false });
	}
	return records;
}

/** Whether this answer was given before, by a double click or a lost reply: then the outcome is the one it had. */
function answeredBefore(row: DocumentRow, review: Review): boolean {
	if (review.decision === 'reject') return row.status === 'rejected' && row.reviewed_at !== null;
	const read = row.extracted;
	if (row.status !== 'filed' || row.reviewed_at === null || read?.class !== review.class) return false;
	const values = new Values(read.fields);
	return Object.entries(review.fields).every(([name, value]) => String(value ?? '').trim() === (values.text(name as FieldName) ?? ''));
}

const openStates = ['to_review', 'rejected', 'received'];

async function accept(host: Host, trx: Knex, actions: LaterActions, row: DocumentRow, review: Accepted, user: string): Promise<ReviewOutcome> {
	const read = correctedBy(row.extracted ?? nothingRead, review, user, now().toISOString());
	const own = await readOwnCompany(trx);
	const account = review.reason?.trim() ? null : await accountToConfirm(trx, row.id, read, own);
	if (account) throw unconfirmed(account);
	const filing = {
		trx,
		writer: systemWriter(host, trx, actions),
		document: row,
		class: read.class,
		values: new Values(read.fields),
		others: otherValues(read),
		lines: read.lines,
		vat: read.vat,
		own,
		einvoiceFormat: read.einvoice?.format ?? null,
		person: user,
		reason: review.reason ?? null,
	};
	return { status: 'filed', records: await fileDocument(filing, { extracted: read, confidence: 10_000 }) };
}

async function reject(host: Host, trx: Knex, actions: LaterActions, row: DocumentRow, reason: string, user: string): Promise<ReviewOutcome> {
	if (!reason.trim()) throw new UserError('Dites pourquoi vous rejetez ce document : la personne qui l’a déposé le lira.');
	const writer = systemWriter(host, trx, actions);
	const note = `Rejeté : ${withoutIbans(reason.trim())}`;
	await writer.update('documents', [row.id], { status: 'rejected', filing_note: note, reviewed_by: user, reviewed_at: now().toISOString() });
	await closeReviewTasks(trx, writer, row.id, note);
	await closeAlerts(trx, ['document_review', 'bank_details'], 'document', [row.id], note);
	return { status: 'rejected', records: [] };
}

/**
 * What a person decided about a document, in the caller's transaction: the record is made as if it had been sure, corrections are kept, the task and
 * its alerts end. The same answer twice is one answer. Throws: 404 no such document; 403 without the right to change it, or to make its record; 409
 * already decided, or an IBAN that changes without a reason; 400 with what is missing, in French.
 */
export async function applyReview({ host, trx, accountability }: ReviewContext, id: string, review: Review): Promise<ReviewOutcome> {
	const user = accountability?.user;
	if (!user) throw notAllowed('Connectez-vous pour vérifier un document.');
	// The document first, then the filing, as everywhere: two who wait for each other would wait for ever.
	const row = await lockDocument(trx, id);
	if (!row) throw notFound('Ce document n’existe pas.');
	await refuseUnlessUpdatable(host, accountability, 'documents', id, 'Vous n’avez pas le droit de vérifier ce document.');
	if (review.decision === 'accept' && madeBy[review.class].length > 0)
		await refuseUnlessCreatable(
			host,
			accountability,
			madeBy[review.class],
			'Vous n’avez pas le droit de créer ce que ce document demande : transmettez-le à qui l’a.',
		);
	await lockFiling(trx);
	if (answeredBefore(row, review)) return { status: review.decision === 'reject' ? 'rejected' : 'filed', records: await recordsOf(trx, row) };
	if (row.status === 'reading') throw conflict('Ce document est en cours de lecture : attendez un instant.');
	if (!openStates.includes(row.status)) throw conflict('Ce document est déjà classé.');
	const actions = new LaterActions();
	actions.emitOnceCommitted(trx);
	return review.decision === 'reject' ? reject(host, trx, actions, row, review.reason, user) : accept(host, trx, actions, row, review, user);
}
