import { z } from 'zod';
import { collapse } from '../../platform/text.ts';
import { industryOf, legalFormOf, regionOf, sizeBandOf } from './codes.ts';
import type { Values } from './types.ts';

const text = z.string().nullish();
const place = z.object({ siret: text, code_postal: text, libelle_commune: text, region: text, etat_administratif: text });
const seat = place.extend({
	complement_adresse: text,
	numero_voie: text,
	indice_repetition: text,
	type_voie: text,
	libelle_voie: text,
	statut_diffusion_etablissement: text,
});

/** A legal unit as the register answers it (official description: app/doc/open-api.yml of annuaire-entreprises-data-gouv-fr/search-api). */
const unit = z.object({
	siren: z.string().regex(/^\d{9}$/),
	nom_complet: text,
	nom_raison_sociale: text,
	sigle: text,
	siege: seat.nullish(),
	matching_etablissements: z.array(place).nullish(),
	activite_principale: text,
	section_activite_principale: text,
	nature_juridique: text,
	tranche_effectif_salarie: text,
	etat_administratif: text,
	date_fermeture: text,
	statut_diffusion: text,
	finances: z.record(z.string(), z.object({ ca: z.number().nullish() })).nullish(),
});
export type Unit = z.output<typeof unit>;

export const registerAnswer = z.object({ results: z.array(unit), total_results: z.number().int() });
export type RegisterAnswer = z.output<typeof registerAnswer>;

const small = new Set(['de', 'du', 'des', 'la', 'le', 'les', 'sur', 'sous', 'en', 'et', 'lès', 'aux', 'au', 'd', 'l']);

/** `SAINT-DENIS-SUR-LOIRE` → `Saint-Denis-sur-Loire`: the register writes in capitals. */
export function properCase(capitals: string): string {
	return collapse(capitals)
		.toLowerCase()
		.split(/([ '’-])/)
		.map((word, index) => (index > 0 && small.has(word) ? word : word.charAt(0).toUpperCase() + word.slice(1)))
		.join('');
}

function lastRevenue(one: Unit): number | null {
	const [year] = Object.keys(one.finances ?? {})
		.toSorted()
		.toReversed();
	const revenue = year ? one.finances?.[year]?.ca : null;
	return typeof revenue === 'number' && revenue >= 0 ? Math.round(revenue / 1000) : null;
}

const isPartlyHidden = ({ statut_diffusion, siege }: Unit): boolean => statut_diffusion === 'P' || siege?.statut_diffusion_etablissement === 'P';
export const isClosed = ({ etat_administratif }: Unit): boolean => etat_administratif === 'C';

const known = (values: Record<string, string | number | null | undefined>): Values =>
	Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null && value !== undefined && value !== '')) as Values;

/** What a unit says of a company, in the product's own words. Whoever objected to the spread of their data (statut P) keeps their address. */
export function companyValues(found: Unit): Values {
	const { siege } = found;
	const hidden = isPartlyHidden(found);
	const street = collapse(
		[siege?.numero_voie, siege?.indice_repetition, siege?.type_voie?.toLowerCase(), properCase(siege?.libelle_voie ?? '')].filter(Boolean).join(' '),
	);
	return known({
		siren: found.siren,
		siret: siege?.siret,
		legal_name: hidden ? null : found.nom_raison_sociale,
		legal_form: legalFormOf(found.nature_juridique),
		naf_code: found.activite_principale,
		industry: industryOf(found.section_activite_principale),
		size_band: sizeBandOf(found.tranche_effectif_salarie),
		revenue_keur: lastRevenue(found),
		region: regionOf(siege?.region),
		...(!hidden && {
			street,
			street_extra: siege?.complement_adresse ? properCase(siege.complement_adresse) : null,
			postal_code: siege?.code_postal,
			city: siege?.libelle_commune ? properCase(siege.libelle_commune) : null,
		}),
	});
}

const ofLead = ['siren', 'industry', 'size_band', 'revenue_keur', 'region', 'city'];

/** The part of it that a lead has fields for. */
export const leadValues = (found: Unit): Values => Object.fromEntries(Object.entries(companyValues(found)).filter(([field]) => ofLead.includes(field)));
