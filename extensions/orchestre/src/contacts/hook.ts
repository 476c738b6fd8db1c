import { defineHook } from '@directus/extensions-sdk';
import { storedCountry } from '../platform/input/stored-country.ts';
import { guardInput, treatWritten } from '../platform/written.ts';
import { computedCompanyFields, computedPersonFields } from './fields.ts';
import { cleanCompany } from './rules/companies.ts';
import { cleanPerson } from './rules/people.ts';
import { treatCompanies, treatPeople } from './treat.ts';

const phones = ['phone', 'mobile'];

/** Wiring of the contacts room: companies and people are stored clean and can be found again (docs/decisions/040). */
export default defineHook(({ filter }) => {
	guardInput(filter, 'companies', computedCompanyFields, async (payload, keys, context) =>
		cleanCompany(payload, await storedCountry('companies', phones, payload, keys, context)),
	);
	treatWritten(filter, 'companies', treatCompanies);
	guardInput(filter, 'people', computedPersonFields, async (payload, keys, context) =>
		cleanPerson(payload, await storedCountry('people', phones, payload, keys, context)),
	);
	treatWritten(filter, 'people', treatPeople);
});
