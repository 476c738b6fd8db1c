import type { Host } from '../../platform/directus.ts';
import { UserError } from '../../platform/errors.ts';
import { readFile } from '../reading/index.ts';
import type { Page } from '../types.ts';
import { withLocalFile } from './file.ts';
import type { SeenFile } from './open.ts';
import { keepPages, readPages } from './pages.ts';

/** Several who open one document read its file once. */
const underWay = new Map<string, Promise<Page[]>>();

async function readAgain(host: Host, file: SeenFile): Promise<Page[]> {
	const { pages, refusal } = await withLocalFile(host, file.id, (path) => readFile(path));
	if (refusal) throw new UserError(refusal.message.fr, { code: 'UNREADABLE', status: 422 });
	await keepPages(host.database, file.id, pages);
	return pages;
}

/** Where the words of a file stand: as they were kept when it was read, or read anew, once. Refused (422) with the reading's own sentence. */
export async function wordsOf(host: Host, file: SeenFile): Promise<Page[]> {
	const kept = await readPages(host.database, file.id, file.version);
	if (kept) return kept;
	const key = `${file.id}:${file.version}`;
	const reading = underWay.get(key) ?? readAgain(host, file).finally(() => underWay.delete(key));
	underWay.set(key, reading);
	return reading;
}
