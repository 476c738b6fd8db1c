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
	const words = text.replace(/\bposte\b/i, ' ext. ').replace('(0)', '');
	if (text.length > 100 || /\p{L}{5,}/u.test(words)) return null;
	const parsed = parsePhoneNumberFromString(home === 'FR' ? overseas(words) : words, home);
	if (!parsed?.isPossible()) return null;
	if (parsed.countryCallingCode === '33' && !/^[1-9]\d{8}$/.test(parsed.nationalNumber)) return null;
	return { number: parsed.number, extension: parsed.ext ?? null };
}

/** Overseas departments have calling codes of their own, though they dial as within France: 0262 12 34 56 is +262 262 12 34 56. */
function overseas(text: string): string {
	const digits = text.replaceAll(/[\s.\-/()]/gu, '');
	const area = /^0(262|263|269|639|69[0-4]|59[046]|69[67])\d{6}$/.exec(digits)?.[1];
	const code = { 590: 590, 690: 590, 691: 590, 594: 594, 694: 594, 596: 596, 696: 596, 697: 596 }[area ?? ''] ?? 262;
	return area ? `+${code}${digits.slice(1)}` : text;
}

/** Mobile or fixed line of an E.164 number; lines that can be either (North America) count as fixed. */
export function phoneKind(phone: string | null | undefined): PhoneKind {
	if (!phone) return 'none';
	const french = /^\+33([1-9])/.exec(phone)?.[1];
	if (french) return french === '6' || french === '7' ? 'mobile' : 'fixed';
	return parsePhoneNumberFromString(phone)?.getType() === 'MOBILE' ? 'mobile' : 'fixed';
}
