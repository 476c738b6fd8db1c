import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile as readBytes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { drawPage, readFile } from '../../../extensions/orchestre/src/documents/reading/index.ts';
import type { DocumentClass, OwnCompany, Page, Reading } from '../../../extensions/orchestre/src/documents/types.ts';
import { generated } from '../../../scripts/documents/generate.ts';
import { ownFirm, type Truth } from '../../../scripts/documents/facts.ts';
import { photographed } from '../../../scripts/documents/photograph.ts';

export type Medium = 'text' | 'scan';
/** `public`: e-invoices whose XML tells the truth; `known` and `held`: the generated papers that rules were tuned on, and those that they were not. */
export type Case = {
	name: string;
	set: 'public' | 'known' | 'held';
	group: string;
	medium: Medium;
	class: DocumentClass | null;
	truth: Truth;
	own: OwnCompany;
	reading: Reading;
};

/** `cache`: a folder that keeps readings for the next run (reading is slow, understanding is not). */
export type Wanted = { data: string; cache?: string; perLayout?: number; media?: readonly Medium[]; sets?: readonly Case['set'][] };

const nobody: OwnCompany = { name: '', siren: null, vatNumber: null, iban: null, emailDomain: null };

/** 200 dots an inch on A4. */
const scanWidth = 1654;

async function cached(folder: string | undefined, key: string, read: () => Promise<Reading>): Promise<Reading> {
	if (!folder) return read();
	const path = join(folder, `${createHash('sha256').update(key).digest('hex').slice(0, 24)}.json`);
	if (existsSync(path)) return JSON.parse(await readBytes(path, 'utf8')) as Reading;
	const reading = await read();
	await mkdir(folder, { recursive: true });
	await writeFile(path, JSON.stringify(reading));
	return reading;
}

/** A PDF as a scanner would give it: each page drawn at 200 dpi and read by OCR, whatever text layer it has. */
async function scanned(
	bytes: Uint8Array,
	pages: number,
	spoil: (picture: Uint8Array, page: number) => Promise<Uint8Array>,
	width = scanWidth,
): Promise<Reading> {
	const all: Page[] = [];
	let last: Reading | null = null;
	for (let page = 1; page <= Math.min(pages, 10); page++) {
		const drawn = await drawPage({ bytes, name: 'document.pdf' }, { page, width, turned: 0 });
		if ('code' in drawn) throw new Error(`page ${page}: ${drawn.message.en}`);
		last = await readFile({ bytes: await spoil(drawn.picture, page), name: `page-${page}.webp` });
		all.push(...last.pages.map((one) => ({ ...one, number: page })));
	}
	if (!last) throw new Error('no pages');
	return { ...last, pageCount: pages, pages: all };
}

const day = (text: string): string => `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`;
const cents = (text: string): number => Math.round(Number(text) * 100);

type Label = Record<
	| 'file'
	| 'pages'
	| 'number'
	| 'issue_date'
	| 'due_date'
	| 'currency'
	| 'seller'
	| 'seller_vat'
	| 'net'
	| 'tax'
	| 'gross'
	| 'due'
	| 'duplicate_of'
	| 'number_in_text'
	| 'gross_in_text',
	string
>;

/** The rows whose figures are printed, each file once: nothing can be read that is not there. */
async function* publicCases({ data, cache }: Wanted, media: readonly Medium[]): AsyncGenerator<Case> {
	const labels = (parse(await readBytes(join(data, 'labels.csv')), { columns: true }) as Label[]).filter(
		(row) => row.number_in_text === '1' && row.gross_in_text === '1' && !row.duplicate_of,
	);
	for (const row of labels) {
		const bytes = await readBytes(join(data, row.file));
		const truth: Truth = {
			number: row.number,
			issued_on: day(row.issue_date),
			gross: cents(row.gross),
			net: cents(row.net),
			vat: cents(row.tax),
			payable: cents(row.due || row.gross),
			currency: row.currency,
			supplier_name: row.seller,
			...(row.due_date ? { due_on: day(row.due_date) } : {}),
			...(row.seller_vat ? { supplier_vat_number: row.seller_vat } : {}),
		};
		for (const medium of media) {
			const reading = await cached(cache, `${medium} ${row.file}`, () =>
				medium === 'text' ? readFile({ bytes, name: 'document.pdf' }) : scanned(bytes, Number(row.pages), async (picture) => picture),
			);
			// The same firms' samples come in many files: who made them and for whom is one group, so that no fit is tried on its own layout.
			yield {
				name: row.file,
				set: 'public',
				group: `public ${row.seller.slice(0, 12)} ${row.file.split('/').slice(0, 3).join('/')}`,
				medium,
				class: null,
				truth,
				own: nobody,
				reading,
			};
		}
	}
}

async function* generatedCases({ cache, perLayout = 2 }: Wanted, media: readonly Medium[], sets: readonly Case['set'][]): AsyncGenerator<Case> {
	const firm = ownFirm();
	const own: OwnCompany = { name: firm.name, siren: firm.siren, vatNumber: firm.vat, iban: firm.iban, emailDomain: 'atelier-lumen.fr' };
	for await (const paper of generated(perLayout, 0, ({ held }) => sets.includes(held ? 'held' : 'known')))
		for (const medium of media) {
			const key = `${medium} ${paper.name} ${createHash('sha256').update(JSON.stringify(paper.truth)).digest('hex')}`;
			const reading = await cached(cache, key, () =>
				medium === 'text'
					? readFile({ bytes: paper.pdf, name: 'document.pdf' })
					: scanned(paper.pdf, 1, (picture) => photographed(picture, paper.name), paper.width < 300 ? Math.round((paper.width * 250) / 72) : scanWidth),
			);
			yield {
				name: paper.name,
				set: paper.held ? 'held' : 'known',
				group: `layout ${paper.layout}`,
				medium,
				class: paper.class,
				truth: paper.truth,
				own,
				reading,
			};
		}
}

/** All labelled documents that are asked for, read and ready to be understood. */
export async function* cases(wanted: Wanted): AsyncGenerator<Case> {
	const { media = ['text', 'scan'], sets = ['public', 'known', 'held'] } = wanted;
	if (sets.includes('public')) yield* publicCases(wanted, media);
	yield* generatedCases(wanted, media, sets);
}
