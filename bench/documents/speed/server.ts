import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { root } from '../../../scripts/support/environment.mjs';
import { get, must, type Server } from '../../../scripts/support/server.ts';
import { memoryOf } from '../../memory.ts';
import { burst, type Burst } from '../../support/burst.ts';
import { lead } from '../../support/lead.ts';
import { median } from '../../support/figures.ts';
import { hire, inTurns, middle, start } from '../../support/pair.ts';
import { sqlitePlace } from '../../support/place.ts';
import type { Table } from '../../support/report.ts';
import type { Options } from '../index.ts';
import { filesOf, firstPage, samples } from './samples.ts';

/**
 * The product's extensions and one more: GET /bench-reading?file=… reads a file in the server as a job does, without what is done with
 * the answer. The benchmark's own, so that it measures reading and nothing else.
 */
function withReader(folder: string): string {
	const extensions = join(folder, 'extensions');
	const endpoint = join(extensions, 'bench-reading');
	mkdirSync(endpoint, { recursive: true });
	symlinkSync(join(root, 'extensions', 'orchestre'), join(extensions, 'orchestre'));
	const source = pathToFileURL(join(root, 'extensions/orchestre/src/documents/read.ts')).href;
	writeFileSync(
		join(endpoint, 'index.js'),
		[
			`import { readDocument } from ${JSON.stringify(source)};`,
			`const own = { name: 'Orchestre', siren: null, vatNumber: null, iban: null, emailDomain: null };`,
			`export default (router) => router.get('/', (request, response, next) => {`,
			`\treadDocument(String(request.query.file), own).then(({ method, refusal }) => response.json({ data: { method, refusal: refusal?.code ?? null } }), next);`,
			`});`,
		].join('\n'),
	);
	const about = { type: 'endpoint', path: 'index.js', source: 'index.js', host: '^11.17.0' };
	writeFileSync(join(endpoint, 'package.json'), JSON.stringify({ name: 'bench-reading', version: '1.0.0', type: 'module', 'directus:extension': about }));
	return extensions;
}

type Read = { method: string; refusal: string | null };
const read = (reader: Server, file: string): Promise<Read> => get<Read>(reader, `/bench-reading?file=${encodeURIComponent(file)}`);

/** Scans of invoices, as a scanner sends them. */
async function scans(folder: string): Promise<string[]> {
	const paths: string[] = [];
	for (const [index, file] of samples().entries()) {
		const { data, width, height } = await firstPage(file);
		const path = join(folder, `scan-${index}.jpg`);
		await sharp(data, { raw: { width, height, channels: 1 } })
			.rotate(index % 2 === 0 ? 0 : 1.2, { background: '#fff' })
			.jpeg({ quality: 70 })
			.toFile(path);
		paths.push(path);
	}
	return paths;
}

/** PDFs, XML files, scans, and what must be refused, mixed and always in the same order. */
function mixed(count: number, pictures: readonly string[], broken: string): string[] {
	const [pdfs, xmls] = [filesOf(/\.pdf$/i), filesOf(/\.xml$/i)];
	const pick = (list: readonly string[], index: number): string => list[index % list.length] ?? '';
	return Array.from({ length: count }, (_, index) => {
		if (index % 10 === 9) return broken;
		if (index % 5 === 3) return pick(pictures, index);
		return index % 2 === 0 ? pick(pdfs, index * 7) : pick(xmls, index * 7);
	});
}

async function memoryRows(reader: Server, files: readonly string[]): Promise<Table['rows']> {
	const rows: Table['rows'] = [];
	let refused = 0;
	const line = (what: string, first?: number): void => {
		const { now, peak } = memoryOf(reader);
		rows.push({ what, 'server MB': now, 'peak MB': peak, ratio: first === undefined ? 1 : now / first, refused });
	};
	// What the first files load stays loaded.
	for (const file of files.slice(0, 10)) await read(reader, file);
	line('after 10 files to warm up');
	const first = Number(rows[0]?.['server MB']);
	for (const [index, file] of files.entries()) {
		if ((await read(reader, file)).refusal) refused++;
		if ((index + 1) % Math.ceil(files.length / 4) === 0) line(`after ${index + 1} files`, first);
	}
	return rows;
}

async function answerRows(reader: Server, pictures: readonly string[], { rounds, seconds }: Options): Promise<Table['rows']> {
	const list = (): Promise<boolean> => get(reader, '/items/leads?limit=25&sort=-date_created').then(() => true);
	const measured = (): Promise<Burst> => burst(list, 2, seconds * 1000);
	let pages = 0;
	const whileReading = async (): Promise<Burst> => {
		const over = new AbortController();
		const go = async (): Promise<void> => {
			for (let index = 0; !over.signal.aborted; index++) {
				await read(reader, pictures[index % pictures.length] ?? '');
				pages++;
			}
		};
		const readers = Promise.all([go(), go()]);
		const found = await measured();
		over.abort();
		await readers;
		return found;
	};
	await measured();
	const pairs = await inTurns(rounds, measured, whileReading);
	const [idle, busy] = [middle(pairs.map(([one]) => one)), middle(pairs.map(([, other]) => other))];
	const ratio = median(pairs.map(([one, other]) => other.p95 / one.p95));
	return [
		{ what: 'nothing is read', '/s': idle.perSecond, 'p50 ms': idle.p50, 'p95 ms': idle.p95, 'p95 ratio': 1, pages: 0 },
		{ what: 'scans are read one after the other', '/s': busy.perSecond, 'p50 ms': busy.p50, 'p95 ms': busy.p95, 'p95 ratio': ratio, pages },
	];
}

/** A real Directus that reads: its own memory over mixed files in a row, and how fast it answers a list meanwhile. */
export async function server(options: Options): Promise<Table[]> {
	const place = sqlitePlace();
	const folder = mkdtempSync(join(tmpdir(), 'orchestre-reading-bench-'));
	let running: Server | null = null;
	try {
		const pictures = await scans(folder);
		const broken = join(folder, 'broken.pdf');
		writeFileSync(broken, '%PDF-1.7\nnothing else');
		const environment = await place.provision('documents');
		running = await start({ ...environment, EXTENSIONS_PATH: withReader(folder), ORCHESTRE_WORKER: 'false' });
		await hire(running);
		for (let count = 0; count < 100; count++) await must(running, '/items/leads?fields=id', lead());
		const memory = await memoryRows(running, mixed(options.files, pictures, broken));
		const answers = await answerRows(running, pictures, options);
		return [
			{ name: 'documents-memory', note: `RSS of the server’s process over ${options.files} mixed files in a row; aim: flat`, rows: memory },
			{ name: 'documents-answers', note: 'a list of 25 leads, 2 clients, while scans are read; aim: p95 ≤ 2 × idle', rows: answers },
		];
	} finally {
		await running?.stop();
		await place.stop();
		rmSync(folder, { recursive: true, force: true });
	}
}
