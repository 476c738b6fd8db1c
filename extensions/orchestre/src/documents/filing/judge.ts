import { createHash } from 'node:crypto';
import { now } from '../../platform/clock.ts';
import type { Host, Knex } from '../../platform/directus.ts';
import { kindOf as kindOfError } from '../../platform/errors.ts';
import { withoutIbans } from '../../platform/input/iban.ts';
import { enqueue } from '../../platform/jobs/enqueue.ts';
import { LaterActions } from '../../platform/later-actions.ts';
import type { DocumentRead } from '../types.ts';
import { systemWriter } from './context.ts';
import { bankDoubtOf, raiseBankAlert } from './doubts.ts';
import { fileDocument } from './file.ts';
import { doubtsOf, isHopeless, leastSure } from './rules/decide.ts';
import { otherValues, valuesOf } from './rules/values.ts';
import { frenchDate } from '../../platform/time/paris.ts';
import { lockDocument, lockFiling, readingColumns } from './rows.ts';
import { reviewerOf } from './reviewers.ts';
import { readDocumentSettings, readOwnCompany } from './settings.ts';
import { inbox, folderOf } from './folders.ts';
import { unknownSelf } from './own-company.ts';
import { kindOf, typeOf, type DocumentRow } from './types.ts';

/** How a reading ended. */
export type Judged = { status: 'filed' | 'to_review' | 'rejected' | 'indexed' | 'superseded'; reasons: string[] };

const records = ['person', 'contract', 'quote', 'invoice', 'expense'] as const;

/** It has its record, or somebody said that it is no paper that records come of: such a document is read for its text alone. */
export const isFiledByHand = (row: DocumentRow): boolean =>
	records.some((column) => row[column] !== null) || (row.origin === 'manual' && !Object.values(typeOf).includes(row.type));

/** Bank accounts and amounts are not for a notice: the reasons stand on the document. */
const sentenceOf = (reasons: readonly string[]): string => withoutIbans([...new Set(reasons)].slice(0, 12).join('\n'));

/** The document goes to a person, with the reasons; flow 41 tells them. */
async function sendToReview(host: Host, id: string, read: DocumentRead, reasons: readonly string[]): Promise<Judged> {
	return inOneGo(host, id, async (trx, writer, row) => {
		const settings = await readDocumentSettings(trx);
		const reviewer = await reviewerOf(trx, settings, kindOf[read.class], row);
		const doubt = await bankDoubtOf(trx, id, read, await readOwnCompany(trx));
		const isOpen = row.origin === 'upload';
		await writer.update('documents', [id], {
			...readingColumns(read, now()),
			confidence: Math.round(leastSure(read).confidence * 10_000),
			status: 'to_review',
			filing_note: sentenceOf(reasons),
			reading_error: read.refusal?.message.fr ?? null,
			...(row.type === 'other' && { type: typeOf[read.class] }),
			// Whoever reviews must see and change it; whoever uploaded it still does, as its author.
			...(isOpen && reviewer && { owner: reviewer.id, team: reviewer.team }),
		});
		await moveForReview(trx, writer, row, read);
		if (doubt) await raiseBankAlert(trx, row, doubt, reviewer?.id ?? null, reviewer?.team ?? null);
		const occasion = createHash('sha256')
			.update(`${row.sha256 ?? ''}\n${sentenceOf(reasons)}`)
			.digest('hex')
			.slice(0, 16);
		await enqueue(trx, [{ kind: 'documents.review', key: `documents.review:${id}:${occasion}`, payload: { reviewer: reviewer?.id ?? null }, collection: 'documents', item: id, label: row.title }]); // prettier-ignore
		return { status: 'to_review', reasons: [...reasons] };
	});
}

/** What surely is about money goes where finance reads it, before anybody has confirmed it. */
async function moveForReview(trx: Knex, writer: ReturnType<typeof systemWriter>, { file }: DocumentRow, read: DocumentRead): Promise<void> {
	const folder = folderOf(read.class, true);
	const row = file ? ((await trx('directus_files').where({ id: file }).first('folder')) as { folder: string | null } | undefined) : undefined;
	if (file && folder && row?.folder === inbox) await writer.update('directus_files', [file], { folder });
}

/** One transaction on a document that still waits for its reading; what others hear of it, they hear after the commit. */
async function inOneGo(
	host: Host,
	id: string,
	work: (trx: Knex, writer: ReturnType<typeof systemWriter>, row: DocumentRow) => Promise<Judged>,
): Promise<Judged> {
	const actions = new LaterActions();
	const judged = await host.database.transaction(async (trx) => {
		// The document first, then the filing, as in a review: two who wait for each other would wait for ever.
		const row = await lockDocument(trx, id);
		await lockFiling(trx);
		if (!row || !isWaiting(row)) return { status: 'superseded', reasons: [] } satisfies Judged as Judged;
		return work(trx, systemWriter(host, trx, actions), row);
	});
	actions.emit();
	return judged;
}

/** Read anew as often as somebody likes, until it is filed or a person has looked at it. */
export const isWaiting = ({ status, reviewed_at }: DocumentRow): boolean =>
	status === 'received' || status === 'reading' || (status === 'to_review' && !reviewed_at);

/** The other document with the same content that came first, or is settled already. A rejected one says nothing. */
export async function twinOf(knex: Knex, { id, sha256, date_created }: DocumentRow): Promise<{ id: string; at: Date } | null> {
	if (!sha256) return null;
	const rows = (await knex('documents').where({ sha256 }).whereNot({ id }).whereNot({ status: 'rejected' }).orderBy(['date_created', 'id']).select('id', 'status', 'date_created')) as { id: string; status: string; date_created: string | number | Date }[]; // prettier-ignore
	const at = (value: unknown): number => new Date(value as string | number | Date).getTime();
	const mine = at(date_created);
	const twin = rows.find(
		(row) => row.status === 'filed' || row.status === 'to_review' || at(row.date_created) < mine || (at(row.date_created) === mine && row.id < id),
	);
	return twin ? { id: twin.id, at: new Date(twin.date_created) } : null;
}

/** The same file again: this one points at the first, and makes nothing. */
export const closeAsTwin = (host: Host, id: string): Promise<Judged> =>
	inOneGo(host, id, async (trx, writer, row) => {
		const twin = isFiledByHand(row) ? null : await twinOf(trx, row);
		if (!twin) return { status: 'superseded', reasons: [] };
		// Whoever reads this row may not see the other: its title stands behind the link alone.
		const note = `Déjà reçu le ${frenchDate(twin.at)} : le même fichier a son document (« Même fichier que »), rien n’a été créé.`;
		await writer.update('documents', [id], { status: 'rejected', duplicate_of: twin.id, filing_note: note, reading_error: null });
		return { status: 'rejected', reasons: [note] };
	});

const isUsers = (error: unknown): boolean => kindOfError(error) === 'user';
const messageOf = (error: unknown): string => (Array.isArray(error) ? error : [error]).map((one: unknown) => (one as Error).message).join(' ');

/**
 * What becomes of a document that was read: its record where everything is sure, else a person's review. Each way is one transaction; a record
 * that our own rules refuse (a duplicate, a total that does not add up) is taken back as a whole, and the refusal is the reason for the review.
 */
export async function judge(host: Host, id: string, read: DocumentRead): Promise<Judged> {
	if (read.refusal && isHopeless(read.refusal.code)) return refuse(host, id, read, read.refusal.message.fr);
	try {
		const { status, reasons } = await inOneGo(host, id, async (trx, writer, row) => {
			if (isFiledByHand(row)) {
				await writer.update('documents', [id], {
					...readingColumns(read, now()),
					status: 'filed',
					filing_note: null,
					reading_error: read.refusal?.message.fr ?? null,
				});
				return { status: 'indexed', reasons: [] };
			}
			const own = await readOwnCompany(trx);
			const doubts = doubtsOf(read, (await readDocumentSettings(trx)).demands);
			if (row.origin === 'manual' && row.type !== 'other' && row.type !== typeOf[read.class]) doubts.push('La nature choisie n’est pas celle qui a été lue.');
			const unknown = read.refusal ? null : unknownSelf(own);
			if (unknown) doubts.unshift(unknown);
			const bank = await bankDoubtOf(trx, id, read, own);
			if (bank) doubts.push(bank.sentence);
			// Nothing was written yet: the review has a transaction of its own.
			if (doubts.length > 0) return { status: 'to_review', reasons: doubts };
			const columns = { ...readingColumns(read, now()), confidence: Math.round(leastSure(read).confidence * 10_000) };
			const filing = {
				trx,
				writer,
				document: row,
				class: read.class,
				values: valuesOf(read),
				others: otherValues(read),
				lines: read.lines,
				vat: read.vat,
				own,
				person: null,
				reason: null,
			};
			await fileDocument({ ...filing, einvoiceFormat: read.einvoice?.format ?? null }, columns);
			return { status: 'filed', reasons: [] };
		});
		return status === 'to_review' ? await sendToReview(host, id, read, reasons) : { status, reasons };
	} catch (error) {
		if (!isUsers(error)) throw error;
		return sendToReview(host, id, read, [messageOf(error)]);
	}
}

/** A file that holds nothing to read off: kept, with the reason, and whoever brought it is told by the job that follows. */
const refuse = (host: Host, id: string, read: DocumentRead, reason: string): Promise<Judged> =>
	inOneGo(host, id, async (trx, writer, row) => {
		const isManual = isFiledByHand(row);
		await writer.update('documents', [id], {
			...readingColumns(read, now()),
			status: isManual ? 'filed' : 'rejected',
			filing_note: null,
			reading_error: reason,
		});
		const occasion = createHash('sha256')
			.update(`${row.sha256 ?? ''}\n${reason}`)
			.digest('hex')
			.slice(0, 16);
		await enqueue(trx, [{ kind: 'documents.review', key: `documents.review:${id}:${occasion}`, payload: { reviewer: null }, collection: 'documents', item: id, label: row.title }]); // prettier-ignore
		return { status: 'rejected', reasons: [reason] };
	});

/** A reading that failed for good for a reason of ours: a person sees the document, and may read it again. */
export const giveUp = (host: Host, id: string, sentence: string): Promise<Judged> =>
	inOneGo(host, id, async (trx, writer, row) => {
		if (isFiledByHand(row)) {
			await writer.update('documents', [id], { status: 'filed', reading_error: sentence });
			return { status: 'indexed', reasons: [sentence] };
		}
		const reviewer = await reviewerOf(trx, await readDocumentSettings(trx), 'other', row);
		await writer.update('documents', [id], {
			status: 'to_review',
			reading_error: sentence,
			filing_note: 'La lecture a échoué : relisez le document, ou saisissez-le.',
		});
		await enqueue(trx, [{ kind: 'documents.review', key: `documents.review:${id}:failed:${row.sha256 ?? row.file}`, payload: { reviewer: reviewer?.id ?? null }, collection: 'documents', item: id, label: row.title }]); // prettier-ignore
		return { status: 'to_review', reasons: [sentence] };
	});
