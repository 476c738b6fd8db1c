import { isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/max';

export type PhoneKind = 'mobile' | 'fixed' | 'none';

/**
 * A phone number as E.164 (`+33612345678`), or null when it cannot be one. National numbers are read in `country`
 * (two letters), France when it is unknown.
 *
 * Only the length and, for France, the first digit are checked: numbering plans change faster than libraries, and
 * refusing a real number costs a lead where accepting a wrong one costs a call.
 */
export function toE164(text: string, country: string | null | undefined): { number: string; extension: string | null } | null {
	const code = (country ?? 'FR').toUpperCase();
	const home: CountryCode = isSupportedCountry(code) ? code : 'FR';
	if (text.length > 100 || /\p{L}{5,}/u.test(text)) return null;
	const parsed = parsePhoneNumberFromString(text.replace(/^\s*\(\+/, '+').replace('(0)', ''), home);
	if (!parsed?.isPossible()) return null;
	if (parsed.countryCallingCode === '33' && !/^[1-9]\d{8}$/.test(parsed.nationalNumber)) return null;
	return { number: parsed.number, extension: parsed.ext ?? null };
}

/** Mobile or fixed line of an E.164 number; lines that can be either (North America) count as fixed. */
export function phoneKind(phone: string | null | undefined): PhoneKind {
	if (!phone) return 'none';
	const french = /^\+33([1-9])/.exec(phone)?.[1];
	if (french) return french === '6' || french === '7' ? 'mobile' : 'fixed';
	return parsePhoneNumberFromString(phone)?.getType() === 'MOBILE' ? 'mobile' : 'fixed';
}
