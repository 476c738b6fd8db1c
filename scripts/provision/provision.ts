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
import { loginsFile, readEnvironment, root } from '../support/environment.mjs';
import { bootstrap, migrateOurs } from './bootstrap.ts';
import { giveLogins } from './logins.ts';
import type { Provision } from './stamp.ts';
import { readProvision, sourceStamp, writeProvision } from './stamp.ts';

export type ProvisionOptions = {
	/** Start without the demo company. Counts the first time only; later the instance knows. */
	empty: boolean;
	/** Told before each step, with its name for people. */
	onStep: (step: string) => void;
	/** The database file is new and thrown away unless this ends well: no need to wait for the disk. */
	isDisposable?: boolean;
};

/** What scripts/demo/index.ts exports. */
export type SeedDemo = (options: { database: Knex; admin: Client; url: string }) => Promise<void>;

/**
 * Makes the database what this version of the product needs: tables, migrations, schema, seeds, demo. Every step finds
 * by itself what is done already, so a run that was cut off is simply run again. Needs `prepareEnvironment` before, and
 * leaves the process unfit for another Directus: exit afterwards.
 */
export async function provision({ empty, onStep, isDisposable = false }: ProvisionOptions): Promise<Provision> {
	// Of what is read below, even should a file change meanwhile.
	const stamp = sourceStamp();
	const { default: getDatabase } = await import('@directus/api/database/index');
	const database = getDatabase();
	if (isDisposable) await database.raw('PRAGMA synchronous = OFF');
	const before = await readProvision(database);
	const demo = before ? before.demo : empty ? 'off' : 'on';

	onStep('Base de données');
	const files = readSchemaFiles();
	const faults = lintSchema(files);
	if (faults.length > 0) throw new Error(`schema-snapshots:\n${faults.join('\n')}`);
	await bootstrap(database);

	onStep('Collections et champs');
	const instance = await startInProcess();
	await applySchema(instance.admin, mergeFiles(files).snapshot, { database });
	await migrateOurs(database);

	onStep('Rôles, automatisations, réglages et textes');
	await seedAll(instance.admin);
	if (demo === 'on') {
		onStep('Entreprise de démonstration');
		await seedDemo({ database, admin: instance.admin, url: instance.url });
		await giveLogins(instance.admin, database, loginsFile(readEnvironment()));
	}
	const now: Provision = { stamp, demo };
	await writeProvision(database, now);
	await instance.close();
	return now;
}

async function seedDemo(options: Parameters<SeedDemo>[0]): Promise<void> {
	const path = join(root, 'scripts', 'demo', 'index.ts');
	if (!existsSync(path)) return;
	const demo = (await import(pathToFileURL(path).href)) as { seedDemo: SeedDemo };
	await demo.seedDemo(options);
}
