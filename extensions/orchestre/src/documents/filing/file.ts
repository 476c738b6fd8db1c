import { closeAlerts } from '../../platform/alerts.ts';
import { now } from '../../platform/clock.ts';
import { withoutIbans } from '../../platform/input/iban.ts';
import { enqueue } from '../../platform/jobs/enqueue.ts';
import type { NewJob } from '../../platform/jobs/types.ts';
import type { DocumentClass, FiledRecord } from '../types.ts';
import type { Filing } from './context.ts';
import { folderOf, inbox } from './folders.ts';
import { makeRecords } from './records/index.ts';
import { closeReviewTasks, linksOf } from './rows.ts';
import { typeOf } from './types.ts';

const bookJob = (document: string, invoice: string, title: string): NewJob => ({
	kind: 'documents.book',
	key: `documents.book:${invoice}`,
	payload: { invoice },
	collection: 'documents',
	item: document,
	label: title,
});

/** A file leaves « Documents à classer » for the folder whose readers it concerns; one that lies elsewhere was put there by somebody. */
async function moveFile({ trx, writer, document }: Filing, kind: DocumentClass, company: string | undefined): Promise<void> {
	if (!document.file) return;
	const row = company ? ((await trx('companies').where({ id: company }).first('is_supplier', 'is_client')) as { is_supplier: unknown; is_client: unknown } | undefined) : undefined; // prettier-ignore
	const folder = folderOf(kind, Boolean(row?.is_supplier) && !row?.is_client);
	const file = (await trx('directus_files').where({ id: document.file }).first('folder')) as { folder: string | null } | undefined;
	if (folder && file?.folder === inbox) await writer.update('directus_files', [document.file], { folder });
}

/**
 * Files a document: its record is made, completed or joined, the document says so, the review ends, and what follows is queued. All in the
 * caller's transaction. Throws a French UserError where a person has to look first.
 */
export async function fileDocument(filing: Filing, columns: Record<string, unknown>): Promise<FiledRecord[]> {
	const { trx, writer, document, class: kind, person } = filing;
	const { records, notes, datedOn, expiresOn } = await makeRecords(filing);
	const links = linksOf(records);
	const said = filing.reason?.trim() && kind !== 'bank_details' ? [`Confirmation : ${filing.reason.trim()}`] : [];
	const note = withoutIbans([...notes, ...said].join('\n'));
	await writer.update('documents', [document.id], {
		...columns,
		...links,
		type: typeOf[kind],
		status: 'filed',
		filing_note: note,
		reading_error: null,
		...(datedOn && { dated_on: datedOn }),
		...(expiresOn && { expires_on: expiresOn }),
		...(person && { reviewed_by: person, reviewed_at: now().toISOString() }),
	});
	await moveFile(filing, kind, links['company']);
	await closeReviewTasks(trx, writer, document.id, note);
	await closeAlerts(trx, ['document_review', 'bank_details'], 'document', [document.id], note);
	const booked = records.find(({ collection, created }) => collection === 'invoices' && created);
	if (booked) await enqueue(trx, [bookJob(document.id, booked.id, document.title)], person);
	return records;
}
