import { randomBytes } from 'node:crypto';
import sharp from 'sharp';
import { afterAll, expect, test } from 'vitest';
import type { RefusalCode } from '../types.ts';
import { endlessStrokes, heic, inflating, lockedOffice, lockedPdf, manyPages, zipOf } from './hostile.ts';
import { endReading, readFile, readingProcesses } from './index.ts';
import { makePdf } from './made-up.ts';

afterAll(endReading);

const invoice = makePdf([['Facture FA-2026-0042', 'Total TTC 120,00 EUR']]);
const flat = (width: number, height: number): Promise<Buffer> =>
	sharp({ create: { width, height, channels: 3, background: '#fff' } })
		.png()
		.toBuffer();

const hostile: [name: string, file: string, make: () => Uint8Array | Promise<Uint8Array>, code: RefusalCode, words: RegExp][] = [
	['an empty file', 'facture.pdf', () => new Uint8Array(), 'empty', /est vide/],
	['a file above 20 MB', 'facture.pdf', () => new Uint8Array(21 * 1024 * 1024), 'too_big', /pèse 21 Mo/],
	['a PDF cut off before its first page', 'facture.pdf', () => invoice.subarray(0, 150), 'broken', /abîmé ou incomplet/],
	['a PDF under a password', 'facture.pdf', () => lockedPdf(['Facture'], 'secret', 'chef'), 'encrypted', /mot de passe/],
	['a PDF of 10,000 pages', 'livre.pdf', () => manyPages(10_000), 'too_many_pages', /10\s000 pages/],
	['a PDF that unpacks to 700 MB', 'bombe.pdf', () => inflating(700), 'out_of_memory', /trop de mémoire/],
	['a photo cut off in the middle', 'photo.png', async () => (await flat(900, 900)).subarray(0, 1500), 'broken', /abîmé/],
	['a picture of 100 million pixels', 'affiche.png', () => flat(10_000, 10_000), 'too_many_pixels', /100 millions de pixels/],
	['a blank page', 'blanc.png', () => flat(1000, 1400), 'unreadable', /Aucun texte/],
	['a blank PDF', 'blanc.pdf', () => manyPages(1), 'unreadable', /Aucun texte/],
	['an iPhone photo', 'IMG_0042.HEIC', heic, 'unsupported', /HEIC.*JPEG/],
	['a ZIP archive', 'factures.zip', () => zipOf('facture.pdf'), 'unsupported', /Décompressez/],
	['a ZIP archive under a password', 'factures.zip', () => zipOf('facture.pdf', true), 'encrypted', /mot de passe/],
	['a Word document', 'contrat.docx', () => zipOf('[Content_Types].xml'), 'unsupported', /Enregistrez-le en PDF/],
	['a Word document under a password', 'contrat.docx', lockedOffice, 'encrypted', /mot de passe/],
	['an archive named as a PDF', 'facture.pdf', () => zipOf('virus.exe'), 'wrong_extension', /« \.pdf », mais c’est une archive ZIP/],
	['random bytes', 'donnees.bin', () => randomBytes(50_000), 'unsupported', /n’est pas reconnu/],
	['random bytes named as a PDF', 'facture.pdf', () => randomBytes(50_000), 'wrong_extension', /abîmé ou mal nommé/],
	['an XML with entities of its own', 'facture.xml', () => Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), 'unsupported', /DOCTYPE/],
];

test.each(hostile)('%s is refused in words', async (_, name, make, code, words) => {
	const { refusal, pages } = await readFile({ bytes: await make(), name });
	expect(refusal?.code).toBe(code);
	expect(refusal?.message.fr).toMatch(words);
	expect(pages).toEqual([]);
});

test('a page of endless strokes is stopped in time, and the next file is read all the same', async () => {
	const [before, bomb, next] = [readingProcesses(), await endlessStrokes(300_000), await readFile({ bytes: invoice, name: 'facture.pdf' })];
	const { refusal } = await readFile({ bytes: bomb, name: 'plan.pdf' }, { times: { openMs: 1500, pageMs: 1500 } });
	expect(['timed_out', 'out_of_memory']).toContain(refusal?.code);
	expect(next.pages[0]?.words.map(({ text }) => text)).toContain('FA-2026-0042');
	const after = await readFile({ bytes: invoice, name: 'facture.pdf' });
	expect(after.refusal).toBeNull();
	expect(readingProcesses()).not.toEqual(before);
});

test('a PDF that only its owner may change is read', async () => {
	const { refusal, pages } = await readFile({ bytes: lockedPdf(['Facture FA-7'], '', 'chef'), name: 'facture.pdf' });
	expect(refusal).toBeNull();
	expect(pages[0]?.words.map(({ text }) => text)).toEqual(['Facture', 'FA-7']);
});

test('scripts are not run, and said', async () => {
	const script = makePdf([['Facture FA-8']], { catalogue: '/OpenAction 6 0 R', more: ['<</S/JavaScript/JS(app.alert(1))>>'] });
	const { refusal, notes } = await readFile({ bytes: script, name: 'facture.pdf' });
	expect(refusal).toBeNull();
	expect(notes.map(({ fr }) => fr)).toEqual([expect.stringContaining('scripts')]);
});

test('a file is what its bytes say, and a false name is told', async () => {
	const { format, notes, refusal } = await readFile({ bytes: invoice, name: 'photo.jpg' });
	expect([format, refusal]).toEqual(['pdf', null]);
	expect(notes[0]?.fr).toContain('« .jpg », mais c’est un PDF');
});

test('of a long document the first fifty pages are read, and the rest is named', async () => {
	const { pages, pageCount, notes } = await readFile({
		bytes: makePdf(Array.from({ length: 60 }, (_, index) => [`Article ${index + 1}`])),
		name: 'contrat.pdf',
	});
	expect([pages.length, pageCount]).toEqual([50, 60]);
	expect(notes[0]?.fr).toContain('50 premières pages sur 60');
});

test('a PDF behind lines that a mail gateway added is read', async () => {
	const { refusal } = await readFile({ bytes: Buffer.concat([Buffer.from('X-Scanned: yes\r\n'.repeat(200)), invoice]), name: 'facture.pdf' });
	expect(refusal).toBeNull();
});
