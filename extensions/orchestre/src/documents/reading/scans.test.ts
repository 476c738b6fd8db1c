import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Page, Word } from '../types.ts';
import { drawPage, endReading, readFile, readingProcesses } from './index.ts';
import { makePdf } from './made-up.ts';
import { childOptions } from './worker.ts';

const folder = mkdtempSync(join(tmpdir(), 'orchestre-scans-'));
afterAll(() => {
	endReading();
	rmSync(folder, { recursive: true, force: true });
});

const lines = [
	'SARL Les Ateliers du Rhône',
	'Facture FA-2026-0042 du 22/11/2026',
	'Prestations de menuiserie et pose de fenêtres',
	'Réparation du portail, fournitures comprises',
	'Total hors taxes 1 000,00 EUR',
	'TVA à 20 % 200,00 EUR',
	'Total toutes taxes comprises 1 200,00 EUR',
	'À régler avant le 22/12/2026 par virement bancaire',
];
const pdf = { bytes: makePdf([lines]), name: 'facture.pdf' };

/** The page as a scanner sees it. */
let scan: Buffer;

beforeAll(async () => {
	const drawn = await drawPage(pdf, { page: 1, turned: 0, width: 1654 });
	if (!('picture' in drawn)) throw new Error(drawn.message.en);
	scan = await sharp(drawn.picture).png().toBuffer();
});

const textOf = (page: Page | undefined): string => page?.words.map(({ text }) => text).join(' ') ?? '';
const word = (page: Page | undefined, text: string): Word => {
	const found = page?.words.find((one) => one.text === text);
	if (!found) throw new Error(`${text} is not among: ${textOf(page)}`);
	return found;
};
const middle = ({ box: [left, top, width, height] }: Word): [number, number] => [left + width / 2, top + height / 2];

test.each([0, 90, 180, 270, 2.5, -4, 93])('a scan that lies turned by %d degrees is read, level and upright', async (degrees) => {
	const bytes = await sharp(scan).rotate(degrees, { background: '#fff' }).jpeg({ quality: 70 }).toBuffer();
	const { pages, method, language, refusal } = await readFile({ bytes, name: 'scan.jpg' });
	expect([method, language, refusal]).toEqual(['ocr', 'fr', null]);
	const [page] = pages;
	for (const text of ['FA-2026-0042', '22/11/2026', 'Rhône', '200,00', 'bancaire']) expect(textOf(page)).toContain(text);
	expect((((page?.turned ?? 0) + degrees + 361) % 360) - 1).toBeCloseTo(0, 0);
	expect(word(page, 'FA-2026-0042').line).toBe(2);
	const words = (page?.words ?? []).filter(({ text }) => text.length > 2);
	expect(words.reduce((sum, { confidence }) => sum + confidence, 0) / words.length).toBeGreaterThan(0.8);
});

test('a shadowed, blurred photo in a tinted light is read', async () => {
	const { width = 0, height = 0 } = await sharp(scan).metadata();
	const shade = Buffer.from(
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="a" x2="1" y2="1"><stop stop-color="#ffe"/><stop offset="1" stop-color="#665"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#a)"/></svg>`,
	);
	const dim = await sharp(scan)
		.composite([{ input: shade, blend: 'multiply' }])
		.png()
		.toBuffer();
	const bytes = await sharp(dim).rotate(3, { background: '#543' }).blur(0.8).jpeg({ quality: 50 }).toBuffer();
	const { pages } = await readFile({ bytes, name: 'photo.jpg' });
	for (const text of ['FA-2026-0042', '200,00', 'bancaire']) expect(textOf(pages[0])).toContain(text);
});

test('a phone’s photo is upright as its EXIF says', async () => {
	const bytes = await sharp(scan).rotate(90).withMetadata({ orientation: 8 }).jpeg().toBuffer();
	const { pages } = await readFile({ bytes, name: 'photo.jpg' });
	expect([pages[0]?.turned, textOf(pages[0]).includes('FA-2026-0042')]).toEqual([0, true]);
});

test('words of a scan stand where those of the text layer stand', async () => {
	const [text, picture] = await Promise.all([readFile(pdf), readFile({ bytes: scan, name: 'scan.png' })]);
	for (const name of ['FA-2026-0042', 'menuiserie', '200,00', 'bancaire']) {
		const [one, other] = [middle(word(text.pages[0], name)), middle(word(picture.pages[0], name))];
		expect(Math.abs(one[0] - other[0])).toBeLessThan(0.005);
		expect(Math.abs(one[1] - other[1])).toBeLessThan(0.005);
	}
});

test.each([90, 180, 270])('a PDF whose pages are turned by %d has its words where they are seen', async (rotate) => {
	const turned = await readFile({ bytes: makePdf([lines], { rotate }), name: 'facture.pdf' });
	const upright = await readFile(pdf);
	expect(textOf(turned.pages[0])).toBe(textOf(upright.pages[0]));
	// The writing runs sideways on the page as shown, so the page was turned back to stand upright.
	expect(turned.pages[0]?.turned).toBe(360 - rotate);
	const [one, other] = [middle(word(turned.pages[0], 'bancaire')), middle(word(upright.pages[0], 'bancaire'))];
	expect(Math.hypot(one[0] - other[0], one[1] - other[1])).toBeLessThan(0.01);
});

test('a page is drawn as it was read, whatever way it lay', async () => {
	const bytes = await sharp(scan).rotate(93, { background: '#fff' }).jpeg().toBuffer();
	const input = { bytes, name: 'scan.jpg' };
	const { pages } = await readFile(input);
	const [page] = pages;
	const drawn = await drawPage(input, { page: 1, turned: page?.turned ?? 0, width: 1654 });
	if (!('picture' in drawn)) throw new Error(drawn.message.en);
	expect(drawn.width / drawn.height).toBeCloseTo((page?.width ?? 0) / (page?.height ?? 1), 2);
	// The ink under the word's box is dark, and what is around the box is paper.
	const [left, top, width, height] = word(page, 'FA-2026-0042').box;
	const area = {
		left: Math.round(left * drawn.width),
		top: Math.round(top * drawn.height),
		width: Math.round(width * drawn.width),
		height: Math.round(height * drawn.height),
	};
	const shade = async (part: typeof area): Promise<number> => {
		const cut = await sharp(drawn.picture).extract(part).greyscale().png().toBuffer();
		return (await sharp(cut).stats()).channels[0]?.mean ?? 0;
	};
	expect(await shade(area)).toBeLessThan(215);
	expect(await shade({ ...area, top: area.top - Math.round(area.height * 0.3), height: Math.round(area.height * 0.25) })).toBeGreaterThan(245);
});

test('a reading process that is killed is a refusal, and the next file gets a new one', async () => {
	const reading = readFile({ bytes: scan, name: 'scan.png' });
	const [first] = readingProcesses();
	await new Promise((resolve) => setTimeout(resolve, 150));
	process.kill(first ?? 0, 'SIGKILL');
	expect((await reading).refusal?.code).toBe('out_of_memory');
	expect((await readFile(pdf)).refusal).toBeNull();
	expect(readingProcesses()).not.toContain(first);
});

test('who gives up waiting gets their own reason, and the process ends', async () => {
	const stop = new AbortController();
	const reading = readFile({ bytes: scan, name: 'scan.png' }, { signal: stop.signal });
	setTimeout(() => stop.abort(new Error('given up')), 150);
	await expect(reading).rejects.toThrow('given up');
	expect((await readFile(pdf)).refusal).toBeNull();
});

test('the reading process can neither write files nor start programs, and knows no secret', async () => {
	process.env.ORCHESTRE_TEST_SECRET = 'secret';
	const tries = join(folder, 'tries.mjs');
	const out = join(folder, 'left-behind');
	writeFileSync(
		tries,
		[
			`import { writeFileSync } from 'node:fs';`,
			`import { execFileSync } from 'node:child_process';`,
			`const codeOf = (work) => { try { work(); return 'done'; } catch (error) { return error.code; } };`,
			`process.send({ write: codeOf(() => writeFileSync(${JSON.stringify(out)}, 'x')), start: codeOf(() => execFileSync('true')), secret: process.env.ORCHESTRE_TEST_SECRET ?? null });`,
		].join('\n'),
	);
	const child = fork(tries, [], childOptions());
	const [told] = (await once(child, 'message')) as [unknown];
	delete process.env.ORCHESTRE_TEST_SECRET;
	expect(told).toEqual({ write: 'ERR_ACCESS_DENIED', start: 'ERR_ACCESS_DENIED', secret: null });
	expect(readdirSync(folder)).toEqual(['tries.mjs']);
});
