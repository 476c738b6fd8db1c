import { cleanFields, cleanText, quoted, refuse, type Cleaned, type Fault, type FieldShape } from '../../platform/input/fields.ts';
import { toSiret } from '../../platform/input/siren.ts';
import { sirenOfVat, toVatNumber } from '../../platform/input/vat.ts';

/** Pure rules of company records: what may be typed, and what follows from it. */

const line = (label: string, max = 255): FieldShape => ({ kind: 'line', max, label });

/** Wraps a reader of pasted identifiers (null when it is none) into a field. */
const identifier = (label: string, read: (words: string) => string | null, complain: (typed: string) => string): FieldShape => ({
	kind: 'custom',
	label,
	clean: (value) => {
		const words = cleanText(value, label);
		return words === null ? null : (read(words) ?? refuse(complain(quoted(words))));
	},
});

/** `62.01z`, `6201Z` → `62.01Z`. */
const toNaf = (words: string): string | null =>
	words
		.toUpperCase()
		.replace(/^(\d{2})[\s.]?(\d{2})\s?([A-Z])$/, '$1.$2$3')
		.match(/^\d{2}\.\d{2}[A-Z]$/)?.[0] ?? null;

/** Names as in schema-snapshots/companies.yaml. */
export const companyFields: Record<string, FieldShape> = {
	name: { kind: 'line', max: 255, required: true, label: 'Nom' },
	legal_name: line('Raison sociale'),
	siren: { kind: 'siren', label: 'SIREN' },
	siret: identifier(
		'SIRET du siège',
		toSiret,
		(typed) => `Le SIRET « ${typed} » n’est pas valide : il compte 14 chiffres, le SIREN puis le NIC, dont une clé de contrôle.`,
	),
	vat_number: identifier(
		'N° de TVA intracommunautaire',
		toVatNumber,
		(typed) => `Le numéro de TVA « ${typed} » n’est pas valide : code du pays, clé et numéro, par exemple FR40303265045.`,
	),
	naf_code: identifier('Code NAF', toNaf, (typed) => `Le code NAF « ${typed} » n’est pas valide : il s’écrit comme 62.01Z.`),
	email: { kind: 'email', label: 'E-mail général' },
	phone: { kind: 'phone', extensionGoesTo: 'les notes', label: 'Standard' },
	website: { kind: 'link', label: 'Site web' },
	linkedin: { kind: 'link', label: 'Page LinkedIn' },
	street: line('Adresse'),
	street_extra: line('Complément d’adresse'),
	postal_code: line('Code postal', 12),
	city: line('Ville'),
	country: { kind: 'country', label: 'Pays' },
	employees: { kind: 'integer', label: 'Effectif' },
	revenue_keur: { kind: 'integer', label: 'Chiffre d’affaires' },
	external_id: line('Identifiant externe'),
	description: { kind: 'text', max: 100_000, label: 'Notes' },
};

/** Cleans the fields of a company in a payload; see `cleanFields`. */
export const cleanCompany = (payload: Record<string, unknown>, country: string | null): Cleaned => cleanFields(payload, companyFields, country);

/** A company's identifiers as they stand after a write. */
export type Identity = { siren: string | null; siret: string | null; vat_number: string | null };

/**
 * Where a company's identifiers contradict each other. `set` are the fields of the write: the fault is said on what was just
 * typed, not on what was there.
 */
export function identityFaults({ siren, siret, vat_number }: Identity, set: Readonly<Record<string, unknown>>): Fault[] {
	const said = (field: 'siret' | 'vat_number', message: string): Fault => ({ field: field in set || !('siren' in set) ? field : 'siren', message });
	const known = siren ?? siret?.slice(0, 9) ?? null;
	const ofVat = vat_number ? sirenOfVat(vat_number) : null;
	return [
		...(siren && siret && !siret.startsWith(siren)
			? [said('siret', `Le SIRET ${siret} n’appartient pas au SIREN ${siren} : ses 9 premiers chiffres doivent être le SIREN.`)]
			: []),
		...(known && ofVat && ofVat !== known
			? [said('vat_number', `Le numéro de TVA ${vat_number} ne correspond pas au SIREN ${known} : ses 9 derniers chiffres doivent être le SIREN.`)]
			: []),
	];
}

/** The SIREN that SIRET or French VAT number say when the field itself is empty; duplicates are searched by it. */
export const sirenOf = ({ siren, siret, vat_number }: Identity): string | null => siren ?? siret?.slice(0, 9) ?? (vat_number ? sirenOfVat(vat_number) : null);

/** Domain of a website without www, to match e-mail addresses. */
export function domainOf(website: string | null): string | null {
	const host = website ? URL.parse(website)?.hostname.toLowerCase() : undefined;
	return host?.replace(/^www\d?\./, '') || null;
}
