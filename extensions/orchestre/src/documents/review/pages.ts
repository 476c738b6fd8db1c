import { randomUUID } from 'node:crypto';
import { now } from '../../platform/clock.ts';
import { parseJson, toDate, type Knex } from '../../platform/directus.ts';
import type { Page, Word } from '../types.ts';

/** Words are kept as short rows, places to a ten-thousandth of the page: a page of 500 words is some 20 kB. */
type KeptWord = [text: string, left: number, top: number, width: number, height: number, confidence: number, line: number];
type KeptPage = Omit<Page, 'words'> & { words: KeptWord[] };

/** People do not check by eye what stands further back. */
const mostPages = 50;
const mostWords = 4000;

const share = (value: number): number => Math.round(value * 10_000) / 10_000;
const keep = ({ text, box, confidence, line }: Word): KeptWord => [text, share(box[0]), share(box[1]), share(box[2]), share(box[3]), share(confidence), line];
const unkeep = ([text, left, top, width, height, confidence, line]: KeptWord): Word => ({ text, box: [left, top, width, height], confidence, line });

/** Which state of a file is meant: Directus dates each upload anew, also one that replaces the content. */
export const versionOf = (file: { uploaded_on: Date | string | number | null; filesize: number | string | null }): string =>
	`${file.uploaded_on === null ? 0 : toDate(file.uploaded_on).getTime()}-${Number(file.filesize ?? 0)}`;

/** Keeps where the words of a file stand, once for each state of the file. */
export async function keepPages(knex: Knex, file: string, pages: readonly Page[]): Promise<void> {
	const row = (await knex('directus_files').where({ id: file }).first('uploaded_on', 'filesize')) as Parameters<typeof versionOf>[0] | undefined;
	if (!row || pages.length === 0) return;
	const version = versionOf(row);
	const kept = pages.slice(0, mostPages).map((page): KeptPage => ({ ...page, words: page.words.slice(0, mostWords).map(keep) }));
	await knex('document_pages').where({ file }).whereNot({ version }).delete();
	await knex('document_pages')
		.insert({ id: randomUUID(), file, version, pages: JSON.stringify(kept), date_created: now() })
		.onConflict(['file', 'version'])
		.ignore();
}

/** The words of a file in this state; null when nobody kept them. */
export async function readPages(knex: Knex, file: string, version: string): Promise<Page[] | null> {
	const row = (await knex('document_pages').where({ file, version }).first('pages')) as { pages: unknown } | undefined;
	if (!row) return null;
	return parseJson<KeptPage[]>(row.pages).map((page) => ({ ...page, words: page.words.map(unkeep) }));
}
