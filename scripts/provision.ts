/**
 * node scripts/provision.ts [--empty]: brings the database of the environment to this version of the product; done in
 * well under a second when it is there already. `npm start` runs it and shows the steps, which it gets by IPC.
 */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readProvision, sourceStamp } from './provision/stamp.ts';
import type { Provision } from './provision/stamp.ts';
import { readSwitches } from './support/command.ts';
import { connect } from './support/database.ts';
import { prepareEnvironment } from './support/directus.ts';
import { loginsFile, readEnvironment, root } from './support/environment.mjs';

const { empty } = readSwitches('empty');
process.chdir(root);

/** What the database remembers, if it is all that this version needs. */
async function upToDate(environment: Record<string, string>): Promise<Provision | null> {
	const database = connect(environment);
	try {
		const provision = await readProvision(database);
		if (provision?.stamp !== sourceStamp()) return null;
		return provision.demo === 'on' && !existsSync(loginsFile(environment)) ? null : provision;
	} finally {
		await database.destroy();
	}
}

async function bringUp(overrides: Record<string, string>, isDisposable: boolean): Promise<Provision> {
	prepareEnvironment(overrides);
	const { provision } = await import('./provision/provision.ts');
	return provision({ empty, isDisposable, onStep: (step) => (process.send ? process.send({ step }) : console.log(step)) });
}

/**
 * A new SQLite database is built beside its place and moved there when it is whole: a first start that is cut off leaves
 * nothing to repair.
 */
async function createFile(file: string): Promise<Provision> {
	const partial = `${file}.partial`;
	mkdirSync(dirname(file), { recursive: true });
	for (const end of ['', '-journal', '-wal', '-shm']) rmSync(partial + end, { force: true });
	const provision = await bringUp({ DB_FILENAME: partial }, true);
	const handle = openSync(partial, 'r+');
	fsyncSync(handle);
	closeSync(handle);
	renameSync(partial, file);
	return provision;
}

try {
	const environment = readEnvironment();
	const file = environment.DB_CLIENT === 'sqlite3' ? resolve(root, environment.DB_FILENAME ?? '') : null;
	const provision = file && !existsSync(file) ? await createFile(file) : ((await upToDate(environment)) ?? (await bringUp({}, false)));
	if (process.send) process.send({ demo: provision.demo === 'on' }, undefined, undefined, () => process.exit(0));
	else process.exit(0);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	if (process.env.DEBUG) console.error(error);
	process.exit(1);
}
