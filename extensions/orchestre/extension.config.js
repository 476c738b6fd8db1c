import { readFileSync } from 'node:fs';

/** @type {{ dependencies: Record<string, string> }} */
const { dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** The bundle's run-time packages: WebAssembly and data files that find each other on disk. sharp is Directus's own. */
const packages = [...Object.keys(dependencies), 'sharp'];

export default {
	plugins: [
		{
			name: 'run-time-packages',
			/** @param {string} id */
			resolveId: (id) => (packages.some((name) => id === name || id.startsWith(`${name}/`)) ? { id, external: true } : null),
		},
	],
};
