import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Host } from '../../platform/directus.ts';

/**
 * Hands `use` a file of Directus as a file on this disk, wherever it is stored, and takes it away afterwards. Rights are the caller's
 * business. The name on the disk is ours: only the extension is the uploader's.
 */
export async function withLocalFile<T>(host: Host, id: string, use: (path: string) => Promise<T>): Promise<T> {
	const folder = await mkdtemp(join(process.env['TEMP_PATH'] ?? tmpdir(), 'orchestre-page-'));
	try {
		const assets = new host.services.AssetsService({ knex: host.database, schema: await host.getSchema(), accountability: null });
		const { stream, file } = await assets.getAsset(id);
		const extension = extname(String(file.filename_download ?? '')).toLowerCase();
		const path = join(folder, `file${/^\.[a-z0-9]{1,8}$/.test(extension) ? extension : ''}`);
		await pipeline(stream as NodeJS.ReadableStream, createWriteStream(path, { mode: 0o600 }));
		return await use(path);
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
}
