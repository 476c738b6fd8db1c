import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure, lastLines, npmFailure } from './failure.mjs';
import { npmCli } from './node.mjs';
import { extensionFolder, root } from './paths.mjs';
import { runQuietly } from './process.mjs';

/**
 * @param {string} file
 * @param {string} key
 */
const isStamped = (file, key) => existsSync(file) && readFileSync(file, 'utf8') === key;

/**
 * `npm ci` when the lockfile or the Node ABI changed, in the checkout and for the bundle's own run-time packages. The stamp is written
 * last: an install that was cut off starts over.
 * @param {import('./progress.mjs').Progress} progress
 */
export async function install(progress) {
	await installIn(root, [], 'Dépendances (quelques minutes la première fois)', progress);
	// WebAssembly and data: none of them has anything to compile.
	await installIn(extensionFolder, ['--ignore-scripts'], 'Lecture des documents (dépendances de l’extension)', progress);
}

/**
 * @param {string} folder
 * @param {string[]} options of npm
 * @param {string} step
 * @param {import('./progress.mjs').Progress} progress
 */
async function installIn(folder, options, step, progress) {
	const stamp = join(folder, 'node_modules', '.installed');
	const key = createHash('sha256')
		.update(readFileSync(join(folder, 'package-lock.json')))
		.update([process.versions.modules, process.platform, process.arch].join())
		.digest('hex');
	if (isStamped(stamp, key)) return;
	progress.begin(step);
	const retries = ['--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];
	const { code, output } = await runQuietly('npm', [npmCli(), 'ci', '--no-audit', '--no-fund', ...options, ...retries], { cwd: folder });
	if (code !== 0) {
		progress.fail();
		throw npmFailure(output);
	}
	mkdirSync(join(folder, 'node_modules'), { recursive: true });
	writeFileSync(stamp, key);
	progress.end();
}

/**
 * Builds the bundle when one of its sources changed.
 * @param {import('./progress.mjs').Progress} progress
 */
export async function build(progress) {
	const stamp = join(extensionFolder, 'dist', '.built');
	const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
	const sources = readdirSync(join(extensionFolder, 'src'), { recursive: true, encoding: 'utf8' }).map((name) => join('src', name));
	for (const name of [...sources.sort(), 'package.json', 'extension.config.js']) {
		const path = join(extensionFolder, name);
		if (!existsSync(path) || !statSync(path).isFile() || name.endsWith('.test.ts')) continue;
		hash.update(name).update('\0').update(readFileSync(path));
	}
	const key = hash.digest('hex');
	if (isStamped(stamp, key)) return;
	progress.begin('Construction de l’extension');
	const { code, output, path } = await runQuietly('build', [join(root, 'node_modules/@directus/extensions-sdk/cli.js'), 'build'], { cwd: extensionFolder });
	// The SDK's command ends with 0 even when a module was not found, and leaves the old file.
	if (code !== 0 || !existsSync(join(extensionFolder, 'dist', 'api.js'))) {
		progress.fail();
		throw new Failure(`L’extension ne se construit pas (${path}) :\n${lastLines(output)}`);
	}
	writeFileSync(stamp, key);
	progress.end();
}
