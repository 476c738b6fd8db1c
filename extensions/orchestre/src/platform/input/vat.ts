import { isValidSiren } from './siren.ts';

/** Country codes of VAT numbers and what follows them; `EL` is Greece. Checked by form only, except France. */
const forms: Record<string, RegExp> = {
	AT: /^U\d{8}$/,
	BE: /^[01]\d{9}$/,
	BG: /^\d{9,10}$/,
	CH: /^E\d{9}(?:TVA|MWST|IVA)?$/,
	CY: /^\d{8}[A-Z]$/,
	CZ: /^\d{8,10}$/,
	DE: /^\d{9}$/,
	DK: /^\d{8}$/,
	EE: /^\d{9}$/,
	EL: /^\d{9}$/,
	ES: /^[0-9A-Z]\d{7}[0-9A-Z]$/,
	FI: /^\d{8}$/,
	FR: /^[0-9A-HJ-NP-Z]{2}\d{9}$/,
	GB: /^(?:\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
	HR: /^\d{11}$/,
	HU: /^\d{8}$/,
	IE: /^[0-9A-Z]{8,9}$/,
	IT: /^\d{11}$/,
	LT: /^(?:\d{9}|\d{12})$/,
	LU: /^\d{8}$/,
	LV: /^\d{11}$/,
	MT: /^\d{8}$/,
	NL: /^[0-9A-Z]{12}$/,
	PL: /^\d{10}$/,
	PT: /^\d{9}$/,
	RO: /^\d{2,10}$/,
	SE: /^\d{12}$/,
	SI: /^\d{8}$/,
	SK: /^\d{10}$/,
	XI: /^(?:\d{9}|\d{12}|GD\d{3}|HA\d{3})$/,
};

/** The two digits in front of the SIREN in a French VAT number. */
const keyOf = (siren: string): string => String((12 + 3 * (Number(siren) % 97)) % 97).padStart(2, '0');

/** The VAT number that the tax office derives from a SIREN: 732829320 → FR44732829320. */
export const vatNumberOf = (siren: string): string => `FR${keyOf(siren)}${siren}`;

/** The SIREN in a French VAT number, null for the other countries and for Monaco (000…), whose firms have none. */
export const sirenOfVat = (vat: string): string | null => (vat.startsWith('FR') && !vat.startsWith('000', 4) ? vat.slice(4) : null);

/**
 * A VAT number as it is stored (country code, no blanks), or null when it cannot be one. A French one holds a valid SIREN and
 * its key; keys with letters have no public rule and pass. Other countries are checked by form; unknown codes pass as letters
 * and digits.
 */
export function toVatNumber(text: string): string | null {
	const compact = text
		.replaceAll(/[\s.\-_/]/gu, '')
		.toUpperCase()
		.replace(/^GR/, 'EL');
	const parts = /^([A-Z]{2})([0-9A-Z]{2,13})$/.exec(compact);
	if (!parts) return null;
	const [, country = '', rest = ''] = parts;
	if (!(forms[country]?.test(rest) ?? true)) return null;
	if (country !== 'FR') return compact;
	const siren = sirenOfVat(compact);
	if (siren === null) return compact;
	if (!isValidSiren(siren)) return null;
	return /^\d\d/.test(rest) && rest.slice(0, 2) !== keyOf(siren) ? null : compact;
}
