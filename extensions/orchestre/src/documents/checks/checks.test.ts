import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Check, DocumentLine, Field, FieldName, Page, VatRow } from '../types.ts';
import { checkFields } from './index.ts';
import { hasAmount, hasDate, hasWords, ibansIn } from './printed-words.ts';

type Values = Partial<Record<FieldName, string | number>>;

const field = (name: FieldName, value: string | number, source: Field['source']): Field => ({
	name,
	value,
	source,
	page: 1,
	box: null,
	confidence: 1,
	evidence: {},
	alternatives: [],
});
const fieldsOf = (values: Values, source: Field['source']): Field[] => Object.entries(values).map(([name, value]) => field(name as FieldName, value, source));
const line = (net: number | null, quantity = 1000, unitPrice: number | null = net): DocumentLine => ({
	label: 'Pose',
	quantity,
	unit: null,
	unitPrice,
	vatRate: 2000,
	net,
	page: 1,
	box: null,
	confidence: 1,
});
const row = (rate: number, base: number, vat: number): VatRow => ({ category: 'S', rate, base, vat, reason: null });
const pageOf = (...lines: string[]): Page => ({
	number: 1,
	width: 595,
	height: 842,
	turned: 0,
	source: 'text',
	words: lines.flatMap((text, index) => text.split(' ').map((word) => ({ text: word, box: [0, 0, 0, 0] as const, confidence: 1, line: index }))),
});

type Extras = { lines?: DocumentLine[]; vat?: VatRow[]; source?: Field['source']; pages?: Page[] };
const check = (values: Values, { lines = [], vat = [], source = 'text', pages = [] }: Extras = {}): Check[] =>
	checkFields({ class: 'purchase_invoice', fields: fieldsOf(values, source), lines, vat }, { today: '2026-11-22', pages });
const failed = (checks: Check[], severity: Check['severity'] = 'error'): string[] =>
	checks.filter((one) => !one.passed && one.severity === severity).map((one) => one.code);

const right: Values = {
	supplier_name: 'Dupont et Fils',
	supplier_siren: '732829320',
	supplier_vat_number: 'FR44732829320',
	buyer_siret: '55210055400013',
	iban: 'FR7630006000011234567890189',
	bic: 'AGRIFRPP',
	number: 'FA-1',
	issued_on: '2026-11-02',
	due_on: '2026-12-02',
	currency: 'EUR',
	net: 110_000,
	vat: 19_100,
	gross: 129_100,
};
const parts: Extras = { vat: [row(2000, 90_000, 18_000), row(550, 20_000, 1_100)], lines: [line(90_000), line(20_000)] };

describe('a document that is right', () => {
	it('passes everything, and what was tried is told', () => {
		const checks = check(right, parts);
		expect(checks.filter((one) => !one.passed)).toEqual([]);
		expect([...new Set(checks.map((one) => one.code))]).toEqual([
			'TOTALS',
			'VAT-TOTAL',
			'NET-TOTAL',
			'VAT-ROW',
			'LINES',
			'SIREN',
			'VAT-NUMBER',
			'SIRET',
			'IBAN',
			'BIC',
			'DATE',
			'DATE-ORDER',
		]);
	});

	it('with nothing but a name has nothing to try', () => expect(check({ supplier_name: 'Dupont' })).toEqual([]));
});

describe('sums', () => {
	it('that are off say what, by how much, in the document’s currency', () => {
		const [wrong] = check({ ...right, gross: 129_600 }, parts).filter((one) => !one.passed);
		expect(wrong?.message.fr).toBe('Le total TTC (1\u202f296,00\u00a0€) n’est pas le total HT plus la TVA (1\u202f291,00\u00a0€)\u00a0: 5,00\u00a0€ d’écart.');
		expect(check({ net: 100, vat: 20, gross: 130, currency: 'CHF' }).find((one) => !one.passed)?.message.fr).toMatch(/1,30\u00a0CHF.*0,10\u00a0CHF d’écart/);
	});

	it.each<[string, Values, Extras]>([
		['TOTALS', { gross: 129_102 }, {}],
		['VAT-ROW', {}, { vat: [row(2000, 90_000, 18_003), row(550, 20_000, 1_097)] }],
		['VAT-TOTAL', {}, { vat: [row(2000, 90_000, 18_000)] }],
		['NET-TOTAL', {}, { vat: [row(2000, 95_500, 19_100)] }],
		['LINES', {}, { lines: [line(90_000), line(19_000)] }],
		['PAYABLE', { paid: 9_100, payable: 129_100 }, {}],
		['VAT-RATE', { vat: 20_900, gross: 130_900 }, { vat: [row(1900, 110_000, 20_900)], lines: [] }],
	])('%s is found', (code, values, extras) => expect(failed(check({ ...right, ...values }, { ...parts, ...extras }))).toContain(code));

	it('below nought add up, too, and are a question in an invoice; a credit note may be written so', () => {
		const turned: Values = { net: -110_000, vat: -19_100, gross: -129_100 };
		expect(failed(check({ ...right, ...turned }))).toEqual(['NEGATIVE']);
		expect(checkFields({ class: 'credit_note', fields: fieldsOf({ ...right, ...turned }, 'text'), lines: [], vat: [] }, { today: '2026-11-22' }).filter((one) => !one.passed)).toEqual([]); // prettier-ignore
	});

	it('may be off by the cents that rounding takes', () => {
		expect(failed(check({ ...right, gross: 129_101 }, { ...parts, vat: [row(2000, 90_000, 18_002), row(550, 20_000, 1_100)] }))).toEqual([]);
	});

	it('of a receipt are lines with VAT in them', () => {
		expect(failed(check({ net: 1_000, vat: 200, gross: 1_200 }, { lines: [line(700), line(500)] }))).toEqual([]);
	});

	it('of a line only warn, because a discount may explain it', () => {
		const checks = check(right, { ...parts, lines: [line(90_000, 2000, 50_000), line(20_000)] });
		expect([failed(checks), failed(checks, 'warning')]).toEqual([[], ['LINE-PRICE']]);
	});

	it('are right for whatever amounts were added up', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 1, max: 5_000_000 }), { minLength: 1, maxLength: 8 }), (nets) => {
				const net = nets.reduce((sum, one) => sum + one, 0);
				const vat = Math.round(net / 5);
				return failed(check({ net, vat, gross: net + vat }, { lines: nets.map((one) => line(one)), vat: [row(2000, net, vat)] })).length === 0;
			}),
		);
	});
});

describe('numbers of firms and accounts', () => {
	it.each<[string, Values, RegExp]>([
		['SIREN', { supplier_siren: '732829321', supplier_vat_number: '' }, /clé de contrôle est fausse/],
		['SIRET', { supplier_siret: '55210055400013' }, /ne commence pas par son SIREN/],
		['VAT-NUMBER', { supplier_vat_number: 'FR45732829320' }, /n’est pas valable/],
		['VAT-NUMBER', { supplier_vat_number: 'FR40303265045' }, /est celui d’un autre SIREN/],
		['VAT-NUMBER', { supplier_vat_number: 'DE12345' }, /n’est pas valable/],
		['IBAN', { iban: 'FR7630006000011234567890188' }, /clé de contrôle ne correspond pas/],
		['IBAN', { iban: 'DE1212344321987600' }, /a 18 caractères\u00a0; ceux de DE en ont 22/],
		['SAME-PARTY', { buyer_siren: '732829320', buyer_siret: '' }, /même SIREN/],
	])('%s of %o is told', (code, values, message) => {
		const wrong = check({ ...right, ...values }, parts).filter((one) => !one.passed);
		expect(wrong.map((one) => one.code)).toEqual([code]);
		expect(wrong[0]?.message.fr).toMatch(message);
		expect(wrong[0]?.severity).toBe('error');
	});

	it('of the buyer only warn: on a purchase they are our own', () => {
		const checks = check({ ...right, buyer_siret: '55210055400014' }, parts);
		expect([failed(checks), failed(checks, 'warning')]).toEqual([[], ['SIRET']]);
	});
});

describe('dates', () => {
	it.each<[string, Values]>([
		['DATE', { issued_on: '2026-02-30' }],
		['DATE', { issued_on: '1926-11-02', due_on: '' }],
		['DATE', { issued_on: '2027-01-15', due_on: '2027-02-15' }],
		['DATE-ORDER', { due_on: '2026-11-01' }],
		['DATE-TERM', { due_on: '2029-12-02' }],
		['DATE-ORDER', { starts_on: '2026-12-01', ends_on: '2026-11-30' }],
	])('%s: %o is told', (code, values) => expect(failed(check({ ...right, ...values }, parts))).toEqual([code]));

	it('of today, and due the same day, are fine', () => expect(failed(check({ ...right, issued_on: '2026-11-22', due_on: '2026-11-22' }, parts))).toEqual([]));

	it('of long ago only warn', () => {
		const checks = check({ ...right, issued_on: '2014-03-05', due_on: '2014-04-05' }, parts);
		expect([failed(checks), failed(checks, 'warning')]).toEqual([[], ['DATE']]);
	});
});

describe('an e-invoice and its printed page', () => {
	const page = pageOf(
		'FACTURE N° FA-1 du 2 novembre 2026',
		'Échéance 02/12/26 par virement',
		'Total TTC 1 291,00 €',
		'IBAN FR76 3000 6000 0112 3456 7890 189 BIC AGRIFRPP',
	);

	it('agree', () => {
		const checks = check(right, { ...parts, source: 'xml', pages: [page] }).filter((one) => one.code.startsWith('PRINTED'));
		expect(checks.map((one) => [one.fields[0], one.passed])).toEqual([
			['number', true],
			['gross', true],
			['issued_on', true],
			['due_on', true],
			['iban', true],
		]);
	});

	it('do not agree: each field says so, and another account asks for a person', () => {
		const other = pageOf(
			'FACTURE N° FA-2 du 3 novembre 2026',
			'Échéance 03/12/2026 par virement bancaire',
			'Total TTC 1 219,00 € IBAN GB29 NWBK 6016 1331 9268 19',
		);
		const checks = check(right, { ...parts, source: 'xml', pages: [other] });
		expect(failed(checks)).toEqual(['PRINTED', 'PRINTED', 'PRINTED-IBAN']);
		expect(failed(checks, 'warning')).toEqual(['PRINTED', 'PRINTED']);
		expect(checks.find((one) => one.code === 'PRINTED-IBAN')?.message.fr).toMatch(/\(GB29\u00a0…\u00a0819\)\u00a0: vérifiez-le avant de payer/);
	});

	it('are not compared when the words come from the page itself, or when there are hardly any', () => {
		const isCompared = (checks: Check[]): boolean => checks.some((one) => one.code.startsWith('PRINTED'));
		expect(isCompared(check(right, { ...parts, pages: [page] }))).toBe(false);
		expect(isCompared(check(right, { ...parts, source: 'xml', pages: [pageOf('Voir pièce jointe')] }))).toBe(false);
	});
});

describe('what is looked for on a page', () => {
	it.each(['1 234,56 €', '1234.56', '1.234,56', '1,234.56', "1'234.56", 'Total:1 234,56EUR', '-1 234,56', '1\u202f234,56'])(
		'1 234,56 is found in « %s »',
		(text) => expect(hasAmount(text.normalize('NFKC'), 123_456)).toBe(true),
	);
	it.each(['11 234,56', '1 234,5', '1 234,561', '1 334,56', '1234', ''])('and not in « %s »', (text) => expect(hasAmount(text, 123_456)).toBe(false));
	it.each(['120,00', '120.-', '120 €', '120 EUR'])('120 is found in « %s »', (text) => expect(hasAmount(text, 12_000)).toBe(true));
	it.each(['120, rue', '12 0', '1120,00', '120,50'])('and not in « %s »', (text) => expect(hasAmount(text, 12_000)).toBe(false));

	it.each([
		'05/03/2018',
		'5.3.18',
		'2018-03-05',
		'5 mars 2018',
		'1 ou 05 Mars 2018',
		'5. März 2018',
		'March 5, 2018',
		'20180305',
		'5th March 2018',
		'03/05/2018',
	])('5 March 2018 is found in « %s »', (text) => expect(hasDate(text, '2018-03-05')).toBe(true));
	it.each(['15/03/2018', '05/03/2019', '5 mai 2018', '2018-03-051', '05-03'])('and not in « %s »', (text) => expect(hasDate(text, '2018-03-05')).toBe(false));

	it('numbers are found whatever blanks were lost, short ones only as words', () => {
		expect(hasWords('Facture no RE - 2017 / 12', 're-2017/12')).toBe(true);
		expect(hasWords('Page 1 sur 12', '7')).toBe(false);
		expect(hasWords('Facture 7 du', '7')).toBe(true);
	});

	it('accounts are found in groups or in one word, and never by what follows them', () => {
		expect(ibansIn('IBAN: FR76 3000 6000 0112 3456 7890 189 BIC')).toEqual(['FR7630006000011234567890189']);
		expect(ibansIn('gb29nwbk60161331926819, DE1212344321987600 UMSATZ')).toEqual(['GB29NWBK60161331926819']);
	});
});
