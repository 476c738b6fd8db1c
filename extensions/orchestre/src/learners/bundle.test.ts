import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { root } from '../../../../scripts/support/environment.mjs';
import { develop, type Developed, type Order } from './develop.ts';
import { madeUp } from './made-up.ts';

const folder = mkdtempSync(join(tmpdir(), 'orchestre-learners-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What the server loads is one file made by Directus's own tool, not our sources: the thread has to find itself in it. */
test('the training thread works in a bundle as the extension is built', () => {
	mkdirSync(join(folder, 'src'));
	const source = pathToFileURL(join(import.meta.dirname, 'thread.ts')).pathname;
	writeFileSync(join(folder, 'src', 'index.ts'), `export { developInThread } from ${JSON.stringify(source)};\nexport default () => {};\n`);
	const tool = join(root, 'node_modules', '@directus', 'extensions-sdk', 'cli.js');
	execFileSync(process.execPath, [tool, 'build', '-t', 'endpoint', '-i', 'src/index.ts', '-o', 'dist/index.mjs'], { cwd: folder, stdio: 'pipe' });
	const order: Order = { train: madeUp(400, 1), test: madeUp(300, 2) };
	writeFileSync(join(folder, 'order.json'), JSON.stringify(order));
	writeFileSync(
		join(folder, 'run.mjs'),
		[
			`import { readFileSync } from 'node:fs';`,
			`import { developInThread } from './dist/index.mjs';`,
			`const order = JSON.parse(readFileSync(new URL('order.json', import.meta.url)));`,
			`const developed = await developInThread(order);`,
			`const slow = await developInThread(order, { timeoutMs: 1 }).catch((error) => error.message);`,
			`process.stdout.write(JSON.stringify({ developed, slow }));`,
		].join('\n'),
	);
	const { developed, slow } = JSON.parse(execFileSync(process.execPath, [join(folder, 'run.mjs')], { encoding: 'utf8' })) as {
		developed: Developed;
		slow: string;
	};
	expect(developed.model).toEqual(JSON.parse(JSON.stringify(develop(order).model)));
	expect(developed.card.verdict.sentence).toContain('AUC');
	expect(slow).toContain('dépassé');
}, 120_000);
