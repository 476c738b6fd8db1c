import { checkFields } from './checks/index.ts';
import { loadSchemas, readEInvoice } from './einvoice/index.ts';
import { textOfPages } from './reading/read-bytes.ts';
import type {
	ConfidenceFit,
	DocumentClass,
	DocumentRead,
	EInvoice,
	Field,
	Meaning,
	Message,
	OwnCompany,
	Page,
	Reading,
	Refusal,
	Understanding,
} from './types.ts';
import { understand } from './understanding/index.ts';

const nothing: Understanding = { class: 'other', classConfidence: 0, classes: {}, fields: [], lines: [], vat: [] };

/** Names that the standards give the invoice inside a PDF; other XML files are tried after them. */
const usual = /^(factur-x|zugferd-invoice|xrechnung|cii)\.xml$/i;

/** The XML texts that may be the invoice, the likeliest first. EDIFACT is no XML, but is named for what it is. */
function candidates({ format, source, attachments }: Reading): string[] {
	if (source !== null) return format === 'xml' || /^UN[AB][:+]/.test(source.trimStart()) ? [source] : [];
	return attachments.toSorted((one, other) => Number(usual.test(other.name)) - Number(usual.test(one.name))).map(({ text }) => text);
}

/** The e-invoice in or of a file; when all its XML is something else, the first one's refusal. */
async function einvoiceOf(reading: Reading, own: OwnCompany): Promise<EInvoice | null> {
	const texts = candidates(reading);
	if (texts.length === 0) return null;
	const schemas = await loadSchemas();
	const all = texts.map((text) => readEInvoice(text, own, schemas));
	return all.find(({ verdict }) => verdict !== 'refused') ?? all[0] ?? null;
}

/** Fields of the XML with where the same value is printed, so that people see it on the page. */
function placed(fields: readonly Field[], printed: readonly Field[]): Field[] {
	return fields.map((field) => {
		const twin = printed.find(({ name, value, box }) => name === field.name && value === field.value && box !== null);
		return field.box === null && twin ? { ...field, page: twin.page, box: twin.box } : field;
	});
}

/** What the meaning of a document depends on beside its words: who we are, corrections that taught, and the day (ISO). */
export type Circumstances = { own: OwnCompany; fit: ConfidenceFit | null; today: string };

/** A reading with what it means: its e-invoice where it has one, else its words, and all checks. Runs in the process that read the file. */
export async function compose(reading: Reading, { own, fit, today }: Circumstances): Promise<DocumentRead> {
	const isRead = reading.refusal === null;
	const einvoice = isRead ? await einvoiceOf(reading, own) : null;
	const invoice = einvoice && einvoice.verdict !== 'refused' ? einvoice : null;
	const isPrinted = isRead && (reading.pages.length > 0 || reading.format === 'vcard');
	const printed = isPrinted ? understand(reading, own, fit ?? undefined) : nothing;
	const meaning: Understanding = invoice
		? {
				...printed,
				class: invoice.class,
				classConfidence: 1,
				classes: { [invoice.class]: 1 },
				fields: placed(invoice.fields, printed.fields),
				// Totals alone (the shortest profiles) have no lines that a discount could be missing from.
				lines: invoice.lines.length > 0 ? [...invoice.lines, ...invoice.adjustments] : [],
				vat: invoice.vat,
			}
		: printed;
	return {
		...meaning,
		method: invoice ? 'xml' : reading.method,
		pageCount: reading.pageCount,
		text: reading.pages.length > 0 ? textOfPages(reading.pages) : (reading.source ?? ''),
		language: reading.language,
		einvoice: einvoice && { format: einvoice.format, profile: einvoice.profile, verdict: einvoice.verdict },
		checks: [...(invoice?.checks ?? []), ...checkFields(meaning, { today, pages: reading.pages })],
		...refusalOf(reading, einvoice, isPrinted),
		pages: reading.pages,
	};
}

/** Pages that were read before, as a paper of the class that a person has chosen: its fields, lines and rates, and the checks on them. */
export function meaningAs(as: DocumentClass, pages: Page[], { own, fit, today }: Circumstances): Meaning {
	const read = { pageCount: pages.length, pages, attachments: [], source: null, language: null, notes: [], refusal: null };
	const meaning = understand({ format: 'pdf', method: 'text', ...read }, own, fit ?? undefined, as);
	return { ...meaning, checks: checkFields(meaning, { today, pages }) };
}

/** An XML that is no invoice is the file's own refusal, or a note on a PDF whose pages say the rest. */
function refusalOf(reading: Reading, einvoice: EInvoice | null, isPrinted: boolean): { notes: Message[]; refusal: Refusal | null } {
	const { notes, refusal } = reading;
	if (refusal || einvoice?.verdict !== 'refused' || !einvoice.refusal) return { notes, refusal };
	const isText = reading.format === 'text' && candidates(reading).length > 0;
	return isPrinted && !isText ? { notes: [...notes, einvoice.refusal], refusal } : { notes, refusal: { code: 'unsupported', message: einvoice.refusal } };
}
