import { cleanFields, type Cleaned, type FieldShape } from '../../platform/input/fields.ts';

/** Pure rules of people's records: what may be typed. Names as in schema-snapshots/people.yaml. */

const line = (label: string, max = 255): FieldShape => ({ kind: 'line', max, label });
const phone = (label: string): FieldShape => ({ kind: 'phone', extensionGoesTo: 'les notes', label });
const consent = (label: string): FieldShape => ({ kind: 'choice', values: ['unknown', 'given', 'refused'], required: true, label });

export const personFields: Record<string, FieldShape> = {
	first_name: line('Prénom'),
	last_name: { kind: 'line', max: 255, required: true, label: 'Nom' },
	email: { kind: 'email', label: 'E-mail' },
	phone: phone('Téléphone'),
	mobile: phone('Mobile'),
	linkedin: { kind: 'link', label: 'Profil LinkedIn' },
	job_title: line('Fonction'),
	email_consent: consent('Consentement e-mail'),
	phone_consent: consent('Consentement téléphone et SMS'),
	street: line('Adresse'),
	street_extra: line('Complément d’adresse'),
	postal_code: line('Code postal', 12),
	city: line('Ville'),
	country: { kind: 'country', label: 'Pays' },
	external_id: line('Identifiant externe'),
	description: { kind: 'text', max: 100_000, label: 'Notes' },
};

/** Cleans the fields of a person in a payload; see `cleanFields`. */
export const cleanPerson = (payload: Record<string, unknown>, country: string | null): Cleaned => cleanFields(payload, personFields, country);
