/** The check of SIREN and SIRET: from the right, every second digit doubled, the digits' sum is a multiple of ten. */
function luhn(digits: string): boolean {
	let sum = 0;
	for (let index = 0; index < digits.length; index++) {
		const digit = Number(digits[digits.length - 1 - index]);
		const value = index % 2 === 1 ? digit * 2 : digit;
		sum += value > 9 ? value - 9 : value;
	}
	return sum % 10 === 0;
}

/** Nine digits with a right check digit. (La Poste's exception is for its SIRET only: 356000000 passes as it is.) */
export const isValidSiren = (siren: string): boolean => /^\d{9}$/.test(siren) && siren !== '000000000' && luhn(siren);

/** The SIREN within what people paste: with blanks, dots or dashes, as a SIRET (14 digits) or a French VAT number. Null when it is none. */
export function toSiren(text: string): string | null {
	const compact = text.replaceAll(/[\s.\-_/]/gu, '').toUpperCase();
	const siren = /^(?:FR[0-9A-Z]{2})?(\d{9})$/.exec(compact)?.[1] ?? /^(\d{9})\d{5}$/.exec(compact)?.[1];
	return siren && isValidSiren(siren) ? siren : null;
}

const laPoste = '356000000';
const sumOf = (digits: string): number => [...digits].reduce((sum, digit) => sum + Number(digit), 0);

/** Fourteen digits that begin with a valid SIREN and check as a whole. The branches of La Poste check by a sum that is a multiple of five. */
export function isValidSiret(siret: string): boolean {
	if (!/^\d{14}$/.test(siret) || !isValidSiren(siret.slice(0, 9))) return false;
	return luhn(siret) || (siret.startsWith(laPoste) && sumOf(siret) % 5 === 0);
}

/** The SIRET within what people paste, with blanks, dots or dashes. Null when it is none. */
export function toSiret(text: string): string | null {
	const compact = text.replaceAll(/[\s.\-_/]/gu, '');
	return isValidSiret(compact) ? compact : null;
}
