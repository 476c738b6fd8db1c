import type { Accountability, Host, Knex } from '../../platform/directus.ts';
import { notAllowed, notFound } from '../../platform/errors.ts';
import { readerFor } from '../../timeline/reader.ts';
import type { FiledRecord } from '../types.ts';
import type { OpenDocument, ReadPart } from './answers.ts';
import { versionOf } from './pages.ts';
import { nameOf, readStored, type StoredDocument } from './stored.ts';
import { thresholdsOf } from './thresholds.ts';

const outOfReach = 'Ce document n’existe pas, ou vos droits ne permettent pas de le voir.';

/** `canDownload`: by the reader's own rights on files; whoever decides on a document sees its pages in any case. */
export type SeenFile = { id: string; name: string; type: string | null; version: string; canDownload: boolean };

/** Refuses (403) whoever may not read this document by Directus's own permissions; answers it as it is stored. */
export async function readAllowed(host: Host, accountability: Accountability | null, id: string): Promise<StoredDocument> {
	if (!accountability?.user) throw notAllowed('Connectez-vous pour voir ce document.');
	const reader = await readerFor(host, accountability, ['documents']);
	try {
		await reader.one('documents', id, ['status', 'extracted', 'file']);
	} catch {
		throw notAllowed(outOfReach);
	}
	if (!['status', 'extracted', 'file'].every((field) => reader.readable('documents', field))) throw notAllowed(outOfReach);
	const stored = await readStored(host.database, id);
	if (!stored) throw notFound(outOfReach);
	return stored;
}

async function mayUpdate(host: Host, accountability: Accountability, id: string): Promise<boolean> {
	const permissions = new host.services.PermissionsService({ accountability, schema: await host.getSchema(), knex: host.database });
	return (await permissions.getItemPermissions('documents', id)).update.access;
}

async function mayRead(host: Host, accountability: Accountability, file: string): Promise<boolean> {
	const reader = await readerFor(host, accountability, ['directus_files']);
	return reader.one('directus_files', file, []).then(
		() => true,
		() => false,
	);
}

type FileRow = { filename_download: string | null; title: string | null; type: string | null } & Parameters<typeof versionOf>[0];

/**
 * The file of a document, for whoever may see the file by Directus's rights on files, and for whoever has to decide on the document while it
 * waits: what lies in « Documents à classer » is open to few, but nobody can judge a page unseen. Null for all others.
 */
export async function readFileAllowed(host: Host, accountability: Accountability, { id, file, status }: StoredDocument): Promise<SeenFile | null> {
	if (!file) return null;
	const canDownload = await mayRead(host, accountability, file);
	if (!canDownload && !(status === 'to_review' && (await mayUpdate(host, accountability, id)))) return null;
	const row = (await host.database('directus_files').where({ id: file }).first('filename_download', 'title', 'type', 'uploaded_on', 'filesize')) as FileRow | undefined; // prettier-ignore
	if (!row) return null;
	return { id: file, name: row.filename_download ?? row.title ?? '', type: row.type, version: versionOf(row), canDownload };
}

const named: Record<string, { collection: string; columns: string[] }> = {
	invoice: { collection: 'invoices', columns: ['number', 'supplier_number'] },
	expense: { collection: 'expenses', columns: ['label'] },
	contract: { collection: 'contracts', columns: ['name'] },
	quote: { collection: 'quotes', columns: ['number'] },
	person: { collection: 'people', columns: ['first_name', 'last_name'] },
	company: { collection: 'companies', columns: ['name'] },
};

/** What a document that is settled leads to. The links are named only as far as the reader may see them. */
async function recordsOf(host: Host, accountability: Accountability, { links }: StoredDocument): Promise<FiledRecord[]> {
	const targets = Object.entries(links).flatMap(([link, id]) => (id && named[link] ? [{ id, ...named[link] }] : []));
	const reader = await readerFor(host, accountability, targets.map(({ collection }) => collection)); // prettier-ignore
	const found = targets.map(async ({ collection, columns, id }): Promise<FiledRecord[]> => {
		const row = await reader.one(collection, id, columns).catch(() => null);
		return row ? [{ collection, id, name: columns.map((column) => row[column]).filter(Boolean).join(' '), created: false }] : []; // prettier-ignore
	});
	return (await Promise.all(found)).flat();
}

const partOf = (stored: StoredDocument): ReadPart | null => {
	if (!stored.read) return null;
	const { class: documentClass, classConfidence, classes, fields, lines, vat, checks, notes, refusal, method, einvoice, pageCount } = stored.read;
	return { class: documentClass, classConfidence, classes, fields, lines, vat, checks, notes, refusal, method, einvoice, pageCount };
};

async function decisionOf(host: Host, accountability: Accountability, stored: StoredDocument, knex: Knex): Promise<OpenDocument['decided']> {
	if (stored.status !== 'filed' && stored.status !== 'rejected') return null;
	return { by: await nameOf(knex, stored.reviewed_by), at: stored.reviewedAt, records: await recordsOf(host, accountability, stored) };
}

/** The document that this one is a copy of, as far as the reader may see it. */
async function twinOf(host: Host, accountability: Accountability, { duplicate_of: id }: StoredDocument): Promise<OpenDocument['duplicateOf']> {
	if (!id) return null;
	const reader = await readerFor(host, accountability, ['documents']);
	const row = await reader.one('documents', id, ['title']).catch(() => null);
	return row ? { id, title: String(row['title'] ?? '') } : null;
}

/** One document for the review screen, with the caller's rights on it and on its file. 403 out of reach, 404. */
export async function openDocument(host: Host, accountability: Accountability | null, id: string): Promise<OpenDocument> {
	const stored = await readAllowed(host, accountability, id);
	const caller = accountability as Accountability;
	const file = await readFileAllowed(host, caller, stored);
	const thresholds = await thresholdsOf(host.database);
	return {
		id,
		title: stored.title,
		status: stored.status,
		version: stored.version,
		threshold: thresholds(stored.read?.class ?? 'other'),
		canDecide: await mayUpdate(host, caller, id),
		file,
		isFileHidden: stored.file !== null && file === null,
		read: partOf(stored),
		readingError: stored.reading_error,
		note: stored.filing_note,
		aiNote: stored.ai_note,
		duplicateOf: await twinOf(host, caller, stored),
		decided: await decisionOf(host, caller, stored, host.database),
	};
}
