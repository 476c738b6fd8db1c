import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isValidSiret, toSiret } from './siren.ts';
import { sirenOfVat, toVatNumber, vatNumberOf } from './vat.ts';

/** A SIRET of this SIREN whose check digit is right. */
const siretOf = (siren: string, branch: number): string => {
	const start = `${siren}${String(branch).padStart(4, '0')}`;
	return Array.from({ length: 10 }, (_, digit) => `${start}${digit}`).find(isValidSiret) ?? '';
};

describe('SIRET', () => {
	it.each(['55210055400013', '552 100 554 00013', '552.100.554-00013'])('%s is stored as 14 digits', (typed) => expect(toSiret(typed)).toBe('55210055400013'));
	it.each(['55210055400014', '55210055500013', '552100554', '5521005540001', '552100554000133', 'ABCDEFGHIJKLMN'])('%s is refused', (wrong) =>
		expect(toSiret(wrong)).toBeNull(),
	);
	it('of La Poste checks by a sum that is a multiple of five, the head office by the rule', () => {
		expect(toSiret('356 000 000 00048')).toBe('35600000000048');
		expect(toSiret('35600000049837')).toBe('35600000049837');
		expect(toSiret('35600000049838')).toBeNull();
	});
	it('changing any one digit is noticed', () => {
		fc.assert(
			fc.property(fc.integer({ min: 0, max: 9999 }), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 1, max: 9 }), (branch, place, add) => {
				const siret = siretOf('732829320', branch);
				return !isValidSiret([...siret].map((digit, index) => (index === place ? String((Number(digit) + add) % 10) : digit)).join(''));
			}),
		);
	});
});

describe('VAT number', () => {
	it.each([
		['FR 44 732 829 320', 'FR44732829320'],
		['fr40303265045', 'FR40303265045'],
		['BE 0403.170.701', 'BE0403170701'],
		['GR123456789', 'EL123456789'],
		['DE 136695976', 'DE136695976'],
	])('%s is stored as %s', (typed, stored) => expect(toVatNumber(typed)).toBe(stored));
	it.each(['FR45732829320', 'FR44732829321', 'FR4473282932', '732829320', 'DE13669597', 'BE2403170701', 'FRO1732829320', ''])('%s is refused', (wrong) =>
		expect(toVatNumber(wrong)).toBeNull(),
	);
	it('with a key of letters passes when its SIREN is valid', () => expect(toVatNumber('FRK7732829320')).toBe('FRK7732829320'));
	it('of Monaco has no SIREN', () => {
		expect(toVatNumber('FR 16 000034567')).toBe('FR16000034567');
		expect(sirenOfVat('FR16000034567')).toBeNull();
	});
	it('follows from the SIREN', () => {
		expect(vatNumberOf('732829320')).toBe('FR44732829320');
		expect(sirenOfVat('FR44732829320')).toBe('732829320');
		expect(sirenOfVat('BE0403170701')).toBeNull();
	});
});
