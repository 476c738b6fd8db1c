import type { Knex } from 'knex';
import { applySchema } from '../schema/apply.ts';
import { mergeFiles, readSchemaFiles } from '../schema/files.ts';
import { lintSchema } from '../schema/lint.ts';
import { seedAll } from '../seed/all.ts';
import { startInProcess } from '../support/directus.ts';
import { loginsFile, readEnvironment } from '../support/environment.mjs';
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
	const demo = (before ? before.demo === 'on' : !empty && (await mayHaveDemo(database))) ? 'on' : 'off';

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
		await seedDemo(database);
		await giveLogins(instance.admin, database, loginsFile(readEnvironment()));
	}
	const now: Provision = { stamp, demo };
	await writeProvision(database, now);
	await instance.close();
	return now;
}

/** The demo never comes into a database that has companies of its own; one that was being made counts as its own. */
async function mayHaveDemo(database: Knex): Promise<boolean> {
	const hasCompanies = (await database.schema.hasTable('companies')) && (await database('companies').first('id'));
	if (!hasCompanies) return true;
	const demo = await import('../demo/index.ts');
	return demo.hasDemo(database);
}

/** Loaded only where it is wanted. */
async function seedDemo(database: Knex): Promise<void> {
	const demo = await import('../demo/index.ts');
	const { rows } = await demo.seedDemo({ database });
	if (Object.keys(rows).length > 0) await demo.putDemoFiles(database, readEnvironment());
}
