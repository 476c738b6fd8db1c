import type { Knex } from 'knex';
import { isPostgres } from '../../extensions/orchestre/src/platform/directus.ts';
import { demoIdRange, demoId } from './ids.ts';
import { siretOf, vatNumberOf } from './identity.ts';

/** In no series of the demo's firms, nor of their copies (identity.ts). */
export const ownSiren = '600000004';

/** The demo company as « Notre entreprise » knows it: without it no document could be filed by itself. */
export const ownCompany = {
	legal_name: 'Solenval SAS',
	trade_name: 'Solenval',
	legal_form: 'sas',
	share_capital_cents: 15_000_000,
	siren: ownSiren,
	siret: siretOf(ownSiren, 12),
	rcs_city: 'Lyon',
	naf_code: '58.29C',
	street: '14 quai des Fontaines',
	postal_code: '69009',
	city: 'Lyon',
	country: 'FR',
	phone: '+33465710014',
	email: 'contact@solenval.example.com',
	website: 'https://www.solenval.example',
	vat_number: vatNumberOf(ownSiren),
	vat_regime: 'real_normal',
	mention_penalties: 'Pénalités de retard : trois fois le taux d’intérêt légal.',
	mention_indemnity: 'Indemnité forfaitaire pour frais de recouvrement : 40 €.',
	mention_discount: 'Pas d’escompte pour paiement anticipé.',
} as const;

/** Fills « Notre entreprise » where nobody has; it holds one row, so the staff's own goes before. */
export async function seedProfile(trx: Knex, at: Date): Promise<void> {
	if (await trx('company_profile').first('id')) return;
	await trx('company_profile').insert({ id: demoId('company_profile', 0), ...ownCompany, date_created: isPostgres(trx) ? at : at.getTime() });
}

/** What somebody changed since is theirs, and stays when the demo goes: from the demo's range to a new id. */
export async function keepOwnProfile(trx: Knex): Promise<void> {
	await trx('company_profile').whereBetween('id', [...demoIdRange]).whereNotNull('user_updated').update({ id: crypto.randomUUID() }); // prettier-ignore
}
