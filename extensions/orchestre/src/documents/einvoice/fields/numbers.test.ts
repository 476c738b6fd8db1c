import { expect, it } from 'vitest';
import type { Trader } from '../model/types.ts';
import { numbersOf } from './numbers.ts';

const nobody: Trader = { name: 'X', ids: [], legalId: null, vatNumber: null, taxNumber: null, address: null, electronic: null };
const french = { lines: [], postcode: null, city: null, country: 'FR' };

it.each<[string, Partial<Trader>, ReturnType<typeof numbersOf>]>([
	['a SIREN under 0002', { legalId: { value: '732 829 320', scheme: '0002' } }, { siren: '732829320', siret: null, vat: null }],
	[
		'a SIRET under 0002, as many write it',
		{ legalId: { value: '55210055400013', scheme: '0002' } },
		{ siren: '552100554', siret: '55210055400013', vat: null },
	],
	[
		'a SIRET under 0009 beside the SIREN',
		{ ids: [{ value: '55210055400013', scheme: '0009' }], legalId: { value: '552100554', scheme: '0002' } },
		{ siren: '552100554', siret: '55210055400013', vat: null },
	],
	[
		'a SIREN without a scheme of a French firm',
		{ legalId: { value: '552100554', scheme: null }, address: french },
		{ siren: '552100554', siret: null, vat: null },
	],
	['the SIREN in a French VAT number', { vatNumber: 'fr 44 732829320' }, { siren: '732829320', siret: null, vat: 'FR44732829320' }],
	['the SIRET as electronic address', { electronic: { value: '55210055400013', scheme: '0009' } }, { siren: '552100554', siret: '55210055400013', vat: null }],
	[
		'nine digits of a German firm, which are none',
		{ legalId: { value: '552100554', scheme: null }, vatNumber: 'DE136695976' },
		{ siren: null, siret: null, vat: 'DE136695976' },
	],
	['a GLN, which is none', { ids: [{ value: '4000001123452', scheme: '0088' }], address: french }, { siren: null, siret: null, vat: null }],
])('%s', (_, trader, numbers) => expect(numbersOf({ ...nobody, ...trader })).toEqual(numbers));
