import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Texts } from '../schema/snapshot.ts';
import { root } from '../support/environment.mjs';

export const seedsFolder = join(root, 'seeds');

const json = z.json();
const seed = z.strictObject({
	/** One of Directus's own collections or one of ours. */
	collection: z.string(),
	/** Field or fields by which a row is recognised. A singleton needs none. */
	key: z.union([z.string(), z.array(z.string()).min(1)]).default('id'),
	/** Fields that a later run brings back to the seed; all that a row states, when left out. */
	owns: z.array(z.string()).optional(),
	/** Only create: what an administrator changes in these rows stays. */
	keep: z.boolean().default(false),
	rows: z.array(z.record(z.string(), json)),
});

export type Seed = z.infer<typeof seed> & {
	/** Where it comes from, for messages. */
	name: string;
};
/** What a module in seeds/ may export as default: one of these, or several. */
export type SeedSource = z.input<typeof seed>;

export function parseSeeds(source: unknown, name: string): Seed[] {
	return (Array.isArray(source) ? source : [source]).map((entry) => {
		const result = seed.safeParse(entry);
		if (!result.success) throw new Error(`seeds/${name}:\n${z.prettifyError(result.error)}`);
		return { ...result.data, name };
	});
}

/**
 * All seeds of the folder in the order of their names (01-…, 02-…), which is the order in which rows need each other:
 * YAML files and TypeScript modules. Modules without a number are helpers of others, not seeds.
 */
export async function readSeeds(folder = seedsFolder): Promise<Seed[]> {
	const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => /(^|[\\/])\d\d-[^\\/]*(?<!\.test)\.(yaml|ts)$/.test(name));
	const seeds: Seed[] = [];
	for (const name of names.toSorted()) {
		const path = join(folder, name);
		const source: unknown = name.endsWith('.yaml')
			? parse(readFileSync(path, 'utf8'))
			: ((await import(pathToFileURL(path).href)) as { default: unknown }).default;
		seeds.push(...parseSeeds(source, name));
	}
	return seeds;
}

/** The texts of the schema files as rows of directus_translations, which `$t:` references are looked up in. */
export const textSeed = (texts: Texts): Seed => ({
	name: 'schema texts',
	collection: 'directus_translations',
	key: ['key', 'language'],
	keep: false,
	rows: [...texts].flatMap(([key, { fr, en }]) => [
		{ key, language: 'fr-FR', value: fr },
		{ key, language: 'en-US', value: en },
	]),
});
