import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, inject } from 'vitest';
import { productDefaults } from '../../scripts/support/environment.mjs';
import { startServer, type Server } from '../../scripts/support/server.ts';
import { testEnvironment } from './environment.ts';
import { mailEnvironment, openMailbox, type Mailbox } from './mailbox.ts';

/** A server in a process of its own, on SQLite, that may be killed and started again on the same database. */
export type Killable = { start: () => Promise<Server>; mailbox: () => Mailbox; environment: () => Record<string, string> };

/** Its database and its mailbox live as long as the file's tests; it works off its jobs at once. `from`: its e-mail address. */
export function useKillable(port: number, from: string): Killable {
	let folder: string;
	let environment: Record<string, string>;
	let mailbox: Mailbox;
	beforeAll(async () => {
		mailbox = await openMailbox();
		folder = await mkdtemp(join(tmpdir(), 'orchestre-killed-'));
		const file = join(folder, 'test.db');
		await copyFile(inject('templateDatabase'), file);
		environment = {
			...productDefaults,
			...testEnvironment,
			DB_FILENAME: file,
			STORAGE_LOCAL_ROOT: folder,
			EXTENSIONS_PATH: inject('extensionsPath'),
			ORCHESTRE_WORKER_POLL_MS: '200',
			ORCHESTRE_WORKER_GRACE_MS: '0',
			...mailEnvironment(mailbox, from),
		};
	});
	afterAll(async () => {
		await mailbox?.close();
		await rm(folder, { recursive: true, force: true });
	});
	const login = { email: testEnvironment.ADMIN_EMAIL ?? '', password: testEnvironment.ADMIN_PASSWORD ?? '' };
	return { start: () => startServer(port, environment, login), mailbox: () => mailbox, environment: () => environment };
}

/** What `look` finds within a minute; throws when it finds nothing. */
export async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
	for (let turn = 0; turn < 300; turn++) {
		const found = await look();
		if (found !== undefined) return found;
		await new Promise((resolve) => setTimeout(resolve, 200));
	}
	throw new Error('nothing came of it in a minute');
}
