import { describe, expect, it } from 'vitest';
import type { Check, DocumentRead, FieldName } from '../../types.ts';
import { recheck } from './recheck.ts';

const said = (code: string, fields: FieldName[], passed = false): Check => ({ code, passed, severity: 'error', message: { fr: code, en: code }, fields });
const field = (name: FieldName, value: string | number): DocumentRead['fields'][number] => ({ name, value, page: 1, box: null, confidence: 1, source: 'xml', evidence: {}, alternatives: [] }); // prettier-ignore
const iban = 'FR7630006000011234567890189';
const read = {
	class: 'purchase_invoice' as const,
	fields: [field('iban', iban), field('net', 110_000), field('vat', 22_000), field('gross', 132_000), field('number', 'F1')],
	lines: [],
	vat: [{ rate: 2000, net: 110_000, vat: 22_000 }] as unknown as DocumentRead['vat'],
	checks: [said('PRINTED-IBAN', ['iban']), said('PRINTED', ['gross']), said('XSD', []), said('BR-CO-15', ['gross'], true)],
};
const form = (fields: Partial<Record<FieldName, string | number | null>> = {}) => ({
	class: read.class,
	fields: { iban, net: 110_000, vat: 22_000, gross: 132_000, number: 'F1', ...fields },
	lines: read.lines,
	vat: read.vat,
});
const codes = (checks: Check[]): string[] => checks.filter(({ passed }) => !passed).map(({ code }) => code);

describe('checks of a form', () => {
	it('are those of the reading while nothing was changed: what the page and the file told is not forgotten', () => {
		expect(recheck(read, form(), '2026-11-22')).toEqual(read.checks);
	});

	it('are tried anew for what was changed, and stay for the rest', () => {
		const checks = recheck(read, form({ gross: 132_500 }), '2026-11-22');
		expect(codes(checks)).toEqual(expect.arrayContaining(['PRINTED-IBAN', 'XSD']));
		expect(codes(checks)).not.toContain('PRINTED');
		expect(checks.some(({ passed, fields }) => !passed && fields.includes('gross'))).toBe(true);
		expect(codes(recheck(read, form({ iban: 'FR1420041010050500013M02606' }), '2026-11-22'))).not.toContain('PRINTED-IBAN');
	});

	it('are all tried anew of another kind of document, and of one that nobody read', () => {
		for (const one of [null, { ...read, class: 'receipt' as const }]) expect(codes(recheck(one, form(), '2026-11-22'))).not.toContain('PRINTED-IBAN');
	});
});
