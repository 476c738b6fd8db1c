import { createHash } from 'node:crypto';
import { now } from '../../platform/clock.ts';
import { systemAccountability, type Accountability, type Host, type Knex } from '../../platform/directus.ts';
import { enqueue } from '../../platform/jobs/enqueue.ts';
import { LaterActions } from '../../platform/later-actions.ts';
import { plainLine, shorten } from '../../platform/text.ts';
import { Writer } from '../../platform/writer.ts';
import type { Written } from '../../platform/written.ts';
import { derivedId } from '../../platform/derived-id.ts';
import { isProduct } from './rows.ts';
import { readDocumentSettings, type DocumentSettings } from './settings.ts';

type FileRow = {
	id: string;
	title: string | null;
	filename_download: string | null;
	folder: string | null;
	uploaded_by: string | null;
	uploaded_on: unknown;
	modified_on: unknown;
	filesize: number | string | null;
	tus_id: string | null;
};

const columns = ['id', 'title', 'filename_download', 'folder', 'uploaded_by', 'uploaded_on', 'modified_on', 'filesize', 'tus_id'] as const;

const moment = (value: unknown): string => (value === null || value === undefined ? '' : new Date(value as string | number | Date).toISOString());

/** Names the content of a file as far as its row tells: an upload over it is another. */
const versionOf = ({ id, uploaded_on, filesize }: FileRow): string =>
	`${id}:${createHash('sha256')
		.update(`${moment(uploaded_on)} ${filesize}`)
		.digest('hex')
		.slice(0, 16)}`;

/** What is kept of documents themselves, which is no record's use of their file. */
const ours = new Set(['documents', 'document_pages', 'directus_files']);

/** Files that a record has already: a receipt, an import, a report, somebody's picture. They are no documents of their own. */
async function usedElsewhere(host: Host, knex: Knex, file: string): Promise<boolean> {
	const schema = await host.getSchema({ database: knex });
	for (const { collection, field, related_collection } of schema.relations) {
		if (related_collection !== 'directus_files' || ours.has(collection)) continue;
		if (await knex(collection).where({ [field]: file }).first(field)) return true; // prettier-ignore
	}
	return false;
}

/** The documents' queue: one job for each content of a document's file. `again`: somebody asks for another reading. */
export async function queueReading(
	trx: Knex,
	documents: readonly { id: string; file: string; title: string }[],
	user: string | null,
	again = '',
): Promise<string[]> {
	const files = (await trx('directus_files').whereIn('id', documents.map(({ file }) => file)).select(...columns)) as FileRow[]; // prettier-ignore
	const byId = new Map(files.map((file) => [file.id, file]));
	return enqueue(
		trx,
		documents.flatMap(({ id, file, title }) => {
			const row = byId.get(file);
			return row
				? [{ kind: 'documents.read', key: `documents.read:${id}:${versionOf(row)}${again}`, payload: {}, collection: 'documents', item: id, label: title }]
				: [];
		}),
		user,
	);
}

/** Whose document it is: whoever uploaded the file, else the product. */
async function authorOf(knex: Knex, user: string | null): Promise<{ accountability: Accountability; team: string | null; owner: string | null }> {
	const row = user ? ((await knex('directus_users').where({ id: user, status: 'active' }).first('id', 'role', 'team')) as { id: string; role: string | null; team: string | null } | undefined) : undefined; // prettier-ignore
	if (!row || isProduct(row.id)) return { accountability: systemAccountability(), team: null, owner: null };
	return { accountability: { ...systemAccountability(), user: row.id, role: row.role }, team: row.team, owner: row.id };
}

async function takeOne(host: Host, file: FileRow, settings: DocumentSettings): Promise<void> {
	const { accountability, team, owner } = await authorOf(host.database, file.uploaded_by);
	const actions = new LaterActions();
	await host.database.transaction(async (trx) => {
		const known = (await trx('documents').where({ file: file.id }).select('id', 'file', 'title')) as { id: string; file: string; title: string }[];
		if (known.length > 0) return receive(trx, known, owner);
		if (!file.folder || !settings.folders.has(file.folder) || (await usedElsewhere(host, trx, file.id))) return;
		const id = derivedId(`orchestre.document:${file.id}`);
		const title = shorten(plainLine(file.title ?? '') || plainLine(file.filename_download ?? '') || 'Document', 255);
		await new Writer(host, trx, accountability, actions).create('documents', { id, title, file: file.id, owner, team });
		// The treatment of new documents has queued it by the time of the commit.
		await trx('documents').where({ id }).update({ origin: 'upload' });
	});
	actions.emit();
}

/** Documents whose file is new wait for their reading, unless that content was queued before. */
export async function receive(trx: Knex, documents: readonly { id: string; file: string; title: string }[], user: string | null): Promise<void> {
	const queued = await queueReading(trx, documents, user);
	if (queued.length === 0) return;
	const jobs = (await trx('jobs').whereIn('id', queued).pluck('item')) as string[];
	await trx('documents').whereIn('id', jobs).update({ status: 'received', reading_error: null, date_updated: now() });
}

async function takeFile(host: Host, id: string): Promise<void> {
	const settings = await readDocumentSettings(host.database);
	const file = settings.enabled
		? ((await host
				.database('directus_files')
				.where({ id })
				.first(...columns)) as FileRow | undefined)
		: undefined;
	if (!file || file.tus_id) return;
	try {
		await takeOne(host, file, settings);
	} catch (error) {
		// Another instance made the same document at the same moment: it has the same key.
		if ((error as { code?: unknown }).code !== 'RECORD_NOT_UNIQUE') throw error;
	}
}

/** Under way in this process: the hook and the flow of an upload hear of it at the same time. */
const underWay = new Map<string, Promise<void>>();

/** Files that were uploaded: those in the folders that are read become documents. Announced again, they change nothing. */
export async function takeIn(host: Host, ids: readonly string[]): Promise<void> {
	for (const id of ids) {
		const taken = underWay.get(id) ?? takeFile(host, id).finally(() => underWay.delete(id));
		underWay.set(id, taken);
		await taken;
	}
}

/** Documents that people made or gave another file, in the transaction that wrote them. */
export async function treatDocuments(trx: Knex, written: readonly Written[]): Promise<void> {
	// A revision of a new row names no links.
	const ids = written.filter(({ created, set }) => created || set['file']).map(({ id }) => id);
	if (ids.length === 0 || !(await readDocumentSettings(trx)).enabled) return;
	const rows = (await trx('documents').whereIn('id', ids).whereNotNull('file').orderBy('id').select('id', 'file', 'title')) as {
		id: string;
		file: string;
		title: string;
	}[];
	await receive(trx, rows, written[0]?.user ?? null);
}

/** What an upload that was cut off left lying: files in the folders that are read, of the last week, without a document. */
export async function takeForgotten(host: Host): Promise<number> {
	const { enabled, folders } = await readDocumentSettings(host.database);
	if (!enabled || folders.size === 0) return 0;
	const at = now().getTime();
	const rows = (await host
		.database('directus_files as f')
		.whereIn('f.folder', [...folders])
		.whereNull('f.tus_id')
		.whereBetween('f.created_on', [new Date(at - 7 * 86_400_000), new Date(at - 60_000)])
		.whereNotExists((query) => void query.from('documents as d').whereRaw('?? = ??', ['d.file', 'f.id']).select('d.id'))
		.orderBy('f.created_on')
		.limit(200)
		.pluck('f.id')) as string[];
	await takeIn(host, rows);
	return rows.length;
}
