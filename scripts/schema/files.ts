import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { root } from '../support/environment.mjs';
import { expand } from './expand.ts';
import { collectionFile } from './file-format.ts';
import type { CollectionFile } from './file-format.ts';
import type { Snapshot, Texts } from './snapshot.ts';

export const schemaFolder = join(root, 'schema-snapshots');

/** Directus's version: a snapshot states it, and a version that differs is a reason to look before applying. */
export const directusVersion = '11.17.4';

/** Every file of schema-snapshots/, by name. Throws with the file's name and what is wrong in it. */
export function readSchemaFiles(folder = schemaFolder): CollectionFile[] {
	return readdirSync(folder)
		.filter((name) => name.endsWith('.yaml'))
		.toSorted()
		.map((name) => {
			const file = parseCollectionFile(readFileSync(join(folder, name), 'utf8'), name);
			if (`${file.collection}.yaml` !== name) throw new Error(`${name}: describes ${file.collection}; name the file after it`);
			return file;
		});
}

export function parseCollectionFile(text: string, name: string): CollectionFile {
	const result = collectionFile.safeParse(parse(text));
	if (!result.success) throw new Error(`${name}:\n${z.prettifyError(result.error)}`);
	return result.data;
}

/** The snapshot (PostgreSQL flavour) that all files describe together, and the texts that it refers to with `$t:`. */
export function mergeFiles(files: CollectionFile[]): { snapshot: Snapshot; texts: Texts } {
	const texts: Texts = new Map();
	const parts = files.map((file) => expand(file, texts));
	const snapshot: Snapshot = {
		version: 1,
		directus: directusVersion,
		vendor: 'postgres',
		// Directus leaves the table of a folder out, and takes no null for it.
		collections: parts.flatMap(({ collection }) => collection ?? []).map(({ schema, ...rest }) => (schema ? { ...rest, schema } : rest)),
		fields: parts.flatMap(({ fields }) => fields),
		// Indexes on fields of Directus's own collections; the product asks for none there.
		systemFields: [],
		relations: parts.flatMap(({ relations }) => relations),
	};
	return { snapshot, texts };
}
