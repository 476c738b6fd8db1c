import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { TestProject } from 'vitest/node';
import { sourceStamp } from '../../scripts/provision/stamp.ts';
import { root } from '../../scripts/support/environment.mjs';
import { writeSourceBundle } from './bundle.ts';
import { cacheFolder, testEnvironment } from './environment.ts';

declare module 'vitest' {
	interface ProvidedContext {
		templateDatabase: string;
		extensionsPath: string;
	}
}

const day = 24 * 3600 * 1000;

/** vitest's global set-up: the database that each test file copies, and the bundle's stand-in. */
export default async function setup(project: TestProject): Promise<void> {
	project.provide('services', null);
	project.provide('templateDatabase', await templateDatabase());
	project.provide('extensionsPath', process.env.TEST_DIST ? join(root, 'extensions') : writeSourceBundle());
}

/** A SQLite database with schema and seeds, without the demo; made again only when one of its sources changes. */
export async function templateDatabase(): Promise<string> {
	mkdirSync(cacheFolder, { recursive: true });
	const file = join(cacheFolder, `${sourceStamp().slice(0, 16)}.db`);
	if (existsSync(file)) return file;
	for (const name of readdirSync(cacheFolder))
		if (name.includes('.db') && statSync(join(cacheFolder, name)).mtimeMs < Date.now() - day) rmSync(join(cacheFolder, name), { force: true });
	const own = `${file}.${process.pid}`;
	try {
		await promisify(execFile)(process.execPath, [join(root, 'scripts', 'provision.ts'), '--empty'], {
			cwd: root,
			env: { ...process.env, ...testEnvironment, DB_CLIENT: 'sqlite3', DB_FILENAME: own },
		});
	} catch (error) {
		throw new Error(`The database for the tests could not be made:\n${(error as { stderr?: string }).stderr ?? String(error)}`, { cause: error });
	}
	renameSync(own, file);
	return file;
}
