import type { Knex } from '../../platform/directus.ts';
import type { Written } from '../../platform/written.ts';
import type { OwnCompany } from '../types.ts';
import { queueReading } from './intake.ts';
import { readOwnCompany } from './settings.ts';

const opening = 'Complétez d’abord la fiche de votre entreprise';

/**
 * Why nothing is filed by itself while we do not know who we are: a sale would be taken for a purchase, and a neighbour's invoice for ours. Null
 * once name and SIREN are known.
 */
export function unknownSelf({ name, siren }: OwnCompany): string | null {
	const missing = [...(name.trim() ? [] : ['la dénomination sociale']), ...(siren ? [] : ['le SIREN'])];
	return missing.length === 0 ? null : `${opening} (Contenu › Système › Notre entreprise) : il y manque ${missing.join(' et ')}. Ce document sera alors relu.`;
}

/** « Notre entreprise » was completed: what waited for that alone, or among other things, is read again. */
export async function readHeldUp(trx: Knex, written: readonly Written[]): Promise<void> {
	const own = await readOwnCompany(trx);
	if (written.length === 0 || unknownSelf(own)) return;
	const rows = (await trx('documents')
		.where({ status: 'to_review' })
		.whereNull('reviewed_at')
		.whereNotNull('file')
		.where('filing_note', 'like', `%${opening}%`)
		.orderBy('id')
		.select('id', 'file', 'title')) as { id: string; file: string; title: string }[];
	await queueReading(trx, rows, written[0]?.user ?? null, `:${own.siren}`);
}
