import type { DocumentClass, DocumentRead, FieldName, FiledRecord } from '../types.ts';

/** What somebody changed of what was read: kept as a labelled example. `was`: null where nothing was read. */
export type Correction = { name: FieldName | 'class' | 'lines'; was: string | number | null; is: string | number | null; at: string; user: string };

/** What `documents.extracted` keeps: all that was read but the text, which has its own column, and what people corrected. */
export type Extracted = Omit<DocumentRead, 'text' | 'pages'> & { corrections?: Correction[] };

export type DocumentStatus = 'received' | 'reading' | 'to_review' | 'filed' | 'rejected';

/** A row of `documents`, as far as filing minds. `spender`: who uploaded it. */
export type DocumentRow = {
	id: string;
	title: string;
	file: string | null;
	type: string;
	status: DocumentStatus;
	origin: string;
	sha256: string | null;
	owner: string | null;
	team: string | null;
	user_created: string | null;
	company: string | null;
	person: string | null;
	contract: string | null;
	quote: string | null;
	invoice: string | null;
	expense: string | null;
	extracted: Extracted | null;
	text: string | null;
	filing_note: string | null;
	reading_error: string | null;
	read_at: unknown;
	reviewed_at: unknown;
	ai_sent_at: unknown;
	date_created: unknown;
};

/** Columns of `documents` that lead to what a document became, by the collection they lead to. */
export const linkColumns = {
	companies: 'company',
	people: 'person',
	contracts: 'contract',
	quotes: 'quote',
	invoices: 'invoice',
	expenses: 'expense',
} as const;
export type LinkColumn = (typeof linkColumns)[keyof typeof linkColumns];

/** What came of a document: its records, French sentences on what was done, and its own dates (`2026-11-22`). */
export type Filed = { records: FiledRecord[]; notes: string[]; datedOn?: string | null; expiresOn?: string | null };

/** Kinds of papers as the settings name them. */
export type Kind = 'invoice' | 'quote' | 'receipt' | 'contract' | 'business_card' | 'other';

/** `documents.type` of each class. */
export const typeOf: Readonly<Record<DocumentClass, string>> = {
	sales_invoice: 'invoice',
	purchase_invoice: 'invoice',
	credit_note: 'credit_note',
	quote: 'quote',
	receipt: 'receipt',
	contract: 'contract',
	business_card: 'business_card',
	bank_statement: 'bank_statement',
	bank_details: 'bank_details',
	other: 'other',
};

export const kindOf: Readonly<Record<DocumentClass, Kind>> = {
	sales_invoice: 'invoice',
	purchase_invoice: 'invoice',
	credit_note: 'invoice',
	quote: 'quote',
	receipt: 'receipt',
	contract: 'contract',
	business_card: 'business_card',
	bank_statement: 'invoice',
	bank_details: 'invoice',
	other: 'other',
};

/** French, with their article where a sentence wants one. */
export const classWords: Readonly<Record<DocumentClass, string>> = {
	sales_invoice: 'une facture de vente',
	purchase_invoice: 'une facture d’achat',
	credit_note: 'un avoir',
	quote: 'un devis',
	receipt: 'un ticket ou un reçu',
	contract: 'un contrat',
	business_card: 'une carte de visite',
	bank_statement: 'un relevé bancaire',
	bank_details: 'un RIB',
	other: 'un autre document',
};

export const documentClasses = Object.keys(typeOf) as DocumentClass[];
export const isDocumentClass = (value: unknown): value is DocumentClass => documentClasses.some((one) => one === value);
