import type { Accountability, Host } from '../../platform/directus.ts';
import { UserError } from '../../platform/errors.ts';
import { readOwnCompany } from '../filing/settings.ts';
import { readAs } from '../read.ts';
import type { DocumentClass, DocumentRead } from '../types.ts';
import type { AsClass } from './answers.ts';
import { currentFit } from './fit/store.ts';
import { readFileAllowed } from './open.ts';
import type { StoredDocument } from './stored.ts';
import { thresholdsOf } from './thresholds.ts';
import { wordsOf } from './words.ts';

const partOf = ({ fields, lines, vat, checks }: Pick<DocumentRead, 'fields' | 'lines' | 'vat' | 'checks'>): Omit<AsClass, 'class' | 'threshold'> => ({ fields, lines, vat, checks }); // prettier-ignore

/**
 * What a document says as a paper of another class than it was taken for: its words are looked through again for the fields of that class.
 * An e-invoice says the same as whatever it is taken for. Null without words to look through; refused (422) with a sentence where they
 * cannot be had.
 */
export async function readAsClass(host: Host, accountability: Accountability, stored: StoredDocument, as: DocumentClass): Promise<AsClass | null> {
	const { read } = stored;
	const about = { class: as, threshold: (await thresholdsOf(host.database))(as) };
	if (read && (read.class === as || read.method === 'xml')) return { ...about, ...partOf(read) };
	const file = read?.refusal ? null : await readFileAllowed(host, accountability, stored);
	const pages = file ? await wordsOf(host, file) : [];
	if (pages.length === 0) return null;
	const meaning = await readAs(as, pages, await readOwnCompany(host.database), (await currentFit(host.database)) ?? null);
	if ('code' in meaning) throw new UserError(meaning.message.fr, { code: 'UNREADABLE', status: 422 });
	return { ...about, ...partOf(meaning) };
}
