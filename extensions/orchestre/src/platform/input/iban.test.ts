import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ibanFault, isBic, toIban, maskedIban, withoutIbans } from './iban.ts';

describe('IBAN', () => {
	it.each([
		['FR76 3000 6000 0112 3456 7890 189', 'FR7630006000011234567890189'],
		['gb29 nwbk 6016 1331 9268 19', 'GB29NWBK60161331926819'],
		['BE68-5390-0754-7034', 'BE68539007547034'],
		['MT84MALT011000012345MTLCAST001S', 'MT84MALT011000012345MTLCAST001S'],
	])('%s is stored as %s', (typed, stored) => expect(toIban(typed)).toBe(stored));

	it.each([
		['FR7630006000011234567890188', 'key'],
		['FR763000600001123456789018', 'length'],
		['US12345678901234567890', 'country'],
		['7630006000011234567890189', 'form'],
	] as const)('%s has a wrong %s', (iban, fault) => expect(ibanFault(iban)).toBe(fault));

	it('changing any one digit is noticed', () => {
		const iban = 'FR7630006000011234567890189';
		fc.assert(
			fc.property(fc.integer({ min: 2, max: 26 }), fc.integer({ min: 1, max: 9 }), (place, add) => {
				const changed = [...iban].map((digit, index) => (index === place ? String((Number(digit) + add) % 10) : digit)).join('');
				return ibanFault(changed) === 'key';
			}),
		);
	});
});

it.each([
	['AGRIFRPP', true],
	['AGRIFRPP882', true],
	['AGRIFRPP88', false],
	['AGR1FRPP', false],
])('BIC %s: %s', (bic, valid) => expect(isBic(bic)).toBe(valid));

it('an IBAN in a sentence is masked, whether its key is right or wrong; other numbers stay', () => {
	const shown = 'L’IBAN FR76\u00a0…\u00a0189, non FR76\u00a0…\u00a0188, pour la facture FA-2026-0142 du SIREN 732 829 320 (TVA FR44732829320).';
	expect(withoutIbans('L’IBAN FR7630006000011234567890189, non FR76 3000 6000 0112 3456 7890 188, pour la facture FA-2026-0142 du SIREN 732 829 320 (TVA FR44732829320).')).toBe(shown); // prettier-ignore
	expect(withoutIbans(shown)).toBe(shown);
	expect(maskedIban('DE89 3704 0044 0532 0130 00')).toBe('DE89\u00a0…\u00a0000');
});
