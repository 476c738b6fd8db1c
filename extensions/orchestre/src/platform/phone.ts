import { parsePhoneNumberFromString, type CountryCode, type MetadataJson, type PhoneNumber } from 'libphonenumber-js/core';
import countries from './phone-countries.json' with { type: 'json' };

const french = '33';
/** The plans of the countries that a French company calls: the library's whole table is a fifth of what each browser loads. */
const plans = countries as unknown as MetadataJson;
const parse = (text: string, defaultCountry?: CountryCode): PhoneNumber | undefined =>
	parsePhoneNumberFromString(text, defaultCountry ? { defaultCountry } : {}, plans);

/**
 * A stored number (E.164) as people read it: `06 12 34 56 78`, `+32 470 12 34 56`. What is no number, or one of a country without a plan
 * here, is shown as it is stored.
 */
export function formatPhone(stored: string): string {
	const number = stored.startsWith('+') ? parse(stored) : undefined;
	if (!number?.isPossible()) return stored;
	return number.countryCallingCode === french ? number.formatNational() : number.formatInternational();
}

/** Address that calls a stored number, or null when it is none. */
export const telLink = (stored: string): string | null => (/^\+\d{5,15}$/.test(stored) ? `tel:${stored}` : null);

/**
 * What a form sends for a typed number. A French number is shown without its code, so its correction is French, too, whatever country
 * the row has; everything else the product reads by that country.
 */
export function phoneToSend(typed: string, stored: string | null): string | null {
	const text = typed.trim();
	if (!text) return null;
	if (!stored?.startsWith(`+${french}`) || !/^0[1-9]/.test(text)) return text;
	const number = parse(text, 'FR');
	return number?.isPossible() && !number.ext ? number.number : text;
}
