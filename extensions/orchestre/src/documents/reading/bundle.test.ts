import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { root } from '../../../../../scripts/support/environment.mjs';
import { makePdf } from './made-up.ts';

const folder = mkdtempSync(join(tmpdir(), 'orchestre-reading-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the server loads is one file made by Directus's own tool, beside which the packages lie: the child has to find itself and them. */
test('the reading process works in a bundle as the extension is built', () => {
	const extension = join(root, 'extensions', 'orchestre');
	mkdirSync(join(folder, 'src'));
	for (const file of ['package.json', 'extension.config.js']) cpSync(join(extension, file), join(folder, file));
	symlinkSync(join(extension, 'node_modules'), join(folder, 'node_modules'));
	writeFileSync(
		join(folder, 'src', 'index.ts'),
		`export { readFile } from ${JSON.stringify(join(import.meta.dirname, 'index.ts'))};\nexport { readDocument } from ${JSON.stringify(join(import.meta.dirname, '..', 'read.ts'))};\nexport default () => {};\n`,
	);
	const tool = join(root, 'node_modules', '@directus', 'extensions-sdk', 'cli.js');
	execFileSync(process.execPath, [tool, 'build', '-t', 'endpoint', '-i', 'src/index.ts', '-o', 'dist/index.mjs'], { cwd: folder, stdio: 'pipe' });
	writeFileSync(join(folder, 'facture.pdf'), makePdf([['Facture FA-2026-0042', 'Total TTC 120,00 EUR']]));
	writeFileSync(
		join(folder, 'run.mjs'),
		[
			`import { readDocument, readFile } from './dist/index.mjs';`,
			`const own = { name: 'Nous', siren: null, vatNumber: null, iban: null, emailDomain: null };`,
			`const { method, text, refusal } = await readDocument('facture.pdf', own);`,
			`const { pages } = await readFile('facture.pdf');`,
			`process.stdout.write(JSON.stringify({ method, text, refusal, words: pages[0].words.map((word) => word.text) }));`,
		].join('\n'),
	);
	const told = JSON.parse(execFileSync(process.execPath, ['run.mjs'], { cwd: folder, encoding: 'utf8' })) as Record<string, unknown>;
	expect(told).toEqual({
		method: 'text',
		text: 'Facture FA-2026-0042\nTotal TTC 120,00 EUR',
		refusal: null,
		words: ['Facture', 'FA-2026-0042', 'Total', 'TTC', '120,00', 'EUR'],
	});
}, 120_000);
