import { readFile } from 'node:fs/promises';
import type { Reader } from '../../extensions/orchestre/src/documents/filing/reader.ts';
import type {
	Check,
	DocumentClass,
	DocumentLine,
	DocumentRead,
	Field,
	FieldName,
	RefusalCode,
	VatRow,
} from '../../extensions/orchestre/src/documents/types.ts';

/** A paper as a test describes it; its file holds just that, and `describedReader` reads it back. */
export type Paper = {
	class: DocumentClass;
	/** Of every field but those in `unsure`; default 0.99. */
	sure?: number;
	unsure?: Partial<Record<FieldName, number>>;
	fields?: Partial<Record<FieldName, string | number>>;
	lines?: Partial<DocumentLine>[];
	vat?: VatRow[];
	checks?: Check[];
	einvoice?: 'valid' | 'invalid';
	text?: string;
	refusal?: RefusalCode;
};

const lineOf = (line: Partial<DocumentLine>): DocumentLine => ({
	label: 'Ligne',
	quantity: 1000,
	unit: null,
	unitPrice: null,
	vatRate: 2000,
	net: null,
	page: 1,
	box: [0.1, 0.5, 0.8, 0.02],
	confidence: 0.99,
	...line,
});

export function readingOf(paper: Paper): DocumentRead {
	const { sure = 0.99, unsure = {}, fields = {}, einvoice } = paper;
	const source = einvoice ? 'xml' : 'text';
	return {
		class: paper.class,
		classConfidence: sure,
		classes: { [paper.class]: sure },
		fields: Object.entries(fields).map(([name, value]): Field => ({
			name: name as FieldName,
			value,
			page: 1,
			box: [0.1, 0.1, 0.2, 0.02],
			source,
			confidence: unsure[name as FieldName] ?? sure,
			evidence: { seen: 1 },
			alternatives: [],
		})),
		lines: (paper.lines ?? []).map(lineOf),
		vat: paper.vat ?? [],
		method: paper.refusal ? 'none' : source,
		pageCount: 1,
		text: paper.text ?? 'Texte du document',
		language: 'fr',
		einvoice: einvoice ? { format: 'factur-x', profile: 'EN 16931', verdict: einvoice } : null,
		checks: paper.checks ?? [],
		notes: [],
		refusal: paper.refusal ? { code: paper.refusal, message: { fr: `Fichier illisible (${paper.refusal}).`, en: 'Unreadable.' } } : null,
	};
}

/** Stands in for the reading of real files, which has tests of its own: what becomes of what was read is looked at here. */
export const describedReader: Reader = async (path) => readingOf(JSON.parse(await readFile(path, 'utf8')) as Paper);

let serial = 0;

/** A purchase invoice of 120,00 € with a number of its own. */
export const invoicePaper = (over: Partial<Paper> = {}, fields: Paper['fields'] = {}): Paper => ({
	class: 'purchase_invoice',
	fields: {
		supplier_name: 'Papeterie Morel SARL',
		supplier_siren: '552100554',
		supplier_address: '12 rue des Lilas\n69003 Lyon',
		number: `F-2026-${(serial += 1)}`,
		issued_on: '2026-11-02',
		due_on: '2026-12-02',
		net: 10_000,
		vat: 2000,
		gross: 12_000,
		...fields,
	},
	lines: [
		{ label: 'Ramettes A4', quantity: 10_000, unitPrice: 600, net: 6000 },
		{ label: 'Livraison', quantity: 1000, unitPrice: 4000, net: 4000 },
	],
	vat: [{ category: 'S', rate: 2000, base: 10_000, vat: 2000, reason: null }],
	...over,
});
