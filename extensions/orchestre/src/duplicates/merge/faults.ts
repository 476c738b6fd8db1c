import type { Knex } from '../../platform/directus.ts';
import { isEmpty, type Values } from '../rules/choose.ts';
import type { Kind } from '../rules/kinds.ts';

const differ = (kept: Values, gone: Values, field: string): boolean => !isEmpty(kept[field]) && !isEmpty(gone[field]) && kept[field] !== gone[field];

/** Why two records must not become one, in French; each fault says what to do about it. */
export function faultsOf(kind: Kind, kept: Values, gone: Values): string[] {
	const faults: string[] = [];
	for (const [row, which] of [
		[kept, 'La fiche gardée'],
		[gone, 'L’autre fiche'],
	] as const) {
		if (isEmpty(row['id'])) return ['Une des deux fiches n’existe plus.'];
		if (row['merged_into']) faults.push(`${which} est déjà fusionnée dans une autre.`);
		else if (row['archived']) faults.push(`${which} est archivée : rétablissez-la d’abord.`);
	}
	if (kind === 'companies' && differ(kept, gone, 'siren'))
		faults.push('Deux SIREN différents : ce sont deux entreprises. Si l’un est faux, corrigez-le avant de fusionner.');
	if (kind === 'people' && differ(kept, gone, 'user')) faults.push('Chacune de ces personnes a son compte utilisateur : ce sont deux personnes.');
	if (kind === 'people' && (kept['anonymised_at'] || gone['anonymised_at']))
		faults.push('Une de ces personnes a été anonymisée : elle ne peut plus être rapprochée de personne.');
	if (kind === 'leads' && gone['status'] === 'converted')
		faults.push(
			kept['status'] === 'converted'
				? 'Ces deux leads sont convertis : annulez d’abord une des deux conversions, ou fusionnez les entreprises et les contacts.'
				: 'L’autre lead est converti : gardez plutôt celui-là.',
		);
	return faults;
}

/** What a merge does not change although it touches it, in French. */
export async function warningsOf(knex: Knex, kind: Kind, gone: string): Promise<string[]> {
	if (kind !== 'companies') return [];
	const issued = (await knex('invoices').where({ company: gone }).whereNot('status', 'draft').first('id')) as unknown;
	return issued
		? ['Les factures émises restent telles qu’elles ont été émises, lignes, montants et mentions compris : seul leur rattachement à l’entreprise change.']
		: [];
}
