import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatAmount, formatNumber, parseAmount, type AmountUnit, type Language } from './amount.ts';

const spaced = (text: string): string => text.replaceAll(/\s/g, ' ');
const int32 = fc.integer({ min: -2_147_483_648, max: 2_147_483_647 });
const unit = fc.constantFrom<AmountUnit>('eur', 'keur', 'percent', 'quantity');
const language = fc.constantFrom<Language>('fr', 'en');

describe('formatAmount', () => {
	it.each<[number, AmountUnit, string]>([
		[123_456, 'eur', '1 234,56 €'],
		[-5, 'eur', '-0,05 €'],
		[0, 'eur', '0,00 €'],
		[100_000, 'eur', '1 000,00 €'],
		[1234, 'keur', '1 234 k€'],
		[1250, 'percent', '12,5 %'],
		[10_000, 'percent', '100 %'],
		[1500, 'quantity', '1,5'],
		[-2_147_483_648, 'eur', '-21 474 836,48 €'],
	])('%i in %s reads %s', (value, as, text) => {
		expect(spaced(formatAmount(value, as, 'fr'))).toBe(text);
	});

	it('shows what should not be there as it is', () => {
		expect(formatAmount(12.5, 'quantity', 'fr')).toBe('12.5');
	});

	it('follows English habits in English', () => {
		expect(spaced(formatAmount(123_456, 'eur', 'en'))).toBe('1,234.56 €');
		expect(formatAmount(1250, 'percent', 'en')).toBe('12.5%');
	});
});

describe('parseAmount', () => {
	it.each<[string, AmountUnit, number | null]>([
		['1 234,5', 'eur', 123_450],
		['1234.50', 'eur', 123_450],
		['1\u00a0234,56\u00a0€', 'eur', 123_456],
		['1\u202f234,56 EUR', 'eur', 123_456],
		['€ 12', 'eur', 1200],
		['1.234,56', 'eur', 123_456],
		['1,234.56', 'eur', 123_456],
		['1’234.56', 'eur', 123_456],
		['1.234.567', 'eur', 123_456_700],
		[',5', 'eur', 50],
		['12,', 'eur', 1200],
		['−12,30', 'eur', -1230],
		['- 12', 'eur', -1200],
		['+3', 'eur', 300],
		['１２,５０', 'eur', 1250],
		['\u200e12\u200f', 'eur', 1200],
		['0,1', 'eur', 10],
		['', 'eur', null],
		[' \u00a0 ', 'eur', null],
		['1 234 k€', 'keur', 1234],
		['12,5 %', 'percent', 1250],
		['1,234', 'quantity', 1234],
		['21474836,47', 'eur', 2_147_483_647],
	])('reads %j in %s', (text, as, value) => {
		expect(parseAmount(text, as, 'fr')).toEqual({ value });
	});

	it.each<[string, AmountUnit, string]>([
		['abc', 'eur', 'not-a-number'],
		['1e5', 'eur', 'not-a-number'],
		['12 34', 'eur', 'not-a-number'],
		['1,2,3', 'eur', 'not-a-number'],
		['1.2.3,4', 'eur', 'not-a-number'],
		['--1', 'eur', 'not-a-number'],
		['€', 'eur', 'not-a-number'],
		[',', 'eur', 'not-a-number'],
		['12 k€', 'eur', 'not-a-number'],
		['12 €', 'keur', 'not-a-number'],
		['12 $', 'eur', 'not-a-number'],
		['=1+1', 'eur', 'not-a-number'],
		['9'.repeat(100_000), 'eur', 'not-a-number'],
		['1,234', 'eur', 'too-precise'],
		['1,500', 'eur', 'too-precise'],
		['1,5', 'keur', 'too-precise'],
		['21474836,48', 'eur', 'out-of-range'],
		['-21474836,49', 'eur', 'out-of-range'],
		['99999999999999999999', 'eur', 'out-of-range'],
	])('refuses %j in %s', (text, as, error) => {
		expect(parseAmount(text, as, 'fr')).toEqual({ error });
	});

	it('takes an English thousand for a thousand in English only', () => {
		expect(parseAmount('1,234', 'eur', 'en')).toEqual({ value: 123_400 });
		expect(parseAmount('1,5', 'eur', 'en')).toEqual({ value: 150 });
	});

	it('reads back every 32-bit integer that it formatted, in every unit and language', () => {
		fc.assert(
			fc.property(int32, unit, language, (value, as, lang) => {
				expect(parseAmount(formatAmount(value, as, lang), as, lang)).toEqual({ value });
				expect(parseAmount(formatNumber(value, as, lang), as, lang)).toEqual({ value });
			}),
			{ numRuns: 2000 },
		);
	});

	it('answers any text with an integer, null or an error', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary', maxLength: 80 }), unit, language, (text, as, lang) => {
				const parsed = parseAmount(text, as, lang);
				if ('value' in parsed && parsed.value !== null) expect(Number.isInteger(parsed.value)).toBe(true);
			}),
		);
	});
});
