import { readFileSync } from 'node:fs';
import { transform } from 'esbuild';

/** @type {{ dependencies: Record<string, string> }} */
const { dependencies } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

/** Styles of a component, as Vue's plugin names them. */
const isStyle = /\?vue&type=style/;

/** The mark that ties a component's styles to its elements: eight random characters, each time a component is named. */
const scope = /data-v-[0-9a-f]{8}/g;

/** The bundle's run-time packages: WebAssembly and data files that find each other on disk. sharp is Directus's own. */
const packages = [...Object.keys(dependencies), 'sharp'];

export default {
	plugins: [
		{
			name: 'run-time-packages',
			/** @param {string} id */
			resolveId: (id) => (packages.some((name) => id === name || id.startsWith(`${name}/`)) ? { id, external: true } : null),
		},
		{
			name: 'small-styles',
			transform: {
				order: 'pre',
				/** The SDK puts styles in as they were typed: without indents and comments they take two thirds. @param {string} code @param {string} id */
				handler: async (code, id) => (isStyle.test(id) ? (await transform(code, { loader: 'css', minify: true, target: 'esnext' })).code.trim() : null),
			},
			/** @param {string} code */
			renderChunk(code) {
				const short = new Map();
				return {
					code: code.replace(scope, (mark) => short.get(mark) ?? short.set(mark, `data-o${short.size.toString(36)}`).get(mark)),
					map: null,
				};
			},
		},
	],
};
