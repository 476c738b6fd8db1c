import { isSystem, type Accountability, type FilterContext } from './directus.ts';
import { UserError } from './errors.ts';

/** Tables that only the product writes, and what a person reads who tries. */
const ownTables: Readonly<Record<string, string>> = {
	jobs: 'Les travaux sont tenus par Orchestre : utilisez le bouton « Rejouer un travail ».',
	counters: 'Les compteurs sont tenus par Orchestre : un numéro modifié à la main créerait un trou ou un doublon.',
};

/** Refuses (403) a write from outside, administrators included; our own writes go through knex or as “Orchestre”. */
export function refuseOutsideWrite(collection: string, accountability: Accountability | null): void {
	const message = ownTables[collection];
	if (message && !isSystem(accountability)) throw new UserError(message, { code: 'KEPT_BY_ORCHESTRE', status: 403 });
}

/** A job that has not ended is work still owed: it cannot be deleted. An ended one can, if permissions allow. */
export async function refuseDeletingOwedJobs(ids: readonly string[], { database, accountability }: FilterContext): Promise<void> {
	if (isSystem(accountability)) return;
	const owed: unknown = await database('jobs').select('id').whereIn('id', ids).whereIn('state', ['waiting', 'running']).first();
	if (owed) throw new UserError('Un travail en attente ou en cours ne peut pas être supprimé.', { code: 'KEPT_BY_ORCHESTRE', status: 403 });
}
