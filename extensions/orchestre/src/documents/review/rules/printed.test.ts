import { describe, expect, it } from 'vitest';
import { readDay, toText, toValue } from './printed.ts';

const plain = (text: string): string => text.replaceAll(/\s/gu, ' ');

describe('toValue', () => {
	it('reads amounts as papers print them', () => {
		for (const text of ['1 234,56', '1 234,56 €', '€ 1.234,56', '1,234.56 EUR', '1234,56'])
			expect([text, toValue('money', text)]).toEqual([text, { value: 123456, isWrong: false }]);
		expect(toValue('money', '-12,00 €').value).toBe(-1200);
		expect(toValue('money', 'Total').isWrong).toBe(true);
	});

	it('reads days in the ways of the French and of others', () => {
		for (const text of ['22/11/2026', '22.11.26', '2026-11-22', '22 novembre 2026', '22 nov. 2026', 'Nov 22, 2026', '22-11-2026'])
			expect([text, readDay(text)]).toEqual([text, '2026-11-22']);
		expect(readDay('1er août 2026')).toBe('2026-08-01');
		for (const text of ['31/02/2026', '2026', 'novembre 2026', '12/13/2026']) expect([text, readDay(text)]).toEqual([text, null]);
	});

	it('takes codes without their blanks, addresses with their lines', () => {
		expect(toValue('code', 'FR76 3000 6000 0112 3456 7890 189').value).toBe('FR7630006000011234567890189');
		expect(toValue('code', 'FR76 3000 6000 0112 3456 7890 189?').isWrong, 'a shortcut typed into it').toBe(true);
		expect(toValue('text', '12 rue des Lilas\n75011 Paris').value).toBe('12 rue des Lilas\n75011 Paris');
		expect(toValue('days', '90 jours').value).toBe(90);
		expect(toValue('currency', '€').value).toBe('EUR');
		expect(toValue('currency', 'euros').isWrong).toBe(true);
		expect(toValue('email', 'pas une adresse').isWrong).toBe(true);
	});

	it('takes nothing for “there is none”', () => {
		for (const kind of ['money', 'date', 'line', 'code', 'days'] as const) expect(toValue(kind, '  ')).toEqual({ value: null, isWrong: false });
	});
});

describe('toText', () => {
	it('groups codes as people read them aloud', () => {
		expect(toText('code', 'FR7630006000011234567890189', 'fr')).toBe('FR76 3000 6000 0112 3456 7890 189');
		expect(toText('code', '732829320', 'fr')).toBe('732 829 320');
		expect(toText('code', '73282932000074', 'fr')).toBe('732 829 320 00074');
		expect(plain(toText('money', 123456, 'fr'))).toBe('1 234,56');
	});

	it('comes back as it went', () => {
		for (const [kind, value] of [
			['money', -5],
			['code', 'FR7630006000011234567890189'],
			['date', '2026-11-22'],
			['days', 30],
			['line', 'Été & fils'],
		] as const)
			// prettier-ignore
			expect(toValue(kind, toText(kind, value, 'fr')).value).toBe(value);
		expect(toText('date', '2026-11-22', 'fr')).toBe('22/11/2026');
	});
});
