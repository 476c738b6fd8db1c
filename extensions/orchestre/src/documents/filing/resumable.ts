import type { HookConfig } from '@directus/types';
import { refuseUnlessUpdatable } from '../../platform/access.ts';
import type { Accountability, Host } from '../../platform/directus.ts';
import { readUploadMetadata } from './rules/upload-metadata.ts';

type Request = { method: string; path: string; headers: Record<string, string | string[] | undefined>; accountability?: Accountability | null };
type Next = (error?: unknown) => void;
type Routes = { use: (path: string, handler: (request: Request, response: unknown, next: Next) => Promise<void>) => void };

/** Where Directus puts it; the row is taken back, so that any name does. */
const storage = 'local';

class Undone extends Error {}

/** Makes the file's row as this caller, by Directus's own permissions, and takes it back: throws what Directus says where they may not. */
async function tryToCreate(host: Host, accountability: Accountability, values: Record<string, string | null>): Promise<void> {
	const schema = await host.getSchema();
	try {
		await host.database.transaction(async (trx) => {
			const files = new host.services.ItemsService('directus_files', { accountability, schema, knex: trx });
			await files.createOne({ type: 'application/octet-stream', ...values, storage }, { emitEvents: false, autoPurgeCache: false });
			throw new Undone();
		});
	} catch (error) {
		if (!(error instanceof Undone)) throw error;
	}
}

async function mayBegin(host: Host, { accountability, headers }: Request): Promise<boolean> {
	const header = headers['upload-metadata'];
	if (!accountability?.user || accountability.admin || headers['x-http-method-override'] || typeof header !== 'string') return false;
	const said = readUploadMetadata(header);
	if (!said) return false;
	const { id, ...values } = Object.fromEntries(said);
	if (id) await refuseUnlessUpdatable(host, accountability, 'directus_files', id, 'Vous n’avez pas le droit de remplacer ce fichier.');
	await tryToCreate(host, accountability, values);
	return true;
}

/**
 * Lets those upload in pieces who may upload at all. Directus writes the row of a resumable upload with the caller's own rights, and with it the
 * place on the disk (`filename_disk`), which nobody may be given: a row that names another file's place opens that file. So what the caller says of
 * the file is tried against their own rights first (the title, the folder … and nothing else: `replace_id` would write over any file), and only
 * then, for the request that begins the upload, Directus writes its own columns. All later pieces it takes from whoever began it, and no other.
 */
export function openResumableUploads(init: Parameters<HookConfig>[0]['init'], host: Host): void {
	init('routes.before', (meta) =>
		(meta['app'] as Routes).use('/files/tus', async (request, _response, next) => {
			const { accountability, method, path } = request;
			try {
				if (method === 'POST' && path === '/' && accountability && (await mayBegin(host, request))) request.accountability = { ...accountability, admin: true };
			} catch (error) {
				next(error);
				return;
			}
			next();
		}),
	);
}
