import { createHash } from 'node:crypto';
import { isPostgres, parseJson, toDate, type Knex } from '../../platform/directus.ts';
import type { DocumentRead } from '../types.ts';
import type { OpenDocument } from './answers.ts';

/** A row of `documents`, as the review needs it. */
export type StoredDocument = {
	id: string;
	title: string;
	status: OpenDocument['status'];
	file: string | null;
	read: DocumentRead | null;
	reading_error: string | null;
	filing_note: string | null;
	reviewed_by: string | null;
	reviewedAt: string | null;
	ai_note: string | null;
	duplicate_of: string | null;
	version: string;
	links: Record<(typeof linked)[number], string | null>;
};

/** Where a document says what it became. */
const linked = ['invoice', 'expense', 'contract', 'quote', 'person', 'company'] as const;
const columns = [
	'id',
	'title',
	'status',
	'file',
	'extracted',
	'reading_error',
	'filing_note',
	'read_at',
	'reviewed_by',
	'reviewed_at',
	'ai_note',
	'duplicate_of',
	...linked,
] as const;

/** Reads a document as it is; `lock` holds it until the end of the transaction (SQLite has one writer anyway). */
export async function readStored(knex: Knex, id: string, lock = false): Promise<StoredDocument | null> {
	const query = knex('documents').where({ id });
	const row = (await (lock && isPostgres(knex) ? query.forUpdate() : query).first(...columns)) as Record<(typeof columns)[number], unknown> | undefined;
	if (!row) return null;
	const read = row.extracted === null || row.extracted === undefined ? null : parseJson<DocumentRead>(row.extracted);
	const state = JSON.stringify([row.status, read, row.file]);
	return {
		id,
		title: String(row.title),
		status: row.status as OpenDocument['status'],
		file: row.file as string | null,
		read,
		reading_error: row.reading_error as string | null,
		filing_note: row.filing_note as string | null,
		reviewed_by: row.reviewed_by as string | null,
		reviewedAt: row.reviewed_at ? toDate(row.reviewed_at as Date).toISOString() : null,
		ai_note: row.ai_note as string | null,
		duplicate_of: row.duplicate_of as string | null,
		version: createHash('sha256').update(state).digest('hex').slice(0, 32),
		links: Object.fromEntries(linked.map((name) => [name, row[name] as string | null])) as StoredDocument['links'],
	};
}

/** What people call a user; null for nobody. */
export async function nameOf(knex: Knex, user: string | null): Promise<string | null> {
	if (!user) return null;
	const row = (await knex('directus_users').where({ id: user }).first('first_name', 'last_name')) as Record<string, string | null> | undefined;
	return [row?.['first_name'], row?.['last_name']].filter(Boolean).join(' ') || null;
}
