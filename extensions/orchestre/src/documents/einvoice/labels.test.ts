import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkFields } from '../checks/index.ts';
import { attachmentsOf, withPage, withPdf } from '../reading/pdf/document.ts';
import type { Pdfium } from '../reading/pdf/library.ts';
import { loadPdfium } from '../reading/pdf/library.ts';
import { layerOf } from '../reading/pdf/text.ts';
import type { Attachment, EInvoice, Field, Page } from '../types.ts';
import type { SchemaCheck } from './index.ts';
import { loadSchemas, readEInvoice } from './index.ts';
import { areThere, eInvoices } from './shared-data.ts';

type Label = Record<
	| 'file'
	| 'number'
	| 'issue_date'
	| 'due_date'
	| 'currency'
	| 'seller'
	| 'seller_vat'
	| 'buyer'
	| 'net'
	| 'tax'
	| 'gross'
	| 'due'
	| 'lines'
	| 'xml'
	| 'number_in_text'
	| 'gross_in_text'
	| 'split_hint',
	string
>;

const labels: Label[] = areThere ? parse(readFileSync(join(eInvoices, 'labels.csv'), 'utf8'), { columns: true }) : [];

type Opened = { attachments: Attachment[]; pages: Page[] };

async function open(pdfium: Pdfium, file: string): Promise<Opened> {
	return withPdf(
		pdfium,
		readFileSync(join(eInvoices, file)),
		async (document) => {
			const pages: Page[] = [];
			for (let index = 0; index < pdfium.FPDF_GetPageCount(document); index++) {
				const layer = await withPage(pdfium, document, index, (page) => layerOf(pdfium, page));
				if (layer) pages.push({ number: index + 1, width: layer.width, height: layer.height, turned: layer.turned, source: 'text', words: layer.words });
			}
			return { attachments: attachmentsOf(pdfium, document).attachments, pages };
		},
		() => ({ attachments: [], pages: [] }),
	);
}

const cents = (text: string): number | undefined => (text === '' ? undefined : Math.round(Number(text) * 100));
const iso = (text: string): string | undefined => (text === '' ? undefined : `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6, 8)}`);
const words = (text: unknown): string =>
	String(text ?? '')
		.replaceAll(/\s+/g, ' ')
		.trim();

/** What the label says beside what was read, where they differ. */
function differences(label: Label, { fields, lines }: EInvoice): string[] {
	const value = (name: Field['name']) => fields.find((one) => one.name === name)?.value;
	const pairs: [string, unknown, unknown][] = [
		['number', label.number, value('number')],
		['issue_date', iso(label.issue_date), value('issued_on')],
		['due_date', iso(label.due_date), value('due_on')],
		['currency', label.currency, value('currency')],
		['seller', words(label.seller), words(value('supplier_name'))],
		['seller_vat', words(label.seller_vat).replaceAll(' ', ''), words(value('supplier_vat_number'))],
		['buyer', words(label.buyer), words(value('buyer_name'))],
		['net', cents(label.net), value('net')],
		['tax', cents(label.tax), value('vat')],
		['gross', cents(label.gross), value('gross')],
		['due', cents(label.due), value('payable')],
		['lines', Number(label.lines), lines.length],
	];
	return pairs
		.filter(([, wanted, got]) => wanted !== got)
		.map(([name, wanted, got]) => `${basename(label.file)} ${name}: ${String(wanted)}, read ${String(got)}`);
}

describe.skipIf(!areThere)('the XML of the labelled PDFs', () => {
	const opened = new Map<string, Opened>();
	let schema: SchemaCheck;
	beforeAll(async () => {
		schema = await loadSchemas();
		const pdfium = await loadPdfium();
		for (const { file } of labels) opened.set(file, await open(pdfium, file));
	});

	const invoiceOf = ({ file, xml }: Label): EInvoice | null => {
		const wanted = xml.split(';')[0]?.toLowerCase();
		const attachment = opened.get(file)?.attachments.find((one) => one.name.toLowerCase() === wanted);
		return attachment ? readEInvoice(attachment.text, null, schema) : null;
	};
	const labelled = labels.filter((label) => label.number !== '');

	it('is read right in all of them: number, dates, currency, parties, totals, number of lines', () => {
		expect(labelled.length).toBeGreaterThan(70);
		expect(
			labelled.flatMap((label) => {
				const invoice = invoiceOf(label);
				return invoice ? differences(label, invoice) : [`${label.file}: no XML`];
			}),
		).toEqual([]);
	});

	it('is valid but for two that are not', () => {
		const invalid = labelled.filter((label) => label.split_hint === '' && invoiceOf(label)?.verdict !== 'valid').map(({ file }) => basename(file));
		// Lines that add up to the gross instead of the net total, and a discount of ZUGFeRD 2.0 without the indicator that 2.1 wants.
		expect(invalid).toEqual(['MustangGnuaccountingBeispielRE-20150613_503.pdf', 'zugferd_2p0_EN16931_1_Teilrechnung.pdf']);
	});

	it('is found on the page exactly where the labels say that it stands there', () => {
		const wrong = labelled.flatMap((label) => {
			const invoice = invoiceOf(label);
			if (!invoice) return [];
			const checks = checkFields(invoice, { today: '2026-11-22', pages: opened.get(label.file)?.pages ?? [] });
			const found = (name: Field['name']) => checks.find((one) => one.code === 'PRINTED' && one.fields[0] === name)?.passed;
			const number = found('number');
			const gross = found('gross');
			return [
				...(number !== undefined && number !== (label.number_in_text === '1') ? [`${basename(label.file)}: number`] : []),
				...(gross !== undefined && gross !== (label.gross_in_text === '1') ? [`${basename(label.file)}: gross`] : []),
			];
		});
		expect(wrong).toEqual([]);
	});

	it('that is judged to fail for its PDF alone (PDF/A-3, XMP) is valid; the others are not', () => {
		const expected = labels.filter((label) => label.split_hint === 'expected_invalid');
		const verdicts = Object.groupBy(expected, (label) => invoiceOf(label)?.verdict ?? 'no XML');
		const names = (of: string): string[] => (verdicts as Record<string, Label[]>)[of]?.map(({ file }) => basename(file)) ?? [];
		expect(names('no XML')).toEqual(['corrupt-factur-x-waytoosmall.pdf', 'corruptedV2PDF.pdf']);
		expect(names('invalid')).toEqual(['fail3.pdf', 'factur-x-invalid-xml-encoding-attribute.pdf']);
		expect(names('valid')).toHaveLength(14);
	});
});
