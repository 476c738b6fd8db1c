import { describe, expect, it } from 'vitest';
import { legalFormOf, regionOf, sizeBandOf } from './codes.ts';
import { fill } from './fill.ts';
import { emailOf } from './hunter.ts';
import { matchUnit, similarity, type Wanted } from './match.ts';
import { companyValues, leadValues, properCase, registerAnswer, type Unit } from './register.ts';
import type { Enrichment } from './types.ts';

const unit = (over: Record<string, unknown> = {}): Unit => {
	const answer = registerAnswer.parse({
		total_results: 1,
		results: [
			{
				siren: '732829320',
				nom_complet: 'ATELIER ROUX (ROUX MENUISERIE)',
				nom_raison_sociale: 'ATELIER ROUX',
				siege: {
					siret: '73282932000074',
					code_postal: '59000',
					libelle_commune: 'LILLE',
					region: '32',
					numero_voie: '9',
					type_voie: 'RUE',
					libelle_voie: 'DE LA CLEF',
				},
				activite_principale: '16.23Z',
				section_activite_principale: 'C',
				nature_juridique: '5710',
				tranche_effectif_salarie: '12',
				etat_administratif: 'A',
				finances: { '2023': { ca: 1_250_400 }, '2022': { ca: 1 } },
				...over,
			},
		],
	});
	return answer.results[0] as Unit;
};
const wanted = (over: Partial<Wanted> = {}): Wanted => ({ name: 'Atelier Roux SAS', siren: null, postalCode: null, city: null, ...over });
const match = (over: Partial<Wanted>, ...units: Unit[]) => matchUnit(wanted(over), { results: units, total_results: units.length });

describe('a match', () => {
	it('follows the SIREN and nothing else', () => {
		expect(match({ siren: '732829320', name: 'Tout autre nom' }, unit())).toMatchObject({ kind: 'found', how: 'SIREN' });
		expect(match({ siren: '552100554' }, unit())).toMatchObject({ kind: 'none' });
		expect(match({ siren: '732829320' }, unit({ etat_administratif: 'C', date_fermeture: '2024-01-31' }))).toMatchObject({ kind: 'closed' });
	});
	it('takes a name only with its place, usual names included', () => {
		expect(match({ postalCode: '59000' }, unit())).toMatchObject({ kind: 'found', how: 'nom et lieu' });
		expect(match({ name: 'Roux Menuiserie', city: 'Lille' }, unit())).toMatchObject({ kind: 'found' });
		expect(match({ postalCode: '75001' }, unit())).toMatchObject({ kind: 'ambiguous' });
		expect(match({ name: 'Boulangerie Petit', postalCode: '59000' }, unit())).toMatchObject({ kind: 'none' });
	});
	it('leaves two of one name to a person, wherever they are', () => {
		const twin = unit({ siren: '552100554' });
		expect(match({ postalCode: '59000' }, unit(), twin)).toMatchObject({ kind: 'ambiguous', choices: [{ siren: '552100554' }, { siren: '732829320' }] });
		expect(match({}, unit(), twin)).toMatchObject({ kind: 'ambiguous' });
		expect(match({}, unit())).toMatchObject({ kind: 'found', how: 'nom, seul de ce nom' });
	});
	it('does not take a name for the only one when the register has more to show', () => {
		expect(matchUnit(wanted(), { results: [unit()], total_results: 40 })).toMatchObject({ kind: 'ambiguous' });
	});
	it('passes over companies that are closed, and asks for a name or a SIREN', () => {
		expect(match({ postalCode: '59000' }, unit({ etat_administratif: 'C' }))).toMatchObject({ kind: 'none' });
		expect(match({ name: '  ' }, unit())).toMatchObject({ kind: 'none', sentence: expect.stringContaining('SIREN ou un nom') });
	});
	it('measures how near two names are', () => {
		expect(similarity('atelier roux', 'atelier roux')).toBe(1);
		expect(similarity('atelier roux', 'ateliers roux')).toBeCloseTo(0.87, 2);
		expect(similarity('atelier roux', 'boulangerie petit')).toBeLessThan(0.3);
		expect(similarity('a', 'b')).toBe(0);
	});
});

describe('what the register says', () => {
	it('comes in the product’s own words', () => {
		expect(companyValues(unit())).toEqual({
			siren: '732829320',
			siret: '73282932000074',
			legal_name: 'ATELIER ROUX',
			legal_form: 'sas',
			naf_code: '16.23Z',
			industry: 'manufacturing',
			size_band: '10-49',
			revenue_keur: 1250,
			region: 'hauts_de_france',
			street: '9 rue De la Clef',
			postal_code: '59000',
			city: 'Lille',
		});
		expect(Object.keys(leadValues(unit()))).toEqual(['siren', 'industry', 'size_band', 'revenue_keur', 'region', 'city']);
	});
	it('keeps name and address of whoever objected to their spread', () => {
		const values = companyValues(unit({ statut_diffusion: 'P' }));
		for (const field of ['legal_name', 'street', 'postal_code', 'city']) expect(values).not.toHaveProperty(field);
	});
	it('reads INSEE’s codes', () => {
		expect(['NN', '00', '01', '03', '11', '12', '21', '31', '32', '41', '42', '53', null].map(sizeBandOf)).toEqual([
			null,
			null,
			'1-9',
			'1-9',
			'10-49',
			'10-49',
			'50-249',
			'50-249',
			'250-999',
			'250-999',
			'1000+',
			'1000+',
			null,
		]);
		expect(['5710', '5499', '5505', '5599', '6540', '1000', '9220', '7210', '3120', '6599', null].map(legalFormOf)).toEqual([
			'sas',
			'sarl',
			'sarl',
			'sa',
			'sci',
			'ei',
			'association',
			'public',
			'foreign',
			'other',
			null,
		]);
		expect(['11', '94', '04', '99', null].map(regionOf)).toEqual(['ile_de_france', 'corse', 'outre_mer', null, null]);
		expect(properCase('SAINT-DENIS-SUR-LOIRE')).toBe('Saint-Denis-sur-Loire');
	});
});

describe('filling in', () => {
	const ours = (value: string): Enrichment => ({
		fields: { city: { source: 'register', value, at: 'then' } },
		outcome: 'found',
		note: '',
		choices: [],
		at: 'then',
	});
	const at = (row: Record<string, unknown>, before: Enrichment | null = null) => fill(row, { city: 'Lille' }, before, 'register', 'now');
	it('takes empty fields only', () => {
		expect(at({ city: null }).write).toEqual({ city: 'Lille' });
		expect(at({ city: 'Roubaix' }).write).toEqual({});
	});
	it('renews what we wrote, leaves what a person changed or emptied since, and does nothing twice', () => {
		expect(at({ city: 'Lomme' }, ours('Lomme')).write).toEqual({ city: 'Lille' });
		expect(at({ city: 'Roubaix' }, ours('Lomme')).write).toEqual({});
		expect(at({ city: null }, ours('Lomme')).write).toEqual({});
		expect(at({ city: 'Lille' }, ours('Lille'))).toEqual({ write: {}, fields: ours('Lille').fields });
	});
	it('keeps where each value comes from', () => expect(at({ city: '' }).fields).toEqual({ city: { source: 'register', value: 'Lille', at: 'now' } }));
});

describe('a found address', () => {
	const answer = (over: object) => emailOf({ data: { email: 'Ana@Roux.example', score: 90, verification: null, ...over } });
	it('is taken when verified or sure enough, with what is said of it', () => {
		expect(answer({ score: 40, verification: { status: 'valid', date: '2026-11-01' } })).toEqual({
			email: 'ana@roux.example',
			detail: 'adresse vérifiée le 2026-11-01, confiance 40 sur 100',
		});
		expect(answer({ verification: { status: 'accept_all' } })?.detail).toContain('accepte tout');
	});
	it('is refused when invalid, disposable, unsure, or no address', () => {
		expect([
			answer({ verification: { status: 'invalid' } }),
			answer({ verification: { status: 'disposable' } }),
			answer({ score: 60 }),
			answer({ email: 'ana' }),
			emailOf(null),
		]).toEqual([null, null, null, null, null]);
	});
});
