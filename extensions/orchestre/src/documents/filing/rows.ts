import { orchestreUserId, isPostgres, parseJson, type Knex } from '../../platform/directus.ts';
import { readLocked } from '../../platform/columns.ts';
import { collapse, fold } from '../../platform/text.ts';
import type { DocumentRead, FiledRecord } from '../types.ts';
import type { Writer } from '../../platform/writer.ts';
import { linkColumns, type DocumentRow, type Extracted } from './types.ts';

const toRow = (row: Record<string, unknown>): DocumentRow =>
	({ ...row, extracted: row['extracted'] === null || row['extracted'] === undefined ? null : parseJson<Extracted>(row['extracted']) }) as DocumentRow;

export async function readDocumentRow(knex: Knex, id: string): Promise<DocumentRow | null> {
	const row = (await knex('documents').where({ id }).first()) as Record<string, unknown> | undefined;
	return row ? toRow(row) : null;
}

/** The document, locked until the transaction ends. */
export async function lockDocument(trx: Knex, id: string): Promise<DocumentRow | null> {
	const [row] = await readLocked(trx, 'documents', [id]);
	return row ? toRow(row) : null;
}

/** One filing at a time: two invoices of a new supplier make one supplier, and the same invoice twice makes one invoice. */
export async function lockFiling(trx: Knex): Promise<void> {
	if (isPostgres(trx)) await trx.raw(`select pg_advisory_xact_lock(hashtext('orchestre.documents'))`);
}

/** Characters of text that a document keeps; fifty dense pages have fewer. */
const longestText = 300_000;

/**
 * What the list's search looks through: the text as one line in lower case, then, where that differs, without accents and with straight
 * apostrophes, so that words and phrases are found however they are typed (SQLite's `lower` leaves É alone).
 */
export function searchWords(text: string): string {
	const line = collapse(text.toLowerCase());
	const plain = fold(line);
	return plain === line ? line : `${line}\n${plain}`;
}

/** The columns that a reading fills. NUL is no character to PostgreSQL. */
export function readingColumns(read: DocumentRead, at: Date): Record<string, unknown> {
	const { text: whole, pages: _pages, ...extracted } = read;
	const text = whole.replaceAll('\u0000', '').slice(0, longestText);
	return {
		reading_method: read.method,
		pages: read.pageCount,
		language: read.language,
		text: text || null,
		search_words: text ? searchWords(text) : null,
		extracted: JSON.parse(JSON.stringify(extracted).replaceAll('\\u0000', '')) as Extracted,
		read_at: at.toISOString(),
	};
}

export const linksOf = (records: readonly FiledRecord[]): Record<string, string> =>
	Object.fromEntries(
		records.toReversed().flatMap(({ collection, id }) => {
			const column = (linkColumns as Record<string, string | undefined>)[collection];
			return column ? [[column, id]] : [];
		}),
	);

/** Closes the tasks that asked for this review, and says how it ended. */
export async function closeReviewTasks(trx: Knex, writer: Writer, document: string, outcome: string): Promise<void> {
	const ids = (await trx('tasks').where({ document, origin: 'documents.review' }).whereIn('status', ['todo', 'in_progress']).pluck('id')) as string[];
	await writer.update('tasks', ids, { status: 'done', outcome });
}

export const isProduct = (user: string | null): boolean => user === null || user === orchestreUserId;
