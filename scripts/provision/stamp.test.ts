import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { root } from '../support/environment.mjs';
import { sources } from './stamp.ts';

it('covers what seeds are made from: an update of it alone is brought in at the next start', () => {
	const seeds = readdirSync(join(root, 'seeds'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'));
	const imported = seeds.flatMap((name) => {
		const file = join(root, 'seeds', name);
		const words = readFileSync(file, 'utf8').matchAll(/^import (?!type).* from '(\.[^']+)';$/gm);
		return [...words].map(([, path = '']) => relative(root, join(dirname(file), path)).replaceAll('\\', '/'));
	});
	expect(imported.length).toBeGreaterThan(20);
	expect(imported.filter((path) => !sources.some((source) => path === source || path.startsWith(`${source}/`)))).toEqual([]);
});
