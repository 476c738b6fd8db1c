import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Knex } from 'knex';
import { applySchema } from '../schema/apply.ts';
import { mergeFiles, readSchemaFiles } from '../schema/files.ts';
import { lintSchema } from '../schema/lint.ts';
import { seedAll } from '../seed/all.ts';
import type { Client } from '../support/client.ts';
import { startInProcess } from '../support/directus.ts';
import { root } from '../support/environment.mjs';
import { bootstrap } from './bootstrap.ts';
import { readProvision, sourceStamp, writeProvision } from './stamp.ts';

export type ProvisionOptions = {
	/** Start without the demo company. Counts the first time only; later the instance knows. */
	empty: boolean;
	/** Told before each step, with the name of the step and where it stands (1 of n). */
	onStep: (step: string, index: number, count: number) => void;
};

/** What scripts/demo/index.ts exports. */
export type SeedDemo = (options: { database: Knex; admin: Client; url: string }) => Promise<void>;

/**
 * Makes the database what this version of the product needs: tables, migrations, schema, seeds, demo. Every step finds
 * by itself what is done already, so a run that was cut off is simply run again. Needs `prepareEnvironment` before, and
 * leaves the process unfit for another Directus: exit afterwards.
 */
export async function provision({ empty, onStep }: ProvisionOptions): Promise<void> {
	const { default: getDatabase } = await import('@directus/api/database/index');
	const database = getDatabase();
	const before = await readProvision(database);
	const demo = before ? before.demo : empty ? 'off' : 'on';
	const steps = ['base', 'schéma', 'données du produit', ...(demo === 'on' ? ['entreprise de démonstration'] : [])];
	const step = (index: number): void => onStep(steps[index] ?? '', index + 1, steps.length);

	step(0);
	const files = readSchemaFiles();
	const faults = lintSchema(files);
	if (faults.length > 0) throw new Error(`schema-snapshots:\n${faults.join('\n')}`);
	await bootstrap(database);
	step(1);
	const instance = await startInProcess();
	await applySchema(instance.admin, mergeFiles(files).snapshot);
	step(2);
	await seedAll(instance.admin);
	if (demo === 'on') {
		step(3);
		await seedDemo({ database, admin: instance.admin, url: instance.url });
	}
	await writeProvision(database, { stamp: sourceStamp(), demo });
	await instance.close();
}

async function seedDemo(options: Parameters<SeedDemo>[0]): Promise<void> {
	const path = join(root, 'scripts', 'demo', 'index.ts');
	if (!existsSync(path)) return;
	const demo = (await import(pathToFileURL(path).href)) as { seedDemo: SeedDemo };
	await demo.seedDemo(options);
}
