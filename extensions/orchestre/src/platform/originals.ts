import type { HookConfig } from '@directus/types';
import { isSystem, type FilterContext, type Knex } from './directus.ts';
import { notAllowed } from './errors.ts';

type Filter = Parameters<HookConfig>[0]['filter'];

/** Where a file is a record's original, and how the record is called. */
const originals: readonly { collection: string; field: string; name: string; when?: Record<string, string> }[] = [
	{ collection: 'documents', field: 'file', name: 'd’un document classé', when: { status: 'filed' } },
	{ collection: 'invoices', field: 'pdf', name: 'd’une facture' },
	{ collection: 'invoices', field: 'xml', name: 'd’une facture' },
	{ collection: 'expenses', field: 'receipt', name: 'd’une dépense' },
	{ collection: 'quotes', field: 'acceptance_proof', name: 'd’un devis accepté' },
	{ collection: 'quotes', field: 'pdf', name: 'd’un devis émis' },
	{ collection: 'reports', field: 'file', name: 'd’un rapport' },
];

async function nameOfRecord(database: Knex, files: readonly string[]): Promise<string | null> {
	for (const { collection, field, name, when = {} } of originals) if (await database(collection).whereIn(field, [...files]).where(when).first('id')) return name; // prettier-ignore
	return null;
}

/**
 * Refuses (403) to delete the original of a record, or to put it before other eyes, also to whoever uploaded it: vouchers are kept for ten
 * years (Code de commerce, art. L123-22), reports stay as they were sent. The administrator may: personal data can have to go.
 */
export function keepOriginals(filter: Filter): void {
	const keep = async (files: readonly string[], { database, accountability }: FilterContext): Promise<void> => {
		if (isSystem(accountability) || accountability?.admin === true) return;
		const name = await nameOfRecord(database, files);
		if (!name) return;
		throw notAllowed(`Ce fichier est la pièce ${name} : il ne peut être ni supprimé, ni déplacé. Demandez à l’administrateur si une pièce doit disparaître.`);
	};
	filter('files.delete', (keys, _meta, context) => keep((keys as unknown[]).map(String), context as FilterContext));
	filter('files.update', async (payload, meta, context) => {
		if (typeof payload === 'object' && payload !== null && 'folder' in payload) await keep(((meta['keys'] as unknown[] | undefined) ?? []).map(String), context as FilterContext);
		return payload;
	});
} // prettier-ignore
