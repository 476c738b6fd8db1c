import { describe, expect, it } from 'vitest';
import { amountsOf } from './amounts.ts';
import { datesOf, endOfMonth, later } from './dates.ts';
import { toIban } from '../../platform/input/iban.ts';
import { ibanOfRib, identifiersOf, isValidRib } from './identifiers.ts';
import { labelsOf } from './labels.ts';
import { pageOf } from './made-up.ts';
import { sheetsOf } from './page-text.ts';

const sheets = (lines: string[], source: 'text' | 'ocr' = 'text'): ReturnType<typeof sheetsOf> => sheetsOf(pageOf(lines, source).pages);
const amounts = (...lines: string[]): number[] => amountsOf(sheets(lines)).map(({ value }) => value);
const dates = (...lines: string[]): string[] => datesOf(sheets(lines)).map(({ value }) => value);

describe('amounts', () => {
	it('are read in French, German and English, with the sign where it stands', () => {
		expect(amounts('1 234,56 €', '1.234,56', '€ 12.00')).toEqual([123_456, 123_456, 1200]);
		expect(amounts('$1,234.56 and 7.00')).toEqual([123_456, 700]);
		expect(amounts('-20,48 €   (35,00)   12,00-')).toEqual([-2048, -3500, -1200]);
	});

	it('keep columns apart: a quantity is no thousand of the price beside it', () => {
		expect(amounts('Vis inox      2      234,50')).toEqual([200, 23_450]);
	});

	it('of a scan take letters for digits only inside of what can be an amount', () => {
		expect(amountsOf(sheets(['Total lO4,9O €   SO2'], 'ocr')).map(({ value, repaired }) => [value, repaired])).toEqual([[10_490, true]]);
		expect(amounts('Total lO4,9O €')).not.toContain(10_490);
	});
});

describe('days', () => {
	it('are read as the French, the English and the Germans write them', () => {
		expect(dates('le 1er août 2026', '12/03/26', '2026-11-22', '5. März 2026', 'March 3, 2026', '03-févr.-2026', '20181230')).toEqual([
			'2026-08-01',
			'2026-03-12',
			'2026-11-22',
			'2026-03-05',
			'2026-03-03',
			'2026-02-03',
			'2018-12-30',
		]);
	});

	it('that do not exist are none, and telephone numbers are no days', () => {
		expect(dates('31/02/2026', '01.02.03.04.05', '2026-13-01')).toEqual([]);
	});

	it('have their month first only where another day of the page proves it', () => {
		expect(dates('Due 03/04/2026')).toEqual(['2026-04-03']);
		expect(dates('Due 03/04/2026', 'Shipped 02/17/2026')).toEqual(['2026-03-04', '2026-02-17']);
	});

	it('are counted to the end of the month', () => {
		expect([later('2026-01-31', 1, 'month'), later('2026-02-27', 3, 'day'), endOfMonth('2028-02-10')]).toEqual(['2026-02-28', '2026-03-02', '2028-02-29']);
	});
});

describe('identifiers', () => {
	it('are checked: IBAN by 97, RIB by its key, SIREN and SIRET by Luhn', () => {
		expect([toIban('FR76 3000 6000 0112 3456 7890 189'), toIban('FR76 3000 6000 0112 3456 7890 188')]).toEqual(['FR7630006000011234567890189', null]);
		expect([isValidRib('30006', '00001', '12345678901', '89'), isValidRib('30006', '00001', '12345678901', '88')]).toEqual([true, false]);
		expect(ibanOfRib('30006', '00001', '12345678901', '89')).toBe('FR7630006000011234567890189');
		const found = identifiersOf(
			sheets(['SIREN 732 829 320   SIRET 732 829 320 00074', 'RCS Lyon 732 829 321   TVA FR 44 732 829 320', '552 100 554 RCS Brest']),
		).map(({ kind, value, checked }) => [kind, value, checked]);
		expect(found).toEqual(
			expect.arrayContaining([
				['siren', '732829320', true],
				['siret', '73282932000074', true],
				['siren', '732829321', false],
				['vat_number', 'FR44732829320', true],
				['siren', '552100554', true],
			]),
		);
	});

	it('of a scan are put right when the check then agrees, and left alone when it does not', () => {
		expect(identifiersOf(sheets(['IBAN : FR76 3OOO 6000 0112 3456 7890 l89'], 'ocr')).map(({ value, checked }) => [value, checked])).toEqual([
			['FR7630006000011234567890189', true],
		]);
		expect(identifiersOf(sheets(['IBAN : FR76 3OOO 6000 0112 3456 7890 l88'], 'ocr')).every(({ checked }) => !checked)).toBe(true);
	});
});

describe('labels', () => {
	const kinds = (line: string): string[] =>
		labelsOf(sheets([line]))
			.filter(({ strength }) => strength >= 0.9)
			.map(({ kind }) => kind);

	it('are the longest that fit: a due date is no date, a client’s number no invoice’s', () => {
		expect(kinds('Date d’échéance : 12/03/2026')).toEqual(['due']);
		expect(kinds('N° client : 4521')).toEqual(['customer']);
		expect(kinds('Facture n° SIT-74/25')).toEqual(['number']);
		expect(kinds('Avoir sur facture n° FC 12')).toContain('invoice_reference');
		expect(kinds('Total TTC (dont TVA) 12,00 €')).toEqual(['gross']);
		expect(kinds('Net à payer avant remise')).toContain('payable');
	});

	it('are found in words that kerning tore apart, and not across columns', () => {
		expect(kinds('Net à pay er 12,00 €')).toContain('payable');
		expect(kinds('Montant            Total HT      12,00')).toEqual(['net']);
	});
});
