import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer, type Server } from '../../scripts/support/server.ts';
import { productDefaults } from '../../scripts/support/environment.mjs';
import { testEnvironment } from '../support/environment.ts';
import { templateDatabase } from '../support/template.ts';

/** The product as staff get it: the built bundle and the admin app, in a process of its own, on a copy of the template database; `more` of the environment. `prepare` fills the file before the server holds it. */
export async function startProduct(
	port: number,
	more: Record<string, string> = {},
	prepare?: (file: string) => Promise<void>,
): Promise<Server & { file: string; close: () => Promise<void> }> {
	const folder = await mkdtemp(join(tmpdir(), 'orchestre-browser-'));
	const file = join(folder, 'test.db');
	await copyFile(await templateDatabase(), file);
	await prepare?.(file);
	const environment = {
		...productDefaults,
		...testEnvironment,
		DB_CLIENT: 'sqlite3',
		DB_FILENAME: file,
		STORAGE_LOCAL_ROOT: folder,
		EXTENSIONS_PATH: './extensions',
		SERVE_APP: 'true',
		PUBLIC_URL: `http://127.0.0.1:${port}`,
		TEMP_PATH: folder,
		...more,
	};
	const server = await startServer(port, environment, { email: testEnvironment.ADMIN_EMAIL ?? '', password: testEnvironment.ADMIN_PASSWORD ?? '' });
	return {
		...server,
		file,
		close: async () => {
			await server.stop();
			await rm(folder, { recursive: true, force: true });
		},
	};
}
