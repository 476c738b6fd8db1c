import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../support/environment.mjs';

const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const imports = /^(?:import|export)\s+(?!type\b)[^;']*?from\s+'([^']+)'|^import\s+'([^']+)'|\bimport\('([^']+)'\)/gm;

/** Files that these reach by imports, as paths below the checkout, and the packages that they import. */
function reached(entries: readonly string[]): { files: Set<string>; packages: Set<string> } {
	const files = new Set<string>();
	const packages = new Set<string>();
	const visit = (file: string): void => {
		const path = relative(root, file);
		if (files.has(path)) return;
		files.add(path);
		if (!existsSync(file)) return;
		for (const [, from, bare, late] of readFileSync(file, 'utf8').matchAll(imports)) {
			const name = from ?? bare ?? late ?? '';
			if (name.startsWith('.')) visit(resolve(dirname(file), name));
			else if (!name.startsWith('node:'))
				packages.add(
					name
						.split('/')
						.slice(0, name.startsWith('@') ? 2 : 1)
						.join('/'),
				);
		}
	};
	for (const entry of entries) visit(join(root, entry));
	return { files, packages };
}

/** What a container runs: the start, what operations.md has run in it, and the seeds that are code. */
const entries = [
	'scripts/cluster/instance/run.ts',
	'scripts/provision.ts',
	'scripts/backup.ts',
	'scripts/restore.ts',
	'scripts/demo/remove.ts',
	'scripts/kpis.ts',
	...readdirSync(join(root, 'seeds'))
		.filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
		.map((name) => `seeds/${name}`),
];

test('every file that a container’s scripts import is in the image', () => {
	const sent = read('.dockerignore').split('\n');
	const allowed = sent.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
	const copied = [...read('Dockerfile').matchAll(/^COPY \S+ (\S+) /gm)].map(([, path]) => path ?? '');
	const within = (file: string, folders: readonly string[]): boolean => folders.some((folder) => file === folder || file.startsWith(`${folder}/`));
	const { files } = reached(entries);
	const missing = [...files].filter((file) => !within(file, allowed) || !within(file, copied) || file.endsWith('.vue'));
	expect(missing).toEqual([]);
	expect(files.size).toBeGreaterThan(200);
});

test('every package that they import can be found there', () => {
	const [, linked = ''] = /for \(const name of \[([^\]]+)\]/.exec(read('scripts/cluster/instance/link-packages.mjs')) ?? [];
	const there = new Set([...linked.matchAll(/'([^']+)'/g)].map(([, name]) => name));
	// Without it the demo goes without its printed invoice (scripts/demo/files.ts).
	there.add('pdfkit');
	expect([...reached(entries).packages].filter((name) => !there.has(name))).toEqual([]);
});
