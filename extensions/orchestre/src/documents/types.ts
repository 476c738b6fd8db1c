/** What a document is; `documents.type` keeps the same names, but for the two kinds of invoices, which it calls `invoice`. */
export type DocumentClass =
	'sales_invoice' | 'purchase_invoice' | 'credit_note' | 'quote' | 'receipt' | 'contract' | 'business_card' | 'bank_statement' | 'bank_details' | 'other';

/** Left, top, width, height as shares of the page (0 to 1) as it is shown, upright; the origin is its top left corner. */
export type Box = readonly [left: number, top: number, width: number, height: number];

export type Message = { fr: string; en: string };

/** `line` numbers the lines of the page from its top; `confidence` is 0 to 1, and 1 for a text layer. */
export type Word = { text: string; box: Box; confidence: number; line: number };

/** `width` and `height` in points of the upright page; `turned` is by how much the picture was turned clockwise to stand upright, in degrees. */
export type Page = { number: number; width: number; height: number; turned: number; source: 'text' | 'ocr'; words: Word[] };

/** A file inside a PDF, as far as it is text that is worth reading (XML). */
export type Attachment = { name: string; text: string };

export type RefusalCode =
	| 'empty'
	| 'too_big'
	| 'too_many_pages'
	| 'too_many_pixels'
	| 'encrypted'
	| 'broken'
	| 'unreadable'
	| 'wrong_extension'
	| 'unsupported'
	| 'timed_out'
	| 'out_of_memory';

/** Why a file was not read, in words for whoever dropped it: what is the matter and what to do. */
export type Refusal = { code: RefusalCode; message: Message };

/** What a file holds before anybody understood it. */
export type Reading = {
	format: 'pdf' | 'image' | 'xml' | 'vcard' | 'text' | 'unknown';
	method: 'xml' | 'text' | 'ocr' | 'none';
	pageCount: number;
	pages: Page[];
	attachments: Attachment[];
	/** The file's own text when it is XML, a vCard or plain text. */
	source: string | null;
	language: 'fr' | 'en' | null;
	/** What was passed over (scripts, pages past the limit …). */
	notes: Message[];
	refusal: Refusal | null;
};

export type Party = 'supplier' | 'buyer';

/** Names of fields; amounts are integers in hundredths of the currency, dates `2026-11-22`, rates basis points, all else text. */
export type FieldName =
	| `${Party}_${'name' | 'siren' | 'siret' | 'vat_number' | 'address' | 'electronic_address'}`
	| 'iban'
	| 'bic'
	| 'bank_name'
	| 'account_holder'
	| 'number'
	| 'issued_on'
	| 'due_on'
	| 'delivered_on'
	| 'valid_until'
	| 'currency'
	| 'net'
	| 'vat'
	| 'gross'
	| 'paid'
	| 'payable'
	| 'order_reference'
	| 'invoice_reference'
	| 'contract_kind'
	| 'starts_on'
	| 'ends_on'
	| 'notice_days'
	| 'renewal'
	| 'amount'
	| 'merchant'
	| 'contact_first_name'
	| 'contact_last_name'
	| 'contact_job'
	| 'contact_company'
	| 'contact_email'
	| 'contact_phone'
	| 'contact_mobile'
	| 'contact_address'
	| 'contact_website'
	| 'opening_balance'
	| 'closing_balance';

export type FieldSource = 'xml' | 'text' | 'ocr' | 'ai' | 'person';

export type Candidate = { value: string | number; page: number | null; box: Box | null; confidence: number };

/** One field with where it stood and how sure it is: `confidence` is a fitted probability that the value is right. */
export type Field = Candidate & {
	name: FieldName;
	source: FieldSource;
	/** What the fit reads; kept so that a correction can teach. */
	evidence: Record<string, number>;
	/** Other readings of it, the likeliest first. */
	alternatives: Candidate[];
};

/** `quantity` in thousandths, `unitPrice` in hundredths of the currency, `vatRate` in basis points. */
export type DocumentLine = {
	label: string;
	quantity: number | null;
	unit: string | null;
	unitPrice: number | null;
	vatRate: number | null;
	net: number | null;
	page: number | null;
	box: Box | null;
	confidence: number;
};

/** One rate's share; `category` as EN 16931 has it (S, Z, E, AE, K, G, O …). */
export type VatRow = { category: string | null; rate: number | null; base: number | null; vat: number | null; reason: string | null };

/** One rule tried on the document. `code` is the rule's own name where it has one (BR-CO-10, BR-FR-05 …). */
export type Check = { code: string; passed: boolean; severity: 'error' | 'warning'; message: Message; fields: FieldName[] };

export type EInvoiceFormat = 'factur-x' | 'zugferd-1' | 'cii' | 'ubl' | 'order-x' | 'unknown';

/** An e-invoice as its XML says it. `refused`: no invoice that is read here (an order, a catalogue, another syntax); `refusal` says why. */
export type EInvoice = {
	format: EInvoiceFormat;
	profile: string | null;
	verdict: 'valid' | 'invalid' | 'refused';
	class: 'sales_invoice' | 'purchase_invoice' | 'credit_note';
	fields: Field[];
	lines: DocumentLine[];
	/** Discounts (below nought) and charges on the whole, one line each, which its lines lack for its net total. */
	adjustments: DocumentLine[];
	vat: VatRow[];
	checks: Check[];
	refusal: Message | null;
};

/** Who we are: tells a sales invoice from a purchase invoice, and the supplier from the buyer. */
export type OwnCompany = {
	name: string;
	tradeName?: string | null;
	siren: string | null;
	vatNumber: string | null;
	iban: string | null;
	emailDomain: string | null;
};

/** What the words of the pages mean. */
export type Understanding = {
	class: DocumentClass;
	classConfidence: number;
	/** Probability of each class, for whoever reviews. */
	classes: Partial<Record<DocumentClass, number>>;
	fields: Field[];
	lines: DocumentLine[];
	vat: VatRow[];
	/** The further contacts of a vCard file, each with its fields; `fields` has the first. */
	others?: Field[][];
};

/** What the words mean as a paper of one class, with the checks on it. */
export type Meaning = Understanding & { checks: Check[] };

/** One logistic model per field (and one for the class): bias and weight by name of evidence. */
export type ConfidenceFit = { version: number; fields: Record<string, { bias: number; weights: Record<string, number>; cases: number }> };

/** All that is known of a file once it was read: what `documents.extracted` keeps and `npm run read` prints. */
export type DocumentRead = Understanding & {
	method: Reading['method'];
	pageCount: number;
	text: string;
	language: Reading['language'];
	einvoice: Pick<EInvoice, 'format' | 'profile' | 'verdict'> | null;
	checks: Check[];
	notes: Message[];
	refusal: Refusal | null;
	/** The pages with their words, for the screen where people review; not kept in `documents.extracted`. */
	pages?: Page[];
};

/** What a person decided about a document; values as `Candidate.value`, null for “there is none”. `reason` of an acceptance: why something unusual holds (another IBAN). */
export type Review =
	| {
			decision: 'accept';
			class: DocumentClass;
			fields: Partial<Record<FieldName, string | number | null>>;
			lines: DocumentLine[];
			vat: VatRow[];
			reason?: string;
	  }
	| { decision: 'reject'; reason: string };

/** A record that a document was filed as, or that it was joined to (`created` false); `name` is what people call it. */
export type FiledRecord = { collection: string; id: string; name: string; created: boolean };

/** What a review came to. */
export type ReviewOutcome = { status: 'filed' | 'rejected'; records: FiledRecord[] };
