import { mergeFiles, readSchemaFiles } from '../schema/files.ts';
import type { Client } from '../support/client.ts';
import { readFlowContext } from './context.ts';
import { seed } from './engine.ts';
import type { SeedResult } from './engine.ts';
import { readSeeds, textSeed } from './format.ts';
import { lintFlows } from './lint.ts';

/** Seeds everything that the product ships: the texts of the schema files and seeds/, flows judged first. */
export async function seedAll(client: Client): Promise<SeedResult[]> {
	const files = readSchemaFiles();
	const seeds = [textSeed(mergeFiles(files).texts), ...(await readSeeds())];
	const faults = lintFlows(seeds, await readFlowContext(files));
	if (faults.length > 0) throw new Error(`seeds: ${faults.join('\n')}`);
	return seed(client, seeds);
}
