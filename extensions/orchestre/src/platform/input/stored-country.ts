import type { FilterContext } from '../directus.ts';

/**
 * The country in which a phone number without a calling code is read: that of the rows about to change, when they agree. Asked
 * only when a phone comes without its own code and without a country.
 *
 * @param keys The rows that an update is about; null for a creation.
 */
export async function storedCountry(
	collection: string,
	phoneFields: readonly string[],
	payload: Readonly<Record<string, unknown>>,
	keys: readonly string[] | null,
	{ database }: FilterContext,
): Promise<string | null> {
	const national = phoneFields.some((field) => payload[field] && !/^\s*(?:\+|00)/.test(String(payload[field])));
	if (!keys || keys.length === 0 || !national || payload['country']) return null;
	const countries = (await database(collection).distinct('country').whereIn('id', keys).limit(2)) as { country: string | null }[];
	return countries.length === 1 ? (countries[0]?.country ?? null) : null;
}
