import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { FieldShape } from '../../platform/input/fields.ts';
import { computedCompanyFields, computedPersonFields } from '../fields.ts';
import { cleanCompany, companyFields, domainOf, identityFaults, sirenOf } from './companies.ts';
import { cleanPerson, personFields } from './people.ts';

const value = (field: string, input: unknown, country: string | null = null): unknown => cleanCompany({ [field]: input }, country).values[field];
const fault = (field: string, input: unknown): string | undefined => cleanCompany({ [field]: input }, null).faults[0]?.message;

describe('what people type about a company', () => {
	it.each([
		['name', '  Boulangerie\u00a0 Martin ', 'Boulangerie Martin'],
		['siren', '732 829 320', '732829320'],
		['siret', '732 829 320 00074', '73282932000074'],
		['vat_number', 'fr 44 732 829 320', 'FR44732829320'],
		['naf_code', '6201z', '62.01Z'],
		['naf_code', '62.01Z', '62.01Z'],
		['email', ' Contact@Martin.FR', 'contact@martin.fr'],
		['phone', '01 42 68 53 00', '+33142685300'],
		['website', 'WWW.Martin.fr/', 'https://www.martin.fr'],
		['country', 'be', 'BE'],
		['siret', '  ', null],
	])('%s %j is stored as %j', (field, typed, stored) => expect(value(field, typed)).toBe(stored));

	it('phones are read in the company’s country', () => expect(value('phone', '0470 12 34 56', 'BE')).toBe('+32470123456'));

	it.each([
		['name', ' ', '« Nom » est obligatoire.'],
		['name', null, '« Nom » est obligatoire.'],
		['siren', '732829321', 'Le SIREN « 732829321 » n’est pas valide'],
		['siret', '73282932000075', 'Le SIRET « 73282932000075 » n’est pas valide'],
		['siret', {}, '« SIRET du siège » doit être un texte.'],
		['vat_number', 'FR45732829320', 'Le numéro de TVA « FR45732829320 » n’est pas valide'],
		['naf_code', 'informatique', 'Le code NAF « informatique » n’est pas valide'],
		['phone', '01 42 68 53 00 poste 3', 'indiquez-le dans les notes'],
		['website', 'javascript:alert(1)', '« Site web » n’est pas une adresse web valide.'],
		['employees', -1, '« Effectif » ne peut pas être négatif.'],
	])('%s %j is refused: %s', (field, typed, why) => expect(fault(field, typed)).toContain(why));
});

describe('identifiers of one company', () => {
	const identity = { siren: '732829320', siret: null, vat_number: null };
	it('agree, or the one just typed is at fault', () => {
		expect(identityFaults({ ...identity, siret: '73282932000074', vat_number: 'FR44732829320' }, {})).toEqual([]);
		expect(identityFaults({ ...identity, siret: '55210055400013' }, { siret: 1 })).toEqual([expect.objectContaining({ field: 'siret' })]);
		expect(identityFaults({ ...identity, siret: '55210055400013' }, { siren: 1 })).toEqual([expect.objectContaining({ field: 'siren' })]);
		expect(identityFaults({ ...identity, vat_number: 'FR40303265045' }, { vat_number: 1 })).toEqual([
			{ field: 'vat_number', message: 'Le numéro de TVA FR40303265045 ne correspond pas au SIREN 732829320 : ses 9 derniers chiffres doivent être le SIREN.' },
		]);
		expect(identityFaults({ siren: null, siret: '55210055400013', vat_number: 'FR40303265045' }, { siret: 1 })).toHaveLength(1);
	});
	it('abroad have nothing to do with a SIREN', () => expect(identityFaults({ ...identity, vat_number: 'BE0403170701' }, { vat_number: 1 })).toEqual([]));
	it('give the SIREN when it is missing', () => {
		expect(sirenOf({ siren: null, siret: '73282932000074', vat_number: null })).toBe('732829320');
		expect(sirenOf({ siren: null, siret: null, vat_number: 'FR44732829320' })).toBe('732829320');
		expect(sirenOf({ siren: null, siret: null, vat_number: 'BE0403170701' })).toBeNull();
	});
});

it('a website’s domain has no www', () => {
	expect(domainOf('https://www.martin.fr/contact')).toBe('martin.fr');
	expect(domainOf('https://shop.martin.fr')).toBe('shop.martin.fr');
	expect(domainOf(null)).toBeNull();
});

it('a person’s phones, e-mail and names are cleaned', () => {
	const { values, faults } = cleanPerson({ last_name: ' Le  Gall', email: 'X@Y.FR', mobile: '06 12 34 56 78', phone: 'non', email_consent: 'oui' }, null);
	expect(values).toEqual({ last_name: 'Le Gall', email: 'x@y.fr', mobile: '+33612345678' });
	expect(faults.map(({ field }) => field)).toEqual(['phone', 'email_consent']);
});

type Field = { field: string; kind: string; readonly?: boolean; label: { fr: string }; max_length?: number };
const fieldsOf = (file: string): Field[] =>
	(parse(readFileSync(new URL(`../../../../../schema-snapshots/${file}.yaml`, import.meta.url), 'utf8')) as { fields: Field[] }).fields;

describe.each([
	['companies', companyFields, computedCompanyFields],
	['people', personFields, computedPersonFields],
] as [string, Record<string, FieldShape>, readonly string[]][])('the schema of %s', (file, shapes, computed) => {
	const fields = fieldsOf(file);
	it('knows every cleaned field by the same name', () => {
		for (const [field, { label }] of Object.entries(shapes)) expect(fields.find((one) => one.field === field)?.label.fr).toBe(label);
	});
	it('calls read-only exactly what is refused from outside', () =>
		expect(
			fields
				.filter(({ readonly, kind }) => readonly && kind !== 'many')
				.map(({ field }) => field)
				.toSorted(),
		).toEqual([...computed].toSorted()));
});
