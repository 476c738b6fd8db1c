import { defineHook } from '@directus/extensions-sdk';
import type { FilterContext } from '../platform/directus.ts';
import { guardInput, treatWritten, type Payload } from '../platform/written.ts';
import { computedCompanyFields, computedPersonFields } from './fields.ts';
import { cleanCompany } from './rules/companies.ts';
import { cleanPerson } from './rules/people.ts';
import { treatCompanies, treatPeople } from './treat.ts';

/**
 * The country in which a phone number without a calling code is read: that of the rows about to change, when they agree. Asked
 * only when a phone comes without its own code and without a country.
 */
async function countryOf(collection: string, payload: Payload, keys: readonly string[] | null, { database }: FilterContext): Promise<string | null> {
	const national = ['phone', 'mobile'].some((field) => payload[field] && !/^\s*(?:\+|00)/.test(String(payload[field])));
	if (!keys || keys.length === 0 || !national || payload['country']) return null;
	const countries = (await database(collection).distinct('country').whereIn('id', keys).limit(2)) as { country: string | null }[];
	return countries.length === 1 ? (countries[0]?.country ?? null) : null;
}

/** Wiring of the contacts room: companies and people are stored clean and can be found again (docs/decisions/040). */
export default defineHook(({ filter }) => {
	guardInput(filter, 'companies', computedCompanyFields, async (payload, keys, context) =>
		cleanCompany(payload, await countryOf('companies', payload, keys, context)),
	);
	treatWritten(filter, 'companies', treatCompanies);
	guardInput(filter, 'people', computedPersonFields, async (payload, keys, context) => cleanPerson(payload, await countryOf('people', payload, keys, context)));
	treatWritten(filter, 'people', treatPeople);
});
