import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CollectionFile } from '../schema/file-format.ts';
import { root } from '../support/environment.mjs';
import { builtInOperations } from './lint.ts';
import type { FlowContext } from './lint.ts';

type Manifest = { 'directus:extension': { entries: { type: string; name: string }[] } };

/** What the bundle says it brings: the one list of its entries, which Directus reads, too. */
export function readEntries(): Manifest['directus:extension']['entries'] {
	const manifest = JSON.parse(readFileSync(join(root, 'extensions', 'orchestre', 'package.json'), 'utf8')) as Manifest;
	return manifest['directus:extension'].entries;
}

/** What flows may use: operations of Directus and of the bundle, collections of the schema files. */
export async function readFlowContext(files: CollectionFile[]): Promise<FlowContext> {
	const { validateCron } = await import('@directus/api/utils/schedule');
	const own = readEntries().filter(({ type }) => type === 'operation');
	const system = ['users', 'files', 'folders', 'roles', 'notifications', 'activity', 'comments'].map((name) => `directus_${name}`);
	return {
		operationTypes: new Set([...builtInOperations, ...own.map(({ name }) => name)]),
		collections: new Set([...files.filter(({ folder }) => !folder).map(({ collection }) => collection), ...system]),
		isCron: validateCron,
	};
}
