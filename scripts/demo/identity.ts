import { currentCopy } from './copies.ts';
import type { Random } from './random.ts';
import { fictionalPrefixes, streets } from './words/places.ts';
import type { Place } from './words/places.ts';

/** Luhn's sum of a string of digits, counted from the right; a valid number gives 0 modulo 10. */
const luhnSum = (digits: string): number =>
	[...digits].reverse().reduce((sum, digit, index) => {
		const value = Number(digit) * (index % 2 === 0 ? 1 : 2);
		return sum + (value > 9 ? value - 9 : value);
	}, 0);

const withCheckDigit = (digits: string): string => `${digits}${(10 - (luhnSum(`${digits}0`) % 10)) % 10}`;

/** True when the check digit of a SIREN or SIRET is right. */
export const isLuhnValid = (number: string): boolean => /^\d+$/.test(number) && luhnSum(number) % 10 === 0;

/**
 * A SIREN with a right check digit, in the series in which private firms were registered. Nobody can promise that no firm
 * bears it; names and addresses are invented, so nothing here speaks of that firm. Each copy of the company has a range of its own.
 */
export function sirenOf(random: Random, taken: Set<string>): string {
	for (;;) {
		const copy = currentCopy();
		const start = copy === 0 ? random.pick(['3', '4', '4', '5', '7', '8', '8', '9']) : String(6000 + copy);
		const siren = withCheckDigit(`${start}${String(random.int(0, 10 ** (8 - start.length) - 1)).padStart(8 - start.length, '0')}`);
		if (taken.has(siren)) continue;
		taken.add(siren);
		return siren;
	}
}

/** The SIRET of a firm's establishment: SIREN, number of the establishment, check digit. */
export const siretOf = (siren: string, establishment: number): string => withCheckDigit(`${siren}${String(establishment).padStart(4, '0')}`);

/** French intra-community VAT number: a key computed from the SIREN, then the SIREN. */
export const vatNumberOf = (siren: string): string => `FR${String((12 + 3 * (Number(siren) % 97)) % 97).padStart(2, '0')}${siren}`;

/** A number that rings nowhere: four free digits after a prefix that ARCEP reserves for fiction. `taken` keeps it unique. */
function phoneOf(random: Random, prefix: string, taken: Set<string>): string {
	for (;;) {
		const phone = `${prefix}${String(random.int(0, 9999)).padStart(4, '0')}`;
		if (taken.has(phone)) continue;
		taken.add(phone);
		return phone;
	}
}

export const fixedPhone = (random: Random, place: Place, taken: Set<string>): string => phoneOf(random, fictionalPrefixes[place.zone], taken);
export const mobilePhone = (random: Random, taken: Set<string>): string => phoneOf(random, fictionalPrefixes.mobile, taken);

/** Number and street, as on an envelope. */
export const streetOf = (random: Random): string =>
	`${random.int(1, 148)}${random.chance(0.06) ? ' bis' : ''} ${random.pick(streets.kinds)} ${random.pick(streets.names)}`;
