import { basename } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { textOf } from '../reading/rules/text.ts';
import type { EInvoice } from '../types.ts';
import type { SchemaCheck } from './index.ts';
import { loadSchemas, readEInvoice } from './index.ts';
import { facturX, ublCreditNote } from './made-up.ts';
import { areThere, filesIn, xmlOf } from './shared-data.ts';

let schema: SchemaCheck;
beforeAll(async () => {
	schema = await loadSchemas();
});

const read = (file: string): EInvoice => readEInvoice(xmlOf(file), null, schema);
const broken = ({ checks }: EInvoice): string => [...new Set(checks.filter((one) => !one.passed && one.severity === 'error').map((one) => one.code))].join(' ');
const verdicts = (files: string[]): Record<string, string> =>
	Object.fromEntries(
		files.flatMap((file) => {
			const invoice = read(file);
			return invoice.verdict === 'valid' ? [] : [[basename(file), invoice.refusal?.fr.split(/[,:]/)[0] ?? broken(invoice)]];
		}),
	);

describe.skipIf(!areThere)('public e-invoices', () => {
	it('of CEN, Akretion and the ZUGFeRD corpus are all valid, but for those that really are not', () => {
		const files = [
			...filesIn('en16931/cii', /\.xml$/i),
			...filesIn('en16931/ubl', /\.xml$/i),
			...filesIn('en16931/test/testfiles', /\.xml$/i),
			...filesIn('akretion', /(?<!order-x-\w+)\.xml$/i),
			...filesIn('corpus/XML-Rechnung', /\.xml$/i),
			...filesIn('corpus/ZUGFeRDv2', /\.xml$/i),
		];
		expect(files.length).toBeGreaterThan(80);
		expect(verdicts(files)).toEqual({
			// Category B (split payment) is Italian; EN 16931 does not know it.
			'FT G2G_TD01 con Allegato, Bonifico e Split Payment.xml': 'BR-CL-17 BR-CL-18',
			// Three dates that are none (`20139102`, `201338`).
			'zugferd-extended.xml': 'XML-DATE',
			// Something is due, and nobody says when.
			'ZUGFeRD-invoice_rabatte_3_abschlag_duepayableamount.xml': 'BR-CO-25',
			'ZUGFeRD-invoice_rabatte_4_abschlag_taxbasistotalamount.xml': 'BR-CO-25',
		});
	});

	it('that Mustang calls valid are, and those that it calls invalid are, where figures, terms or structure are wrong', () => {
		const files = filesIn('mustang/validator', /\.xml$/i);
		expect(verdicts(files.filter((file) => basename(file).startsWith('valid')))).toEqual({
			// Valid for ZUGFeRD as it was; EN 16931 wants a due date or terms, and some number of the seller.
			'validZREtestZugferd.xml': 'BR-CO-26 BR-CO-25',
			'valid_with_VAT_O.xml': 'BR-CO-26 BR-CO-25',
		});
		const wrong = files.filter((file) => /^(invalid|FAIL)/.test(basename(file)));
		const passed = wrong.filter((file) => read(file).verdict === 'valid').map((file) => basename(file));
		expect(passed).toEqual([
			// A line that is not quantity × price (EN 16931 never multiplies: it warns), German rules (BR-DE, BR-DEC), the order of elements
			// and of sub-lines.
			'invalidArithmetics.xml',
			'invalidSubInvoiceLineHierarchy.xml',
			'invalidV1ExtraTags.xml',
			'invalidV2Profile.xml',
			'invalidXRSchemav2.xml',
			'invalidXRV30_BR-DEC-23.xml',
			'invalidXRv2.xml',
		]);
	});

	it('of other countries and kinds are refused by name', () => {
		const files = [...filesIn('corpus/fatturaPA', /\.xml$/i), ...filesIn('en16931/edifact', /\.(xml|txt)$/i), ...filesIn('akretion', /order-x-\w+\.xml$/)];
		expect(files.length).toBeGreaterThan(25);
		const others = files.filter((file) => !/FatturaPA|EDIFACT|Order-X/.test(read(file).refusal?.fr ?? ''));
		expect(others).toEqual([]);
	});
});

/** A generator that gives the same numbers every time (mulberry32). */
function randomFrom(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
	};
}

it('500 mutated invoices all get a verdict in a few milliseconds each', () => {
	const random = randomFrom(2026);
	const place = (length: number): number => Math.floor(random() * length);
	const seen = new Set<string>();
	for (let round = 0; round < 500; round++) {
		const bytes = Buffer.from(round % 2 ? facturX : ublCreditNote);
		for (let change = 0; change <= round % 20; change++) bytes[place(bytes.length)] = place(256);
		const cut = round % 7 === 0 ? bytes.subarray(0, place(bytes.length)) : bytes;
		const begun = performance.now();
		const invoice = readEInvoice(textOf(cut) ?? '', null, schema);
		seen.add(invoice.verdict);
		expect(performance.now() - begun).toBeLessThan(500);
	}
	expect([...seen].sort()).toEqual(['invalid', 'refused', 'valid']);
});
