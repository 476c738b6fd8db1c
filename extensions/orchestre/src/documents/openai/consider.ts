import type { Host } from '../../platform/directus.ts';
import type { DocumentRow } from '../filing/types.ts';
import type { Copy } from '../filing/store.ts';
import type { DocumentRead } from '../types.ts';

/** The reading, made better by OpenAI where that is allowed. */
export async function considerOpenAi(_host: Host, _row: DocumentRow, _copy: Copy, read: DocumentRead): Promise<DocumentRead> {
	return read;
}
