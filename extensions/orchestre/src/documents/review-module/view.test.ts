import { describe, expect, it } from 'vitest';
import type { Check, Field, FieldName } from '../types.ts';
import { asksForEyes, entriesOf, entryState, looseFaults, nextDoubt, obstacle, valuesOf, type Entry } from './view.ts';

const field = (name: FieldName, value: string | number, confidence: number): Field => ({ name, value, page: 1, box: [0.1, 0.1, 0.2, 0.02], confidence, source: 'ocr', evidence: {}, alternatives: [] }); // prettier-ignore
const failed = (fields: FieldName[], severity: Check['severity'] = 'error'): Check => ({
	code: 'X',
	passed: false,
	severity,
	message: { fr: 'Faux', en: 'Wrong' },
	fields,
});
const fields = [field('merchant', 'Boulangerie Nord', 0.99), field('issued_on', '2026-11-20', 0.6), field('gross', 1250, 0.99)];
const states = (entries: Entry[], checks: Check[] = []): string[] => entries.slice(0, 4).map((entry) => entryState(entry, checks, 0.97));

describe('the form of a receipt', () => {
	it('says of each field how it stands, in the order in which people check', () => {
		const entries = entriesOf('receipt', fields, 'fr');
		expect(entries.map(({ name }) => name)).toEqual(['merchant', 'issued_on', 'gross', 'vat', 'net', 'currency']);
		expect(states(entries)).toEqual(['sure', 'doubt', 'sure', 'missing']);
		expect(states(entries, [failed(['gross'])])).toEqual(['sure', 'doubt', 'doubt', 'missing']);
		expect(states(entries, [failed(['gross'], 'warning')])[2]).toBe('sure');
	});

	it('wants what the record cannot do without, and no half amount', () => {
		const entries = entriesOf('receipt', fields.slice(1), 'fr');
		expect(states(entries)[0]).toBe('needed');
		expect(obstacle(entries, [], 0.97)).toEqual({ name: 'merchant', kind: 'fill' });
		const wrong = entriesOf('receipt', fields, 'fr').map((entry): Entry => (entry.name === 'gross' ? { ...entry, text: '12,5,0', answer: 'typed' } : entry));
		expect(states(wrong)[2]).toBe('wrong');
		expect(obstacle(wrong, [], 0.97)).toEqual({ name: 'gross', kind: 'mend' });
		expect(obstacle(entriesOf('receipt', fields, 'fr'), [], 0.97)).toBeNull();
	});

	it('holds no number for checked that its own key contradicts, whoever typed it', () => {
		const iban = (text: string, checks: Check[]): string => {
			const entry = entriesOf('bank_details', [], 'fr').map((one): Entry => (one.name === 'iban' ? { ...one, text, answer: 'typed' } : one))[0] as Entry;
			return entryState(entry, checks, 0.97);
		};
		expect(iban('FR76 3000 6000 0112 3456 7890 189', [])).toBe('checked');
		expect(iban('FR76 3000 6000 0112 3456 7890 188', [failed(['iban'])])).toBe('doubt');
		expect(iban('FR76 3000 6000 0112 3456 7890 189?', [])).toBe('wrong');
	});

	it('keeps what the person answered when the class changes, where both have the field', () => {
		const typed = entriesOf('receipt', fields, 'fr').map((entry): Entry => (entry.name === 'gross' ? { ...entry, text: '13,00', answer: 'typed' } : entry));
		const next = entriesOf('purchase_invoice', fields, 'fr', typed);
		expect(valuesOf(next)).toMatchObject({ gross: 1300, issued_on: '2026-11-20', number: null });
		expect(next.some(({ name }) => name === 'merchant')).toBe(false);
	});

	it('takes a name that was typed as the supplier’s for the shop’s, and back', () => {
		const typed = entriesOf('purchase_invoice', [], 'fr').map((entry): Entry => (entry.name === 'supplier_name' ? { ...entry, text: 'Chez Simone', answer: 'typed' } : entry)); // prettier-ignore
		const receipt = entriesOf('receipt', fields, 'fr', typed);
		expect(receipt[0]).toMatchObject({ name: 'merchant', text: 'Chez Simone', answer: 'typed' });
		expect(valuesOf(entriesOf('purchase_invoice', [], 'fr', receipt))).toMatchObject({ supplier_name: 'Chez Simone' });
	});

	it('goes from doubt to doubt, both ways, and stops when none is left', () => {
		const entries = entriesOf('receipt', [fields[1] as Field], 'fr');
		const isDoubt = (entry: Entry): boolean => asksForEyes(entryState(entry, [], 0.97));
		expect(nextDoubt(entries, null, 1, isDoubt)).toBe('merchant');
		expect(nextDoubt(entries, 'merchant', 1, isDoubt)).toBe('issued_on');
		expect(nextDoubt(entries, 'gross', 1, isDoubt)).toBe('merchant');
		expect(nextDoubt(entries, 'merchant', -1, isDoubt)).toBe('gross');
		expect(nextDoubt(entriesOf('receipt', [fields[0] as Field, { ...(fields[1] as Field), confidence: 1 }, fields[2] as Field], 'fr'), null, 1, isDoubt)).toBeNull(); // prettier-ignore
	});

	it('shows a failed check beside its field, or above all when no field has it', () => {
		const entries = entriesOf('receipt', fields, 'fr');
		expect(looseFaults([failed(['gross']), failed(['iban']), failed([])], entries)).toHaveLength(2);
	});
});
