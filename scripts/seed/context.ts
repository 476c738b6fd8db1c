import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CollectionFile } from '../schema/file-format.ts';
import { root } from '../support/environment.mjs';
import { builtInOperations } from './lint.ts';
import type { FlowContext } from './lint.ts';

export type Manifest = {
	name: string;
	'directus:extension': { entries: { type: string; name: string; source: string | { app: string; api: string } }[] };
};

/** What the bundle says it brings: the one list of its entries, which Directus reads, too. */
export const readManifest = (): Manifest => JSON.parse(readFileSync(join(root, 'extensions', 'orchestre', 'package.json'), 'utf8')) as Manifest;

/** What flows may use: operations of Directus and of the bundle, collections of the schema files. */
export async function readFlowContext(files: CollectionFile[]): Promise<FlowContext> {
	const { validateCron } = await import('@directus/api/utils/schedule');
	const own = readManifest()['directus:extension'].entries.filter(({ type }) => type === 'operation');
	const system = ['users', 'files', 'folders', 'roles', 'notifications', 'activity', 'comments'].map((name) => `directus_${name}`);
	return {
		operationTypes: new Set([...builtInOperations, ...own.map(({ name }) => name)]),
		collections: new Set([...files.filter(({ folder }) => !folder).map(({ collection }) => collection), ...system]),
		isCron: validateCron,
	};
}
