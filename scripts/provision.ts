/**
 * node scripts/provision.ts [--empty]: brings the database of the environment to this version of the product; done in
 * well under a second when it is there already. `npm start` runs it and shows its steps (sent by IPC).
 */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readProvision, sourceStamp } from './provision/stamp.ts';
import { connect } from './support/database.ts';
import { prepareEnvironment } from './support/directus.ts';
import { readSwitches } from './support/command.ts';
import { readEnvironment, root } from './support/environment.mjs';

const { empty } = readSwitches('empty');
process.chdir(root);

async function isUpToDate(environment: Record<string, string>): Promise<boolean> {
	const database = connect(environment);
	try {
		return (await readProvision(database))?.stamp === sourceStamp();
	} finally {
		await database.destroy();
	}
}

function tell(step: string, index: number, count: number): void {
	if (process.send) process.send({ step, index, count });
	else console.log(`${index}/${count} ${step}`);
}

try {
	const environment = readEnvironment();
	const file = environment.DB_CLIENT === 'sqlite3' ? resolve(root, environment.DB_FILENAME ?? '') : null;
	const isNew = file !== null && !existsSync(file);
	if (isNew || !(await isUpToDate(environment))) {
		// A new SQLite database is built beside its place and moved there when it is whole, so that a start cut off
		// half-way leaves nothing to repair.
		const target = isNew ? `${file}.partial` : file;
		if (isNew && target) {
			mkdirSync(dirname(target), { recursive: true });
			for (const end of ['', '-journal', '-wal', '-shm']) rmSync(target + end, { force: true });
		}
		prepareEnvironment(target ? { DB_FILENAME: target } : {});
		const { provision } = await import('./provision/provision.ts');
		await provision({ empty, onStep: tell });
		if (isNew && target && file) renameSync(target, file);
	}
	process.exit(0);
} catch (error) {
	console.error(error instanceof Error ? error.message : error);
	if (error instanceof Error && process.env.DEBUG) console.error(error);
	process.exit(1);
}
