import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readManifest } from '../../scripts/seed/context.ts';
import { root } from '../../scripts/support/environment.mjs';
import { cacheFolder } from './environment.ts';

type Source = string | { app: string; api: string };

/**
 * A stand-in for the built bundle: same shape as dist/api.js, but every entry comes straight from its source, so that no
 * test runs on an old build. Its list is the bundle's own manifest. Returns the EXTENSIONS_PATH.
 */
export function writeSourceBundle(): string {
	const folder = join(cacheFolder, 'extensions', 'orchestre');
	const manifest = readManifest();
	const entries = manifest['directus:extension'].entries.map(({ type, name, source }) => ({ type, name, source: apiSource(type, source) }));
	const api = entries.filter(({ source }) => source !== null);
	const lines = api.map(
		({ source }, index) => `import entry${index} from ${JSON.stringify(pathToFileURL(join(root, 'extensions', 'orchestre', source ?? '')).href)};`,
	);
	for (const type of ['hook', 'endpoint', 'operation']) {
		const own = api.flatMap((entry, index) => (entry.type === type ? [`{ name: ${JSON.stringify(entry.name)}, config: entry${index} }`] : []));
		lines.push(`export const ${type}s = [${own.join(', ')}];`);
	}
	mkdirSync(folder, { recursive: true });
	writeFileSync(join(folder, 'api.js'), `${lines.join('\n')}\n`);
	const extension = { ...manifest['directus:extension'], path: { app: 'api.js', api: 'api.js' } };
	writeFileSync(join(folder, 'package.json'), JSON.stringify({ ...manifest, dependencies: {}, 'directus:extension': extension }, null, '\t'));
	return join(cacheFolder, 'extensions');
}

function apiSource(type: string, source: Source): string | null {
	const path = typeof source === 'string' ? (['hook', 'endpoint'].includes(type) ? source : null) : source.api;
	if (path && !existsSync(join(root, 'extensions', 'orchestre', path)))
		throw new Error(`extensions/orchestre/package.json names ${path}, which does not exist`);
	return path;
}
